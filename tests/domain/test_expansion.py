"""Expanding conditions into needs: which needs, how many, and what is rejected early."""

from itertools import combinations, product
from string import ascii_lowercase
from time import process_time

import pytest

from iop_fit.domain import expansion
from iop_fit.domain.condition import AllOf, AnyOf, AtLeast, Condition, HasOptions, Not, OptionSet, evaluate
from iop_fit.domain.expansion import (
    StepBudget,
    TooLargeConditionError,
    TooManyNeedsError,
    drop_supersets,
    measure,
    to_option_sets,
    with_gate_options,
)
from iop_fit.limits import MAX_NEEDS, MAX_NESTED, MAX_STEPS, MAX_TOTAL_STEPS


def need(letters: str) -> OptionSet:
    """Return the option "yes" of a question per letter."""
    return frozenset((letter, "yes") for letter in letters)


def needs(*several: str) -> frozenset[OptionSet]:
    return frozenset(map(need, several))


A, B, C, D = (HasOptions(need(letter)) for letter in "abcd")
AB, BC = HasOptions(need("ab")), HasOptions(need("bc"))
ALWAYS = HasOptions(frozenset())


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (AB, needs("ab")),
        (AllOf((AB, BC)), needs("abc")),
        (AllOf(()), needs("")),
        (AnyOf((A, BC, D)), needs("a", "bc", "d")),
        (AnyOf((A, AB, A)), needs("a")),
        (AnyOf(()), needs()),
        (AllOf((AnyOf((A, B)), AnyOf((A, C)))), needs("a", "bc")),
        (AllOf((AnyOf((A, B)), AnyOf((C, D)))), needs("ac", "ad", "bc", "bd")),
        (AtLeast(1, (A, B, C)), needs("a", "b", "c")),
        (AtLeast(2, (A, B, C)), needs("ab", "ac", "bc")),
        (AtLeast(3, (A, B, C)), needs("abc")),
        (AtLeast(2, (AB, BC, B)), needs("ab", "bc")),
        (AtLeast(2, (AnyOf((A, B)), C, D)), needs("ac", "ad", "bc", "bd", "cd")),
        (AtLeast(2, (A, A, B)), needs("a")),
        (AtLeast(2, (A, ALWAYS, B)), needs("a", "b")),
        (AtLeast(1, (A, ALWAYS)), needs("")),
    ],
)
def test_option_sets_are_minimal(condition: Condition, expected: frozenset[OptionSet]) -> None:
    found = to_option_sets(condition)
    assert found == expected
    assert isinstance(found, frozenset)


@pytest.mark.parametrize(
    "condition", [AB, AnyOf((A, AB, C)), AllOf((AnyOf((A, B)), C)), AtLeast(2, (A, BC, AnyOf((C, D))))]
)
def test_option_sets_are_equivalent_to_the_condition(condition: Condition) -> None:
    for letters in map("".join, product(("", "a"), ("", "b"), ("", "c"), ("", "d"))):
        reached = need(letters)
        assert evaluate(condition, reached, reached) is any(each <= reached for each in to_option_sets(condition))


def test_option_sets_reject_not_conditions() -> None:
    with pytest.raises(ValueError, match=r"^a rule can only raise$"):
        to_option_sets(AllOf((A, Not(B))))


# Counts of flags


@pytest.mark.parametrize(
    ("number", "flags", "expected"),
    [
        *((6, 11, 462), (4, 11, 330), (5, 11, 462), (7, 11, 330), (4, 10, 210), (5, 10, 252), (6, 10, 210)),
        *((2, 44, 946), (6, 13, 1_716), (7, 14, 3_432), (4, 20, 4_845), (8, 15, 6_435)),
    ],
)
def test_at_least_expands_to_all_combinations(number: int, flags: int, expected: int) -> None:
    each = [frozenset({(f"q{flag}", "yes")}) for flag in range(flags)]
    found = to_option_sets(AtLeast(number, tuple(map(HasOptions, each))))
    assert found == {frozenset().union(*chosen) for chosen in combinations(each, number)}
    assert len(found) == expected


def test_at_least_of_ranked_flags_fits_the_budget() -> None:
    """The more options a flag reaches, the larger its needs are."""
    each = [frozenset((f"q{flag}", f"o{option}") for option in range(flag % 4 + 1)) for flag in range(11)]
    budget = StepBudget()
    found = to_option_sets(AtLeast(6, tuple(map(HasOptions, each))), budget)
    assert found == {frozenset().union(*chosen) for chosen in combinations(each, 6)}
    assert MAX_TOTAL_STEPS - budget.left < MAX_STEPS / 2


# Limits


def ladder(number: int) -> Condition:
    """Return nested conditions, each using the previous one twice, as signs can."""
    condition: Condition = A
    for _ in range(number):
        condition = AllOf((condition, condition))
    return condition


def flags(number: int) -> tuple[Condition, ...]:
    return tuple(HasOptions(frozenset({(f"q{flag}", "yes")})) for flag in range(number))


@pytest.mark.parametrize(
    "condition",
    [
        ladder(40),
        AllOf((AnyOf(flags(900)),) * 3),
        AtLeast(199, flags(200)),
        AtLeast(2, (AnyOf(flags(400)),) * 10),
        AnyOf(tuple(AllOf((AnyOf(flags(30)), AnyOf(flags(30)))) for _ in range(1_000))),
    ],
    ids=["doubled", "same alternatives", "all but one of many", "two of the same", "very many"],
)
def test_huge_condition_is_rejected_quickly(condition: Condition) -> None:
    start = process_time()
    with pytest.raises(TooLargeConditionError):
        to_option_sets(condition)
    assert process_time() - start < 1


def test_too_many_needs_are_rejected() -> None:
    assert to_option_sets(AtLeast(1, (A,) * 10_000)) == needs("a")
    assert to_option_sets(AtLeast(2, (A,) * 100)) == needs("a")
    assert len(to_option_sets(AnyOf(flags(MAX_NEEDS)))) == MAX_NEEDS
    for condition in (
        AnyOf(flags(MAX_NEEDS + 1)),
        AtLeast(8, flags(16)),
        AllOf((AnyOf((A, B)), AtLeast(8, flags(15)))),
    ):
        with pytest.raises(TooManyNeedsError):
            to_option_sets(condition)


def test_measure_rejects_deep_nesting() -> None:
    condition: Condition = A
    for _ in range(MAX_NESTED - 1):
        condition = Not(condition)
    measure(condition, StepBudget())
    with pytest.raises(TooLargeConditionError):
        measure(AnyOf((condition,)), StepBudget())


def test_budget_gives_each_condition_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expansion, "MAX_STEPS", 10)
    monkeypatch.setattr(expansion, "MAX_TOTAL_STEPS", 25)
    budget = StepBudget()
    left = []
    for steps in (10, 11, 1, 9):
        budget.start_condition()
        try:
            budget.spend(steps)
        except TooLargeConditionError:
            left.append(f"{budget.left} after {steps}")
        else:
            left.append(str(budget.left))
    assert left == ["15", "5 after 11", "4", "0 after 9"]


# Minimal needs


def test_drop_supersets_ignores_the_input_order() -> None:
    """About a hundred supersets come before the ten single letters that they contain."""
    larger = [
        f"{letter}{more}" for letter in "abcdefghij" for more in ("k", "l", "m", "n", "o", "kl", "lm", "mn", "no")
    ]
    assert drop_supersets(map(need, [*larger, *"abcdefghij"])) == needs(*"abcdefghij")
    assert drop_supersets(map(need, ["ab", "bc", "abc", "ab"])) == needs("ab", "bc")
    assert isinstance(drop_supersets([]), frozenset)


def test_drop_supersets_has_a_limit() -> None:
    fours = [need("".join(letters)) for letters in combinations(ascii_lowercase, 4)]
    assert drop_supersets(fours[:MAX_NEEDS]) == frozenset(fours[:MAX_NEEDS])
    with pytest.raises(TooManyNeedsError):
        drop_supersets(fours[: MAX_NEEDS + 1])
    assert drop_supersets([*fours, *needs(*ascii_lowercase)]) == needs(*ascii_lowercase)


# Gates


@pytest.mark.parametrize(
    ("before", "gates", "after"),
    [
        (needs("a"), {}, needs("a")),
        (needs("a"), {"a": ()}, needs("a")),
        (needs("a"), {"b": (need("c"),)}, needs("a")),
        (needs("a"), {"a": (need("b"),)}, needs("ab")),
        (needs("a"), {"a": (need("b"), need("cd"))}, needs("ab", "acd")),
        (needs("ab"), {"a": (need("b"), need("c"))}, needs("ab")),
        (needs("ab"), {"a": (need("c"),), "b": (need("d"), need("e"))}, needs("abcd", "abce")),
        (needs("a", "b"), {"a": (need("b"),)}, needs("b")),
        (needs("a", "c"), {"a": (need("b"),)}, needs("ab", "c")),
        (needs("a", "ab"), {"a": (need("b"),)}, needs("ab")),
    ],
)
def test_with_gate_options_opens_each_gate(
    before: frozenset[OptionSet], gates: dict[str, tuple[OptionSet, ...]], after: frozenset[OptionSet]
) -> None:
    found = with_gate_options(before, gates)
    assert found == after
    assert isinstance(found, frozenset)


@pytest.mark.parametrize("last", ["c", "d", "e", "f", "g"])
def test_with_gate_options_fails_deterministically(last: str) -> None:
    """Two gates of 110 alternatives each make 12,100 needs, unless the third gate, which leaves 110, comes first."""
    one, other = (tuple(need(chr(number)) for number in range(first, first + 110)) for first in (1_000, 2_000))
    with pytest.raises(TooManyNeedsError):
        with_gate_options([need(f"ab{last}")], {"a": one, "b": other, last: (one[0],)})
    assert len(with_gate_options([need(f"ah{last}")], {"a": (one[0],), last: one, "h": other})) == 110


def test_with_gate_options_keeps_minimal_openings() -> None:
    openings = (need("x"), need("xy"), need("z"))
    assert with_gate_options(needs("a", "b"), {"a": openings, "b": openings}) == needs("ax", "az", "bx", "bz")
