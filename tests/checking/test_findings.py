"""A finding is reported only if its witness shows it."""

import pytest

from iop_fit.checking.findings import Counterexample, Violation, replayed
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.decision import Decision
from iop_fit.loading.loader import load_questionnaire
from iop_fit.problem_codes import Code
from support import ROOT

MINIMAL = load_questionnaire(ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml")


def finding(direction: str) -> Violation:
    def holds(decision: Decision) -> bool:
        return decision.lowest.id == direction

    witness = Counterexample(AnswerSheet({"alone": Chosen(("often",))}), "It says so.", holds)
    return Violation(code=Code.IDLE_RULE, noun="direction", id=direction, message="Odd.", hint="", witness=witness)


def test_replayed_returns_a_proven_finding() -> None:
    shown = finding("more")
    assert replayed(MINIMAL, shown) is shown


def test_replayed_rejects_a_false_witness() -> None:
    with pytest.raises(AssertionError, match=r"^the witness of idle-rule does not show it$"):
        replayed(MINIMAL, finding("less"))
