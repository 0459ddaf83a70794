"""Conditions: a closed set, tested over plain sets of reached options.

An answer *reaches* options: the chosen one, and on a ranked question every option below it too. A condition without
`Not` comes down to its needs, any one of which makes it true; that is all the rules engine ever looks at.
"""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

__all__ = [
    "All",
    "Any",
    "Condition",
    "Need",
    "Not",
    "Pair",
    "Reaches",
    "Some",
    "leaves_of",
    "named_by",
    "pairs_of",
    "truth",
]

Pair = tuple[str, str]
"""A question's id and one of its options' ids."""

Need = frozenset[Pair]
"""Options that are reached together; a rule fires when one of its needs is."""


class Reaches(NamedTuple):
    """True when all of these options are reached."""

    need: Need


class All(NamedTuple):
    """True when each of the conditions is."""

    conditions: tuple["Condition", ...]


class Any(NamedTuple):
    """True when at least one of the conditions is."""

    conditions: tuple["Condition", ...]


class Some(NamedTuple):
    """True when at least `number` of the conditions are."""

    number: int
    conditions: tuple["Condition", ...]


class Not(NamedTuple):
    """True when the condition is false; only discussion points may use it."""

    condition: "Condition"


Condition = Reaches | All | Any | Some | Not


def truth(condition: Condition, certain: Need, possible: Need) -> bool | None:
    """Say whether a condition holds: True, False, or None when it hangs on what is not known.

    `certain` are the options reached for sure, `possible` those that may be, with the certain ones among them.
    """
    match condition:
        case Reaches(need):
            return True if need <= certain else None if need <= possible else False
        case All(conditions):
            return _at_least(len(conditions), conditions, certain, possible)
        case Any(conditions):
            return _at_least(1, conditions, certain, possible)
        case Some(number, conditions):
            return _at_least(number, conditions, certain, possible)
        case Not(inner):
            inside = truth(inner, certain, possible)
            return None if inside is None else not inside
        case _:
            assert_never(condition)


def named_by(condition: Condition) -> frozenset[str]:
    """Name the questions that a condition looks at."""
    return frozenset(question for question, _ in pairs_of(condition))


def pairs_of(condition: Condition) -> Need:
    """Name the options that a condition looks at, those below the ones that it asks for too."""
    return frozenset[Pair]().union(*leaves_of(condition))


def leaves_of(condition: Condition) -> Iterator[Need]:
    """Yield the sets of options that a condition asks for, each by itself."""
    match condition:
        case Reaches(need):
            yield need
        case Not(inner):
            yield from leaves_of(inner)
        case All(conditions) | Any(conditions) | Some(_, conditions):
            for each in conditions:
                yield from leaves_of(each)
        case _:
            assert_never(condition)


def _at_least(number: int, conditions: tuple[Condition, ...], certain: Need, possible: Need) -> bool | None:
    truths = [truth(condition, certain, possible) for condition in conditions]
    if truths.count(True) >= number:
        return True
    return None if len(truths) - truths.count(False) >= number else False
