"""Ranked questions: one option, ordered from least to most concern."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import ClassVar

from iop_fit.domain.answers import NOW_AN_ANSWER
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds.choice import ChoiceQuestion
from iop_fit.domain.question import Option

__all__ = ["LEAST_FIRST", "MOST_FIRST", "OrdinalQuestion"]

LEAST_FIRST, MOST_FIRST = "least first", "most first"
"""The orders in which options can be listed."""


@dataclass(frozen=True, kw_only=True)
class OrdinalQuestion(ChoiceQuestion):
    """One option is chosen; options are ordered from least to most concern."""

    kind = "ranked"
    test = "at least"
    may_raise = True
    own_keys: ClassVar[tuple[str, ...]] = ("listed",)

    listed: str = LEAST_FIRST
    """The order in which the options are listed; rank and rules keep the order of concern."""

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options as they are listed, which may be from most to least concern."""
        return self.options[::-1] if self.listed == MOST_FIRST else self.options

    @classmethod
    def default_score(cls, place: int) -> int:
        """Return the index of the option."""
        return place

    @classmethod
    def scores_fit(cls, scores: list[int]) -> bool:
        """Whether the scores never decrease."""
        return scores == sorted(scores)

    @property
    def if_not_applicable(self) -> str:
        """The option that says so, or the least one."""
        return f"{NOW_AN_ANSWER} choose the option that says so, or the first option."

    @cached_property
    def reach(self) -> dict[str, OptionSet]:
        """The options that each option reaches: itself and those below. The least option is never reached."""
        rising = [(self.id, option.id) for option in self.options]
        return {option.id: frozenset(rising[1 : place + 1]) for place, option in enumerate(self.options)}

    def other_answers(self, chosen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the other options, nearest first."""
        ids = [option.id for option in self.options]
        current = ids.index(chosen[0])
        for other in sorted(set(range(len(ids))) - {current}, key=lambda place: abs(place - current)):
            yield (ids[other],), other - current

    def thresholds_in(self, need: OptionSet) -> tuple[Option, ...]:
        """Return the highest option that the need names; it implies those below."""
        return self.options_in(need)[-1:]

    def unused_options(self, named: set[str], *, scored: bool) -> list[Option]:
        """Return the options that nothing distinguishes from the option below."""
        return [
            option
            for below, option in pairwise(self.options)
            if option.id not in named and option.eases == below.eases and not (scored and option.score != below.score)
        ]
