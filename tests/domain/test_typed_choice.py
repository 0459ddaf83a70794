"""Menus answered by number, in digits of any width, or in the words of a label."""

import pytest

import iop_fit
from iop_fit.domain.answers import Chosen
from iop_fit.domain.kinds.typed_choice import choice_in, typed_numbers
from iop_fit.domain.question import Question

QUESTIONS = iop_fit.load().questions
CHOICES = [each for each in QUESTIONS.values() if each.offered]
WIDE_1, WIDE_2, WIDE_COMMA = "\N{FULLWIDTH DIGIT ONE}", "\N{FULLWIDTH DIGIT TWO}", "\N{FULLWIDTH COMMA}"
LABELS = ("Yes", "Yes, with some trouble", "Don't know yet.", "No, never", "No insurance", "Two or more")


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1 3", [1, 3]),
        ("1,3", [1, 3]),
        (WIDE_1, [1]),
        (f"{WIDE_1}{WIDE_COMMA}{WIDE_2}", [1, 2]),
        (f"{WIDE_1}\N{IDEOGRAPHIC SPACE}{WIDE_2}{WIDE_1}", [1, 21]),
        ("1\N{IDEOGRAPHIC COMMA}2", [1, 2]),
        ("\N{ARABIC-INDIC DIGIT TWO}", [2]),
        ("1.", [1]),
        ("1)", [1]),
        (f"{WIDE_1}\N{FULLWIDTH RIGHT PARENTHESIS}", [1]),
        ("1. 3.", [1, 3]),
        ("1), 3)", [1, 3]),
        ("1.3", []),
        ("1..", []),
        (".", []),
        ("-1", []),
        ("1234", []),
        ("one", []),
        ("", []),
    ],
)
def test_typed_numbers_take_digits_of_any_width(typed: str, numbers: list[int]) -> None:
    assert typed_numbers(typed) == numbers


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("2", 1),
        (WIDE_2, 1),
        ("6", 5),
        ("7", None),
        ("0", None),
        ("1 2", None),
        ("yes, with some trouble", 1),
        ("  YES,  with some trouble. ", 1),
        ("don\N{RIGHT SINGLE QUOTATION MARK}t know yet", 2),
        ("yes", None),  # the first label, or the second one
        ("no", 3),
        ("No!", 3),
        ("no insurance", 4),
        ("two", None),  # a number of the list, or part of a label
        ("two or more", 5),
        ("never", None),
        ("", None),
        (".", None),
    ],
)
def test_choice_is_taken_only_if_it_means_one_thing(typed: str, place: int | None) -> None:
    assert choice_in(typed, LABELS) == place


@pytest.mark.parametrize("question", CHOICES, ids=lambda question: question.id)
def test_every_label_is_understood_as_its_option(question: Question) -> None:
    unclear = {"Yes"} if question.id == "basics" else set()  # its next option is "Yes, with some trouble"
    for option in question.offered:
        assert question.parse(option.label) == (None if option.label in unclear else Chosen((option.id,)))


YES = {"prenatal": "seen", "home-safety": "yes-now", "night": "reachable"}
NO = {
    "around": "none",
    "basics": "cannot",
    "home-safety": "none",
    "lost": "nothing",
    "night": "nobody",
    "opioids": "none",
}


@pytest.mark.parametrize(("word", "meant"), [("yes", YES), ("no", NO)])
def test_yes_and_no_mean_one_option_or_none(word: str, meant: dict[str, str]) -> None:
    found = {each.id: each.parse(word) for each in CHOICES}
    assert {name: answer for name, answer in found.items() if answer} == {
        name: Chosen((option,)) for name, option in meant.items()
    }


@pytest.mark.parametrize("typed", ["none", "None of these.", "0", "\N{FULLWIDTH DIGIT ZERO}"])
def test_none_of_these_is_understood_in_words(typed: str) -> None:
    assert QUESTIONS["health"].parse(typed) == Chosen(())


@pytest.mark.parametrize("typed", ["5", "6", "1 5", "no", "nothing"])
def test_several_takes_no_number_or_word_beyond_its_options(typed: str) -> None:
    assert len(QUESTIONS["health"].options) == 4
    assert QUESTIONS["health"].parse(typed) is None


@pytest.mark.parametrize("typed", ["forty-two", "42", "\uff14\uff12", "I'm 42", "42 years old", "age 42"])
def test_age_is_understood_in_words_and_digits(typed: str) -> None:
    answer = QUESTIONS["age"].parse(typed)
    assert isinstance(answer, Chosen)
    assert answer.number == 42
