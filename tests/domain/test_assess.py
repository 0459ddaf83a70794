"""Assessing a sheet built by other code: invalid and incomplete sheets are rejected."""

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Written
from iop_fit.domain.assess import assess
from iop_fit.errors import IopFitError
from iop_fit.loading.loader import load_questionnaire
from support import DAY, TESTS

MINIMAL = TESTS / "questionnaires" / "valid" / "minimal.yaml"


def refusal(**answers: Answer) -> str:
    with pytest.raises(IopFitError) as caught:
        assess(load_questionnaire(MINIMAL), AnswerSheet(answers), on=DAY)
    return str(caught.value)


SKIPPING = "To skip it: {skipped: rather-not-say}."


def test_assess_rejects_text_for_an_option() -> None:
    assert refusal(alone=Written("Most evenings.")) == (
        '"alone" takes an option, not text.\n  Write one of these: rarely, often, always.'
    )


def test_assess_rejects_an_unknown_option() -> None:
    assert refusal(alone=Chosen(("oftn",))) == (
        f'"alone" has no option "oftn".\n  Did you mean "often"? Write one of these: rarely, often, always. {SKIPPING}'
    )


def test_assess_rejects_a_missing_answer() -> None:
    assert refusal() == (
        '"alone" has no answer yet: How often are evenings spent alone?\n'
        f"  Write one of these: rarely, often, always. {SKIPPING}"
    )
