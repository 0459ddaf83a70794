"""Conditions over sets of reached options.

An answer *reaches* the chosen option and, for a ranked question, every option below it. A condition without `Not`
expands to its needs, any one of which makes it true; the rules engine uses only those.
"""

from collections.abc import Iterator
from typing import NamedTuple, assert_never

from iop_fit.text import hides_fields

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
"""A question id and the id of one of its options."""

OptionSet = frozenset[OptionRef]
"""Options reached together. Each need of a rule is one; the rule fires if all options of a need are reached."""


@hides_fields
class HasOptions(NamedTuple):
    """True if all of these options are reached."""

    need: OptionSet


@hides_fields
class AllOf(NamedTuple):
    """True if all of the conditions are true."""

    conditions: tuple["Condition", ...]


@hides_fields
class AnyOf(NamedTuple):
    """True if at least one of the conditions is true."""

    conditions: tuple["Condition", ...]


@hides_fields
class AtLeast(NamedTuple):
    """True if at least `number` of the conditions are true."""

    number: int
    conditions: tuple["Condition", ...]


@hides_fields
class Not(NamedTuple):
    """True if the condition is false; only discussion points and contradictions may use it."""

    condition: "Condition"


Condition = HasOptions | AllOf | AnyOf | AtLeast | Not


def evaluate(condition: Condition, certain: OptionSet, possible: OptionSet) -> bool | None:
    """Return whether a condition is true; None if skipped questions decide.

    `certain` holds the options that are reached, `possible` those that may be, including the certain ones.
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
    """Return the ids of the questions that a condition refers to."""
    return frozenset(question for question, _ in options_in(condition))


def options_in(condition: Condition) -> OptionSet:
    """Return the options that a condition refers to, including those below a ranked option."""
    return frozenset[OptionRef]().union(*option_sets_in(condition))


def option_sets_in(condition: Condition, *, under_not: bool = True) -> Iterator[OptionSet]:
    """Yield the option set of each `HasOptions` in a condition, by default also of those inside a `Not`."""
    match condition:
        case HasOptions(need):
            yield need
        case Not(inner):
            yield from option_sets_in(inner) if under_not else ()
        case AllOf(conditions) | AnyOf(conditions) | AtLeast(_, conditions):
            for each in conditions:
                yield from option_sets_in(each, under_not=under_not)
        case _:
            assert_never(condition)


def _at_least(number: int, conditions: tuple[Condition, ...], certain: OptionSet, possible: OptionSet) -> bool | None:
    truths = [evaluate(condition, certain, possible) for condition in conditions]
    if truths.count(True) >= number:
        return True
    return None if len(truths) - truths.count(False) >= number else False
