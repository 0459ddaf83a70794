"""Expand conditions into needs, within a step budget that bounds time and memory."""

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
"""Cost of evaluating one part of a condition."""

STEPS_PER_NEED = 100
"""Cost of making one need, without its options."""

STEPS_PER_OPTION = 30
"""Cost of one option of a new need; mostly memory."""

STEPS_PER_COMPARISON = 5
"""Cost of comparing two needs, plus one step per option of the smaller one."""


class TooManyNeedsError(ValueError):
    """A condition has more than `MAX_NEEDS` needs."""


class TooLargeConditionError(ValueError):
    """A condition takes too many steps or is nested too deeply."""


class StepBudget:
    """Steps left for one condition and for all conditions of a questionnaire."""

    def __init__(self) -> None:
        self.left: int = MAX_TOTAL_STEPS
        """Steps left in all."""
        self._floor = 0
        self.start_condition()

    def start_condition(self) -> None:
        """Reserve up to `MAX_STEPS` for the next condition."""
        self._floor = max(0, self.left - MAX_STEPS)

    def spend(self, steps: int) -> None:
        """Deduct steps before taking them. Raises `TooLargeConditionError` if too few are left."""
        if steps > self.left - self._floor:
            self.left = self._floor
            raise TooLargeConditionError
        self.left -= steps


def measure(condition: Condition, budget: StepBudget, depth: int = 1) -> None:
    """Spend the steps to evaluate a condition. Raises `TooLargeConditionError` if it is too large or too deep."""
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
    """Return the minimal needs of a condition.

    Raises `TooManyNeedsError`, `TooLargeConditionError`, and `ValueError` for `Not`, which needs can't express.
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
    """Expand "at least `number` of", one condition at a time instead of by combinations."""
    keep = _within_limit if _are_disjoint(groups) else drop_supersets
    by_count = [frozenset({frozenset[OptionRef]()}), *[frozenset[OptionSet]()] * number]
    for seen, group in enumerate(groups, 1):
        lowest = max(1, number - (len(groups) - seen))
        for count in range(min(number, seen), lowest - 1, -1):
            extended = _unions(by_count[count - 1], group, budget)
            by_count[count] = keep(by_count[count].union(extended), budget)
    return by_count[number]


def _are_disjoint(groups: Sequence[frozenset[OptionSet]]) -> bool:
    """Whether no two groups share an option and no need is empty, so that no union contains another."""
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
    """Return the needs that contain no other need; the others add nothing.

    Raises `TooManyNeedsError` and `TooLargeConditionError`.
    """
    budget = budget or StepBudget()
    distinct = sorted(set(needs), key=len)
    kept: list[OptionSet] = []
    for _, group in groupby(distinct, key=len):
        same_size = list(group)
        per_need = sum(STEPS_PER_COMPARISON + len(smaller) for smaller in kept)
        budget.spend(len(same_size) * (STEPS_PER_COMPARISON + per_need))
        kept += [need for need in same_size if not any(map(need.issuperset, kept))]
        if len(kept) > MAX_NEEDS:
            raise TooManyNeedsError
    return frozenset(kept)


def with_gate_options(
    needs: Iterable[OptionSet], gates: Mapping[str, tuple[OptionSet, ...]], budget: StepBudget | None = None
) -> frozenset[OptionSet]:
    """Return the needs extended by the options that open the gates of their questions.

    A gate opens if any of its alternatives is reached.

    Raises `TooManyNeedsError` and `TooLargeConditionError`.
    """
    budget = budget or StepBudget()
    gated: set[OptionSet] = set()
    for need in sorted(needs, key=sorted):  # sets have no fixed order, and the error must not depend on it
        budget.spend(STEPS_PER_NEED + STEPS_PER_OPTION * len(need))
        names = sorted({name for name, _ in need})
        # A gate that the need opens itself adds nothing: every other alternative would be a superset. Questions often
        # share a gate, and opening it once is enough.
        shared = dict.fromkeys(gates[name] for name in names if gates.get(name))
        openings = [drop_supersets(gate, budget) for gate in shared if not any(each <= need for each in gate)]
        gated |= _at_least(len(openings) + 1, [frozenset({need}), *openings], budget) if openings else {need}
    return drop_supersets(gated, budget)
