"""What is asked: sections, questions and their options."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from iop_fit.domain.condition import Need

__all__ = ["AREAS", "AreaLevel", "Audience", "Kind", "Option", "Question", "Section", "Wording", "level_reach"]


AREAS = "areas:"
"""What stands before the id of a section when its level is written as a reached option."""


class Audience(StrEnum):
    """Who the questions are about, as seen by the person who answers."""

    ME = "me"
    SOMEONE = "someone"


class Wording(NamedTuple):
    """A text in its two wordings."""

    me: str
    someone: str

    def said_of(self, audience: Audience) -> str:
        """Return the wording for this audience."""
        return self.me if audience is Audience.ME else self.someone


class Kind(StrEnum):
    """How a question is answered."""

    RANKED = "ranked"
    """One option; they go from least to most concern."""
    SEVERAL = "several"
    """Any number of options, none included."""
    UNRANKED = "unranked"
    """One option; none is of more concern than another."""
    NOTE = "note"
    """Free text that no rule reads."""


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
class Question:
    """One question, why it is asked, and what may be answered."""

    id: str
    section: str
    kind: Kind
    need: bool
    """Whether rules may look at it; otherwise it is about practical life and chooses discussion points only."""
    ask: Wording
    why: Wording
    options: tuple[Option, ...] = ()
    gate: tuple[Need, ...] = ()
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

    @cached_property
    def by_option(self) -> dict[str, Option]:
        """The options by their ids."""
        return {option.id: option for option in self.options}

    @cached_property
    def reach(self) -> dict[str, Need]:
        """What each option reaches: itself, and on a ranked question those below it. The least says nothing."""
        if self.kind is not Kind.RANKED:
            return {option.id: frozenset({(self.id, option.id)}) for option in self.options}
        rising = [(self.id, option.id) for option in self.options]
        return {option.id: frozenset(rising[1 : place + 1]) for place, option in enumerate(self.options)}

    @cached_property
    def everything(self) -> Need:
        """All that an answer to this question can reach."""
        return frozenset().union(*self.reach.values())

    @property
    def max_score(self) -> int:
        """The highest score that an answer can have."""
        return max((option.score for option in self.options), default=0)


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


def level_reach(section: str, level: AreaLevel) -> Need:
    """Write a section's level as reached options, so that a discussion point can name it like an answer."""
    levels = list(AreaLevel)
    return frozenset((f"{AREAS}{section}", lower) for lower in levels[1 : levels.index(level) + 1])
