"""Ranked questions: one option, and the options go from least to most concern."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds.choice import ChoiceQuestion
from iop_fit.domain.question import Option

__all__ = ["OrdinalQuestion"]


@dataclass(frozen=True, kw_only=True)
class OrdinalQuestion(ChoiceQuestion):
    """One option; they go from least to most concern."""

    kind = "ranked"
    test = "at least"
    may_raise = True

    @classmethod
    def default_score(cls, place: int) -> int:
        """Return the place: each option is of one more concern."""
        return place

    @classmethod
    def scores_fit(cls, scores: list[int]) -> bool:
        """Whether the scores never fall."""
        return scores == sorted(scores)

    @cached_property
    def reach(self) -> dict[str, OptionSet]:
        """What each option reaches: itself and those below it. The least one says nothing."""
        rising = [(self.id, option.id) for option in self.options]
        return {option.id: frozenset(rising[1 : place + 1]) for place, option in enumerate(self.options)}

    def other_answers(self, chosen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the other options, the nearest ones first."""
        ids = [option.id for option in self.options]
        here = ids.index(chosen[0])
        for there in sorted(set(range(len(ids))) - {here}, key=lambda place: abs(place - here)):
            yield (ids[there],), there - here

    def bounds_in(self, need: OptionSet) -> OptionSet:
        """Return the highest option that the need names; it stands for those below it."""
        return frozenset(sorted(super().bounds_in(need), key=lambda pair: list(self.options_by_id).index(pair[1]))[-1:])

    def unused_options(self, named: set[str], *, scored: bool) -> list[Option]:
        """Return the options that nothing tells from the one below them."""
        return [
            option
            for below, option in pairwise(self.options)
            if option.id not in named and option.eases == below.eases and not (scored and option.score != below.score)
        ]
