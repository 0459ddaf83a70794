"""Conditions by themselves: when they hold, what they name, and the needs that they come down to."""

from itertools import product
from string import ascii_lowercase

import pytest

from iop_fit.domain.condition import (
    All,
    Any,
    Condition,
    Need,
    Not,
    Reaches,
    Some,
    TooManyNeedsError,
    leaves_of,
    minimal,
    named_by,
    needs_of,
    pairs_of,
    truth,
    with_gates,
)


def need(letters: str) -> Need:
    """Each letter is a question, of which the option "yes" is reached."""
    return frozenset((letter, "yes") for letter in letters)


def needs(*several: str) -> frozenset[Need]:
    return frozenset(map(need, several))


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


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (AB, needs("ab")),
        (All((AB, BC)), needs("abc")),
        (All(()), needs("")),
        (Any((A, BC, D)), needs("a", "bc", "d")),
        (Any((A, AB, A)), needs("a")),
        (Any(()), needs()),
        (All((Any((A, B)), Any((A, C)))), needs("a", "bc")),
        (All((Any((A, B)), Any((C, D)))), needs("ac", "ad", "bc", "bd")),
        (Some(1, (A, B, C)), needs("a", "b", "c")),
        (Some(2, (A, B, C)), needs("ab", "ac", "bc")),
        (Some(3, (A, B, C)), needs("abc")),
        (Some(2, (AB, BC, B)), needs("ab", "bc")),
        (Some(2, (Any((A, B)), C, D)), needs("ac", "ad", "bc", "bd", "cd")),
    ],
)
def test_needs_are_the_smallest_sets_that_make_a_condition_true(
    condition: Condition, expected: frozenset[Need]
) -> None:
    found = needs_of(condition)
    assert found == expected
    assert isinstance(found, frozenset)


@pytest.mark.parametrize("condition", [AB, Any((A, AB, C)), All((Any((A, B)), C)), Some(2, (A, BC, Any((C, D))))])
def test_a_condition_is_true_just_when_one_of_its_needs_is_reached(condition: Condition) -> None:
    for letters in map("".join, product(("", "a"), ("", "b"), ("", "c"), ("", "d"))):
        reached = need(letters)
        assert truth(condition, reached, reached) is any(each <= reached for each in needs_of(condition))


def test_needs_of_not_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^a rule can only raise$"):
        needs_of(All((A, Not(B))))


def test_needs_of_some_are_refused_before_too_many_ways_are_looked_at() -> None:
    assert needs_of(Some(1, (A,) * 10_000)) == needs("a")
    with pytest.raises(TooManyNeedsError):
        needs_of(Some(1, (A,) * 10_001))


# The smallest of many


def test_minimal_leaves_out_each_need_that_contains_another_whatever_comes_first() -> None:
    """A hundred pairs and triples with one of the ten letters, which come last."""
    larger = [
        f"{letter}{more}" for letter in "abcdefghij" for more in ("k", "l", "m", "n", "o", "kl", "lm", "mn", "no")
    ]
    assert minimal(map(need, [*larger, *"abcdefghij"])) == needs(*"abcdefghij")
    assert minimal(map(need, ["ab", "bc", "abc", "ab"])) == needs("ab", "bc")
    assert isinstance(minimal([]), frozenset)


def test_minimal_keeps_two_hundred_needs_and_refuses_more() -> None:
    pairs = [need(f"{first}{second}") for first in ascii_lowercase for second in ascii_lowercase if first < second]
    assert minimal(pairs[:200]) == frozenset(pairs[:200])
    with pytest.raises(TooManyNeedsError):
        minimal(pairs[:201])
    assert minimal([*pairs, *needs(*ascii_lowercase)]) == needs(*ascii_lowercase)


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
def test_with_gates_adds_what_makes_the_questions_of_a_need_be_asked(
    before: frozenset[Need], gates: dict[str, tuple[Need, ...]], after: frozenset[Need]
) -> None:
    found = with_gates(before, gates)
    assert found == after
    assert isinstance(found, frozenset)


@pytest.mark.parametrize("last", ["c", "d", "e", "f", "g"])
def test_with_gates_refuses_by_the_order_of_the_names_and_not_by_chance(last: str) -> None:
    """Two gates of 15 ways each come to 225 needs, unless the third, which leaves 15 of them, is looked at first."""
    one, other = (tuple(map(need, letters)) for letters in ("ABCDEFGHIJKLMNO", "PQRSTUVWXYZpqrs"))
    with pytest.raises(TooManyNeedsError):
        with_gates([need(f"ab{last}")], {"a": one, "b": other, last: (need("A"),)})
    assert len(with_gates([need(f"ah{last}")], {"a": (need("A"),), last: one, "h": other})) == 15
