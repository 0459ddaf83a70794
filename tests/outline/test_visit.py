"""The page for a visit: the overview, what the answers point to, and the questions to ask."""

from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Items, Paragraph, Table
from iop_fit.outline.parts.answer_lists import answers
from iop_fit.outline.parts.visit import at_a_glance, points_to, walk_away, worksheet
from iop_fit.outline.result import paper_of
from support import DAY
from support.example_results import EXAMPLES, each_example, read, result_of

PATHS = {path.stem: path for path in EXAMPLES}


def assess_with(questionnaire: Questionnaire, sheet: AnswerSheet) -> Assessment:
    return assess(questionnaire, sheet, on=DAY)


def glance(assessment: Assessment) -> dict[str, str]:
    (table,) = at_a_glance(assessment)
    assert isinstance(table, Table)
    return {row[0]: row[1] for row in table.rows}


def test_overview_says_what_is_used_and_how_much(questionnaire: Questionnaire) -> None:
    said = glance(result_of(PATHS["everyday-drinking"], questionnaire))
    assert said["Used"] == "Alcohol"
    assert said["Alcohol"] == "Every day; 9 drinks"
    assert said["Overdose"] == "Never"
    assert said["Illness, pregnancy"] == "None"
    assert said["Home"].endswith("Someone to call at night: Yes")


def test_overview_names_what_was_skipped(questionnaire: Questionnaire) -> None:
    said = glance(result_of(PATHS["mostly-skipped"], questionnaire))
    topic = questionnaire.questions["tried"].topic
    assert f"{topic}: skipped (rather not say)" in said["Suicide, harm"]
    assert said["Last use"] == "skipped (rather not say)"


@each_example
def test_overview_has_no_private_answer_and_keeps_the_order_asked(path: Path, questionnaire: Questionnaire) -> None:
    assessment = result_of(path, questionnaire)
    private = {reply.topic for reply in assessment.replies if reply.question.private}
    said = glance(assessment)
    assert not any(topic in words for topic in private for words in said.values())
    named = [reply.question.glance for reply in assessment.replies if reply.question.glance]
    assert [*said] == [*dict.fromkeys(named)]


def test_boxes_name_the_first_step_the_direction_and_the_support(questionnaire: Questionnaire) -> None:
    boxes, limits = points_to(result_of(PATHS["after-overdose"], questionnaire))
    assert isinstance(boxes, Items)
    assert boxes.ticks
    assert [item.text for item in boxes.items] == [
        "See a doctor today",
        "Ask about inpatient or residential care",
        "Medicine that the program starts and keeps going",
    ]
    assert isinstance(limits, Paragraph)


@pytest.mark.parametrize("name", ["mostly-skipped", "emergency", "under-18"])
def test_boxes_are_left_out_if_nothing_is_that_clear(questionnaire: Questionnaire, name: str) -> None:
    assert not any(
        isinstance(block, Items) and block.ticks for block in points_to(result_of(PATHS[name], questionnaire))
    )


def test_worksheet_has_room_for_two_programs(questionnaire: Questionnaire) -> None:
    (table,) = worksheet(result_of(PATHS["everyday-drinking"], questionnaire))
    assert isinstance(table, Table)
    assert table.headers == ("Question", "Program 1", "Program 2")
    assert table.rows
    assert {row[1:] for row in table.rows} == {("", "")}


def test_warning_signs_are_one_paragraph(questionnaire: Questionnaire) -> None:
    (paragraph,) = walk_away(result_of(PATHS["everyday-drinking"], questionnaire))
    assert isinstance(paragraph, Paragraph)
    assert "The program guarantees a cure." in paragraph.text


@each_example
def test_each_answer_is_in_a_table_or_among_the_calm_ones(path: Path, questionnaire: Questionnaire) -> None:
    """A provider must be able to tell a calm answer from a question that was not asked."""
    assessment = result_of(path, questionnaire)
    blocks = [*answers(assessment)]
    told = {row[0] for block in blocks if isinstance(block, Table) for row in block.rows}
    calm = {
        topic for block in blocks if isinstance(block, Paragraph) for topic in block.text.removesuffix(".").split("; ")
    }
    assert told | calm == {reply.topic for reply in assessment.replies if isinstance(reply.answer, Chosen)}
    assert not told & calm


def test_answer_of_more_concern_is_never_among_the_calm_ones(questionnaire: Questionnaire) -> None:
    sheet = read(PATHS["steady-home"], questionnaire).sheet
    for name in ("overdose", "thoughts", "without"):
        question = questionnaire.questions[name]
        assessment = assess_with(questionnaire, sheet.with_answer(name, Chosen((question.options[1].id,))))
        told = {row[0] for block in answers(assessment) if isinstance(block, Table) for row in block.rows}
        assert question.topic in told


def test_skipped_answer_is_in_neither(questionnaire: Questionnaire) -> None:
    sheet = read(PATHS["steady-home"], questionnaire).sheet
    skipped = sheet.with_answer("overdose", Skipped(SkipReason.DONT_KNOW))
    words = str([*answers(assess_with(questionnaire, skipped))])
    assert questionnaire.questions["overdose"].topic not in words


def test_paper_starts_with_the_page_for_the_visit(questionnaire: Questionnaire) -> None:
    titles = [part.title for part in paper_of(result_of(PATHS["everyday-drinking"], questionnaire)).pages[0]]
    assert titles[:2] == ["Safety first", "At a glance"]
    assert "Questions to ask" in titles
