"""The expansion of a condition into its needs, within a budget of steps.

The budget is counted while the work is done, so no questionnaire can take much time or memory.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import assert_never

from iop_fit.domain.condition import AllOf, AnyOf, AtLeast, Condition, HasOptions, Not, OptionRef, OptionSet
from iop_fit.limits import MAX_NEEDS, MAX_NESTED, MAX_STEPS, MAX_TOTAL_STEPS

__all__ = [
    "StepBudget",
    "TooLargeConditionError",
    "TooManyNeedsError",
    "drop_supersets",
    "measure",
    "to_option_sets",
    "with_gate_options",
]

STEPS_PER_PART = 100
"""What one part of a condition costs each time that it is evaluated."""

STEPS_PER_NEED = 100
"""What making one need costs, apart from its options."""

STEPS_PER_OPTION = 30
"""What one option of a new need costs, in memory more than in time."""

STEPS_PER_COMPARISON = 5
"""What comparing two needs costs, apart from the options of the smaller one, which cost one step each."""


class TooManyNeedsError(ValueError):
    """A condition has more than `MAX_NEEDS` needs."""


class TooLargeConditionError(ValueError):
    """A condition takes too many steps, or is nested too deeply."""


class StepBudget:
    """The steps that are left for one condition, and for all conditions of a questionnaire."""

    def __init__(self) -> None:
        self.left = MAX_TOTAL_STEPS
        """The steps for all conditions; 0 once a condition was refused for want of them."""
        self._least = 0
        self.start_condition()

    def start_condition(self) -> None:
        """Give the next condition its share, as far as there are steps left."""
        self._least = max(0, self.left - MAX_STEPS)

    def spend(self, steps: int) -> None:
        """Count steps before they are taken. Raises `TooLargeConditionError` when too few are left."""
        if steps > self.left - self._least:
            self.left = self._least
            raise TooLargeConditionError
        self.left -= steps


def measure(condition: Condition, budget: StepBudget, depth: int = 1) -> None:
    """Spend what it takes to evaluate a condition. Raises `TooLargeConditionError`, also for too deep a nesting."""
    if depth > MAX_NESTED:
        raise TooLargeConditionError
    budget.spend(STEPS_PER_PART)
    match condition:
        case HasOptions(need):
            budget.spend(len(need))
        case Not(inner):
            measure(inner, budget, depth + 1)
        case AllOf(conditions) | AnyOf(conditions) | AtLeast(_, conditions):
            for each in conditions:
                measure(each, budget, depth + 1)
        case _:
            assert_never(condition)


def to_option_sets(condition: Condition, budget: StepBudget | None = None) -> frozenset[OptionSet]:
    """Expand a condition into its smallest needs.

    Raises `TooManyNeedsError`, `TooLargeConditionError`, and `ValueError` for `Not`, which no set of needs can express.
    """
    budget = budget or StepBudget()
    measure(condition, budget)
    return _expand(condition, budget)


def _expand(condition: Condition, budget: StepBudget) -> frozenset[OptionSet]:
    match condition:
        case HasOptions(need):
            return frozenset({need})
        case AllOf(conditions):
            return _at_least(len(conditions), [_expand(one, budget) for one in conditions], budget)
        case AnyOf(conditions) | AtLeast(1, conditions):
            return drop_supersets((need for one in conditions for need in _expand(one, budget)), budget)
        case AtLeast(number, conditions):
            return _at_least(number, [_expand(one, budget) for one in conditions], budget)
        case Not():
            raise ValueError("a rule can only raise")
        case _:
            assert_never(condition)


def _at_least(number: int, groups: Sequence[frozenset[OptionSet]], budget: StepBudget) -> frozenset[OptionSet]:
    """Expand `at least number of` by adding one condition after the other, instead of trying each combination."""
    keep = _within_limit if _are_disjoint(groups) else drop_supersets
    so_far = [frozenset({frozenset[OptionRef]()}), *[frozenset[OptionSet]()] * number]
    for seen, group in enumerate(groups, 1):
        still_useful = max(1, number - (len(groups) - seen))
        for count in range(min(number, seen), still_useful - 1, -1):
            with_this_one = _unions(so_far[count - 1], group, budget)
            so_far[count] = keep(so_far[count].union(with_this_one), budget)
    return so_far[number]


def _are_disjoint(groups: Sequence[frozenset[OptionSet]]) -> bool:
    """Return whether no option is in two groups, and no need is empty; then no union of needs contains another one."""
    if any(frozenset() in group for group in groups):
        return False
    options = [frozenset[OptionRef]().union(*group) for group in groups]
    return sum(map(len, options)) == len(frozenset[OptionRef]().union(*options))


def _unions(lefts: Collection[OptionSet], rights: Collection[OptionSet], budget: StepBudget) -> Iterator[OptionSet]:
    options = len(rights) * sum(map(len, lefts)) + len(lefts) * sum(map(len, rights))
    budget.spend(STEPS_PER_NEED * len(lefts) * len(rights) + STEPS_PER_OPTION * options)
    return (left | right for left in lefts for right in rights)


def _within_limit(needs: frozenset[OptionSet], budget: StepBudget) -> frozenset[OptionSet]:
    budget.spend(STEPS_PER_COMPARISON * len(needs))
    if len(needs) > MAX_NEEDS:
        raise TooManyNeedsError
    return needs


def drop_supersets(needs: Iterable[OptionSet], budget: StepBudget | None = None) -> frozenset[OptionSet]:
    """Leave out each need that contains another one: what fires it fires that one already.

    Raises `TooManyNeedsError` and `TooLargeConditionError`.
    """
    budget = budget or StepBudget()
    distinct = sorted(set(needs), key=len)
    kept: list[OptionSet] = []
    for _, group in groupby(distinct, key=len):
        same_size = list(group)
        comparing = sum(STEPS_PER_COMPARISON + len(smaller) for smaller in kept)
        budget.spend(len(same_size) * (STEPS_PER_COMPARISON + comparing))
        kept += [need for need in same_size if not any(smaller <= need for smaller in kept)]
        if len(kept) > MAX_NEEDS:
            raise TooManyNeedsError
    return frozenset(kept)


def with_gate_options(
    needs: Iterable[OptionSet], gates: Mapping[str, tuple[OptionSet, ...]], budget: StepBudget | None = None
) -> frozenset[OptionSet]:
    """Add to each need what must be reached for its questions to be asked; a gate is open when any part is reached.

    Raises `TooManyNeedsError` and `TooLargeConditionError`.
    """
    budget = budget or StepBudget()
    gated: set[OptionSet] = set()
    for need in sorted(needs, key=sorted):  # so that the same error comes whatever the order of a set
        budget.spend(STEPS_PER_NEED + STEPS_PER_OPTION * len(need))
        ways = [drop_supersets(gates[name], budget) for name in sorted({name for name, _ in need}) if gates.get(name)]
        gated |= _at_least(len(ways) + 1, [frozenset({need}), *ways], budget) if ways else {need}
    return drop_supersets(gated, budget)
