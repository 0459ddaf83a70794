"""Conditions: their truth, and the options they name."""

import pytest

from iop_fit.domain.condition import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    HasOptions,
    Not,
    OptionSet,
    evaluate,
    option_sets_in,
    options_in,
    questions_in,
)


def need(letters: str) -> OptionSet:
    """Return the option "yes" of a question per letter."""
    return frozenset((letter, "yes") for letter in letters)


A, B, C, D = (HasOptions(need(letter)) for letter in "abcd")
AB, BC = HasOptions(need("ab")), HasOptions(need("bc"))


@pytest.mark.parametrize(
    ("condition", "certain", "possible", "expected"),
    [
        (AB, "ab", "ab", True),
        (AB, "abc", "abcd", True),
        (AB, "a", "ab", None),
        (AB, "", "abc", None),
        (AB, "a", "a", False),
        (AB, "a", "acd", False),
        (AllOf((A, B)), "ab", "ab", True),
        (AllOf((A, B)), "a", "ab", None),
        (AllOf((A, B)), "a", "ac", False),
        (AllOf((A, B)), "", "a", False),
        (AllOf((A, B)), "", "ab", None),
        (AllOf(()), "", "", True),
        (AnyOf((A, B)), "b", "b", True),
        (AnyOf((A, B)), "ab", "ab", True),
        (AnyOf((A, B)), "c", "bc", None),
        (AnyOf((A, B)), "c", "c", False),
        (AnyOf(()), "a", "a", False),
        (AtLeast(2, (A, B, C)), "ac", "ac", True),
        (AtLeast(2, (A, B, C)), "abc", "abc", True),
        (AtLeast(2, (A, B, C)), "a", "ab", None),
        (AtLeast(2, (A, B, C)), "", "abc", None),
        (AtLeast(2, (A, B, C)), "a", "a", False),
        (AtLeast(2, (A, B, C)), "", "b", False),
        (Not(A), "a", "a", False),
        (Not(A), "", "a", None),
        (Not(A), "", "", True),
        (AllOf((A, Not(AnyOf((B, C))))), "a", "ad", True),
        (AllOf((A, Not(AnyOf((B, C))))), "a", "ac", None),
        (AllOf((A, Not(AnyOf((B, C))))), "ac", "ac", False),
    ],
)
def test_evaluate_returns_none_for_unknown_truth(
    condition: Condition, certain: str, possible: str, expected: bool | None
) -> None:
    assert evaluate(condition, need(certain), need(possible)) is expected


NESTED = AllOf((AB, AnyOf((C, Not(BC))), AtLeast(1, (D, AllOf((A,))))))


def test_option_sets_in_yields_each_leaf() -> None:
    assert list(option_sets_in(NESTED)) == [need("ab"), need("c"), need("bc"), need("d"), need("a")]


def test_options_in_covers_the_whole_condition() -> None:
    low_and_high = HasOptions(frozenset({("a", "low"), ("a", "high")}))
    assert options_in(NESTED) == need("abcd")
    assert options_in(AnyOf((low_and_high, B))) == {("a", "low"), ("a", "high"), ("b", "yes")}
    assert questions_in(AnyOf((low_and_high, B))) == {"a", "b"}
