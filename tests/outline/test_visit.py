"""The page for a visit: the overview, what the answers point to, and the questions to ask."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Words
from iop_fit.limits import MAX_SKIPPED_TOPICS, MAX_WALK_AWAY
from iop_fit.outline.blocks import Block, Callout, Item, Items, Ladder, Outline, Paragraph, Table
from iop_fit.outline.parts.answer_lists import answers
from iop_fit.outline.parts.visit import at_a_glance, points_to, walk_away, worksheet
from iop_fit.outline.result import paper_of
from iop_fit.text import format_date
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
    assert said["Alcohol"] == "Every day; 9 drinks a day"
    assert said["Overdose"] == "Never"
    assert said["Home"] == "Some friends drink or use, not at home; steady home; someone to call at night"


def test_overview_says_what_none_means(questionnaire: Questionnaire) -> None:
    """A bare "None" leaves open what was denied."""
    said = glance(result_of(PATHS["everyday-drinking"], questionnaire))
    assert said["Illness, pregnancy"] == "No signs of illness this week; no pregnancy, no uncontrolled health problem"
    assert said["Withdrawal"].endswith("when stopping before, as far as known")
    assert said["Suicide, harm"].startswith("No thoughts of suicide or of hurting someone reported, past month")


def test_overview_says_each_answer_of_the_bundled_questionnaire_in_brief(questionnaire: Questionnaire) -> None:
    shown = [question for question in questionnaire.questions.values() if question.glance]
    assert len(shown) > 15
    assert [
        (question.id, option.id)
        for question in shown
        if not question.number_range
        for option in question.options
        if not option.brief
    ] == []
    nones = [question for question in shown if question.takes_several]
    assert [question.id for question in nones if not question.brief_for(Chosen(()))] == []


PRONOUN = re.compile(r"\b(I|my|you|your|they|their|them)\b", re.IGNORECASE)


def test_answer_in_brief_fits_every_reader(questionnaire: Questionnaire) -> None:
    briefs = [option.brief for question in questionnaire.questions.values() for option in question.options]
    briefs += [
        question.brief_for(Chosen(())) for question in questionnaire.questions.values() if question.takes_several
    ]
    assert len([*filter(None, briefs)]) > 80
    assert [brief for brief in briefs if PRONOUN.search(brief)] == []


def test_overview_names_what_was_skipped(questionnaire: Questionnaire) -> None:
    said = glance(result_of(PATHS["mostly-skipped"], questionnaire))
    topic = questionnaire.questions["tried"].topic
    assert f"{topic}: rather not say" in said["Suicide, harm"]
    assert said["Last use (any)"] == "Rather not say"


def test_overview_names_skipped_topics_that_could_change_the_result_first(questionnaire: Questionnaire) -> None:
    result = result_of(PATHS["mostly-skipped"], questionnaire)
    undecided = [reply.topic for reply in result.skipped if reply.question.id in result.undecided_questions]
    others = [reply.topic for reply in result.skipped if reply.topic not in undecided]
    *shown, rest = glance(result)["Skipped"].split("; ")
    assert shown == [*undecided, *others][:MAX_SKIPPED_TOPICS]
    assert rest == f"{len(undecided) + len(others) - len(shown)} more under “Skipped questions”"


def test_overview_names_each_skip_or_says_none(questionnaire: Questionnaire) -> None:
    sheet = read(PATHS["everyday-drinking"], questionnaire).sheet
    sheet = sheet.only({*sheet.answers} - {"note"})
    assert glance(assess_with(questionnaire, sheet))["Skipped"] == "None"
    sheet = sheet.with_answer("pay", Skipped(SkipReason.RATHER_NOT_SAY))
    assert glance(assess_with(questionnaire, sheet))["Skipped"] == questionnaire.questions["pay"].topic


def test_overview_gives_what_concerns_most_first(questionnaire: Questionnaire) -> None:
    said = glance(result_of(PATHS["many-signs"], questionnaire))["Suicide, harm"]
    order = ["with a method or intent", "without a method", "wished to be dead"]
    places = [said.lower().index(words) for words in order]
    assert places == sorted(places)


def test_overview_says_what_is_not_asked(questionnaire: Questionnaire) -> None:
    result = result_of(PATHS["everyday-drinking"], questionnaire)
    assert glance(result)["Not asked"].lower() == questionnaire.not_asked.lower() != ""
    assert "Not asked" not in glance(result_of(PATHS["everyday-drinking"], replace(questionnaire, not_asked="")))


@each_example
def test_overview_has_no_private_answer_and_keeps_the_order_asked(path: Path, questionnaire: Questionnaire) -> None:
    assessment = result_of(path, questionnaire)
    private = {reply.topic for reply in assessment.replies if reply.question.private}
    named = [reply.question.glance for reply in assessment.replies if reply.question.glance]
    if not named:
        assert [*at_a_glance(assessment)] == []
        return
    said = glance(assessment)
    assert not any(topic in words for topic in private for words in said.values())
    assert [*said] == [*dict.fromkeys(named), "Skipped", "Not asked"]


def test_boxes_name_the_first_step_the_direction_and_the_support(questionnaire: Questionnaire) -> None:
    assessment = result_of(PATHS["after-overdose"], questionnaire)
    drawing, boxes, limits = points_to(assessment)
    assert isinstance(drawing, Ladder)
    assert isinstance(boxes, Items)
    assert boxes.ticks
    assert [item.text for item in boxes.items] == [
        assessment.cards[0].alert.alert.title,
        "Ask about inpatient or residential care",
        "Medicine that the program starts and keeps going",
    ]
    assert assessment.cards[0].alert.alert.level is AlertLevel.SAME_DAY
    assert isinstance(limits, Paragraph)


def boxes_of(assessment: Assessment) -> list[str]:
    return [
        item.text for block in points_to(assessment) if isinstance(block, Items) and block.ticks for item in block.items
    ]


def test_boxes_name_one_first_step_of_each_level_of_urgency(questionnaire: Questionnaire) -> None:
    assessment = result_of(PATHS["many-signs"], questionnaire)
    steps: dict[AlertLevel, str] = {}
    for card in assessment.cards:
        steps.setdefault(card.alert.alert.level, card.alert.alert.title)
    assert [*steps] == [AlertLevel.CRISIS, AlertLevel.SAME_DAY, AlertLevel.MEDICAL_FIRST]
    assert boxes_of(assessment)[:4] == [*steps.values(), questionnaire.directions[-1].title]


def test_boxes_name_each_direction_within_the_range(questionnaire: Questionnaire) -> None:
    directions = questionnaire.directions
    titles = [each.title for each in directions]
    assessment = result_of(PATHS["everyday-drinking"], questionnaire)
    wide = assessment._replace(direction=directions[1], highest=directions[3], firm=False)
    assert [text for text in boxes_of(wide) if text in titles] == titles[1:]
    firm_least = assessment._replace(direction=directions[0], highest=directions[0], firm=True)
    assert [text for text in boxes_of(firm_least) if text in titles] == titles[:1]
    for highest in directions:
        unsure = assessment._replace(direction=directions[0], highest=highest, firm=False)
        assert [text for text in boxes_of(unsure) if text in titles] == []


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


def test_warning_signs_are_a_short_list(questionnaire: Questionnaire) -> None:
    (signs,) = walk_away(result_of(PATHS["everyday-drinking"], questionnaire))
    assert isinstance(signs, Items)
    assert Item("The program wants a large payment up front.") in signs.items
    assert len(signs.items) == MAX_WALK_AWAY


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


def on_page(outline: Outline, number: int, *titles: str) -> list[Block]:
    return [block for part in outline.pages[number] if part.title in titles for block in part.blocks]


@each_example
def test_paper_has_each_card_in_full_once(path: Path, questionnaire: Questionnaire) -> None:
    """What has no room on page one is named there by its title, and is in full on page two."""
    assessment = result_of(path, questionnaire)
    outline = paper_of(assessment)
    titles = [card.alert.alert.title for card in assessment.cards]
    first = [block.title for block in on_page(outline, 0, "Safety first") if isinstance(block, Callout)]
    rest = [block.title for block in on_page(outline, 1, "More on safety") if isinstance(block, Callout)]
    named = [
        item.text
        for block in on_page(outline, 0, "Also for safety")
        if isinstance(block, Items)
        for item in block.items
    ]
    assert (first + rest, rest) == (titles, named)
    emergencies = sum(card.alert.alert.level is AlertLevel.EMERGENCY for card in assessment.cards)
    assert len(first) >= min(len(titles), max(3, emergencies))


def test_paper_names_the_cards_after_the_third_by_title(questionnaire: Questionnaire) -> None:
    outline = paper_of(result_of(PATHS["many-signs"], questionnaire))
    assert len(on_page(outline, 0, "Safety first")) == 3
    assert len(on_page(outline, 1, "More on safety")) == 7
    emergency = paper_of(result_of(PATHS["emergency-many-signs"], questionnaire))
    assert on_page(emergency, 0, "Also for safety") == on_page(emergency, 1, "More on safety") == []


def test_paper_starts_with_the_page_for_the_visit(questionnaire: Questionnaire) -> None:
    outline = paper_of(result_of(PATHS["everyday-drinking"], questionnaire))
    assert outline.title == "Notes for my visit"
    assert paper_of(result_of(PATHS["for-a-brother"], questionnaire)).title == "Notes for their visit"
    titles = [part.title for part in outline.pages[0]]
    assert titles[:2] == ["Safety first", "At a glance"]
    assert "Questions to ask" in titles


@pytest.mark.parametrize(
    ("language", "title", "shown"),
    [
        ("en", "What to ask about?", "What to ask about?"),
        ("en", "What to ask about", "What to ask about."),
        ("es", "Un cuestionario", "Un cuestionario."),
        ("es", "¿Un cuestionario?", "¿Un cuestionario?"),
    ],
)
def test_title_ends_before_the_date(questionnaire: Questionnaire, language: str, title: str, shown: str) -> None:
    result = result_of(PATHS["everyday-drinking"], questionnaire)
    renamed = replace(result.questionnaire, title=Words(title), language=language)
    assert paper_of(result._replace(questionnaire=renamed)).subtitle.startswith(f"{shown} {format_date(DAY)}. ")
