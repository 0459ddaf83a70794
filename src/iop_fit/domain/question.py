"""What is asked: sections, questions and their options."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, NamedTuple

from iop_fit.domain.answers import NONE_OF_THESE, Answer, Chosen, Misfit, Skipped, Written
from iop_fit.domain.condition import OptionSet
from iop_fit.text import sanitize

__all__ = ["AREAS", "AreaLevel", "Audience", "Option", "Question", "Section", "Wording", "level_reach"]


AREAS = "areas:"
"""Prefix of a section's id when its level is written as a reached option."""


class Audience(StrEnum):
    """Who the questions are about, as seen by the person who answers."""

    ME = "me"
    SOMEONE = "someone"


class Wording(NamedTuple):
    """A text in its two wordings."""

    me: str
    someone: str

    def for_(self, audience: Audience) -> str:
        """Return the wording for this audience."""
        return self.me if audience is Audience.ME else self.someone


class AreaLevel(StrEnum):
    """How much concern the answers of a section add up to; it explains and decides nothing."""

    LITTLE = "little"
    SOME = "some"
    A_LOT = "a lot"


class Option(NamedTuple):
    """One of the answers that a question offers."""

    id: str
    label: str
    score: int = 0
    """Concern, from 0 up; along a ranked question it never falls."""
    eases: str = ""
    """The program that this answer makes easier to keep up; practical questions only."""


@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """One question, why it is asked, and what may be answered.

    Each kind of question is a subclass in `domain.kinds`, and holds everything that depends on the kind.
    """

    id: str
    section: str
    need: bool
    """Whether rules may look at it; otherwise it is about practical life and chooses discussion points only."""
    ask: Wording
    why: Wording
    options: tuple[Option, ...] = ()
    asked_if: tuple[OptionSet, ...] = ()
    """Any of these must be reached for the question to be asked; empty when it is always asked."""
    changeable: bool = False
    """Whether the person could change this answer within weeks."""
    private: bool = False
    """Whether the answer stays out of every file unless the person says otherwise."""
    dimension: int = 6
    """The dimension of the ASAM Criteria (4th edition, 1 to 6) a provider looks under; no rating is meant."""
    topic: str = ""
    """A few words for it, for a list that a provider reads; may be empty."""
    sources: tuple[str, ...] = ()

    # What a kind says about itself

    kind: ClassVar[str]
    """The word for this kind in YAML."""
    answered_with: ClassVar[str]
    """How it is answered, in a few words."""
    minimum_options: ClassVar[int] = 2
    """The fewest options it needs; 0 means that it takes none."""
    test: ClassVar[str] = "any of"
    """The word by which a condition names its options; empty if no condition may name it."""
    may_raise: ClassVar[bool] = False
    """Whether rules may name it, if it is about need."""
    takes_several: ClassVar[bool] = False
    """Whether more than one option can be chosen, or none of them."""
    fhir_type: ClassVar[str] = "choice"
    fhir_control: ClassVar[str] = "radio-button"
    """How FHIR clients show it best: with all its options in sight."""

    @classmethod
    def default_score(cls, place: int) -> int:
        """Return the score of the option at this place, from 0, where YAML gives none."""
        del place
        return 0

    @classmethod
    def scores_fit(cls, scores: list[int]) -> bool:
        """Whether the options may have these scores, in this order."""
        del scores
        return True

    # Answers

    @abstractmethod
    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Yield the reasons why an answer does not fit."""

    @abstractmethod
    def answer_from(self, text: str) -> Answer:
        """Read a single value of an answers file."""

    @property
    @abstractmethod
    def how_to_write(self) -> str:
        """What an answers file may hold for this question, as a sentence."""

    @abstractmethod
    def parse(self, typed: str) -> Answer | None:
        """Read a typed line; None when it is no answer."""

    @property
    @abstractmethod
    def what_to_type(self) -> str:
        """What to type, as a sentence, after a line that was no answer."""

    @property
    def instructions(self) -> tuple[tuple[str, str], ...]:
        """Lines below the options on the screen: a key that answers, or nothing, and a text."""
        return ()

    def value_of(self, answer: Answer) -> object:
        """Return an answer as a plain value, in the shape that answers files, drafts and results share."""
        match answer:
            case Chosen(options):
                return list(options) if self.takes_several else options[0]
            case Written(text):
                return text
            case Skipped(reason):
                return {"skipped": reason.value}

    def words_for(self, answer: Answer) -> str:
        """Return an answer as a person would say it, safe to show."""
        match answer:
            case Chosen(options):
                return "; ".join(self.options_by_id[option].label for option in options) or NONE_OF_THESE
            case Written(text):
                return sanitize(text)
            case Skipped(reason):
                return reason.words

    @abstractmethod
    def least_answer(self, need: OptionSet) -> Answer:
        """Return the answer of least concern that reaches what the need names of this question."""

    def other_answers(self, chosen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the other answers, each with its distance in options; below 0 means less concern."""
        del chosen
        yield from ()

    # Options

    @cached_property
    def options_by_id(self) -> dict[str, Option]:
        """The options by their ids."""
        return {option.id: option for option in self.options}

    @cached_property
    def reach(self) -> dict[str, OptionSet]:
        """What each option reaches: itself."""
        return {option.id: frozenset({(self.id, option.id)}) for option in self.options}

    @cached_property
    def all_options(self) -> OptionSet:
        """All that an answer to this question can reach."""
        return frozenset().union(*self.reach.values())

    @property
    def max_score(self) -> int:
        """The highest score that an answer can have."""
        return max((option.score for option in self.options), default=0)

    def bounds_in(self, need: OptionSet) -> OptionSet:
        """Return the options at which a need draws a line."""
        return frozenset((self.id, option.id) for option in self.options if (self.id, option.id) in need)

    def unused_options(self, named: set[str], *, scored: bool) -> list[Option]:
        """Return the options that nothing tells apart; `named` are those that a condition draws a line at."""
        unused = [
            option
            for option in self.options
            if option.id not in named and not option.eases and not (scored and option.score)
        ]
        return unused if len(unused) > 1 else []  # one may stand for what remains


class Section(NamedTuple):
    """A group of questions on one area of life."""

    id: str
    title: str
    questions: tuple[Question, ...]
    levels: tuple[tuple[AreaLevel, int], ...] = ()
    """The score at which each level above `little` begins, rising; empty for a section that has no level."""
    wishes: bool = False
    """Whether its questions ask what the person wants."""

    @property
    def max_score(self) -> int:
        """The highest score of the section; private and practical questions have none."""
        return sum(question.max_score for question in self.questions if question.need and not question.private)

    def level_at(self, score: int) -> AreaLevel:
        """Return the level that a score belongs to."""
        reached = [level for level, begins in self.levels if score >= begins]
        return reached[-1] if reached else AreaLevel.LITTLE


def level_reach(section: str, level: AreaLevel) -> OptionSet:
    """Write a section's level as reached options, so that a discussion point can name it like an answer."""
    levels = list(AreaLevel)
    return frozenset((f"{AREAS}{section}", lower) for lower in levels[1 : levels.index(level) + 1])
