"""The two tables of the clinical notes and the calm answers, row by row, as they were written and not as the rules are.

The tables are in `tests/content/tables`. A row holds answers such as `used=alcohol+opioids drinks=7.5`; `now=` is
"none of these". Every question that is not named has its calmest answer.
"""

from collections.abc import Mapping
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from support import TESTS

__all__ = ["ALERTS", "CALM", "DIRECTIONS", "CalmRow", "Row", "answers", "calm", "cells_of", "decided"]


class Row(NamedTuple):
    """A row of a table: what must come, from which answers, and from which not."""

    comes: str
    at: str
    below: str


class CalmRow(NamedTuple):
    """Answers, the most that may be suggested, and what may not be raised."""

    answers: str
    at_most: str
    never: frozenset[str]


def cells_of(name: str) -> list[list[str]]:
    """Return the cells of each row of a table."""
    lines = (TESTS / "content" / "tables" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]


ALERTS = [Row(*cells) for cells in cells_of("alerts")]
"""What is raised (an alert, or any alert of a level); the answers at its threshold; the answers just below it."""
DIRECTIONS = [Row(*cells) for cells in cells_of("directions")]
"""The direction that is reached; the answers at its threshold; the answers just below it."""
CALM = [CalmRow(given, most, frozenset(never.split(", "))) for given, most, never in cells_of("calm")]
"""Answers that ask for little; the highest direction allowed; alerts, or levels of alerts, that may not be raised.

"any" stands for every alert but those that are always shown.
"""


def answers(questionnaire: Questionnaire, written: str) -> dict[str, Answer]:
    """Return the answers of a row; fails if one doesn't fit its question."""
    return {
        name: _answer(questionnaire.questions[name], value)
        for name, value in (part.split("=") for part in written.split())
    }


def _answer(question: Question, value: str) -> Answer:
    if question.options_are_bands:
        answer = question.answer_from(value)
        assert not isinstance(answer, Chosen) or answer.number is not None, f"{question.id}: {value}"
        return answer
    options = tuple(filter(None, value.split("+")))
    assert set(options) <= set(question.options_by_id), f"{question.id}: {options}"
    return Chosen(options)


def calm(questionnaire: Questionnaire) -> Mapping[str, Answer]:
    """Return the calmest answer to each question with options."""
    return {
        question.id: Chosen(()) if question.kind == "several" else question.choose((question.options[0].id,))
        for question in questionnaire.questions.values()
        if question.options
    }


def decided(questionnaire: Questionnaire, written: str) -> Decision:
    """Return the decision on these answers, with the calmest answer to every other question."""
    return decide(questionnaire, AnswerSheet({**calm(questionnaire), **answers(questionnaire, written)}))
