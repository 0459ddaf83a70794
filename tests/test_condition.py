"""Conditions by themselves: when they hold, and what they name."""

import pytest

from iop_fit.domain.condition import (
    All,
    Any,
    Condition,
    Need,
    Not,
    Reaches,
    Some,
    leaves_of,
    named_by,
    pairs_of,
    truth,
)


def need(letters: str) -> Need:
    """Each letter is a question, of which the option "yes" is reached."""
    return frozenset((letter, "yes") for letter in letters)


A, B, C, D = (Reaches(need(letter)) for letter in "abcd")
AB, BC = Reaches(need("ab")), Reaches(need("bc"))


@pytest.mark.parametrize(
    ("condition", "certain", "possible", "expected"),
    [
        (AB, "ab", "ab", True),
        (AB, "abc", "abcd", True),
        (AB, "a", "ab", None),
        (AB, "", "abc", None),
        (AB, "a", "a", False),
        (AB, "a", "acd", False),
        (All((A, B)), "ab", "ab", True),
        (All((A, B)), "a", "ab", None),
        (All((A, B)), "a", "ac", False),
        (All((A, B)), "", "a", False),
        (All((A, B)), "", "ab", None),
        (All(()), "", "", True),
        (Any((A, B)), "b", "b", True),
        (Any((A, B)), "ab", "ab", True),
        (Any((A, B)), "c", "bc", None),
        (Any((A, B)), "c", "c", False),
        (Any(()), "a", "a", False),
        (Some(2, (A, B, C)), "ac", "ac", True),
        (Some(2, (A, B, C)), "abc", "abc", True),
        (Some(2, (A, B, C)), "a", "ab", None),
        (Some(2, (A, B, C)), "", "abc", None),
        (Some(2, (A, B, C)), "a", "a", False),
        (Some(2, (A, B, C)), "", "b", False),
        (Not(A), "a", "a", False),
        (Not(A), "", "a", None),
        (Not(A), "", "", True),
        (All((A, Not(Any((B, C))))), "a", "ad", True),
        (All((A, Not(Any((B, C))))), "a", "ac", None),
        (All((A, Not(Any((B, C))))), "ac", "ac", False),
    ],
)
def test_truth_is_known_only_when_no_unknown_answer_could_change_it(
    condition: Condition, certain: str, possible: str, expected: bool | None
) -> None:
    assert truth(condition, need(certain), need(possible)) is expected


NESTED = All((AB, Any((C, Not(BC))), Some(1, (D, All((A,))))))


def test_leaves_are_what_each_part_of_a_condition_asks_for() -> None:
    assert list(leaves_of(NESTED)) == [need("ab"), need("c"), need("bc"), need("d"), need("a")]


def test_pairs_and_names_are_all_that_a_condition_looks_at() -> None:
    low_and_high = Reaches(frozenset({("a", "low"), ("a", "high")}))
    assert pairs_of(NESTED) == need("abcd")
    assert pairs_of(Any((low_and_high, B))) == {("a", "low"), ("a", "high"), ("b", "yes")}
    assert named_by(Any((low_and_high, B))) == {"a", "b"}
