"""The options of care in the bundled questionnaire: equal length, equal care, and numbers that can be checked."""

import re

import pytest

from iop_fit.domain.care_option import CareRow
from iop_fit.domain.guidance import Strength
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from support.readability import described

LONGEST_TO_SHORTEST = 1.5
"""How much longer the longest text of a row may be than its shortest."""
OPTIONS = ("nothing-now", "lighter", "iop", "iop-plus", "inpatient", "withdrawal-care")


def test_options_go_from_nothing_to_live_in(questionnaire: Questionnaire) -> None:
    assert tuple(option.id for option in questionnaire.care_options) == OPTIONS


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("row", CareRow)
def test_row_has_about_equal_length_in_each_option(
    questionnaire: Questionnaire, row: CareRow, audience: Audience
) -> None:
    options = questionnaire.worded_for(audience).care_options
    lengths = {option.id: len(dict(described(option))[row]) for option in options}
    assert max(lengths.values()) <= LONGEST_TO_SHORTEST * min(lengths.values()), lengths


def test_each_option_has_the_same_number_of_findings(questionnaire: Questionnaire) -> None:
    assert {len(option.studies) for option in questionnaire.care_options} == {2}


COUNTED = re.compile(r"\b\d[\d,]*\b(?! (to|hours|days)\b)")


def test_numbers_of_studies_have_a_year_and_a_source(questionnaire: Questionnaire) -> None:
    strength = {source.id: source.strength for source in questionnaire.sources}
    found = [study for option in questionnaire.care_options for study in option.studies if COUNTED.search(study.text)]
    assert len(found) == 12
    for study in found:
        assert re.search(r"\b(19|20)\d\d\b", study.text), study.text
        assert study.sources, study.text
        assert Strength.JUDGMENT not in {strength[name] for name in study.sources}


FINISHED = {"lighter": "36 of 100", "iop": "38 of 100", "inpatient": "62 of 100"}
"""Of those who left in 2004, how many had finished: 36.4, 37.7 and, after a short stay, 61.5 %."""


@pytest.mark.parametrize("name", FINISHED)
def test_finishing_is_counted_alike_and_qualified(questionnaire: Questionnaire, name: str) -> None:
    option = next(option for option in questionnaire.care_options if option.id == name)
    (study,) = (study for study in option.studies if "teds-2004" in study.sources)
    assert study.text.startswith(f"In US records from 2004, {FINISHED[name]} people who left ")
    said = f"{option.sure} {questionnaire.care_options[1].sure}"
    assert "Finishing" in said


def test_nothing_for_now_neither_frightens_nor_reassures(questionnaire: Questionnaire) -> None:
    option = questionnaire.care_options[0]
    said = " ".join(text for _, text in described(option))
    assert "can get less, stay the same or get worse" in option.drawbacks
    assert "No one can say how it goes for one person." in option.sure
    assert not re.search(r"\b(deadly|kill|safe(ly)? enough|will (get|be)|most people)\b", said)


def test_every_direction_marks_one_option(questionnaire: Questionnaire) -> None:
    marked = [name for option in questionnaire.care_options for name in option.marked_for]
    assert [marked.count(direction.id) for direction in questionnaire.directions] == [1, 1, 1, 1]
    assert len(marked) == len({*marked})
    assert questionnaire.care_options[0].marked_for == ()


UNTOUCHED = {"cost", "soon", "belonging"}
"""What may matter to a person, but no row is about: a result says to ask each program."""


def test_what_matters_touches_a_row_or_is_listed_here(questionnaire: Questionnaire) -> None:
    offered = questionnaire.questions["matters"].options
    assert {option.id for option in offered if not option.touches} == UNTOUCHED
