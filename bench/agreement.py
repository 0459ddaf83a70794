"""Engines that find the rules that fire, and the check that they agree, without which no time means anything."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

__all__ = ["Engine", "check_equal"]


class Engine(NamedTuple):
    """One way to find the rules that fire."""

    name: str
    fired: Callable[[int], Collection[str]]
    """Returns the ids of the rules that fire for the sheet with this number."""


def check_equal(engines: Sequence[Engine], sheets: int) -> None:
    """End the bench if two engines don't fire the same rules for each sheet."""
    first, *others = engines
    for sheet in range(sheets):
        expected = {*first.fired(sheet)}
        for other in others:
            if differing := expected ^ {*other.fired(sheet)}:
                rules = ", ".join(sorted(differing))
                raise SystemExit(f"{other.name} differs from {first.name} in sheet {sheet}, in the rules: {rules}.")
