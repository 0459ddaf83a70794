"""The JSON Schemas accept every valid file, and reject most structural problems."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.kinds import KINDS
from iop_fit.domain.question import AreaLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode
from iop_fit.files.parsing.yaml_reader import read_yaml
from iop_fit.loading.condition_reader import RESERVED, ConditionContext, ConditionReader
from iop_fit.loading.fields import Field, FieldType
from iop_fit.loading.json_schema import answers_schema, schema
from iop_fit.loading.loader import load_questionnaire
from iop_fit.loading.records import FIELDS, Problems, read_record
from iop_fit.storage.answer_files import blank_sheet, dump_sheet
from iop_fit.text import json_text
from support import ROOT
from support.example_results import AT_THE_LINES, EXAMPLES
from support.questionnaires_at_random import questionnaire_at_random
from support.sheets import sheets

Json = dict[str, Any]

DOCS = ROOT / "docs" / "reference"
CORPUS = ROOT / "tests" / "questionnaires"
INVALID = sorted((CORPUS / "invalid").glob("*.yaml"))
ANSWERS_FILES = sorted([*EXAMPLES, *AT_THE_LINES])
VALID = sorted(
    path
    for folder in ("questions", "examples/stepping-down", "tests/questionnaires/valid", "src/iop_fit")
    for path in (ROOT / folder).rglob("*.yaml")
    if path not in ANSWERS_FILES
)


def validator(schema: Json) -> Draft7Validator:
    return Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


SCHEMA_TEXTS = {
    "questionnaire": json_text(schema()),
    "answers": json_text(answers_schema()),
}
SCHEMAS: dict[str, Json] = {of: json.loads(text) for of, text in SCHEMA_TEXTS.items()}
QUESTIONNAIRE, ANSWERS = map(validator, SCHEMAS.values())
NOUNS = {
    "questionnaire": (
        *(
            "head",
            "part",
            "option list",
            "lead-in",
            "section",
            "question",
            "option",
            "alert",
            "sign",
            "direction",
            "addition",
            "rule",
        ),
        *("program", "point", "contradiction", "care option", "study", "contact", "source", "example", "expectation"),
    ),
    "answers": ("answers file", "asked question", "asked option", "expectation"),
}
EACH_NOUN = [pytest.param(of, noun, id=f"{of}: {noun}") for of, nouns in NOUNS.items() for noun in nouns]


class AsEditors(yaml.CSafeLoader):
    """Reads YAML 1.2, as editors do: `no`, `12:30` and dates are strings, `true` is a boolean."""


AsEditors.yaml_implicit_resolvers = {}
for tag, pattern in {
    "null": "~|null|Null|NULL|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    AsEditors.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)
AsEditors.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))
AsEditors.add_constructor("tag:yaml.org,2002:float", lambda _, node: float(node.value))


def as_editors_read(text: str) -> Any:  # noqa: ANN401  # what stands in a file
    return yaml.load(text, Loader=AsEditors)


def as_older_tools_read(text: str) -> Any:  # noqa: ANN401
    """Read YAML 1.1, where `no` is false, even as a key; dates become strings again."""
    return json.loads(json.dumps(yaml.load(text, Loader=yaml.CSafeLoader), default=str))


def errors_of(schema: Draft7Validator, value: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(value)]


def definition(of: str, noun: str) -> Json:
    found: Json = SCHEMAS[of]["definitions"][noun.replace(" ", "-")]
    return found


def within(of: str, schema: object) -> Draft7Validator:
    """Return a validator for a part of a schema that may refer to other parts."""
    return validator({"definitions": SCHEMAS[of]["definitions"], "allOf": [schema]})


# The schemas themselves


@pytest.mark.parametrize("of", SCHEMAS)
def test_docs_contain_the_current_schema(of: str, update_golden: bool) -> None:
    path = DOCS / f"{of}.schema.json"
    if update_golden:
        path.write_text(SCHEMA_TEXTS[of])
    assert path.read_text() == SCHEMA_TEXTS[of]


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (each for key, each in value.items() if key == "$ref")
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from references(each)


@pytest.mark.parametrize("of", SCHEMAS)
def test_schema_is_draft_07_and_uses_every_definition(of: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[of])
    assert SCHEMAS[of]["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert {f"#/definitions/{name}" for name in SCHEMAS[of]["definitions"]} == {*references(SCHEMAS[of])}


@pytest.mark.parametrize("of", SCHEMAS)
def test_schema_defines_each_reachable_noun(of: str) -> None:
    names = {name for name in SCHEMAS[of]["definitions"] if not name.startswith("condition-of-a-")}
    assert names == {noun.replace(" ", "-") for noun in NOUNS[of]}


@pytest.mark.parametrize(("of", "noun"), EACH_NOUN)
def test_schema_describes_each_key_of_a_noun(of: str, noun: str) -> None:
    made = definition(of, noun)
    assert {name: each["description"] for name, each in made["properties"].items()} == {
        key.name: key.about for key in FIELDS[noun]
    }
    assert made.get("required", []) == [key.name for key in FIELDS[noun] if key.required]
    assert made["additionalProperties"] is False


# Valid files


@pytest.mark.parametrize("read", [as_editors_read, as_older_tools_read], ids=["YAML 1.2", "YAML 1.1"])
def test_schema_accepts_every_valid_file(read: Any) -> None:  # noqa: ANN401  # one of two functions
    found = {str(path): errors_of(QUESTIONNAIRE, read(path.read_text())) for path in VALID}
    found |= {str(path): errors_of(ANSWERS, read(path.read_text())) for path in ANSWERS_FILES}
    assert {name: messages for name, messages in found.items() if messages} == {}
    assert len(found) > 50


def test_schema_accepts_random_questionnaires() -> None:
    assert [
        messages for seed in range(20) for messages in errors_of(QUESTIONNAIRE, questionnaire_at_random(seed))
    ] == []


def test_answers_schema_accepts_a_blank_sheet(questionnaire: Questionnaire) -> None:
    assert errors_of(ANSWERS, as_editors_read(blank_sheet(questionnaire))) == []


@settings(max_examples=20)
@given(st.data())
def test_answers_schema_accepts_every_written_sheet(data: st.DataObject) -> None:
    questionnaire = iop_fit.load()
    sheet: AnswerSheet = data.draw(sheets(questionnaire))
    assert errors_of(ANSWERS, json.loads(dump_sheet(sheet, questionnaire))) == []


# Invalid ones

TEXT_PROBLEMS = {"alias", "anchor", "empty", "equal-keys", "key-not-text", "second-document", "tag", "too-deep"}
"""Problems of the text of a file that its parsed value no longer has."""

REFERENCE_PROBLEMS = {
    *("unknown-reference", "id-twice", "former-id"),  # whether an id exists, and only once
    # the position of the referenced item
    *("gate-not-earlier", "gate-circle", "sign-not-earlier", "questions-out-of-order"),
    *(
        "gate-on-a-gate",
        "practical-gates-need",
        "practical-in-a-rule",
        "private-mixed",
    ),  # the properties of the referenced item
    *("alert-in-alert-rule", "least-option", "note-in-a-condition", "raises-the-least", "wrong-test"),
}
"""Problems of references, which a schema can't resolve."""

ACCEPTED = {
    "at-most-on-a-need-question",  # depends on the kind of the section
    "ask-without-why",  # depends on the list of the point
    "contradiction-of-the-wrong-number-of-questions",  # a list of ids may have any length
    "files-in-a-file",  # depends on other files
    "gate-all-of-many",  # multiplies the options of each test
    "goal-without-change",  # depends on another key
    "levels-fall",  # compares two numbers
    "levels-other-order",  # keys have no order
    "levels-without-score",  # depends on the kinds of the questions
    "need-eases",  # depends on the kind of the section
    "note-with-options",  # depends on the kind of the question
    "one-direction",  # other parts may have more
    "option-list-does-not-fit",  # depends on the questions that use it
    "one-option",  # depends on the kind of the question
    "review-before-published",  # compares two dates
    "score-without-need",  # depends on the kind of the section
    "scores-fall",
    "some-three-of-two",  # compares a number with a length
    "text-invisible",  # needs a table of invisible characters
    "too-long",  # repeated white space counts once
    "too-many-needs",  # expands the condition
    "why-without-ask",  # depends on the list of the point
    "wordings-of-different-lengths",  # compares two lengths
}
"""Other invalid files that the schema accepts, with the reason."""


def codes_in(path: Path) -> set[str]:
    """Return the codes of the problems for which the loader rejects a file."""
    try:
        load_questionnaire(path)
    except IopFitError as error:
        return {problem.code for problem in error.problems}
    return set()


def structural() -> Iterator[tuple[str, object]]:
    """Yield each parseable file that has structural problems."""
    for path in INVALID:
        if codes_in(path) - TEXT_PROBLEMS - REFERENCE_PROBLEMS:
            try:
                yield path.stem, as_editors_read(path.read_text())
            except yaml.YAMLError:
                continue


def test_schema_rejects_most_structural_problems() -> None:
    files = dict(structural())
    accepted = {name for name, value in files.items() if QUESTIONNAIRE.is_valid(value)}
    print(f"The schema rejects {len(files) - len(accepted)} of {len(files)} files with structural problems.")
    assert accepted == ACCEPTED
    assert (len(files) - len(accepted)) / len(files) >= 7 / 10
    assert len(files) >= 60


def test_schema_accepts_files_with_findings_only(corpus: Path) -> None:
    files = [path for path in corpus.iterdir() if not codes_in(path)]
    assert [
        messages for path in files for messages in errors_of(QUESTIONNAIRE, as_editors_read(path.read_text()))
    ] == []
    assert files


MINIMAL: Json = as_editors_read((CORPUS / "valid" / "minimal.yaml").read_text())
PARTS = {name: MINIMAL[name] for name in ("sections", "alerts")}


@pytest.mark.parametrize(
    ("value", "messages"),
    [
        ({**PARTS}, []),
        ({}, []),
        ([], ["$: [] is not of type 'object'"]),
        ({**PARTS, "alert": []}, ["$: Additional properties are not allowed ('alert' was unexpected)"]),
        (
            {name: each for name, each in MINIMAL.items() if name != "questionnaire"},
            ["$: 'questionnaire' is a required property"],
        ),
        (
            {name: each for name, each in MINIMAL["sections"][0].items() if name != "section"},
            ["$: 'section' is a required property"],
        ),
        (
            {**MINIMAL["sections"][0], "audience": "Adults"},
            ["$: Additional properties are not allowed ('audience' was unexpected)"],
        ),
    ],
    ids=["part", "nothing", "list", "unknown key", "head without id", "section without id", "section with audience"],
)
def test_schema_distinguishes_head_section_and_part(value: object, messages: list[str]) -> None:
    assert errors_of(QUESTIONNAIRE, value) == messages


def test_schema_accepts_one_question_in_each_gate() -> None:
    question = MINIMAL["sections"][0]["questions"][0]
    schema = within("questionnaire", definition("questionnaire", "question"))
    before, after = ({name: {"at least": "some"}} for name in ("before", "after"))
    assert errors_of(schema, {**question, "ask when": [before, after]}) == []
    assert len(errors_of(schema, {**question, "ask when": [{**before, **after}]})) == 1


@pytest.mark.parametrize(
    "answers",
    [
        None,
        [],
        {"Now": "adult"},
        {"now": [["adult"]]},
        {"now": {}},
        {"now": {"skipped": "no"}},
        {"now": {"skipped": "dont-know", "why": "it is late"}},
    ],
    ids=json.dumps,
)
def test_answers_schema_rejects_an_invalid_answer(answers: object) -> None:
    assert len(errors_of(ANSWERS, {"answers": answers})) == 1


# The schema compared with the reader

WRITTEN = (
    *("yes", "Yes", "YES", "no", "No", "yEs", "true", "True", "false", '"true"', "on", "y", "maybe"),
    *("0", "1", '"1"', "6", "007", "1000000", '"1000000"', "1000001", "99999999", "-1", "1.5", '"1 000"', "\u0661"),
    *("2026-11-01", '"2026-11-01"', "2026-02-30", "2026-13-01", "26-11-01", "2026-11-1", "20261101"),
    *("an-id", "a", "a-1", "An-id", "1a", "-a", "a_b", "a b", "'a'", "\u00e9t\u00e9", "need", "ask", "me", "same day"),
    *("12:30", "en", "es-US", '""', '" "', "A text.", "[]", "[a]", "[a, b-1]", "[1]", '[""]', "[[a]]", "[{a: b}]"),
    *("{}", "{a: b}", "{A: b}", "{a: }", "{some: 1}", "{a lot: 2}", "{some: 0}", "{plenty: 1}", "{a: {label: b}}"),
)


def every_key() -> Iterator[tuple[str, str, Field]]:
    """Yield the keys whose values are not nested mappings."""
    deeper = {FieldType.CONDITION, FieldType.CONDITIONS, FieldType.NOUN, FieldType.NOUNS, FieldType.ANSWERS}
    yield from (
        (of, noun, key) for of in NOUNS for noun in NOUNS[of] for key in FIELDS[noun] if key.shape not in deeper
    )


def reader_accepts(noun: str, key: Field, value: Node) -> bool:
    problems = Problems()
    read_record(noun, MappingNode(((ScalarNode(key.name, value.place), value),), value.place), problems)
    return all(problem.code == "missing-key" for problem in problems)


def test_schema_and_reader_accept_the_same_values() -> None:
    """Except what later steps check: ids in lists, options, levels and narrower ranges."""
    later = {FieldType.IDS, FieldType.OPTIONS, FieldType.OPTIONS_OR_LIST, FieldType.LEVELS}
    narrower = {("head", "language"), ("question", "dimension"), ("question", "at most")}
    wrong = []
    for of, noun, key in every_key():
        schema = within(of, definition(of, noun)["properties"][key.name])
        for text in WRITTEN:
            by_reader = reader_accepts(noun, key, read_yaml(text, "it.yaml"))
            by_schema = schema.is_valid(as_editors_read(text))
            more = by_reader and (key.shape in later or (noun, key.name) in narrower)
            names = (FieldType.ID, FieldType.OPTIONS_OR_LIST)
            capitals = key.shape in names and text == "True"  # YAML reads it as a boolean
            if by_schema != by_reader and not more and not capitals:
                wrong.append((noun, key.name, text))
    assert wrong == []


def test_schema_restricts_values_as_the_reader_does() -> None:
    question, head, section = (
        definition("questionnaire", noun)["properties"] for noun in ("question", "head", "section")
    )
    dimension, language = within("questionnaire", question["dimension"]), within("questionnaire", head["language"])
    levels, options = within("questionnaire", section["levels"]), within("questionnaire", question["options"])
    assert [number for number in range(9) if dimension.is_valid(number)] == [1, 2, 3, 4, 5, 6]
    assert [tag for tag in ("en", "es-US", "english", "en_US", "e", "en-") if language.is_valid(tag)] == ["en", "es-US"]
    found = [text for text in WRITTEN if levels.is_valid(as_editors_read(text))]
    assert found == ["{some: 1}", "{a lot: 2}"]
    found = [text for text in WRITTEN if options.is_valid(as_editors_read(text))]
    mappings = ["{a: b}", "{some: 1}", "{some: 0}", "{plenty: 1}", "{a: {label: b}}"]
    assert [text for text in found if text.startswith("{")] == mappings
    ids = within("questionnaire", definition("questionnaire", "section")["properties"]["section"])
    assert [text for text in WRITTEN if ids.is_valid(as_editors_read(text))] == [
        text for text in found if text not in mappings
    ]
    own = within("questionnaire", definition("questionnaire", "option list")["properties"]["options"])
    assert [text for text in WRITTEN if own.is_valid(as_editors_read(text))] == mappings


@pytest.mark.parametrize(
    ("noun", "key"),
    [
        *(("head", "condition"), ("head", "not asked"), ("direction", "short"), ("question", "none in brief")),
        *(("option", "in brief"), ("option", "clause"), ("option", "clause about someone")),
    ],
)
def test_schema_takes_short_texts_for_the_overview(noun: str, key: str) -> None:
    schema = within("questionnaire", definition("questionnaire", noun)["properties"][key])
    assert errors_of(schema, "in a few words") == []
    assert len(errors_of(schema, "")) == len(errors_of(schema, ["a", "b"])) == 1


CONTEXTS = {
    "point": (ConditionContext.POINT,),
    "rule": (ConditionContext.RULE, ConditionContext.ALERT_RULE, ConditionContext.PRIVATE_RULE),
    "sign": (ConditionContext.ALERT_RULE,),
}
EXAMPLE_OF = {
    **dict.fromkeys(("all", "any"), "[{alone: {at least: often}}]"),
    "some": "{at least: 1, of: [{alone: {at least: often}}]}",
    "not": "{alone: {at least: often}}",
    "areas": f"{{evenings: {AreaLevel.A_LOT}}}",
    "sign": "lonely",
    "alert": "talk-today",
    "alert-level": "crisis",
}


@pytest.mark.parametrize("noun", CONTEXTS)
def test_schema_and_reader_forbid_the_same_keywords(noun: str) -> None:
    """For rules: the keywords forbidden whatever the rule raises."""
    forbidden = set()
    for word, value in EXAMPLE_OF.items():
        found = []
        for context in CONTEXTS[noun]:
            problems = Problems()
            ConditionReader({}, (), problems).read(read_yaml(f"{word}: {value}", "it.yaml"), context)
            found.append(
                {problem.code for problem in problems} & {"not-in-a-rule", "area-in-a-rule", "alert-in-alert-rule"}
            )
        if all(found):
            forbidden.add(word)
    schema = within("questionnaire", definition("questionnaire", f"condition of a {noun}"))
    values = {word: as_editors_read(f"{word}: {value}") for word, value in EXAMPLE_OF.items()}
    assert {word for word, value in values.items() if not schema.is_valid(value)} == forbidden
    assert {*definition("questionnaire", f"condition of a {noun}")["properties"]} == RESERVED == {*EXAMPLE_OF}


CONDITIONS = (
    *("[]", "{}", "a", "{a: b}", "{a: {}}", "{a: {at least: b}}", "{a: {at least: [b]}}", "{a: {any of: [b, c]}}"),
    *("{a: {any of: []}}", "{a: {at least: b, any of: c}}", "{a: {at most: b}}", "{a: {at least: ''}}"),
    *(
        "{a: {any of: no}}",
        "{a: {any of: [true]}}",
        "{a: {at least: {b: c}}}",
        "{a: [b]}",
        "{all: []}",
        "{any: {a: b}}",
    ),
    *("{all: [{a: {at least: b}}]}", "{some: {at least: 2}}", "{some: {at least: 0, of: [{a: {at least: b}}]}}"),
    *("{some: {at least: '1', of: [{a: {at least: b}}]}}", "{some: {at least: one, of: [{a: {at least: b}}]}}"),
    *("{some: {at least: 1, of: []}}", "{sign: []}", "{sign: {a: b}}", "{alert: [a, b]}", "{alert-level: [crisis]}"),
    *("{alert-level: same day}", "{areas: []}", "{areas: {}}", "{areas: a}", "{not: {a: {at least: b}}}", "{not: []}"),
)


def condition_reader_accepts(text: str) -> bool:
    """Whether a condition is valid for a question `a` of some kind, apart from unknown ids."""
    messages = []
    for kind in (KINDS["ranked"], KINDS["several"]):
        wording = "Is it?"
        question = kind(id="a", section="it", need=True, ask=wording, why=wording)
        problems = Problems()
        ConditionReader({"a": question}, (), problems).read(read_yaml(text, "it.yaml"), ConditionContext.POINT)
        messages.append({problem.code for problem in problems})
    return any(codes <= {"unknown-reference"} for codes in messages)


def test_schema_and_reader_accept_same_conditions() -> None:
    schema = within("questionnaire", definition("questionnaire", "condition of a point"))
    accepted = [text for text in CONDITIONS if schema.is_valid(as_editors_read(text))]
    assert accepted == [text for text in CONDITIONS if condition_reader_accepts(text)]
    assert len(accepted) == 10
