"""Answer sheets: one person's answers, the questions asked, and the options reached."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from iop_fit.domain.answers import Answer, Chosen, Skipped, Written
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.text import hides_fields

__all__ = ["AnswerSheet", "Reached", "reached_by"]


@hides_fields
@dataclass(frozen=True)
class AnswerSheet:
    """Answers by question id; a missing question has not been answered yet."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    about: Audience = Audience.ME

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def __reduce__(self) -> tuple[type["AnswerSheet"], tuple[dict[str, Answer], Audience]]:
        """Return how to make it again, for pickle and copy, which don't take a read-only mapping."""
        return AnswerSheet, (dict(self.answers), self.about)

    def with_answer(self, question: str, answer: Answer) -> "AnswerSheet":
        """Return a copy with this answer to this question."""
        return replace(self, answers={**self.answers, question: answer})

    def only(self, questions: Collection[str]) -> "AnswerSheet":
        """Return a copy with only the answers to these questions."""
        return replace(self, answers={name: answer for name, answer in self.answers.items() if name in questions})


@hides_fields
class Reached(NamedTuple):
    """The questions that a sheet leads to, and the options that it reaches."""

    asked: tuple[Question, ...]
    certain: OptionSet
    """Reached by the answers."""
    possible: OptionSet
    """The certain options, and those that skipped questions could reach."""

    @property
    def asked_ids(self) -> frozenset[str]:
        """The ids of the questions that are asked."""
        return frozenset(question.id for question in self.asked)


def reached_by(questionnaire: Questionnaire, sheet: AnswerSheet) -> Reached:
    """Return the questions that are asked for a sheet, and the options that it reaches.

    A question is asked if its gate is open or may be open; answers to other questions are ignored.
    An unanswered question reaches nothing; a skipped one may reach any of its options.
    """
    asked: list[Question] = []
    certain: set[OptionRef] = set()
    skipped: set[OptionRef] = set()
    for question in questionnaire.questions.values():
        if question.private and sheet.about is Audience.SOMEONE:
            continue  # the person answering for someone else may be the one who hurts them
        if question.asked_if and not _may_be_reached(question.asked_if, certain, skipped):
            continue
        asked.append(question)
        match sheet.answers.get(question.id):
            case Chosen(options):
                for option in options:
                    certain |= question.reach[option]
            case Skipped():
                skipped |= question.all_options
            case Written() | None:
                pass  # text and unanswered questions reach nothing
    reached = frozenset(certain)
    return Reached(tuple(asked), reached, reached | skipped if skipped else reached)


def _may_be_reached(alternatives: tuple[OptionSet, ...], certain: set[OptionRef], skipped: set[OptionRef]) -> bool:
    if any(map(certain.issuperset, alternatives)):
        return True
    return bool(skipped) and any(alternative - certain <= skipped for alternative in alternatives)
