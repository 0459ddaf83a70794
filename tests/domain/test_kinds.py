"""Every kind of question, from its YAML to each place where an answer is read, asked or written."""

import json
from itertools import chain
from pathlib import Path

import pytest

import iop_fit
from iop_fit.cli.lists.questions import questions_text
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Skipped, SkipReason
from iop_fit.domain.decision import decide
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.question import Option
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.interview.pages import review_page
from iop_fit.interview.session import run_interview
from iop_fit.loading.json_schema import schema
from iop_fit.report.formats import export
from iop_fit.report.registry import REPORTS
from iop_fit.storage.answer_files import blank_sheet, dump_sheet, load_sheet
from iop_fit.storage.drafts import Draft
from support import DAY, TESTS
from support.by_hand import WORDS, several
from support.scripted import Script

TYPED = {
    "ranked": "2",
    "number": "7.5",
    "several": "1 2",
    "unranked": "2",
    "note": "Mornings are best.",
}
"""What a person types at a question of each kind; a new kind needs one line here."""

OPTIONS = "options: {first: The first one, second: The second one}"
KEYS = {
    "number": "options: {first: {label: Few, from: 0}, second: {label: Many, from: 5}}, up to: 20, unit: hours",
    "note": "topic: Something to say",
}
"""The other keys of the question, for kinds that don't take these options."""

each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def path(kind: str, tmp_path: Path) -> Path:
    """Write a small questionnaire whose last question has this kind."""
    sound = (TESTS / "questionnaires" / "valid" / "minimal.yaml").read_text()
    path = tmp_path / "questions.yaml"
    asked = f"{{id: asked, kind: {kind}, ask: What is it?, why: It matters., {KEYS.get(kind, OPTIONS)}, dimension: 5}}"
    path.write_text(sound.replace("\nalerts:", f"      - {asked}\n\nalerts:"))
    return path


@pytest.fixture
def small(path: Path) -> Questionnaire:
    return iop_fit.load(path)


def interviewed(small: Questionnaire, *typed: str) -> tuple[AnswerSheet, list[str]]:
    script = Script(*chain("g1", typed, "g"))
    return run_interview(small, script, Draft(small), about=Audience.ME), script.output


def answer_to(small: Questionnaire, kind: str) -> Answer:
    answer = small.questions["asked"].parse(TYPED[kind])
    assert answer is not None
    return answer


def complete(small: Questionnaire, kind: str) -> AnswerSheet:
    return AnswerSheet({"alone": small.questions["alone"].answer_from("rarely"), "asked": answer_to(small, kind)})


def test_every_kind_is_tested_with_something_typed() -> None:
    assert set(TYPED) == set(KINDS)


@each_kind
def test_kind_is_answered_and_refused_in_the_interview(small: Questionnaire, kind: str) -> None:
    question = small.questions["asked"]
    sheet, said = interviewed(small, "", TYPED[kind])
    assert sheet.answers["asked"] == answer_to(small, kind)
    assert question.what_to_type in said
    assert [text for _, text in question.instructions if not any(line.endswith(text) for line in said)] == []


@each_kind
def test_kind_is_reviewed_and_skipped(small: Questionnaire, kind: str) -> None:
    answer = answer_to(small, kind)
    words = small.questions["asked"].words_for(answer)
    page = review_page(decide(small, AnswerSheet({"asked": answer})))
    assert words in [line.text for line in page.blocks]
    sheet, _ = interviewed(small, "d")
    assert sheet.answers["asked"] == Skipped(SkipReason.DONT_KNOW)


@each_kind
def test_kind_is_listed_with_how_it_is_answered(path: Path, kind: str) -> None:
    (listed,) = [each for each in json.loads(questions_text(path, "json"))["questions"] if each["id"] == "asked"]
    assert listed["kind"] == kind
    assert f"  ({KINDS[kind].answered_with}; " in questions_text(path, "text")


@each_kind
def test_kind_is_read_back_from_an_answers_file(small: Questionnaire, kind: str) -> None:
    sheet = complete(small, kind)
    assert load_sheet(dump_sheet(sheet, small), "mine.json", small).sheet == sheet
    value = json.dumps(small.questions["asked"].value_of(sheet.answers["asked"]))
    filled = blank_sheet(small).replace("  alone:", "  alone: rarely").replace("  asked:", f"  asked: {value}")
    assert load_sheet(filled, "mine.yaml", small).sheet == sheet


@each_kind
def test_kind_is_written_in_every_format(small: Questionnaire, kind: str) -> None:
    question, answer = small.questions["asked"], answer_to(small, kind)
    result = iop_fit.assess(small, complete(small, kind), on=DAY)
    written = {name: export(result, name) for name in REPORTS}
    assert json.loads(written["json"])["answers"]["asked"] == question.value_of(answer)
    items = json.loads(written["fhir"])["entry"][1]["resource"]["item"]
    (item,) = [item for group in items for item in group["item"] if item["linkId"] == "asked"]
    expected = question.fhir_value if not question.offered else "valueCoding"
    assert {key for each in item["answer"] for key in each} == {expected}
    assert all(words in written["plain"].decode() for words in question.words_for(answer).split("; "))


@each_kind
def test_kind_is_a_word_of_the_json_schema(kind: str) -> None:
    definitions = schema()["definitions"]
    assert isinstance(definitions, dict)
    assert kind in definitions["question"]["properties"]["kind"]["enum"]


@pytest.mark.parametrize("kind", [name for name, each in KINDS.items() if not each.may_raise])
def test_kind_without_order_has_no_scores(kind: str) -> None:
    question = KINDS[kind](id="a", section="it", need=False, ask=WORDS, why=WORDS, options=(Option("b", "B"),))
    assert question.default_score(2) == 0
    assert list(question.other_answers(("b",))) == []


@pytest.mark.parametrize(
    ("options", "like"), [(("a",), "1"), (("a", "b"), "1 2"), (("a", "b", "c"), "1 3")], ids=["one", "two", "three"]
)
def test_several_names_an_example_that_can_be_typed(options: tuple[str, ...], like: str) -> None:
    question = several("it", **dict.fromkeys(options, 1))
    assert question.parse(like) is not None
    assert question.instructions[1] == ("", f"Several can be chosen, like: {like}")
