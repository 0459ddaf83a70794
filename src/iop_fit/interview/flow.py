"""The order of an interview: next and previous question, progress, new cards and dropped answers."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.domain.assessment import Card
from iop_fit.domain.decision import decide
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of

__all__ = ["Progress", "dropped", "newly_raised", "next_question", "previous_question", "progress_at"]


class Progress(NamedTuple):
    """The number of a question in the full list, so that skipped branches never lower it."""

    number: int
    total: int


def next_question(questionnaire: Questionnaire, sheet: AnswerSheet) -> Question | None:
    """Return the first asked question without an answer; None if all are answered."""
    return next((each for each in reached_by(questionnaire, sheet).asked if each.id not in sheet.answers), None)


def previous_question(questionnaire: Questionnaire, sheet: AnswerSheet, question: Question) -> Question | None:
    """Return the asked question before this one; None if it is the first."""
    asked = reached_by(questionnaire, sheet).asked
    return asked[asked.index(question) - 1] if asked.index(question) else None


def progress_at(questionnaire: Questionnaire, question: Question) -> Progress:
    """Return the number of a question in the full list."""
    return Progress(list(questionnaire.questions).index(question.id) + 1, len(questionnaire.questions))


def newly_raised(questionnaire: Questionnaire, before: AnswerSheet, after: AnswerSheet) -> tuple[Card, ...]:
    """Return the cards that the latest answer raised or gave a stronger alert, strongest first."""
    known = {card.alert.alert.id for card in cards_of(decide(questionnaire, before))}
    return tuple(card for card in cards_of(decide(questionnaire, after)) if card.alert.alert.id not in known)


def dropped(questionnaire: Questionnaire, sheet: AnswerSheet, pending: Iterable[str] = ()) -> tuple[Question, ...]:
    """Return the questions that have an answer but are no longer asked, whatever the `pending` questions answer."""
    skips = {name: Skipped(SkipReason.DONT_KNOW) for name in pending}
    asked = reached_by(questionnaire, replace(sheet, answers={**skips, **sheet.answers})).asked_ids
    return tuple(questionnaire.questions[name] for name in sheet.answers if name not in asked)
