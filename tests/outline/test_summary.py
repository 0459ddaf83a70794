"""The summary: its order, its length, and what it says when little is known or much is wrong."""

import re
from pathlib import Path

import pytest

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import AlertLevel, ContactGroup, PointList
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Callout, Items
from iop_fit.outline.contacts import phone_line
from iop_fit.outline.result import full_of, summary_of
from iop_fit.report.formats import render
from support import ROOT
from support.example_results import EXAMPLES, public_result_of, result_of
from support.html_pages import block_texts

PEOPLE = (*EXAMPLES, *sorted((ROOT / "examples" / "at-the-lines").glob("*.yaml")))
ORDER = (
    "Do this first",
    "What to ask about",
    "Because you skipped some questions",
    "Answers to check",
    "Two kinds of program",
    "What helps, and what to plan for",
    "Who to call, and what to say",
)

USUAL, MOST, NARROW = 40, 55, 80
"""The most lines of nine summaries in ten and of all at 80 columns, and of all at 45 columns."""


@pytest.fixture(scope="module")
def results(questionnaire: Questionnaire) -> dict[str, Assessment]:
    return {path.stem: result_of(path, questionnaire) for path in PEOPLE}


def flat(result: Assessment, width: int = 80) -> str:
    """Return the summary as one line, without the marks at the beginning of its lines."""
    return " ".join(re.sub(r"[┃•]", " ", render(result, width=width, plain=True)).split())


def test_summary_keeps_to_one_screen(results: dict[str, Assessment]) -> None:
    lines = {name: render(result, width=80).count("\n") for name, result in results.items()}
    assert {name: number for name, number in lines.items() if number > MOST} == {}
    over = {name: number for name, number in lines.items() if number > USUAL}
    assert len(over) <= len(lines) // 10, over


def test_summary_keeps_to_few_lines_in_a_narrow_window(results: dict[str, Assessment]) -> None:
    lines = {name: render(result, width=45).count("\n") for name, result in results.items()}
    assert {name: number for name, number in lines.items() if number > NARROW} == {}


def test_parts_are_in_order_and_end_with_the_urgent_numbers(results: dict[str, Assessment]) -> None:
    for name, result in results.items():
        outline = summary_of(result)
        titles = [part.title for part in outline.parts]
        if result.direction and not result.emergency:
            assert titles == [title for title in ORDER if title in titles], name
            last = [phone_line(each) for each in result.hotlines if each.id in ("lifeline", "emergency")]
            assert all(line in " ".join(block_texts(outline.parts[-1].blocks[-1])) for line in last), name


def test_no_card_and_no_way_to_reach_its_first_contact_is_lost(results: dict[str, Assessment]) -> None:
    for name, result in results.items():
        text = flat(result)
        for card in result.cards:
            assert " ".join(card.alert.alert.title.split()) in text, (name, card.alert.alert.id)
            for contact in card.alert.contacts[:1]:
                assert ", ".join(contact.by_phone or contact.ways) in text, (name, contact.id)


def test_the_first_card_is_in_full(results: dict[str, Assessment]) -> None:
    for name, result in results.items():
        blocks = [block for part in summary_of(result).parts for block in part.blocks]
        callouts = [block for block in blocks if isinstance(block, Callout)]
        assert [each.title for each in callouts] == [card.alert.alert.title for card in result.cards][: len(callouts)]
        assert bool(callouts) == bool(result.cards), name
        if callouts:
            assert callouts[0].because.endswith(result.cards[0].reason.because)


def test_emergency_shows_only_cards_and_numbers(questionnaire: Questionnaire) -> None:
    found = [result_of(path, questionnaire) for path in PEOPLE]
    emergencies = [result for result in found if result.emergency]
    assert len(emergencies) >= 2
    for result in emergencies:
        assert [part.title for part in summary_of(result).parts] == ["Do this first", "Who to call"]
        assert all(card.alert.alert.level is AlertLevel.EMERGENCY for card in result.cards)


def test_under_18_gives_no_direction_but_every_card_in_full(results: dict[str, Assessment]) -> None:
    result = results["under-18"]
    outline = summary_of(result)
    assert [part.title for part in outline.parts] == ["Do this first", "Who to call"]
    assert len([block for block in outline.parts[0].blocks if isinstance(block, Callout)]) == len(result.cards) > 1
    assert "Ask about" not in flat(result)


def test_result_that_is_not_firm_says_so_and_names_no_change(results: dict[str, Assessment]) -> None:
    unsure = [result for result in results.values() if result.direction and not result.firm and not result.emergency]
    assert unsure
    for result in unsure:
        assert "This isn't certain yet" in flat(result)
        assert "Ask about more support if" not in flat(result)


def test_call_script_is_one_sentence_that_holds_and_is_no_question(results: dict[str, Assessment]) -> None:
    for name, result in results.items():
        said = [each.point.text for each in result.points if each.point.list is PointList.CALL and each.shown]
        assert len(said) == bool(result.direction), name
        if said and not result.emergency:
            assert f"Say: “{said[0]}”" in flat(result)
        asked = [
            text
            for part in full_of(result).parts
            if part.title == "What to ask a provider"
            for block in part.blocks
            if isinstance(block, Items)
            for text in block_texts(block)
        ]
        assert not set(said) & set(asked)


def test_each_program_has_a_good_side_and_a_drawback(results: dict[str, Assessment]) -> None:
    """Equal detail: both columns have the same kinds of points, one of each."""
    for name, result in results.items():
        for part in summary_of(result).parts:
            if part.title == "Two kinds of program":
                (comparison,) = part.blocks
                for column in (comparison.left, comparison.right):  # type: ignore[union-attr]
                    ((_, items),) = column.lists
                    assert [item.text.partition(":")[0] for item in items.items] == ["Good", "Hard"], name


def test_helps_and_plans_are_the_answers_given(results: dict[str, Assessment]) -> None:
    text = flat(results["everyday-drinking"])
    assert "What helps. Living situation: steady home. Support network: someone to call at night." in text
    assert "Plan for this. Living situation: some friends drink or use, not at home." in text
    assert "Daily responsibilities: getting there; work or school hours." in text
    assert "Budget and insurance: no insurance." in text


def test_private_answers_are_only_in_a_private_summary(questionnaire: Questionnaire) -> None:
    path = ROOT / "examples" / "not-safe-at-home.yaml"
    (private,) = (card for card in result_of(path, questionnaire).cards if card.alert.alert.private)
    assert private.alert.alert.title in flat(result_of(path, questionnaire))
    assert private.alert.alert.title not in flat(public_result_of(path, questionnaire))


def test_fourteen_cards_are_all_named(results: dict[str, Assessment]) -> None:
    result = results["many-signs"]
    more = (*result.cards, *result.cards)[:14]
    many = result._replace(
        cards=tuple(
            card._replace(alert=card.alert._replace(alert=card.alert.alert._replace(title=f"Step {number}.")))
            for number, card in enumerate(more)
        )
    )
    text = flat(many, width=40)
    assert all(f"Step {number}." in text for number in range(14))


def test_full_report_has_every_point_and_points_to_no_file(results: dict[str, Assessment]) -> None:
    for name, result in results.items():
        if result.emergency:
            continue
        text = " ".join(render(result, full=True, plain=True).split())
        plain = re.sub(r"(\[\d+\])+", "", text)
        for each in result.points:
            assert " ".join(each.point.text.split()) in plain or each.point.list is PointList.CALL, (
                name,
                each.point.id,
            )
        assert ".json" not in text


def test_first_information_contact_is_who_to_call(results: dict[str, Assessment]) -> None:
    result = results["steady-home"]
    first = next(contact for contact in result.hotlines if contact.group is ContactGroup.INFORMATION)
    assert f"{phone_line(first)}, {first.web}." in flat(result)


def test_summary_fits_a_window_of_40_columns(results: dict[str, Assessment]) -> None:
    assert max(map(len, render(results["many-signs"], width=40).splitlines())) <= 40


@pytest.mark.parametrize("path", [PEOPLE[0]], ids=["without guidance"])
def test_parts_without_content_are_left_out(path: Path, questionnaire: Questionnaire) -> None:
    bare = result_of(path, questionnaire)._replace(points=(), hotlines=(), changes=(), replies=())
    titles = [part.title for part in summary_of(bare).parts]
    assert not {"Two kinds of program", "What helps, and what to plan for", "Who to call, and what to say"} & {*titles}
