"""Typed lines as answers to a note question."""

import pytest

import iop_fit
from iop_fit.domain.answers import Written
from iop_fit.interview.pages import read_answer
from iop_fit.interview.screen import Line
from iop_fit.limits import MAX_NOTE, MAX_TYPED_BYTES

NOTE = next(each for each in iop_fit.load().questions.values() if each.kind == "note")


@pytest.mark.parametrize("typed", ["x" * MAX_NOTE, "好" * (MAX_TYPED_BYTES // 3)], ids=["letters", "bytes"])
def test_note_may_fill_a_whole_line(typed: str) -> None:
    assert read_answer(NOTE, typed) == Written(typed)


@pytest.mark.parametrize(
    "typed", ["", "x" * (MAX_NOTE + 1), "好" * (MAX_TYPED_BYTES // 3 + 1)], ids=["empty", "too long", "too many bytes"]
)
def test_invalid_note_is_asked_for_again(typed: str) -> None:
    asked = f"Please write one line of at most {MAX_NOTE:,} plain letters, or s to skip."
    assert read_answer(NOTE, typed) == (Line(asked),)
