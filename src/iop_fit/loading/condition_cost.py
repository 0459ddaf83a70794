"""How much work a condition makes, known before any of it is done."""

from itertools import accumulate
from math import comb
from typing import NamedTuple, assert_never

from iop_fit.domain.condition import MAX_NEEDS, MAX_WAYS, All, Any, Condition, Not, Reaches, Some

__all__ = ["MAX_NESTED", "MAX_STEPS", "MAX_STEPS_IN_ALL", "Effort", "Efforts"]

MAX_STEPS = 300_000
"""How many options may be put together while a condition is brought down to its needs: a third of a second."""

MAX_STEPS_IN_ALL = 600_000
"""The same for all conditions of one questionnaire; 1,000 random rules have 80,000."""

MAX_NESTED = 60
"""How deeply conditions may lie in each other once the signs and alerts that they name are put in."""


TOO_LARGE = "too large to be worked out, with the signs and alerts that are named."


class Effort(NamedTuple):
    """Upper bounds for one condition."""

    needs: int = 1
    """How many needs it may come down to, up to one more than `MAX_NEEDS`."""
    size: int = 1
    """How many options one need may name."""
    steps: int = 1
    nested: int = 1


class Efforts:
    """Works out the efforts of one questionnaire; a condition that several others share is looked at once."""

    def __init__(self) -> None:
        self._steps = 0
        self._known: dict[int, tuple[Condition, Effort]] = {}

    def refusal(self, condition: Condition) -> str:
        """Say that a condition, or all up to it together, are larger than any that a person means; else nothing."""
        effort = self.of(condition)
        self._steps += effort.steps
        if effort.steps > MAX_STEPS or effort.nested > MAX_NESTED:
            return f"This condition is {TOO_LARGE}"
        return f"This condition and those before it are {TOO_LARGE}" if self._steps > MAX_STEPS_IN_ALL else ""

    def of(self, condition: Condition) -> Effort:
        """Return the effort of a condition."""
        known = self._known.get(id(condition))
        if known:
            return known[1]
        effort = self._of(condition)
        self._known[id(condition)] = condition, effort  # kept, so that no other one gets its id
        return effort

    def _of(self, condition: Condition) -> Effort:
        match condition:
            case Reaches(need):
                return Effort(size=len(need), steps=len(need))
            case Not(inner):
                return _around([self.of(inner)], 1, 1, 1)
            case Any(conditions):
                each = [self.of(one) for one in conditions]
                number = sum(effort.needs for effort in each)
                return _around(each, number, max(effort.size for effort in each), number)
            case All(conditions):
                each = [self.of(one) for one in conditions]
                needs, steps = _together([effort.needs for effort in each])
                return _around(each, needs, sum(effort.size for effort in each), steps)
            case Some(number, conditions):
                each = [self.of(one) for one in conditions]
                needs, steps = _together([max(effort.needs for effort in each)] * number)
                ways = comb(len(conditions), number)
                ways = ways if ways <= MAX_WAYS else 1  # more are refused before a step is taken
                return _around(each, ways * needs, number * max(effort.size for effort in each), ways * steps)
            case _:
                assert_never(condition)


def _around(each: list[Effort], needs: int, size: int, steps: int) -> Effort:
    inner = sum(effort.steps for effort in each)
    return Effort(min(needs, MAX_NEEDS + 1), size, inner + steps * size, 1 + max(effort.nested for effort in each))


def _together(numbers: list[int]) -> tuple[int, int]:
    """Bound the needs of conditions that must all hold, and the steps to find them."""
    partly = [*accumulate(numbers, lambda before, number: min(before * number, MAX_NEEDS + 1))]
    return partly[-1], sum(before * number for before, number in zip([1, *partly], numbers, strict=False))
