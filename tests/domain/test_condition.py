"""Conditions by themselves: when they hold, and what they name."""

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
    """Each letter is a question, of which the option "yes" is reached."""
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
def test_truth_is_known_only_when_no_unknown_answer_could_change_it(
    condition: Condition, certain: str, possible: str, expected: bool | None
) -> None:
    assert evaluate(condition, need(certain), need(possible)) is expected


NESTED = AllOf((AB, AnyOf((C, Not(BC))), AtLeast(1, (D, AllOf((A,))))))


def test_leaves_are_what_each_part_of_a_condition_asks_for() -> None:
    assert list(option_sets_in(NESTED)) == [need("ab"), need("c"), need("bc"), need("d"), need("a")]


def test_pairs_and_names_are_all_that_a_condition_looks_at() -> None:
    low_and_high = HasOptions(frozenset({("a", "low"), ("a", "high")}))
    assert options_in(NESTED) == need("abcd")
    assert options_in(AnyOf((low_and_high, B))) == {("a", "low"), ("a", "high"), ("b", "yes")}
    assert questions_in(AnyOf((low_and_high, B))) == {"a", "b"}
