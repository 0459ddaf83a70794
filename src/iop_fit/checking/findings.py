"""Properties of all answer sheets, and violations of them."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place
from iop_fit.problem_codes import Code
from iop_fit.text import hides_fields

__all__ = ["Counterexample", "Evidence", "Property", "Violation", "replayed"]


class Evidence(StrEnum):
    """Why a property is known to hold for every sheet."""

    BY_CONSTRUCTION = "by construction"
    """The loader rejects any questionnaire that violates it."""
    CHECKED = "checked"
    """Computed for this questionnaire."""


@hides_fields
class Counterexample(NamedTuple):
    """A complete sheet that shows a violation."""

    sheet: AnswerSheet
    shows: str
    """What it shows, as a sentence."""
    holds: Callable[[Decision], bool]
    """Whether a decision on the sheet shows the violation."""


@hides_fields
class Violation(NamedTuple):
    """One violation of a property."""

    code: Code
    """Stable code of the kind of violation, such as `idle-rule`."""
    noun: str
    id: str
    """Id of the noun at fault."""
    message: str
    hint: str
    key: str = ""
    """Key of the noun to point at."""
    place: Place | None = None
    """Location, if not that of the noun."""
    witness: Counterexample | None = None


@hides_fields
class Property(NamedTuple):
    """A property of all answer sheets; it holds if it has no findings."""

    code: Code
    sentence: str
    evidence: Evidence
    scope: str = ""
    """What was checked, with a count: `97 rules`."""
    because: str = ""
    """Why it holds by construction."""
    findings: tuple[Violation, ...] = ()
    smallest: Mapping[str, AnswerSheet] = {}
    """By id, the minimal sheet that shows the property."""


def replayed(questionnaire: Questionnaire, finding: Violation) -> Violation:
    """Return the finding after verifying its witness. Raises `AssertionError` if the witness doesn't show it."""
    witness = finding.witness
    if witness and not witness.holds(decide(questionnaire, witness.sheet)):
        raise AssertionError(f"the witness of {finding.code} does not show it")
    return finding
