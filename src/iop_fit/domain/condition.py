"""Conditions: a closed set, tested over plain sets of reached options.

An answer *reaches* options: the chosen one, and on a ranked question every option below it too. A condition without
`Not` comes down to its needs, any one of which makes it true; that is all the rules engine ever looks at.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from math import comb
from typing import NamedTuple, assert_never

__all__ = [
    "MAX_NEEDS",
    "All",
    "Any",
    "Condition",
    "Need",
    "Not",
    "Pair",
    "Reaches",
    "Some",
    "TooManyNeedsError",
    "leaves_of",
    "minimal",
    "named_by",
    "needs_of",
    "pairs_of",
    "truth",
    "with_gates",
]

Pair = tuple[str, str]
"""A question's id and one of its options' ids."""

Need = frozenset[Pair]
"""Options that are reached together; a rule fires when one of its needs is."""

MAX_NEEDS = 200
"""How many needs one rule may come down to before it is refused."""


MAX_WAYS = 10_000
"""How many ways to choose `at least N of` are looked at; distinct ones come down to far too many needs long before."""


class TooManyNeedsError(ValueError):
    """A condition comes down to more than `MAX_NEEDS` needs."""


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


def needs_of(condition: Condition) -> frozenset[Need]:
    """Bring a condition down to its smallest needs.

    Raises `TooManyNeedsError` over `MAX_NEEDS`, and `ValueError` for `Not`, which no set of needs can express.
    """
    match condition:
        case Reaches(need):
            return frozenset({need})
        case All(conditions):
            return _together(map(needs_of, conditions))
        case Any(conditions):
            return minimal(need for one in conditions for need in needs_of(one))
        case Some(number, conditions):
            if comb(len(conditions), number) > MAX_WAYS:
                raise TooManyNeedsError
            return minimal(
                need
                for chosen in combinations([needs_of(one) for one in conditions], number)
                for need in _together(chosen)
            )
        case Not():
            raise ValueError("a rule can only raise")
        case _:
            assert_never(condition)


def _together(groups: Iterable[Collection[Need]]) -> frozenset[Need]:
    joined: frozenset[Need] = frozenset({frozenset()})
    for group in groups:
        joined = minimal(left | right for left in joined for right in group)
    return joined


def minimal(needs: Iterable[Need]) -> frozenset[Need]:
    """Leave out each need that contains another one: what fires it fires that one already."""
    kept: list[Need] = []
    for need in sorted(set(needs), key=len):
        if not any(smaller <= need for smaller in kept):
            kept.append(need)
            if len(kept) > MAX_NEEDS:
                raise TooManyNeedsError
    return frozenset(kept)


def with_gates(needs: Iterable[Need], gates: Mapping[str, tuple[Need, ...]]) -> frozenset[Need]:
    """Add to each need what must be reached for its questions to be asked; a gate is open when any part is reached."""
    gated: set[Need] = set()
    for need in needs:
        ways = (gates[question] for question in sorted({question for question, _ in need}) if gates.get(question))
        gated |= _together([[need], *ways])
    return minimal(gated)
