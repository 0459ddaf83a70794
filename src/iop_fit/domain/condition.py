"""Conditions: a closed set, tested over plain sets of reached options.

An answer *reaches* options: the chosen one, and on a ranked question every option below it too. A condition without
`Not` comes down to its needs, any one of which makes it true; that is all the rules engine ever looks at.
"""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

__all__ = [
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Condition",
    "HasOptions",
    "Not",
    "OptionRef",
    "OptionSet",
    "evaluate",
    "option_sets_in",
    "options_in",
    "questions_in",
]

OptionRef = tuple[str, str]
"""A question's id and one of its options' ids."""

OptionSet = frozenset[OptionRef]
"""Options that are reached together; a rule fires when one of its needs is."""


class HasOptions(NamedTuple):
    """True when all of these options are reached."""

    need: OptionSet


class AllOf(NamedTuple):
    """True when each of the conditions is."""

    conditions: tuple["Condition", ...]


class AnyOf(NamedTuple):
    """True when at least one of the conditions is."""

    conditions: tuple["Condition", ...]


class AtLeast(NamedTuple):
    """True when at least `number` of the conditions are."""

    number: int
    conditions: tuple["Condition", ...]


class Not(NamedTuple):
    """True when the condition is false; only discussion points may use it."""

    condition: "Condition"


Condition = HasOptions | AllOf | AnyOf | AtLeast | Not


def evaluate(condition: Condition, certain: OptionSet, possible: OptionSet) -> bool | None:
    """Say whether a condition holds: True, False, or None when it hangs on what is not known.

    `certain` are the options reached for sure, `possible` those that may be, with the certain ones among them.
    """
    match condition:
        case HasOptions(need):
            return True if need <= certain else None if need <= possible else False
        case AllOf(conditions):
            return _at_least(len(conditions), conditions, certain, possible)
        case AnyOf(conditions):
            return _at_least(1, conditions, certain, possible)
        case AtLeast(number, conditions):
            return _at_least(number, conditions, certain, possible)
        case Not(inner):
            inside = evaluate(inner, certain, possible)
            return None if inside is None else not inside
        case _:
            assert_never(condition)


def questions_in(condition: Condition) -> frozenset[str]:
    """Name the questions that a condition looks at."""
    return frozenset(question for question, _ in options_in(condition))


def options_in(condition: Condition) -> OptionSet:
    """Name the options that a condition looks at, those below the ones that it asks for too."""
    return frozenset[OptionRef]().union(*option_sets_in(condition))


def option_sets_in(condition: Condition) -> Iterator[OptionSet]:
    """Yield the sets of options that a condition asks for, each by itself."""
    match condition:
        case HasOptions(need):
            yield need
        case Not(inner):
            yield from option_sets_in(inner)
        case AllOf(conditions) | AnyOf(conditions) | AtLeast(_, conditions):
            for each in conditions:
                yield from option_sets_in(each)
        case _:
            assert_never(condition)


def _at_least(number: int, conditions: tuple[Condition, ...], certain: OptionSet, possible: OptionSet) -> bool | None:
    truths = [evaluate(condition, certain, possible) for condition in conditions]
    if truths.count(True) >= number:
        return True
    return None if len(truths) - truths.count(False) >= number else False
