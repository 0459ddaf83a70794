"""Files answered in other words than today's: no output pairs a question with an answer that was not given to it."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import EarlierReply, Uncounted
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.outline.blocks import Outline, Table
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.comparison_parts import NO_ANSWER, NOTE, OTHER_WORDS
from iop_fit.outline.result import full_of, paper_of, summary_of
from iop_fit.problem_codes import Code
from iop_fit.report.to_fhir import to_fhir
from iop_fit.report.to_json import to_json
from iop_fit.report.to_plain import to_plain
from iop_fit.storage.answer_files import dump_sheet, load_sheet, read_loosely
from iop_fit.storage.asked_words import introduced
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed
from iop_fit.text import sanitize
from support import DAY, EXAMPLES, TESTS
from support.rewordings import (
    HARMLESS,
    LATER,
    NEW,
    Rewording,
    later_editions,
    named_by_their_words,
    reworded,
    ways_of,
    with_questions,
)
from support.sheets import sheets

BUNDLED = named_by_their_words(iop_fit.load())
NUMBERS = named_by_their_words(iop_fit.load(TESTS / "questionnaires" / "valid" / "numbers.yaml"))
INTAKE = named_by_their_words(iop_fit.load(TESTS / "questionnaires" / "valid" / "intake.yaml"))
SMALL = named_by_their_words(iop_fit.load(TESTS / "questionnaires" / "valid" / "folder"))

Pair = tuple[str, str]


def put(questionnaire: Questionnaire, sheet: AnswerSheet) -> set[Pair]:
    """Return each question with its answer, as they were put to the person, with and without its lead-in."""
    asked = ((questionnaire.worded_for(sheet.about).questions[name], each) for name, each in sheet.answers.items())
    return {
        (text, sanitize(question.words_for(answer)))
        for question, answer in asked
        for text in (sanitize(question.ask), introduced(question))
    }


def result(questionnaire: Questionnaire, sheet: AnswerSheet) -> str:
    return to_json(assess(questionnaire, sheet, on=DAY, include_private=True))


def pairs_in(outline: Outline) -> Iterator[Pair]:
    for part in outline.parts:
        for block in part.blocks:
            if isinstance(block, Table) and block.headers[1].startswith("Answer"):
                yield from ((sanitize(row[0]), sanitize(row[1])) for row in block.rows)


def without_questions(text: str, questionnaire: Questionnaire, about: Audience) -> str:
    """Return a text without today's questions; one may begin in lower case inside a sentence."""
    for question in questionnaire.worded_for(about).questions.values():
        text = text.replace(sanitize(question.ask)[1:], "")
    return text


def opened(questionnaire: Questionnaire, sheet: AnswerSheet, later: Questionnaire) -> SavedResult:
    return load_result(result(questionnaire, sheet), "result.json", later)


@pytest.mark.parametrize(
    "questionnaire", [BUNDLED, INTAKE, NUMBERS, SMALL], ids=["bundled", "intake", "numbers", "small"]
)
@settings(max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_no_output_says_what_was_not_asked(questionnaire: Questionnaire, data: st.DataObject) -> None:
    sheet = data.draw(sheets(questionnaire))
    later, others = data.draw(later_editions(questionnaire))
    saved = opened(questionnaire, sheet, later)
    assert {*saved.dropped} == {*sheet.answers} & others
    assert saved.given == sheet.only({*sheet.answers} - others)
    for outline in map_outlines(saved):
        assert {*pairs_in(outline)} <= put(questionnaire, sheet)
        assert NEW not in without_questions(to_plain(outline, 100_000), later, sheet.about)


def map_outlines(saved: SavedResult) -> Iterator[Outline]:
    assessment = recomputed(saved)
    yield from (build(assessment) for build in (summary_of, full_of, paper_of))


@settings(max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_comparison_says_only_what_was_asked(data: st.DataObject) -> None:
    later, others = data.draw(later_editions(SMALL))
    first, second = (data.draw(sheets(SMALL)) for _ in range(2))
    before = opened(SMALL, first, later)
    after = load_result(result(later, second), "result.json", later)
    difference = difference_of(before, after)
    earlier = {pair for pair in difference.earlier if pair.before}
    assert len(earlier) == len(others & {*difference.before.saved.dropped})
    unsaid = {OTHER_WORDS, NO_ANSWER, NOTE}
    for part in comparison_of(difference).parts:
        for block in part.blocks:
            if part.title == "Answers to other words than today's" and isinstance(block, Table):
                assert {(row[0], row[1]) for row in block.rows if row[1] not in unsaid} <= put(SMALL, first)
                assert {(row[0], row[2]) for row in block.rows if row[2] not in unsaid} <= put(later, second)


@settings(max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_draft_keeps_only_what_says_the_same(data: st.DataObject) -> None:
    sheet = data.draw(sheets(SMALL))
    later, others = data.draw(later_editions(SMALL))
    text = dump_sheet(sheet, SMALL)
    resumed = read_loosely(text, "draft.json", later)
    assert {reply.id for reply in resumed.earlier} == {*sheet.answers} & others
    assert {(reply.ask, reply.words) for reply in resumed.earlier} <= put(SMALL, sheet)
    if resumed.earlier:
        with pytest.raises(IopFitError) as caught:
            load_sheet(text, "draft.json", later)
        assert {problem.code for problem in caught.value.problems} == {Code.OTHER_WORDS}
    else:
        assert load_sheet(text, "draft.json", later).sheet == sheet


@settings(max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_harmless_changes_leave_every_answer_counted(data: st.DataObject) -> None:
    """The record for a clinic then pairs today's texts with the answers, which are the same words."""
    sheet = data.draw(sheets(NUMBERS))
    harmless = st.sampled_from(sorted(HARMLESS, key=lambda each: each.value))
    changed = {name: reworded(each, data.draw(harmless)) for name, each in NUMBERS.questions.items()}
    saved = opened(NUMBERS, sheet, with_questions(NUMBERS, changed, digest=LATER))
    assert (saved.earlier, saved.new) == ((), ())
    response = json.loads(to_fhir(recomputed(saved)))["entry"][1]["resource"]
    asked = NUMBERS.worded_for(sheet.about).questions
    texts = {item["linkId"]: sanitize(item["text"]) for group in response["item"] for item in group["item"]}
    assert {name: text for name, text in texts.items() if not name.startswith("skip.")} == {
        name: asked[name].ask for name in sheet.answers
    }


# Which words count


def sheet_of(**answers: str) -> AnswerSheet:
    given = {name: SMALL.questions[name].answer_from(text) for name, text in answers.items()}
    return AnswerSheet({**given, "used": Chosen(()), "words": Skipped(SkipReason.DONT_KNOW)})


GIVEN = sheet_of(sleep="restless", pay="plan")
SLEEP = SMALL.questions["sleep"]


def sleep_in(later: Questionnaire) -> list[EarlierReply]:
    return [*opened(SMALL.public(), GIVEN, later.public()).earlier]


@pytest.mark.parametrize("how", [*Rewording])
def test_words_that_a_person_reads_count(how: Rewording) -> None:
    if how in ways_of(SLEEP):
        later = with_questions(SMALL, {"sleep": reworded(SLEEP, how)}, digest=LATER)
        then = EarlierReply("sleep", Uncounted.REWORDED, SLEEP.ask, "Restless")
        assert sleep_in(later) == ([] if how in HARMLESS else [then])


def with_options(*options: tuple[str, str]) -> Questionnaire:
    known = {option.id: option for option in SLEEP.options}
    made = tuple(known.get(name, SLEEP.options[0])._replace(id=name, label=label) for name, label in options)
    return with_questions(SMALL, {"sleep": replace(SLEEP, options=made)}, digest=LATER)


OPTIONS = [(option.id, option.label) for option in SLEEP.options]
SWAPPED = [(name, label) for (name, _), (_, label) in zip(OPTIONS, reversed(OPTIONS), strict=True)]


def test_order_of_options_says_nothing_else() -> None:
    assert sleep_in(with_options(*reversed(OPTIONS))) == []


def test_swapped_labels_are_other_words() -> None:
    assert [reply.why for reply in sleep_in(with_options(*SWAPPED))] == [Uncounted.REWORDED]


def test_added_option_is_another_question() -> None:
    assert [reply.why for reply in sleep_in(with_options(*OPTIONS, ("fine", "Fine")))] == [Uncounted.REWORDED]


def test_renamed_id_of_another_option_is_harmless() -> None:
    renamed = [("well" if name == "good" else name, label) for name, label in OPTIONS]
    assert sleep_in(with_options(*renamed)) == []


def test_renamed_id_of_the_answer_keeps_its_words() -> None:
    renamed = [("uneasy" if name == "restless" else name, label) for name, label in OPTIONS]
    assert sleep_in(with_options(*renamed)) == [EarlierReply("sleep", Uncounted.MISFIT, SLEEP.ask, "Restless")]


# Files without words


def first_format(text: str) -> str:
    """Return a result as the first format wrote it, without the words of the questions."""
    data = json.loads(text)
    del data["asked"]
    return json.dumps({**data, "format": "iop-fit result 1"})


def test_first_format_of_today_is_the_same_result() -> None:
    text = result(SMALL.public(), GIVEN)
    assert load_result(first_format(text), "old.json", SMALL).given == load_result(text, "new.json", SMALL).given


def test_first_format_of_another_day_invents_nothing() -> None:
    later = with_questions(SMALL, {}, digest=LATER)
    saved = load_result(first_format(result(SMALL.public(), GIVEN)), "old.json", later)
    assert [*saved.earlier] == [EarlierReply(name, Uncounted.WORDLESS) for name in ("sleep", "used", "pay", "words")]
    page = to_plain(paper_of(recomputed(saved)), 100_000)
    assert "Restless" not in page
    assert re.search("\nFor 4 answers, the file doesn't keep the words of the question", page)


def test_old_answers_file_without_words_is_refused() -> None:
    text = json.dumps({**json.loads(dump_sheet(GIVEN, SMALL)), "asked": []})
    with pytest.raises(IopFitError) as caught:
        load_sheet(text, "old.json", with_questions(SMALL, {}, digest=LATER))
    assert [problem.code for problem in caught.value.problems] == [Code.OTHER_WORDS]


def test_answers_file_by_hand_is_read_as_ever() -> None:
    """It names no digest, so it was written for the questions that are there."""
    later = with_questions(SMALL, {"sleep": reworded(SLEEP, Rewording.ASK)}, digest=LATER)
    text = "answers: {sleep: restless, used: [], pay: plan, home-safe: safe, words: x}"
    assert load_sheet(text, "mine.yaml", later).sheet.answers["sleep"] == Chosen(("restless",))


def test_reworded_answer_names_both_questions() -> None:
    later = with_questions(SMALL, {"sleep": reworded(SLEEP, Rewording.ASK)}, digest=LATER)
    sheet = GIVEN.with_answer("home-safe", Chosen(("safe",)))
    with pytest.raises(IopFitError) as caught:
        load_sheet(dump_sheet(sheet, SMALL), "mine.json", later)
    assert str(caught.value).splitlines()[0] == f'mine.json:6:5: "sleep" was answered when it asked: {SLEEP.ask}'
    assert f"Now it asks: {SLEEP.ask} {NEW} Answer it again" in str(caught.value)


def test_comparison_with_unknown_words_says_so() -> None:
    later = with_questions(SMALL, {}, digest=LATER)
    old = load_result(first_format(result(SMALL.public(), GIVEN)), "old.json", later)
    new = load_result(result(later.public(), sheet_of(sleep="good", pay="plan")), "new.json", later)
    parts = {part.title: part.blocks for part in comparison_of(difference_of(old, new)).parts}
    (table,) = (block for block in parts["Answers to other words than today's"] if isinstance(block, Table))
    assert table.rows == (
        (SLEEP.ask, "not known", "Good"),
        (SMALL.questions["used"].ask, "not known", "none of these"),
        (SMALL.questions["pay"].ask, "not known", "A health plan"),
        (SMALL.questions["words"].ask, "not known", "don't know"),
    )
