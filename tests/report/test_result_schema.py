"""The published schema of the JSON result says what results are: no more, and no less."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import SkipReason
from iop_fit.domain.guidance import AlertLevel, PointList
from iop_fit.domain.question import AreaLevel, Audience
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_CHANGES, MAX_NOTE
from iop_fit.loading.answer_fields import RESULT_FORMAT
from iop_fit.loading.records import ID
from support import DAY, EXAMPLES, ROOT
from support.sheets import sheets

Json = dict[str, Any]
Results = dict[str, Json]
Place = tuple[str | int, ...]

DOCS = ROOT / "docs"
GUIDE = DOCS / "how-to" / "read-a-result-from-a-program.md"
SCHEMA: Json = json.loads((DOCS / "reference" / "result.schema.json").read_text())
SCHEMA_OF_RESULT = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
VALID = ROOT / "tests" / "questionnaires" / "valid"
QUESTIONNAIRES = (iop_fit.load(), iop_fit.load(VALID / "minimal.yaml"), iop_fit.load(VALID / "folder"))


def result_of(questionnaire: Questionnaire, sheet: AnswerSheet, *, include_private: bool = False) -> Json:
    assessment = iop_fit.assess(questionnaire, sheet, on=DAY, include_private=include_private)
    result: Json = json.loads(iop_fit.render(assessment, "json"))
    return result


def about_the_other(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    other = {Audience.ME: Audience.SOMEONE, Audience.SOMEONE: Audience.ME}[sheet.about]
    return replace(sheet.only(questionnaire.public().questions), about=other)


@pytest.fixture(scope="module")
def results(questionnaire: Questionnaire) -> Results:
    """The result of each example: for a file, with what is private, and in the words of the other audience."""
    found = {}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        sheet = iop_fit.load_answers(path, questionnaire)
        found[path.stem] = result_of(questionnaire, sheet)
        found[f"{path.stem}, private"] = result_of(questionnaire, sheet, include_private=True)
        found[f"{path.stem}, other audience"] = result_of(questionnaire, about_the_other(questionnaire, sheet))
    return found


def errors_in(result: Json) -> list[tuple[str, str]]:
    return [(error.json_path, error.message) for error in SCHEMA_OF_RESULT.iter_errors(result)]


# What the schema says, place by place


def places(schema: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Walk over what may stand where, references followed and conditions left out."""
    node = {**SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], **schema} if "$ref" in schema else schema
    yield path, node
    for name, inner in node.get("properties", {}).items():
        yield from places(inner, f"{path}.{name}")
    if "items" in node:
        yield from places(node["items"], f"{path}[]")
    if isinstance(node.get("additionalProperties"), dict):
        yield from places(node["additionalProperties"], f"{path}.*")


def types_named() -> set[tuple[str, str]]:
    named = set()
    for path, node in places(SCHEMA):
        types = node.get("type", "string" if {"const", "enum"} & {*node} else [])
        named |= {(path, each) for each in ([types] if isinstance(types, str) else types)}
    return named


TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", type(None): "null"}


def types_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    yield path, TYPES[type(value)]
    match value:
        case dict():
            for name, inner in value.items():
                yield from types_in(inner, f"{path}.{'*' if path == '.answers' else name}")
        case list():
            for inner in value:
                yield from types_in(inner, f"{path}[]")
        case _:
            pass


def stated(keyword: str) -> dict[str, object]:
    return {path: node[keyword] for path, node in places(SCHEMA) if keyword in node}


def test_schema_is_valid_and_has_a_name_without_a_domain() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert SCHEMA["$id"] == f"urn:{RESULT_FORMAT.replace(' ', ':')}"


def test_schema_describes_itself_and_every_property() -> None:
    shared = {name: node for name, node in SCHEMA["$defs"].items() if node.get("type") != "object"}
    assert [
        name for name, node in {"": SCHEMA, **shared}.items() if not node.get("description", "").endswith(".")
    ] == []
    undescribed = [
        f"{path}.{name}"
        for path, node in places(SCHEMA)
        for name, inner in node.get("properties", {}).items()
        if not inner.get("description", "").endswith(".")
    ]
    assert undescribed == []


def test_schema_names_what_results_hold_and_nothing_else(results: Results) -> None:
    """Every property in every type that it may have: also null where it may be null."""
    held = {found for result in results.values() for found in types_in(result)}
    assert types_named() == held


def test_schema_uses_every_definition() -> None:
    used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(SCHEMA)))
    assert used == {*SCHEMA["$defs"]}


def test_schema_closes_every_object_but_the_answers() -> None:
    assert {path: closed for path, closed in stated("additionalProperties").items() if closed is not False} == {
        ".answers": {"$ref": "#/$defs/answer"}
    }
    objects = {path for path, type_ in types_named() if type_ == "object"}
    assert objects == {*stated("additionalProperties")}


def test_schema_has_the_words_and_limits_of_the_code() -> None:
    one_id = ID.pattern
    step = f"{one_id}=({one_id}(,{one_id})*)?"
    assert stated("enum") == {
        ".for": [*Audience],
        ".answers.*.skipped": [*SkipReason],
        ".alerts[].level": [*AlertLevel],
        ".open_alerts[].level": [*AlertLevel],
        ".areas[].level": [*AreaLevel],
        ".areas[].highest_level": [*AreaLevel],
        ".points[].list": [*PointList],
        ".skipped[].reason": [*SkipReason],
    }
    assert stated("const") == {".format": RESULT_FORMAT, ".tool.id": "iop-fit"}
    assert stated("maxItems") == {".changes": MAX_CHANGES, ".changes[].steps": 2}
    assert stated("minItems") == dict.fromkeys(
        (".alerts[].because", ".fired[].answers", ".fired[].answers[].labels", ".changes[].steps"), 1
    )
    assert stated("uniqueItems") == dict.fromkeys(
        (".private", ".answers.*", ".changes[].steps[].now", ".changes[].steps[].then", ".practical[].answers"), True
    )
    assert stated("minimum") == {path: 0 for path, type_ in types_named() if type_ == "integer"}
    assert stated("maxLength") == {".answers.*": MAX_NOTE}
    assert SCHEMA["$defs"]["id"]["pattern"] == f"^{one_id}$"
    assert stated("pattern")[".changes[].id"] == rf"^{step}(\+{step})?$"


# What is valid


def test_results_of_the_examples_are_valid(results: Results) -> None:
    assert {name: errors for name, result in results.items() if (errors := errors_in(result))} == {}


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES, ids=lambda questionnaire: questionnaire.id)
@settings(max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_results_of_random_sheets_are_valid(questionnaire: Questionnaire, data: st.DataObject) -> None:
    sheet = data.draw(sheets(questionnaire))
    assert errors_in(result_of(questionnaire, sheet)) == []
    assert errors_in(result_of(questionnaire, sheet, include_private=True)) == []


# What is refused


def kind_of(value: object) -> object:
    return frozenset(value) if isinstance(value, dict) else (type(value), bool(value))


def abridged(value: object) -> object:
    """Keep of every list, and of the answers, the first entry of each kind."""
    match value:
        case list():
            first = {kind_of(inner): abridged(inner) for inner in reversed(value)}
            return [*reversed(first.values())]
        case dict():
            return {name: abridged(_few(inner) if name == "answers" else inner) for name, inner in value.items()}
        case _:
            return value


def _few(answers: object) -> object:
    if not isinstance(answers, dict):
        return answers
    first = {kind_of(answer): name for name, answer in reversed(answers.items())}
    return {name: answer for name, answer in answers.items() if name in first.values()}


def objects_in(value: object, place: Place = ()) -> Iterator[tuple[Place, Json]]:
    if isinstance(value, dict):
        yield place, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from objects_in(inner, (*place, key))


@pytest.fixture(scope="module")
def short(results: Results) -> Json:
    """A result that holds something of everything, abridged, since every part of it is checked many times."""
    result = abridged(results["for-a-brother"])
    assert isinstance(result, dict)
    return changed(result, ("answers", "pay"), {"skipped": "dont-know"})


@pytest.fixture(scope="module")
def every_object(results: Results) -> list[tuple[Json, Place]]:
    """One object of each shape at each place, with an abridged result that holds it."""
    found: dict[object, tuple[Json, Place]] = {}
    for result in results.values():
        short = abridged(result)
        assert isinstance(short, dict)
        for place, each in objects_in(short):
            general = tuple("*" if isinstance(key, int) or place[0] == "answers" else key for key in place)
            found.setdefault((general, frozenset(each) if place != ("answers",) else None), (short, place))
    return [*found.values()]


def at(result: Json, place: Place) -> Any:  # noqa: ANN401  # whatever stands there
    found: Any = result
    for key in place:
        found = found[key]
    return found


def changed(result: Json, place: Place, value: object) -> Json:
    other = deepcopy(result)
    at(other, place[:-1])[place[-1]] = value
    return other


def refusals(result: Json) -> set[tuple[Place, str]]:
    """Where something is refused, and by which keyword."""
    return {(tuple(error.absolute_path), str(error.validator)) for error in SCHEMA_OF_RESULT.iter_errors(result)}


def test_deleting_any_key_makes_a_result_invalid(every_object: list[tuple[Json, Place]]) -> None:
    kept = []
    for result, place in every_object:
        assert SCHEMA_OF_RESULT.is_valid(result)
        for name in at(result, place) if place != ("answers",) else ():
            other = deepcopy(result)
            del at(other, place)[name]
            if (place, "required") not in refusals(other):
                kept.append((*place, name))
    assert kept == []


def test_adding_an_unknown_key_anywhere_makes_a_result_invalid(every_object: list[tuple[Json, Place]]) -> None:
    allowed = [
        place
        for result, place in every_object
        if place != ("answers",)
        and (place, "additionalProperties") not in refusals(changed(result, (*place, "more"), "x"))
    ]
    assert allowed == []


@pytest.mark.parametrize(
    ("place", "value", "keyword"),
    [
        (("format",), "iop-fit result 2", "const"),
        (("tool", "version"), "soon", "pattern"),
        (("questionnaire", "id"), "Program Fit", "pattern"),
        (("questionnaire", "digest"), "sha256:…", "pattern"),
        (("questionnaire", "digest"), f"sha256:{'A' * 64}", "pattern"),
        (("assessed_on",), "2026-02-30", "format"),
        (("assessed_on",), "20260102", "pattern"),
        (("for",), "them", "enum"),
        (("answers", "age"), 30, "type"),
        (("answers", "age"), None, "type"),
        (("answers", "now"), ["shaking", "shaking"], "uniqueItems"),
        (("answers", "note"), "x" * (MAX_NOTE + 1), "maxLength"),
        (("answers", "pay"), {}, "required"),
        (("answers", "pay", "skipped"), "tired", "enum"),
        (("alerts", 0, "level"), "urgent", "enum"),
        (("alerts", 0, "text"), "", "minLength"),
        (("alerts", 0, "because"), [], "minItems"),
        (("alerts", 0, "contacts", 0, "ways"), "call 988", "type"),
        (("open_alerts", 0, "level"), 1, "enum"),
        (("direction",), "iop", "type"),
        (("range", "lowest"), "iop", "type"),
        (("range", "highest", "id"), None, "type"),
        (("firm",), "no", "type"),
        (("firm",), None, "type"),
        (("areas", 0, "score"), -1, "minimum"),
        (("areas", 0, "score"), 1.5, "type"),
        (("areas", 0, "level"), "none", "enum"),
        (("fired", 0, "answers"), [], "minItems"),
        (("fired", 0, "raises"), None, "type"),
        (("points", 0, "list"), "hope", "enum"),
        (("points", 0, "for"), "iop", "type"),
        (("changes", 0, "id"), "night", "pattern"),
        (("changes", 0, "steps"), [], "minItems"),
        (("changes", 0, "direction"), None, "type"),
        (("skipped", 0, "reason"), "tired", "enum"),
        (("skipped", 0, "could_matter"), "yes", "type"),
        (("practical", 0, "count"), "5", "type"),
        (("practical", 0, "answers"), ["pay", "pay"], "uniqueItems"),
    ],
)
def test_schema_refuses(short: Json, place: Place, value: object, keyword: str) -> None:
    assert refusals(short) == set()
    assert (place, keyword) in refusals(changed(short, place, value))


def test_schema_refuses_an_answer_whose_key_is_no_id(short: Json) -> None:
    assert refusals(changed(short, ("answers", "Age"), "adult")) == {(("answers",), "pattern")}


def test_schema_refuses_too_many_changes(short: Json) -> None:
    (change,) = short["changes"]
    many = changed(short, ("changes",), [change] * (MAX_CHANGES + 1))
    assert refusals(many) == {(("changes",), "maxItems")}


@pytest.mark.parametrize(
    "place",
    [
        ("direction",),
        ("range", "lowest"),
        ("range", "highest"),
        ("areas",),
        ("points",),
        ("changes",),
        ("practical",),
        ("firm",),
    ],
)
def test_schema_refuses_a_withheld_result_that_tells(results: Results, place: Place) -> None:
    withheld, told = results["under-18"], at(results["everyday-drinking"], place)
    assert withheld["withheld_by"]
    assert told
    assert {where for where, _ in refusals(changed(withheld, place, told))} == {place}


def test_schema_refuses_a_withheld_result_without_its_alert(results: Results) -> None:
    assert refusals(changed(results["under-18"], ("alerts",), [])) == {(("alerts",), "minItems")}


@pytest.mark.parametrize("place", [("direction",), ("range", "lowest"), ("range", "highest")])
def test_schema_refuses_a_result_that_withholds_without_an_alert(results: Results, place: Place) -> None:
    assert refusals(changed(results["everyday-drinking"], place, None)) == {(place, "type")}


def test_schema_refuses_a_firm_result_that_something_could_change(results: Results) -> None:
    firm, open_ = results["everyday-drinking"], results["for-a-brother"]
    assert firm["firm"]
    with_alert = changed(firm, ("open_alerts",), open_["open_alerts"])
    assert refusals(with_alert) == {(("open_alerts",), "maxItems")}
    place = ("skipped", 0, "could_matter")
    assert refusals(changed(firm, place, True)) == {(place, "const")}


def test_schema_refuses_a_why_of_what_is_not_asked(short: Json) -> None:
    number = next(number for number, point in enumerate(short["points"]) if point["list"] != "ask")
    refused = refusals(changed(short, ("points", number, "why"), "To know."))
    assert {place[:2] for place, _ in refused} == {("points", number)}


@pytest.mark.parametrize(("level", "highest"), [("a lot", "some"), ("a lot", "little"), ("some", "little")])
def test_schema_refuses_an_area_whose_highest_level_is_below_its_level(short: Json, level: str, highest: str) -> None:
    result = changed(short, ("areas", 0, "level"), level)
    place = ("areas", 0, "highest_level")
    assert place in {where for where, _ in refusals(changed(result, place, highest))}
    assert refusals(changed(result, place, level)) == set()


# The guide beside it


HEADLINES = {
    "under-18": ["No direction is given here."],
    "everyday-drinking": ["{direction[title]}"],
    "for-a-brother": ["From: {range[lowest][title]}", "To: {range[highest][title]}"],
}


@pytest.mark.parametrize("name", HEADLINES)
def test_guide_python_reads_a_result_as_it_says(results: Results, name: str, tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    result = results[name]
    (tmp_path / "result.json").write_text(json.dumps(result), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    alerts = [f"{alert['title']} {alert['text']}" for alert in result["alerts"]]
    lines = [alert["could_not_tell"] for alert in result["open_alerts"]]
    said = [*alerts, *lines, *(line.format(**result) for line in HEADLINES[name])]
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, said, "")


def test_result_holds_no_name(questionnaire: Questionnaire) -> None:
    sheet = iop_fit.load_answers(ROOT / "examples" / "everyday-drinking.yaml", questionnaire)
    assessment = iop_fit.assess(questionnaire, sheet, on=DAY)
    assert iop_fit.render(assessment._replace(name="Zebra Quagga"), "json") == iop_fit.render(assessment, "json")
