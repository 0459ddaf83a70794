"""The schema of the answers to one questionnaire accepts what the reader accepts, and explains it."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import iop_fit
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.loading.json_schema import answers_schema_of, answers_schema_text
from iop_fit.storage.answer_files import blank_sheet, dump_sheet, load_sheet
from support import TESTS
from support.example_results import EXAMPLES
from support.sheets import sheets

Json = dict[str, Any]

VALID = TESTS / "questionnaires" / "valid"
BUNDLED = iop_fit.load()
INTAKE = iop_fit.load(VALID / "intake.yaml")
QUESTIONNAIRES = {"bundled": BUNDLED, "intake": INTAKE, "numbers": iop_fit.load(VALID / "numbers.yaml")}


def validator(questionnaire: Questionnaire) -> Draft7Validator:
    schema = json.loads(answers_schema_text(questionnaire))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def of_question(questionnaire: Questionnaire, name: str) -> Json:
    schema: Json = answers_schema_of(questionnaire)
    found: Json = schema["definitions"]["answers-file"]["properties"]["answers"]["properties"][name]
    return found


def messages(questionnaire: Questionnaire, value: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(questionnaire).iter_errors(value)]


def test_answers_schema_explains_a_ranked_question() -> None:
    options, labels = ["never", "monthly", "weekly", "daily"], ["Never", "Once a month", "Once a week", "Most days"]
    item = {"enum": options, "enumDescriptions": labels}
    assert of_question(INTAKE, "more") == {
        "title": "More was used than planned.",
        "description": "In the past 12 months, how often did this happen to you?\nIt matters.",
        "anyOf": [
            {"enum": [*options, None], "enumDescriptions": [*labels, "Not answered yet"]},
            {"type": "array", "items": item, "uniqueItems": True, "minItems": 1, "maxItems": 1},
            {"$ref": "#/definitions/skipped"},
        ],
    }


def test_answers_schema_explains_several_and_numbers() -> None:
    numbers = QUESTIONNAIRES["numbers"]
    options, labels = ["home", "job", "cost"], ["Home", "Job", "Cost"]
    item = {"enum": options, "enumDescriptions": labels}
    assert of_question(numbers, "matters") == {
        "title": "What matters most?",
        "description": "It matters.\nWrite a list of up to two of these, or [] for none: home, job, cost.",
        "anyOf": [
            {"enum": [*options, None], "enumDescriptions": [*labels, "Not answered yet"]},
            {"type": "array", "items": item, "uniqueItems": True, "maxItems": 2},
            {"$ref": "#/definitions/skipped"},
        ],
    }
    assert of_question(numbers, "drinks")["anyOf"][0] == {
        "type": ["number", "string", "null"],
        "minimum": 0,
        "maximum": 100,
    }
    assert (
        of_question(numbers, "sips")["description"]
        == "It matters.\nAsked only after some answers to earlier questions."
    )


@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_answers_schema_describes_each_question(name: str) -> None:
    questionnaire = QUESTIONNAIRES[name]
    for question in questionnaire.questions.values():
        described = of_question(questionnaire, question.id)
        assert described["title"] == question.ask
        assert question.why in described["description"].splitlines()
        assert ("Private" in described["description"]) is question.private


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_answers_schema_accepts_each_example(path: Path) -> None:
    assert messages(BUNDLED, yaml.load(path.read_text(), yaml.CBaseLoader)) == []


@pytest.mark.parametrize("name", QUESTIONNAIRES)
def test_answers_schema_accepts_a_blank_sheet_of_its_own(name: str) -> None:
    blank = yaml.safe_load(blank_sheet(QUESTIONNAIRES[name]))
    assert messages(QUESTIONNAIRES[name], blank) == []
    (other, *_) = messages(BUNDLED if name != "bundled" else INTAKE, blank)
    assert "Additional properties are not allowed" in other or "is not one of" in other


@settings(max_examples=20)
@given(st.data())
def test_answers_schema_accepts_every_sheet_it_is_for(data: st.DataObject) -> None:
    sheet = data.draw(sheets(BUNDLED))
    assert messages(BUNDLED, json.loads(dump_sheet(sheet, BUNDLED))) == []


WRITTEN = (
    *("never", "monthly", "home", "[]", "[home]", "[home, work]", "[home, home]", "[never]", "[[home]]"),
    *("{skipped: dont-know}", "{skipped: no}", "{skipped: dont-know, why: late}", "{}", "yes", "few", "Few"),
)


def reader_accepts(question: Question, questionnaire: Questionnaire, written: str) -> bool:
    try:
        load_sheet(f"answers: {{{question.id}: {written}}}", "it.yaml", questionnaire)
    except IopFitError as error:
        own = {"missing-answer", "not-asked"}
        return all(problem.code in own for problem in error.problems)
    return True


@pytest.mark.parametrize("name", ["intake", "numbers"])
def test_answers_schema_and_reader_accept_the_same(name: str) -> None:
    """Except for numbers and notes, which the reader finds in texts."""
    questionnaire, accepts = QUESTIONNAIRES[name], validator(QUESTIONNAIRES[name])
    for question in questionnaire.questions.values():
        for written in WRITTEN if question.offered else ():
            value = {"answers": {question.id: yaml.load(written, yaml.CBaseLoader)}}
            assert accepts.is_valid(value) is reader_accepts(question, questionnaire, written), (question.id, written)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ({"answers": {"mor": "never"}}, "$.answers: Additional properties are not allowed ('mor' was unexpected)"),
        ({"answers": {"told": ["none"]}}, "$.answers.told: ['none'] is not valid under any of the given schemas"),
        ({"answers": {}, "questionnaire": "other"}, "$.questionnaire: 'other' is not one of ['intake']"),
        ({"answers": {}, "fro": "me"}, "$: Additional properties are not allowed ('fro' was unexpected)"),
        ({}, "$: 'answers' is a required property"),
    ],
    ids=["question", "option", "questionnaire", "key", "nothing"],
)
def test_answers_schema_rejects_unknown_names(value: object, message: str) -> None:
    assert messages(INTAKE, value) == [message]


def test_answers_schema_rejects_numbers_out_of_range() -> None:
    numbers = validator(QUESTIONNAIRES["numbers"])
    assert [number for number in (-1, 0, 7.5, 100, 101) if numbers.is_valid({"answers": {"drinks": number}})] == [
        *(0, 7.5, 100)
    ]
