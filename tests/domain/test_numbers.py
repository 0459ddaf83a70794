"""Number questions: what is read as a number, and what its band reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.decision import decide
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.kinds.typed_number import read_number
from iop_fit.problem_codes import Code
from support.by_hand import number, rule, sheet, small

DRINKS = number("drinks", unit="drinks", few=0, some=3, many=8)
AGE = number("age", up_to=120, adult=18, older=65, minor=0)

READ = {
    12: "12; 012; 12.; 12.0; \uff11\uff12; ١٢; 12 beers; 12beers; about 12; ~12; ≈12; 12-ish; Twelve; twelve beers",
    7.5: "7.5; 7.50; 7 1/2; 7½; 7 ½; 7\uff0e5; Usually 7.5 beers, I'd say",
    0: "0; zero; Zero.",
    0.5: "½; .5; 0 1/2; ½ a beer",
    5.333: "5⅓; 5 1/3",
    25: "twenty-five; twenty five; Twenty-Five drinks; 25 drinks a day",
}
UNREAD = """\
10-12; 10\u201312; 10 - 12; 3 or 4; 3, 4; 1 2; 7,5; 1,000; 1/2; 3/4; 12/7; 7 3/2; 1.2.3; 7. 5; 7.1234;
12345678; -5; \u22125; \uff0d 5; about -5; minus 5; +5; 1e9; nan; inf; infinity; 0x10; 1_000; 12k; 12%; $12;
12+; >12; b12; 12²; ①; over 12; less than 12; at least 12; up to 12; not 12; don't know, 12; 12 a week;
1 bottle; 12-pack; 2 dozen; a dozen; a few; half; 12 and a half; 12 beers and wine; one or two; five hundred;
twelve 12; 3rd; no; a lot; ?; .; -; ½½; ⅟; many; few; none; None."""


@pytest.mark.parametrize(
    ("value", "typed"), [(value, typed) for value, texts in READ.items() for typed in texts.split("; ")]
)
def test_number_is_read_if_it_means_one_thing(value: float, typed: str) -> None:
    assert read_number(typed, "drinks") == value


@pytest.mark.parametrize("typed", ["", f"12 {'beers ' * 20}", *(text.strip() for text in UNREAD.split(";"))])
def test_number_is_not_read_if_it_is_unclear(typed: str) -> None:
    assert read_number(typed, "drinks") is None


def test_unit_is_understood_even_if_unclear_elsewhere() -> None:
    assert read_number("5 hours") is None
    assert read_number("5 hours", "hours") == 5


@given(st.text(max_size=90))
def test_reading_any_text_raises_nothing(text: str) -> None:
    assert (read_number(text) or 0) >= 0


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        (DRINKS, "2.9", Chosen(("few",), 2.9)),
        (DRINKS, "3", Chosen(("some",), 3)),
        (DRINKS, "100", Chosen(("many",), 100)),
        (DRINKS, "100.5", None),
        (AGE, "17", Chosen(("minor",), 17)),
        (AGE, "64.9", Chosen(("adult",), 64.9)),
        (AGE, "65", Chosen(("older",), 65)),
        (number("weeks", up_to=9, soon=2, later=5), "1", None),
    ],
)
def test_number_is_in_the_band_that_starts_below(question: NumberQuestion, typed: str, answer: Answer | None) -> None:
    assert question.parse(typed) == answer


@given(st.floats(min_value=0, max_value=120), st.floats(min_value=0, max_value=120))
def test_larger_number_of_rising_bands_reaches_more(one: float, other: float) -> None:
    lower, higher = (number("drinks", 120, few=0, some=3, many=8).at(each) for each in sorted((one, other)))
    assert lower is not None
    assert higher is not None
    assert DRINKS.reach[lower.options[0]] <= DRINKS.reach[higher.options[0]]


def test_rules_see_the_band_and_not_the_size() -> None:
    questionnaire = small(AGE, rules={"minor": rule("most", {"age": "minor"}), "old": rule("more", {"age": "older"})})
    found = {age: decide(questionnaire, sheet({"age": AGE.parse(age) or ()})).lowest.id for age in ("12", "40", "80")}
    assert found == {"12": "most", "40": "less", "80": "more"}


def test_number_of_a_chosen_band_is_its_lowest() -> None:
    assert DRINKS.choose(("some",)) == Chosen(("some",), 3)
    assert DRINKS.least_answer(frozenset({("drinks", "some"), ("drinks", "many")})) == Chosen(("many",), 8)
    assert AGE.least_answer(frozenset()) == Chosen(("adult",), 18)


@pytest.mark.parametrize(
    "answer",
    [
        Chosen(("few",)),
        Chosen(()),
        Chosen(("some", "many"), 3),
        Chosen(("few",), 8),
        Chosen(("many",), 101),
        Chosen(("few",), -1),
        Chosen(("few",), float("nan")),
        Written("12"),
    ],
)
def test_answer_without_a_fitting_number_is_a_misfit(answer: Chosen | Written) -> None:
    (misfit,) = DRINKS.misfits(answer)
    assert misfit.code is Code.NOT_A_NUMBER
    assert misfit.message.startswith('"drinks" takes one number from 0 to 100')


def test_words_are_the_number_with_its_unit() -> None:
    question = number("drinks", unit="drinks", few=0, many=8)
    said = [question.words_for(Chosen(("few",), each)) for each in (0, 1, 7.5, 12.0)]
    assert said == ["0 drinks", "1 drinks", "7.5 drinks", "12 drinks"]
    assert AGE.words_for(Chosen(("adult",), 34)) == "34"
    assert AGE.words_for(Skipped(SkipReason.DONT_KNOW)) == "don't know"


def test_hints_name_the_range_and_fitting_examples() -> None:
    weeks = number("weeks", up_to=9, soon=5, later=6)
    assert DRINKS.what_to_type == "Please type one number from 0 to 100, such as 4 or 7.5."
    assert DRINKS.instructions == (("", "Type a number, such as 4 or 7.5."),)
    assert weeks.what_to_type == "Please type one number from 5 to 9."
    assert weeks.instructions == (("", "Type a number from 5 to 9."),)
