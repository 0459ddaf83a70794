"""The main message and the drawing of the directions below it."""

from pathlib import Path

import pytest

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Block, Ladder, Outline
from iop_fit.outline.parts.direction import comes_first, ladder
from iop_fit.outline.result import full_of, paper_of, summary_of
from support.example_results import EXAMPLES, each_example, result_of

PATHS = {path.stem: path for path in EXAMPLES}


def blocks_of(outline: Outline) -> list[Block]:
    return [block for part in outline.parts for block in part.blocks]


def here(assessment: Assessment) -> list[bool]:
    (drawn,) = ladder(assessment)
    assert isinstance(drawn, Ladder)
    return [rung.here for rung in drawn.rungs]


@each_example
def test_each_document_draws_the_range_or_nothing(path: Path, questionnaire: Questionnaire) -> None:
    result = result_of(path, questionnaire)
    clear = (
        result.direction
        and not result.emergency
        and (result.firm or result.direction is not questionnaire.directions[0])
    )
    expected = [*ladder(result)]
    assert len(expected) == bool(clear)
    for order in (summary_of, full_of, paper_of):
        assert [block for block in blocks_of(order(result)) if isinstance(block, Ladder)] == expected


def test_ladder_marks_exactly_the_directions_within_the_range(questionnaire: Questionnaire) -> None:
    result = result_of(PATHS["everyday-drinking"], questionnaire)
    directions = questionnaire.directions
    for lowest in range(len(directions)):
        for highest in range(lowest, len(directions)):
            firm = lowest == highest
            changed = result._replace(direction=directions[lowest], highest=directions[highest], firm=firm)
            if lowest or firm:
                first, *drawn = here(changed)
                assert first, "a doctor comes first"
                assert drawn == [lowest <= place <= highest for place in range(len(directions))]
            else:
                assert [*ladder(changed)] == []


@pytest.mark.parametrize("name", ["emergency", "under-18", "mostly-skipped"])
def test_ladder_is_absent_if_nothing_is_that_clear(questionnaire: Questionnaire, name: str) -> None:
    assert [*ladder(result_of(PATHS[name], questionnaire))] == []


def test_ladder_is_absent_in_an_emergency_with_a_direction(questionnaire: Questionnaire) -> None:
    calm, urgent = (result_of(PATHS[name], questionnaire) for name in ("everyday-drinking", "emergency"))
    assert [*ladder(calm)]
    assert [*ladder(calm._replace(alerts=urgent.alerts))] == []


def test_ladder_in_words_names_every_direction_and_whose_it_is(questionnaire: Questionnaire) -> None:
    mine, theirs = (
        next(iter(ladder(result_of(PATHS[name], questionnaire)))) for name in ("steady-home", "for-a-brother")
    )
    assert isinstance(mine, Ladder)
    assert isinstance(theirs, Ladder)
    names = "; ".join(each.short for each in questionnaire.directions)
    assert mine.words == f"From less support to more: {names}. Yours: {questionnaire.directions[0].short}."
    assert theirs.words.startswith(f"From less support to more: {names}. Theirs: ")


@each_example
def test_main_message_is_below_the_title_of_every_document(path: Path, questionnaire: Questionnaire) -> None:
    result = result_of(path, questionnaire)
    leads = {order(result).lead for order in (summary_of, full_of, paper_of)}
    assert len(leads) == 1
    (lead,) = leads
    if result.emergency or result.direction is None:
        assert lead == f"{result.cards[0].alert.alert.title}."
    elif result.firm and comes_first(result):
        assert lead == f"{result.cards[0].alert.alert.title}. {result.direction.afterwards}"
    elif result.firm:
        assert lead.startswith(result.direction.sentence)
        assert lead.endswith(tuple(f"{card.alert.alert.title}." for card in result.cards[:1]) or lead)
