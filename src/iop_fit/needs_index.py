"""Finds which rules' needs lie within a set of options without trying each of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from iop_fit.condition import Need, Pair
from iop_fit.guidance import Rule

__all__ = ["NeedsIndex"]


class NeedsIndex:
    """Needs with their rules, each kept under the rarest option that it names."""

    def __init__(self, needs: Iterable[tuple[Need, Rule]]) -> None:
        needs = [*needs]
        named = Counter(pair for need, _ in needs for pair in need)
        self._under: defaultdict[Pair, list[tuple[Need, Rule]]] = defaultdict(list)
        for need, rule in needs:
            self._under[min(need, key=lambda pair: (named[pair], pair))].append((need, rule))

    def within(self, reached: Need) -> Iterator[Rule]:
        """Yield the rules that fire when these options are reached; one with several ways may come more than once."""
        for pair in reached:
            for need, rule in self._under.get(pair, ()):
                if need <= reached:
                    yield rule
