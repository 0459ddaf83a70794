"""The published schema of the JSON result: it matches the code and rejects anything else."""

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
from iop_fit.domain.answers import Chosen, SkipReason
from iop_fit.domain.guidance import AlertLevel, PointList, Strength
from iop_fit.domain.question import AreaLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.limits import MAX_CHANGES, MAX_NOTE
from iop_fit.loading.answer_fields import RESULT_FORMAT
from iop_fit.loading.records import ID
from iop_fit.storage.saved_result import with_skips
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
CITED = iop_fit.load(VALID / "cited.yaml")
NUMBERS = iop_fit.load(VALID / "numbers.yaml")
OTHERS = (iop_fit.load(), iop_fit.load(VALID / "minimal.yaml"), iop_fit.load(VALID / "folder"))
QUESTIONNAIRES = (*OTHERS, CITED, NUMBERS)

SMALL = QUESTIONNAIRES[2]
CONTRADICTION = {"sleep": "good", "used": "pills", "pills-daily": "daily", "pay": "plan"}
"""Answers to `SMALL`, two of which don't agree; its note is skipped."""
EASING = {"sleep": "restless", "used": "pills", "pills-daily": "daily", "pay": "myself"}
"""Answers to `SMALL`, one of which eases a program; the reason given is from a source without a strength."""


def result_of(questionnaire: Questionnaire, sheet: AnswerSheet, *, include_private: bool = False) -> Json:
    assessment = iop_fit.assess(questionnaire, sheet, on=DAY, include_private=include_private)
    result: Json = json.loads(iop_fit.render(assessment, "json"))
    return result


def for_the_other_audience(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    other = {Audience.ME: Audience.SOMEONE, Audience.SOMEONE: Audience.ME}[sheet.about]
    return replace(sheet.only(questionnaire.public().questions), about=other)


@pytest.fixture(scope="module")
def results(questionnaire: Questionnaire) -> Results:
    """The result of each example: public, with private answers, and for the other audience; and some small ones."""
    given = {name: question.least_answer(frozenset()) for name, question in NUMBERS.questions.items()}
    given["drinks"] = NUMBERS.questions["drinks"].answer_from("8.5")
    found = {
        "cited": result_of(CITED, AnswerSheet({"alone": Chosen(("always",))})),
        "a number": result_of(NUMBERS, AnswerSheet(given)),
    }
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        sheet = iop_fit.load_answers(path, questionnaire)
        found[path.stem] = result_of(questionnaire, sheet)
        found[f"{path.stem}, private"] = result_of(questionnaire, sheet, include_private=True)
        found[f"{path.stem}, other audience"] = result_of(questionnaire, for_the_other_audience(questionnaire, sheet))
    for name, options in {"contradiction": CONTRADICTION, "easing": EASING}.items():
        answers = {question: Chosen((option,)) for question, option in options.items()}
        found[name] = result_of(SMALL, with_skips(SMALL.public(), AnswerSheet(answers)))
    return found


def errors_in(result: Json) -> list[tuple[str, str]]:
    return [(error.json_path, error.message) for error in SCHEMA_OF_RESULT.iter_errors(result)]


# The schema, path by path


def places(schema: Json, path: str = "") -> Iterator[tuple[str, Json]]:
    """Yield each path with its schema, with references resolved and without conditions."""
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
NUMBERS_GIVEN = {".answers.*", ".fired[].answers[].number"}


def types_in(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    given = path in NUMBERS_GIVEN and isinstance(value, int | float)
    yield path, "number" if given else TYPES[type(value)]
    match value:
        case dict():
            for name, inner in value.items():
                yield from types_in(inner, f"{path}.{'*' if path == '.answers' else name}")
        case list():
            for inner in value:
                yield from types_in(inner, f"{path}[]")
        case _:
            pass


def values_of(keyword: str) -> dict[str, object]:
    return {path: node[keyword] for path, node in places(SCHEMA) if keyword in node}


def test_schema_is_valid_and_has_a_urn() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert SCHEMA["$id"] == f"urn:{RESULT_FORMAT.replace(' ', ':')}"


def test_schema_describes_every_property() -> None:
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


def test_schema_types_match_those_in_results(results: Results) -> None:
    """Every property occurs in every type that the schema allows, including null."""
    held = {found for result in results.values() for found in types_in(result)}
    assert types_named() == held


def test_schema_uses_every_definition() -> None:
    used = set(re.findall(r'"#/\$defs/([^"]+)"', json.dumps(SCHEMA)))
    assert used == {*SCHEMA["$defs"]}


def test_schema_closes_all_objects_but_answers() -> None:
    assert {path: closed for path, closed in values_of("additionalProperties").items() if closed is not False} == {
        ".answers": {"$ref": "#/$defs/answer"}
    }
    objects = {path for path, type_ in types_named() if type_ == "object"}
    assert objects == {*values_of("additionalProperties")}


def test_schema_enums_and_limits_match_the_code() -> None:
    one_id = ID.pattern
    step = f"{one_id}=({one_id}(,{one_id})*)?"
    assert values_of("enum") == {
        ".for": [*Audience],
        ".answers.*.skipped": [*SkipReason],
        ".alerts[].level": [*AlertLevel],
        ".open_alerts[].level": [*AlertLevel],
        ".areas[].level": [*AreaLevel],
        ".areas[].highest_level": [*AreaLevel],
        ".points[].list": [*PointList],
        ".sources[].strength": [*Strength, None],
        ".skipped[].reason": [*SkipReason],
    }
    assert values_of("const") == {".format": RESULT_FORMAT, ".tool.id": "iop-fit"}
    pair = ".contradictions[].questions"
    assert values_of("maxItems") == {".changes": MAX_CHANGES, ".changes[].steps": 2, pair: 2}
    lists = (".asked[].options", ".alerts[].because", ".fired[].answers", ".fired[].answers[].labels")
    needed = (*lists, ".changes[].steps")
    assert values_of("minItems") == {**dict.fromkeys(needed, 1), pair: 2}
    distinct = (".private", ".answers.*", ".changes[].steps[].now", ".changes[].steps[].then", ".practical[].answers")
    assert values_of("uniqueItems") == dict.fromkeys((*distinct, pair), True)
    assert values_of("minimum") == {path: 0 for path, type_ in types_named() if type_ in ("integer", "number")}
    assert values_of("maxLength") == {".answers.*": MAX_NOTE}
    assert SCHEMA["$defs"]["id"]["pattern"] == f"^{one_id}$"
    assert values_of("pattern")[".changes[].id"] == rf"^{step}(\+{step})?$"


# Valid results


def test_example_results_match_the_schema(results: Results) -> None:
    assert {name: errors for name, result in results.items() if (errors := errors_in(result))} == {}


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES, ids=lambda questionnaire: questionnaire.id)
@settings(max_examples=max(1, EXAMPLES // 5))
@given(st.data())
def test_random_results_match_the_schema(questionnaire: Questionnaire, data: st.DataObject) -> None:
    sheet = data.draw(sheets(questionnaire))
    assert errors_in(result_of(questionnaire, sheet)) == []
    assert errors_in(result_of(questionnaire, sheet, include_private=True)) == []


# Invalid results


def kind_of(value: object) -> object:
    return frozenset(value) if isinstance(value, dict) else (type(value), bool(value))


def abridged(value: object) -> object:
    """Keep only the first entry of each kind in every list but pairs, and in the answers."""
    match value:
        case list():
            first = {kind_of(inner): abridged(inner) for inner in reversed(value)}
            return [*reversed(first.values())]
        case dict():
            pairs = {name: inner for name, inner in value.items() if name == "questions"}
            return {name: abridged(_few(name, inner)) for name, inner in value.items()} | pairs
        case _:
            return value


def _few(name: str, answers: object) -> object:
    if name != "answers" or not isinstance(answers, dict):
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
    """An abridged result with every kind of entry."""
    result = abridged(results["for-a-brother"])
    assert isinstance(result, dict)
    return changed(result, ("answers", "pay"), {"skipped": "dont-know"})


@pytest.fixture(scope="module")
def every_object(results: Results) -> list[tuple[Json, Place]]:
    """The path of one object of each shape, with an abridged result that contains it."""
    found: dict[object, tuple[Json, Place]] = {}
    for result in results.values():
        short = abridged(result)
        assert isinstance(short, dict)
        for place, each in objects_in(short):
            general = tuple("*" if isinstance(key, int) or place[0] == "answers" else key for key in place)
            found.setdefault((general, frozenset(each) if place != ("answers",) else None), (short, place))
    return [*found.values()]


def at(result: Json, place: Place) -> Any:  # noqa: ANN401  # any JSON value
    found: Any = result
    for key in place:
        found = found[key]
    return found


def changed(result: Json, place: Place, value: object) -> Json:
    other = deepcopy(result)
    at(other, place[:-1])[place[-1]] = value
    return other


def rejections(result: Json) -> set[tuple[Place, str]]:
    """Return the paths that the schema rejects, each with the keyword."""
    return {(tuple(error.absolute_path), str(error.validator)) for error in SCHEMA_OF_RESULT.iter_errors(result)}


def test_schema_requires_every_key(every_object: list[tuple[Json, Place]]) -> None:
    kept = []
    for result, place in every_object:
        assert SCHEMA_OF_RESULT.is_valid(result)
        for name in at(result, place) if place != ("answers",) else ():
            other = deepcopy(result)
            del at(other, place)[name]
            if (place, "required") not in rejections(other):
                kept.append((*place, name))
    # Other kinds of questions have none.
    assert sorted({name for *_, name in kept}) == ["number", "options", "unit"]


def test_schema_rejects_unknown_keys_anywhere(every_object: list[tuple[Json, Place]]) -> None:
    allowed = [
        place
        for result, place in every_object
        if place != ("answers",)
        and (place, "additionalProperties") not in rejections(changed(result, (*place, "more"), "x"))
    ]
    assert allowed == []


@pytest.mark.parametrize(
    ("place", "value", "keyword"),
    [
        (("format",), "iop-fit result 1", "const"),
        (("tool", "version"), "soon", "pattern"),
        (("questionnaire", "id"), "Program Fit", "pattern"),
        (("questionnaire", "digest"), "sha256:…", "pattern"),
        (("questionnaire", "digest"), f"sha256:{'A' * 64}", "pattern"),
        (("assessed_on",), "2026-02-30", "format"),
        (("assessed_on",), "20260102", "pattern"),
        (("for",), "them", "enum"),
        (("answers", "age"), True, "type"),
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
def test_schema_rejects_a_wrong_value(short: Json, place: Place, value: object, keyword: str) -> None:
    assert rejections(short) == set()
    assert (place, keyword) in rejections(changed(short, place, value))


def test_schema_rejects_an_answer_with_an_invalid_id(short: Json) -> None:
    assert rejections(changed(short, ("answers", "Age"), "adult")) == {(("answers",), "pattern")}


def test_schema_rejects_too_many_changes(short: Json) -> None:
    (change,) = short["changes"]
    many = changed(short, ("changes",), [change] * (MAX_CHANGES + 1))
    assert rejections(many) == {(("changes",), "maxItems")}


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
def test_schema_rejects_details_in_a_withheld_result(results: Results, place: Place) -> None:
    withheld, detail = results["under-18"], at(results["everyday-drinking"], place)
    assert withheld["withheld_by"]
    assert detail
    assert {where for where, _ in rejections(changed(withheld, place, detail))} == {place}


def test_schema_requires_the_withholding_alert(results: Results) -> None:
    assert rejections(changed(results["under-18"], ("alerts",), [])) == {(("alerts",), "minItems")}


@pytest.mark.parametrize("place", [("direction",), ("range", "lowest"), ("range", "highest")])
def test_schema_requires_a_direction_unless_withheld(results: Results, place: Place) -> None:
    assert rejections(changed(results["everyday-drinking"], place, None)) == {(place, "type")}


def test_schema_rejects_open_issues_in_a_firm_result(results: Results) -> None:
    firm, open_ = results["everyday-drinking"], results["for-a-brother"]
    assert firm["firm"]
    with_alert = changed(firm, ("open_alerts",), open_["open_alerts"])
    assert rejections(with_alert) == {(("open_alerts",), "maxItems")}
    skipped = open_["skipped"]
    mattering = {
        (("skipped", place, "could_matter"), "const") for place, each in enumerate(skipped) if each["could_matter"]
    }
    assert mattering
    assert rejections(changed(firm, ("skipped",), skipped)) == mattering


def test_schema_rejects_why_outside_ask_points(short: Json) -> None:
    number = next(number for number, point in enumerate(short["points"]) if point["list"] != "ask")
    rejected = rejections(changed(short, ("points", number, "why"), "To know."))
    assert {place[:2] for place, _ in rejected} == {("points", number)}


@pytest.mark.parametrize(("level", "highest"), [("a lot", "some"), ("a lot", "little"), ("some", "little")])
def test_schema_rejects_highest_level_below_level(short: Json, level: str, highest: str) -> None:
    result = changed(short, ("areas", 0, "level"), level)
    place = ("areas", 0, "highest_level")
    assert place in {where for where, _ in rejections(changed(result, place, highest))}
    assert rejections(changed(result, place, level)) == set()


# The guide


HEADLINES = {
    "under-18": ["No direction is given here."],
    "everyday-drinking": ["{direction[title]}"],
    "for-a-brother": ["From: {range[lowest][title]}", "To: {range[highest][title]}"],
}


@pytest.mark.parametrize("name", HEADLINES)
def test_guide_code_reads_a_result(results: Results, name: str, tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    result = results[name]
    (tmp_path / "result.json").write_text(json.dumps(result), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    alerts = [f"{alert['title']} {alert['text']}" for alert in result["alerts"]]
    lines = [alert["could_not_tell"] for alert in result["open_alerts"]]
    expected = [*alerts, *lines, *(line.format(**result) for line in HEADLINES[name])]
    assert (done.returncode, done.stdout.splitlines(), done.stderr) == (0, expected, "")


def test_json_result_has_no_name(questionnaire: Questionnaire) -> None:
    sheet = iop_fit.load_answers(ROOT / "examples" / "everyday-drinking.yaml", questionnaire)
    assessment = iop_fit.assess(questionnaire, sheet, on=DAY)
    assert iop_fit.render(assessment._replace(name="Zebra Quagga"), "json") == iop_fit.render(assessment, "json")
