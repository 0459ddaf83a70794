"""What one person answered, what they are asked because of it, and which options that reaches."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from iop_fit.domain.answers import Answer, Chosen, Skipped, Written
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Audience, Question
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["AnswerSheet", "Reached", "reached_by"]


@dataclass(frozen=True)
class AnswerSheet:
    """The answers by question id; a question that is absent was not answered yet."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    about: Audience = Audience.ME

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    def with_answer(self, question: str, answer: Answer) -> "AnswerSheet":
        """Return a sheet in which this question has this answer."""
        return replace(self, answers={**self.answers, question: answer})

    def only(self, questions: Collection[str]) -> "AnswerSheet":
        """Return a sheet with the answers to these questions alone."""
        return replace(self, answers={name: answer for name, answer in self.answers.items() if name in questions})


class Reached(NamedTuple):
    """What a sheet comes to: the questions that are asked, and the options that are reached."""

    asked: tuple[Question, ...]
    certain: OptionSet
    """Reached by what was answered."""
    possible: OptionSet
    """Those, and all that the skipped questions could reach."""

    @property
    def asked_ids(self) -> frozenset[str]:
        """The ids of the questions that are asked."""
        return frozenset(question.id for question in self.asked)


def reached_by(questionnaire: Questionnaire, sheet: AnswerSheet) -> Reached:
    """Follow a sheet through the questionnaire.

    A question is asked when its gate is open for sure or may be; an answer to one that is not asked counts for nothing.
    A question without an answer reaches nothing, and a skipped one may reach everything.
    """
    asked: list[Question] = []
    certain: set[tuple[str, str]] = set()
    possible: set[tuple[str, str]] = set()
    for question in questionnaire.questions.values():
        if question.private and sheet.about is Audience.SOMEONE:
            continue  # whoever answers for somebody else may be the one who hurts them
        if question.asked_if and not any(way <= possible for way in question.asked_if):
            continue
        asked.append(question)
        match sheet.answers.get(question.id):
            case Chosen(options):
                for option in options:
                    certain |= question.reach[option]
                    possible |= question.reach[option]
            case Skipped():
                possible |= question.all_options
            case Written() | None:
                pass  # a text reaches nothing, and neither does what was not answered yet
    return Reached(tuple(asked), frozenset(certain), frozenset(possible))
