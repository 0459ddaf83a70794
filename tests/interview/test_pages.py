"""The first page, and typed lines as answers to a note question."""

from dataclasses import replace

import pytest

import iop_fit
from iop_fit.domain.answers import Written
from iop_fit.interview.pages import introduction, read_answer
from iop_fit.interview.screen import Line
from iop_fit.limits import MAX_NOTE
from iop_fit.storage.drafts import Draft

QUESTIONNAIRE = iop_fit.load()
NOTE = next(each for each in QUESTIONNAIRE.questions.values() if each.kind == "note")


@pytest.mark.parametrize("enabled", [True, False], ids=["may save", "private"])
def test_private_first_page_offers_no_saving(enabled: bool) -> None:
    shown = [line.text for line in introduction(QUESTIONNAIRE, Draft(QUESTIONNAIRE, enabled=enabled), can_wipe=True)]
    saved = "Nothing is saved unless you ask." if enabled else "Nothing is saved."
    assert f"Nothing you type leaves this computer. {saved}" in shown
    assert any("save your answers" in line for line in shown) is enabled


@pytest.mark.parametrize(("minutes", "said"), [(1, "about 1 minute."), (10, "about 10 minutes.")])
def test_first_page_counts_the_minutes(minutes: int, said: str) -> None:
    questionnaire = replace(QUESTIONNAIRE, minutes=minutes)
    shown = [line.text for line in introduction(questionnaire, Draft(questionnaire, enabled=True), can_wipe=True)]
    assert f"Up to 37 questions, {said} You can skip any of them." in shown


@pytest.mark.parametrize("letter", ["x", "好"])
def test_note_may_fill_a_whole_line(letter: str) -> None:
    assert read_answer(NOTE, letter * MAX_NOTE) == Written(letter * MAX_NOTE)


@pytest.mark.parametrize("typed", ["", "x" * (MAX_NOTE + 1)], ids=["empty", "too long"])
def test_invalid_note_is_asked_for_again(typed: str) -> None:
    asked = f"Please write one line of at most {MAX_NOTE:,} characters, or s to leave it out."
    assert read_answer(NOTE, typed) == (Line(asked),)
