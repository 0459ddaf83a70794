"""Lists are short, and the steps of deciding are given wherever there is something to decide."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.limits import MAX_LIST
from iop_fit.outline.blocks import Block, Column, Comparison, Heading, Item, Items, Outline, Paragraph, Part
from iop_fit.outline.parts.care_options import DECIDE, STEPS, options_outline
from iop_fit.outline.parts.short_lists import AND_ALSO, with_short_lists
from iop_fit.outline.result import full_of, paper_of, summary_of
from iop_fit.report.to_terminal import to_terminal
from support.example_results import AT_THE_LINES, EXAMPLES, result_of

PEOPLE = (*EXAMPLES, *AT_THE_LINES)
PATHS = {path.stem: path for path in PEOPLE}


def lists_of(block: Block) -> Iterator[Items]:
    if isinstance(block, Items):
        yield block
    if isinstance(block, Comparison):
        yield from (items for _, items in (*block.left.lists, *block.right.lists, *block.both))


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_no_list_is_longer_than_what_people_take_in(path: Path, questionnaire: Questionnaire) -> None:
    """The list of sources is for looking up."""
    result = result_of(path, questionnaire)
    found = [
        (part.title, len(items.items))
        for order in (full_of, paper_of)
        for part in order(result).parts
        for block in part.blocks
        for items in lists_of(block)
        if not items.cited
    ]
    assert found
    assert [(title, length) for title, length in found if length > 7] == []


def numbered(count: int) -> tuple[Item, ...]:
    return tuple(Item(str(number)) for number in range(count))


@pytest.mark.parametrize("count", [1, MAX_LIST, MAX_LIST + 1, 2 * MAX_LIST + 1, 100])
def test_long_list_keeps_every_item_in_order(count: int) -> None:
    blocks = [*with_short_lists([Paragraph("First."), Items(numbered(count), ticks=True)])]
    parts = [block for block in blocks if isinstance(block, Items)]
    assert tuple(item for part in parts for item in part.items) == numbered(count)
    assert all(part.ticks and len(part.items) <= MAX_LIST for part in parts)
    assert [block for block in blocks if isinstance(block, Heading)] == [Heading(AND_ALSO)] * (len(parts) - 1)


def test_sources_and_steps_stay_whole() -> None:
    whole: list[Block] = [Items(numbered(30), cited=True), Items(numbered(30), numbered=True)]
    assert [*with_short_lists(whole)] == whole


def test_long_list_of_one_side_keeps_both_sides_aligned() -> None:
    left = Column("A", "", (("Good", Items(numbered(10))), ("Hard", Items(numbered(2)))))
    right = Column("B", "", (("Good", Items(numbered(1))), ("Hard", Items(numbered(3)))))
    (compared,) = with_short_lists([Comparison(left, right, (("Both", Items(numbered(8))),))])
    assert isinstance(compared, Comparison)
    sides = [[(title, len(items.items)) for title, items in side.lists] for side in (compared.left, compared.right)]
    assert sides == [
        [("Good", 5), (AND_ALSO, 5), ("Hard", 2)],
        [("Good", 1), ("", 0), ("Hard", 3)],
    ]
    assert [(title, len(items.items)) for title, items in compared.both] == [("Both", 4), (AND_ALSO, 4)]


# How to decide


def steps_in(outline: Outline) -> list[tuple[str, ...]]:
    return [
        tuple(item.text for item in block.items)
        for part in outline.parts
        if part.title == DECIDE
        for block in part.blocks
        if isinstance(block, Items) and block.numbered
    ]


@pytest.mark.parametrize(("name", "reader"), [("steady-home", Audience.ME), ("for-a-brother", Audience.SOMEONE)])
def test_full_report_paper_and_options_say_how_to_decide(
    questionnaire: Questionnaire, name: str, reader: Audience
) -> None:
    result = result_of(PATHS[name], questionnaire)
    for outline in (full_of(result), paper_of(result), options_outline(questionnaire, result)):
        assert steps_in(outline) == [STEPS[reader]]
    assert steps_in(options_outline(questionnaire, audience=reader)) == [STEPS[reader]]
    assert steps_in(summary_of(result)) == []


def test_steps_end_with_a_choice_and_a_day_to_look_again() -> None:
    for steps in STEPS.values():
        assert 3 <= len(steps) <= MAX_LIST
        assert "drawback" in " ".join(steps)
        assert "pick a day to look at it again" in steps[-1]


@pytest.mark.parametrize("name", ["emergency", "under-18"])
def test_nothing_is_decided_in_danger_or_under_18(questionnaire: Questionnaire, name: str) -> None:
    result = result_of(PATHS[name], questionnaire)
    for outline in (full_of(result), paper_of(result), options_outline(questionnaire, result)):
        assert steps_in(outline) == []


@pytest.mark.parametrize("width", [60, 80])
def test_screen_keeps_the_title_of_a_longer_right_side(width: int) -> None:
    left = Column("A", "", (("Good", Items(numbered(1))),))
    right = Column("B", "", (("Good", Items(numbered(9))),))
    pages = ((Part("Part", tuple(with_short_lists([Comparison(left, right)]))),),)
    shown = to_terminal(Outline(title="Title", subtitle="", pages=pages, language="en"), width)
    assert shown.count(AND_ALSO) == 1
