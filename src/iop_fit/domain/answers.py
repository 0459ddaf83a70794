"""What one person answered, what they are asked because of it, and which options that reaches."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from iop_fit.domain.condition import Need
from iop_fit.domain.question import Audience, Kind, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.text import cleaned

__all__ = [
    "NONE_OF_THESE",
    "Answer",
    "AnswerSheet",
    "Chosen",
    "Reached",
    "SkipReason",
    "Skipped",
    "Written",
    "answer_in_words",
    "answer_value",
    "reached_by",
]


NONE_OF_THESE = "none of these"
"""What it means to choose no option at all, where several may be chosen."""


class SkipReason(StrEnum):
    """Why a question was left without an answer; to the decision all mean the same: unknown."""

    RATHER_NOT_SAY = "rather-not-say"
    DONT_KNOW = "dont-know"
    DOES_NOT_APPLY = "does-not-apply"

    @property
    def words(self) -> str:
        """The reason as a person would say it."""
        return {"rather-not-say": "rather not say", "dont-know": "don't know", "does-not-apply": "doesn't apply"}[self]


@dataclass(frozen=True)
class Chosen:
    """The options that were chosen, in the question's order; none at all is the answer "none of these"."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A text in the person's own words."""

    text: str


@dataclass(frozen=True)
class Skipped:
    """No answer, and why."""

    reason: SkipReason


Answer = Chosen | Written | Skipped


def answer_in_words(answer: Answer, question: Question) -> str:
    """Say an answer as a person would, safe to show."""
    match answer:
        case Chosen(options):
            return "; ".join(question.by_option[option].label for option in options) or NONE_OF_THESE
        case Written(text):
            return cleaned(text)
        case Skipped(reason):
            return reason.words


def answer_value(answer: Answer, question: Question) -> object:
    """Write an answer as a plain value, in the one shape that answers files, drafts and results share."""
    match answer:
        case Chosen(options):
            return list(options) if question.kind is Kind.SEVERAL else options[0]
        case Written(text):
            return text
        case Skipped(reason):
            return {"skipped": reason.value}


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
    certain: Need
    """Reached by what was answered."""
    possible: Need
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
        if question.gate and not any(way <= possible for way in question.gate):
            continue
        asked.append(question)
        match sheet.answers.get(question.id):
            case Chosen(options):
                for option in options:
                    certain |= question.reach[option]
                    possible |= question.reach[option]
            case Skipped():
                possible |= question.everything
            case Written() | None:
                pass  # a text reaches nothing, and neither does what was not answered yet
    return Reached(tuple(asked), frozenset(certain), frozenset(possible))
