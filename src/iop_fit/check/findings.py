"""What `check` says of all answer sheets at once: statements, and what speaks against them."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place
from iop_fit.problem_codes import Code

__all__ = ["Counterexample", "Evidence", "Property", "Violation", "replayed"]


class Evidence(StrEnum):
    """How it is known that a statement holds for every sheet."""

    BY_CONSTRUCTION = "by construction"
    """A questionnaire that breaks it can't be written, or is not loaded."""
    CHECKED = "checked"
    """Worked out for this questionnaire."""


class Counterexample(NamedTuple):
    """A whole sheet on which a finding can be seen."""

    sheet: AnswerSheet
    shows: str
    """What comes out on it, as a whole sentence."""
    holds: Callable[[Decision], bool]
    """Tells whether a decision on the sheet comes out so."""


class Violation(NamedTuple):
    """One thing that speaks against a statement."""

    code: Code
    """A stable name for this kind of finding, such as `idle-rule`."""
    noun: str
    id: str
    """The id of the noun that it concerns."""
    message: str
    hint: str
    key: str = ""
    """The key of the noun that is to be looked at."""
    place: Place | None = None
    """Where to look, when that is not the noun itself."""
    witness: Counterexample | None = None


class Property(NamedTuple):
    """Something that holds for every answer sheet, or the findings that tell why not."""

    code: Code
    sentence: str
    how: Evidence
    of: str = ""
    """What it was worked out for, counted: `97 rules`."""
    because: str = ""
    """Why it holds by construction."""
    findings: tuple[Violation, ...] = ()
    smallest: Mapping[str, AnswerSheet] = {}
    """For each id, the smallest sheet on which it is seen to hold."""


def replayed(questionnaire: Questionnaire, finding: Violation) -> Violation:
    """Decide on a finding's witness, and return the finding; a witness that does not show it is a mistake of ours."""
    witness = finding.witness
    if witness and not witness.holds(decide(questionnaire, witness.sheet)):
        raise AssertionError(f"the witness of {finding.code} does not show it")
    return finding
