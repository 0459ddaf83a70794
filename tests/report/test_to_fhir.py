"""The FHIR file: valid by HL7's schema, with answers that fit the questions and no conclusions."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise, takewhile
from operator import eq, ge, lt
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft6Validator

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.question import Option, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.limits import MAX_NOTE
from iop_fit.outline.blocks import Callout, Comparison, Paragraph
from iop_fit.outline.citations import uncited
from iop_fit.outline.result import full_of, paper_of
from iop_fit.report.fhir_questionnaire import questionnaire_resource
from iop_fit.report.to_fhir import response_resource, to_fhir
from iop_fit.storage.fhir.form import Form
from iop_fit.text import sanitize
from support import DAY, ROOT, TESTS, Run
from support.example_results import AT_THE_LINES, EXAMPLES, each_example, public_result_of, read, result_of
from support.sheets import sheets

Json = dict[str, Any]
Given = tuple[str, str] | float | str
"""An answer as its system and code, a number or a text."""
FHIR = TESTS / "fhir"
QUESTIONNAIRE = iop_fit.load()
FOLDER = iop_fit.load(TESTS / "questionnaires" / "valid" / "folder")
CORPUS = {
    path.stem: iop_fit.load(path)
    for path in (*sorted((TESTS / "questionnaires" / "valid").iterdir()), ROOT / "examples" / "stepping-down")
}
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
EXCLUSIVE = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
SKIPS = {
    reason: {"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": code, "display": display}
    for reason, code, display in (
        (SkipReason.RATHER_NOT_SAY, "asked-declined", "Rather not say"),
        (SkipReason.DONT_KNOW, "asked-unknown", "Don't know"),
    )
}
"""The answer options for the skip reasons."""
NARRATIVE = {"div", "h1", "h2", "h3", "p", "b", "ul", "ol", "li"}
HOSTILE = {
    "markup": "<script>alert('x')</script><img src=x onerror=\"alert(1)\"> ]]> <!-- &amp; &lt;b&gt; </div>",
    "json": '"}], "status": "x", \\u0000 \\ \\n',
    "control": "a\x00b\x07c\x1b[31md\x7fe\x85f\x9b",
    "turned": "\u202eturned\u202c \u2066kept\u2069 \u200f\u05e9\u05dc\u05d5\u05dd",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f600 e\u0301\u0323 \ufeff \ufffe \u2028 x",
    "half": "half \ud83d of one",
    "long-word": "w" * MAX_NOTE,
    "long-emoji": "\U0001f600" * MAX_NOTE,
    "long-text": "some words " * (MAX_NOTE // 11),
}


@cache
def validator(definition: str) -> Draft6Validator:
    schema = json.loads((FHIR / "r4_subset.schema.json").read_text())
    schema["definitions"]["ResourceList"] = {"type": "object"}  # each resource is validated separately
    return Draft6Validator({**schema, "$ref": f"#/definitions/{definition}"})


def schema_errors(bundle: Json) -> list[str]:
    """Return the errors of a bundle and each resource in it by HL7's schema."""
    resources = [bundle, *(entry["resource"] for entry in bundle["entry"])]
    return [
        f"{error.json_path}: {error.message[:300]}"
        for resource in resources
        for error in validator(resource["resourceType"]).iter_errors(resource)
    ]


def resources_of(text: str) -> tuple[Json, Json]:
    questionnaire, response = (entry["resource"] for entry in json.loads(text)["entry"])
    return questionnaire, response


def all_items_of(resource: Json) -> Iterator[tuple[Json, Json]]:
    """Return the items of either resource, each with its group."""
    return ((group, item) for group in resource["item"] for item in group["item"])


def items_of(resource: Json) -> Iterator[tuple[Json, Json]]:
    """Return the items of either resource, without those that only skip a number, each with its group."""
    return ((group, item) for group, item in all_items_of(resource) if not item["linkId"].startswith("skip."))


def extensions_of(element: Json) -> dict[str, object]:
    """Return the values of extensions by URL."""
    return {
        each["url"]: value for each in element.get("extension", ()) for name, value in each.items() if name != "url"
    }


def key_of(coding: Json) -> tuple[str, str]:
    return coding["system"], coding["code"]


def given_codes(response: Json) -> dict[str, list[Given]]:
    """Return the answers by linkId: codes, numbers and texts."""
    return {
        item["linkId"]: [
            key_of(answer["valueCoding"]) if "valueCoding" in answer else next(iter(answer.values()))
            for answer in item["answer"]
        ]
        for _, item in all_items_of(response)
        if "answer" in item
    }


COMPARED = {"=": eq, ">=": ge, "<": lt}
"""The operators; `exists` is not allowed, since R4 misprints its rule."""


def wanted_by(when: Json) -> Given:
    """Return what a condition compares an answer with."""
    return key_of(when["answerCoding"]) if "answerCoding" in when else when["answerDecimal"]


def is_enabled(item: Json, given: dict[str, list[Given]]) -> bool:
    """Evaluate `enableWhen` by the standard."""
    if "enableWhen" not in item:
        return True
    assert item["enableBehavior"] == "any"
    return any(
        COMPARED[when["operator"]](
            answer, when["answerDecimal"] if "answerDecimal" in when else key_of(when["answerCoding"])
        )
        for when in item["enableWhen"]
        for answer in given.get(when["question"], ())
    )


def mismatches(questionnaire: Json, response: Json) -> Iterator[str]:
    """Yield every way in which a response doesn't match its questionnaire."""
    if response["questionnaire"] != f"{questionnaire['url']}|{questionnaire['version']}":
        yield "it answers another questionnaire"
    places = {item["linkId"]: (group, item) for group, item in all_items_of(questionnaire)}
    if len(places) < len(list(all_items_of(questionnaire))):
        yield "two questions have one linkId"
    answered = [(group, item) for group, item in all_items_of(response)]
    order = [list(places).index(item["linkId"]) for _, item in answered]
    if any(before >= after for before, after in pairwise(order)):
        yield "out of order"
    given = given_codes(response)
    for group, item in answered:
        asked_in, asked = places[item["linkId"]]
        if (group["linkId"], group["text"]) != (asked_in["linkId"], asked_in["text"]):
            yield f"{item['linkId']} is in another group"
        if item["text"] != asked["text"]:
            yield f"{item['linkId']} has another text"
        if not is_enabled(asked, given):
            yield f"{item['linkId']} is not asked"
        yield from answer_mismatches(asked, item.get("answer", ()))


def answer_mismatches(asked: Json, answers: list[Json]) -> Iterator[str]:
    offered = {key_of(option["valueCoding"]): option for option in asked.get("answerOption", ())}
    if len(answers) > 1 and not asked.get("repeats"):
        yield f"{asked['linkId']} takes one answer"
    for answer in answers:
        if asked["type"] == "text":
            if set(answer) != {"valueString"}:
                yield f"{asked['linkId']} takes a text"
            continue
        if asked["type"] == "decimal":
            if set(answer) != {"valueDecimal"}:
                yield f"{asked['linkId']} takes a number"
            continue
        option = offered.get(key_of(answer["valueCoding"]))
        if option is None or option["valueCoding"]["display"] != answer["valueCoding"]["display"]:
            yield f"{asked['linkId']} does not offer {answer}"
        elif len(answers) > 1 and EXCLUSIVE in extensions_of(option):
            yield f"{asked['linkId']}: {answer} is combined with others"


def with_answer(question: str, answer: Answer, name: str = "") -> Assessment:
    """Assess an example person with one answer replaced."""
    sheet = read(ROOT / "examples" / "everyday-drinking.yaml", QUESTIONNAIRE).sheet
    return assess(QUESTIONNAIRE, sheet.with_answer(question, answer), on=DAY)._replace(name=name)


@each_example
def test_fhir_examples_are_valid_by_the_schema(path: Path, questionnaire: Questionnaire) -> None:
    assert schema_errors(json.loads(to_fhir(public_result_of(path, questionnaire)))) == []


def test_fhir_schema_rejects_invalid_fhir() -> None:
    bundle = json.loads(to_fhir(with_answer("note", Written("x"))))
    bundle["entry"][0]["resource"]["item"][0]["item"][0]["type"] = "riddle"
    bundle["entry"][1]["resource"] |= {"authored": "yesterday", "verdict": "x"}
    places = sorted(error.split(":")[0] for error in schema_errors(bundle))
    assert places == ["$", "$.authored", "$.item[0].item[0].type"]


@each_example
def test_fhir_answers_fit_the_questions(path: Path, questionnaire: Questionnaire) -> None:
    assert list(mismatches(*resources_of(to_fhir(public_result_of(path, questionnaire))))) == []
    assert list(mismatches(*resources_of(to_fhir(result_of(path, questionnaire))))) == []


def check_conditions(result: Assessment) -> None:
    """Check that the asked questions are the enabled ones, also where an answer that decides that was skipped.

    R4 can't say that two answers are required together, so a question that needs both may be enabled in vain.
    """
    form = Form(result.questionnaire, result.about)
    questionnaire, response = questionnaire_resource(form), response_resource(form, result)
    assert list(mismatches(questionnaire, response)) == []
    given_ = given_codes(response)
    answered = [item["linkId"] for _, item in items_of(response)]
    asked = (item for _, item in items_of(questionnaire) if item["type"] != "display")
    enabled = [item["linkId"] for item in asked if is_enabled(item, given_)]
    gates = {question.id: question.asked_if for question in result.questionnaire.questions.values()}
    in_vain = {name for name in enabled if any(len(dict(each)) > 1 for each in gates.get(name, ()))} - {*answered}
    assert answered == [name for name in enabled if name not in in_vain]


@given(sheets(QUESTIONNAIRE))
def test_fhir_conditions_enable_the_asked_questions(sheet: AnswerSheet) -> None:
    check_conditions(assess(QUESTIONNAIRE, sheet, on=DAY))


@pytest.mark.parametrize("small", CORPUS.values(), ids=CORPUS)
@given(data=st.data())
def test_fhir_conditions_of_the_corpus_enable_questions(small: Questionnaire, data: st.DataObject) -> None:
    check_conditions(assess(small, data.draw(sheets(small)), on=DAY))


@each_example
def test_fhir_has_every_answer_or_skip_reason(path: Path, questionnaire: Questionnaire) -> None:
    result = public_result_of(path, questionnaire)
    form = Form(result.questionnaire, result.about)
    expected: dict[str, object] = {}
    for reply in result.replies:
        match reply.answer:
            case Skipped(reason):
                code = SKIPS[reason]["code"]
                expected[reply.question.id] = [code] if reply.question.offered else code
            case Written(text):
                expected[reply.question.id] = [text]
            case Chosen(_, float() | int() as number):
                expected[reply.question.id] = [number]
            case Chosen(options):
                chosen = options or ("_none",)
                expected[reply.question.id] = [f"{reply.question.id}.{option}" for option in chosen]
    _, response = resources_of(to_fhir(result))
    found = {
        item["linkId"]: [
            answer["valueCoding"]["code"] if "valueCoding" in answer else next(iter(answer.values()))
            for answer in item["answer"]
        ]
        if "answer" in item
        else extensions_of(item)[ABSENT]
        for _, item in items_of(response)
    }
    assert found == expected
    assert all(("answer" in item) != (ABSENT in extensions_of(item)) for _, item in items_of(response))
    assert response["questionnaire"] == f"{form.url}|{form.version}"
    assert (response["status"], response["authored"]) == ("completed", "2026-01-02")


def codings_that_differ(text: str) -> list[Json]:
    """Return the codings of a response that equal no option of their question, extensions included."""
    questionnaire, response = resources_of(text)
    offered = {item["linkId"]: item.get("answerOption", ()) for _, item in items_of(questionnaire)}
    return [
        answer["valueCoding"]
        for _, item in items_of(response)
        for answer in item.get("answer", ())
        if "valueCoding" in answer
        and answer["valueCoding"] not in [option["valueCoding"] for option in offered[item["linkId"]]]
    ]


@pytest.mark.parametrize("path", [*EXAMPLES, *AT_THE_LINES], ids=lambda path: path.stem)
def test_fhir_codings_of_examples_equal_their_options(path: Path, questionnaire: Questionnaire) -> None:
    """Clients that compare whole codings show an answer as ticked only then."""
    assert codings_that_differ(to_fhir(result_of(path, questionnaire))) == []
    assert codings_that_differ(to_fhir(public_result_of(path, questionnaire))) == []


@pytest.mark.parametrize("small", CORPUS.values(), ids=CORPUS)
@given(data=st.data())
def test_fhir_codings_of_the_corpus_equal_their_options(small: Questionnaire, data: st.DataObject) -> None:
    result = assess(small, data.draw(sheets(small)), on=DAY, include_private=True)
    assert codings_that_differ(to_fhir(result)) == []


def test_fhir_conditions_name_whole_codings(questionnaire: Questionnaire) -> None:
    asked: Json = questionnaire_resource(Form(questionnaire, Audience.ME))
    offered = {item["linkId"]: item.get("answerOption", ()) for _, item in items_of(asked)}
    conditions = [when for _, item in items_of(asked) for when in item.get("enableWhen", ())]
    assert conditions
    for when in conditions:
        assert when["answerCoding"] in [option["valueCoding"] for option in offered[when["question"]]]


def test_fhir_scores_match_on_option_and_coding(questionnaire: Questionnaire) -> None:
    asked: Json = questionnaire_resource(Form(questionnaire, Audience.ME))
    for _, item in items_of(asked):
        question = questionnaire.questions[item["linkId"]]
        scored = question.need and not question.private
        own = {f"{question.id}.{option.id}": option.score for option in question.offered} if scored else {}
        if scored and question.kind == "several":
            own[f"{question.id}._none"] = 0
        options = item.get("answerOption", ())
        coded = [(option["valueCoding"]["code"], option, option["valueCoding"]) for option in options]
        on_option = {code: extensions_of(option).get(ORDINAL) for code, option, _ in coded}
        in_coding = {code: extensions_of(coding).get(ORDINAL) for code, _, coding in coded}
        assert on_option == in_coding == {code: own.get(code) for code in on_option}
        assert set(own) <= set(on_option)
        assert [option["valueCoding"]["display"] for option in options][: len(question.offered)] == [
            option.label for option in question.offered
        ]


def test_fhir_none_and_skips_are_exclusive_options(questionnaire: Questionnaire) -> None:
    asked: Json = questionnaire_resource(Form(questionnaire, Audience.ME))
    for _, item in items_of(asked):
        kind = questionnaire.questions[item["linkId"]].kind
        options = [option for option in item.get("answerOption", ()) if extensions_of(option).get(EXCLUSIVE)]
        alone = [(option["valueCoding"]["code"], option["valueCoding"]["display"]) for option in options]
        skips = [(skip["code"], skip["display"]) for skip in SKIPS.values()]
        assert alone == ([(f"{item['linkId']}._none", "None of these"), *skips] if kind == "several" else [])
        assert item.get("repeats", False) is (kind == "several")


def test_fhir_skip_options_are_last_and_unscored(questionnaire: Questionnaire) -> None:
    asked: Json = questionnaire_resource(Form(questionnaire, Audience.ME))
    for _, item in items_of(asked):
        if not questionnaire.questions[item["linkId"]].offered:
            assert "answerOption" not in item
            continue
        own, skips = item["answerOption"][: -len(SKIPS)], item["answerOption"][-len(SKIPS) :]
        assert {option["valueCoding"]["system"] for option in own} == {asked["url"]}
        assert [option["valueCoding"] for option in skips] == list(SKIPS.values())
        assert not any(ORDINAL in extensions_of(option) for option in skips)


@pytest.mark.parametrize("reason", SkipReason)
@pytest.mark.parametrize("question", ["mood", "in-the-way", "wish"])
def test_fhir_skipped_choice_is_coded_with_its_reason(question: str, reason: SkipReason) -> None:
    questions, response = resources_of(to_fhir(with_answer(question, Skipped(reason))))
    found = next(item for _, item in items_of(response) if item["linkId"] == question)
    assert found == {"linkId": question, "text": found["text"], "answer": [{"valueCoding": SKIPS[reason]}]}
    assert list(mismatches(questions, response)) == []


@pytest.mark.parametrize("reason", SkipReason)
def test_fhir_skipped_note_has_an_absent_reason(reason: SkipReason) -> None:
    _, response = resources_of(to_fhir(with_answer("note", Skipped(reason))))
    found = next(item for _, item in items_of(response) if item["linkId"] == "note")
    why = [{"url": ABSENT, "valueCode": SKIPS[reason]["code"]}]
    assert found == {"linkId": "note", "text": found["text"], "extension": why}


@pytest.mark.parametrize("about", Audience)
def test_fhir_questionnaire_is_worded_for_its_audience(about: Audience, questionnaire: Questionnaire) -> None:
    questionnaire = questionnaire.worded_for(about)
    asked: Json = questionnaire_resource(Form(questionnaire, about))
    mine = [question for question in questionnaire.questions.values() if about is Audience.ME or not question.private]
    assert [(item["linkId"], item["text"], item["item"][0]["text"]) for _, item in items_of(asked)] == [
        (question.id, question.ask, question.why) for question in mine
    ]
    assert [group["text"] for group in asked["item"]] == [section.title for section in questionnaire.sections]
    links = [item["linkId"] for _, item in items_of(asked)]
    links += [item["item"][0]["linkId"] for _, item in items_of(asked)] + [group["linkId"] for group in asked["item"]]
    assert len(links) == len(set(links))


def gated_by_number(starts: dict[str, float], reaching: set[str]) -> list[tuple[str, float]] | None:
    """Return the conditions on a number for a gate that these bands open; None if there are none."""
    numbers = CORPUS["numbers"]
    drinks = replace(
        numbers.questions["drinks"], options=tuple(Option(name, name, start=start) for name, start in starts.items())
    )
    gates = tuple(frozenset({("drinks", name)}) for name in reaching)
    sips = replace(numbers.questions["sips"], asked_if=gates)
    section = numbers.sections[0]._replace(questions=(drinks, sips))
    asked: Json = questionnaire_resource(Form(replace(numbers, sections=(section,)), Audience.ME))
    item = next(item for _, item in items_of(asked) if item["linkId"] == "sips")
    if "enableWhen" not in item:
        return None
    return [(when["operator"], when["answerDecimal"]) for when in item["enableWhen"] if "answerDecimal" in when]


def test_fhir_number_conditions_cover_the_bands() -> None:
    """Bands are listed from least to most concern, and each reaches those before it; here the last starts at 0."""
    ages = {"adult": 18.0, "older": 65.0, "under-18": 0.0}
    assert gated_by_number(ages, {"under-18"}) == [("<", 18)]
    assert gated_by_number(ages, {"older"}) == [("<", 18), (">=", 65)]
    drinks = {"two": 0.0, "three": 3.0, "five": 5.0}
    assert gated_by_number(drinks, {"three"}) == [(">=", 3)]
    assert gated_by_number({"five": 5.0, "three": 3.0, "two": 0.0}, {"three"}) == [("<", 5)]


def test_fhir_number_condition_between_bands_is_left_out() -> None:
    """R4 can't say "from 3 to 5", so the question is always enabled."""
    assert gated_by_number({"five": 5.0, "two": 0.0, "three": 3.0}, {"three"}) is None


def gated_by(gate: Question, option: str) -> Json:
    """Return the FHIR item of a question gated by this option or, for an ordinal question, a higher one."""
    section = FOLDER.sections[0]
    changed = tuple(
        replace(question, asked_if=(gate.reach[option],)) if question.id == "pay" else question
        for question in section.questions
    )
    form = Form(replace(FOLDER, sections=(section._replace(questions=changed),)), Audience.ME)
    found: Json = next(item for _, item in items_of(questionnaire_resource(form)) if item["linkId"] == "pay")
    return found


def test_fhir_ordinal_condition_lists_higher_options() -> None:
    item = gated_by(FOLDER.questions["sleep"], "restless")
    assert [(when["question"], when["operator"], when["answerCoding"]["code"]) for when in item["enableWhen"]] == [
        ("sleep", "=", "sleep.restless"),
        ("sleep", "=", "sleep.sleepless"),
        *(("sleep", "=", skip["code"]) for skip in SKIPS.values()),
    ]
    assert item["enableBehavior"] == "any"


def test_fhir_condition_on_two_questions_names_the_last() -> None:
    """R4 can't say "this or that, and these"; a client that asks too often is better than one that doesn't ask."""
    section = FOLDER.sections[0]
    both = frozenset({("sleep", "restless"), ("used", "pills")})
    changed = tuple(replace(each, asked_if=(both,)) if each.id == "pay" else each for each in section.questions)
    form = Form(replace(FOLDER, sections=(section._replace(questions=changed),)), Audience.ME)
    item: Json = next(item for _, item in items_of(questionnaire_resource(form)) if item["linkId"] == "pay")
    assert [(when["question"], when["answerCoding"]["code"]) for when in item["enableWhen"]] == [
        ("used", "used.pills"),
        *(("used", skip["code"]) for skip in SKIPS.values()),
    ]
    assert item["enableBehavior"] == "any"


def test_fhir_url_is_unique_to_each_form(questionnaire: Questionnaire) -> None:
    forms = [
        Form(questionnaire, Audience.ME),
        Form(questionnaire, Audience.SOMEONE),
        Form(questionnaire.public(), Audience.ME),
        Form(replace(questionnaire, language="es"), Audience.ME),
        Form(replace(questionnaire, digest="sha256:0"), Audience.ME),
    ]
    assert len({form.url for form in forms}) == len(forms)
    assert Form(questionnaire.public(), Audience.SOMEONE).url == Form(questionnaire, Audience.SOMEONE).url


def test_fhir_version_fits_a_canonical_url() -> None:
    result = with_answer("note", Written("x"))
    odd = result._replace(questionnaire=replace(result.questionnaire, version="2 | new #1"))
    text = to_fhir(odd)
    assert schema_errors(json.loads(text)) == []
    assert list(mismatches(*resources_of(text))) == []


@each_example
def test_fhir_narrative_matches_the_opening_of_the_report(path: Path, questionnaire: Questionnaire) -> None:
    result = public_result_of(path, questionnaire)
    questions, answers = resources_of(to_fhir(result))
    root = ET.fromstring(answers["text"]["div"])
    assert {element.tag.removeprefix("{http://www.w3.org/1999/xhtml}") for element in root.iter()} <= NARRATIVE
    words = " ".join(root.itertext())
    report = full_of(result).pages[0]
    opening = [*takewhile(lambda part: not any(isinstance(block, Comparison) for block in part.blocks), report)]
    assert opening
    for block in (block for part in opening for block in part.blocks):
        match block:
            case Callout(_, title, because, text, contacts):
                assert [each for each in (title, uncited(because), uncited(text), *contacts) if each not in words] == []
            case Paragraph(text, True):
                assert text in words
            case _:
                pass
    asked = "".join(ET.fromstring(questions["text"]["div"]).itertext())
    assert asked == questionnaire.title + questionnaire.notice
    assert {answers["text"]["status"], questions["text"]["status"]} == {"additional"}


@each_example
def test_fhir_contains_no_conclusions(path: Path, questionnaire: Questionnaire) -> None:
    text = to_fhir(public_result_of(path, questionnaire))
    bundle = json.loads(text)
    assert [entry["resource"]["resourceType"] for entry in bundle["entry"]] == [
        "Questionnaire",
        "QuestionnaireResponse",
    ]
    for word in ("loinc", "snomed", "/sid/icd", '"profile"', '"meta"', '"subject"', '"contained"'):
        assert word not in text.lower()


def test_fhir_has_a_subject_only_with_a_name() -> None:
    unnamed, named = with_answer("note", Written("x")), with_answer("note", Written("x"), name="Robin Doe")
    assert "Robin" not in to_fhir(unnamed)
    assert "subject" not in resources_of(to_fhir(unnamed))[1]
    assert resources_of(to_fhir(named))[1]["subject"] == {"display": "Robin Doe"}


@pytest.mark.parametrize(
    ("example", "about"), [("everyday-drinking", Audience.ME), ("for-a-brother", Audience.SOMEONE)]
)
def test_fhir_source_names_a_proxy_respondent(example: str, about: Audience) -> None:
    result = public_result_of(ROOT / "examples" / f"{example}.yaml", QUESTIONNAIRE)
    assert result.about is about
    _, response = resources_of(to_fhir(result))
    if about is Audience.ME:
        assert "source" not in response
    else:
        assert response["source"]["type"] == "RelatedPerson"
        assert response["source"]["display"] in paper_of(result).subtitle


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_fhir_sanitizes_hostile_text(hostile: str) -> None:
    result = with_answer("note", Written(hostile), name=hostile)
    text = to_fhir(result)
    bundle = json.loads(text.encode())
    assert schema_errors(bundle) == []
    questions, response = resources_of(text)
    assert list(mismatches(questions, response)) == []
    notes = [item["answer"] for _, item in items_of(response) if item["linkId"] == "note"]
    assert notes == [[{"valueString": sanitize(hostile)}]]
    assert response["subject"] == {"display": sanitize(hostile)}
    root = ET.fromstring(response["text"]["div"])
    assert sanitize(hostile) in "".join(root.itertext())
    assert {element.tag.removeprefix("{http://www.w3.org/1999/xhtml}") for element in root.iter()} <= NARRATIVE
    assert not set(text) & set("\x00\x07\x1b\x7f\x85\x9b\u202e\u2066\u200f\ufeff\ufffe\u2028")


def test_fhir_omits_text_without_visible_letters() -> None:
    text = to_fhir(with_answer("note", Written("\x00\u202e"), name="\x07 "))
    _, response = resources_of(text)
    assert schema_errors(json.loads(text)) == []
    assert "subject" not in response
    assert "note" not in given_codes(response)


def test_fhir_has_private_answers_only_if_included(questionnaire: Questionnaire) -> None:
    path = ROOT / "examples" / "not-safe-at-home.yaml"
    sheet = read(path, questionnaire).sheet
    calm = sheet.with_answer("home-safety", Chosen(("none",)))
    public = to_fhir(assess(questionnaire, sheet, on=DAY))
    private = questionnaire.questions["home-safety"]
    assert public == to_fhir(assess(questionnaire, calm, on=DAY))
    assert [word for word in (private.id, private.ask, private.why) if word in public] == []
    assert given_codes(resources_of(to_fhir(result_of(path, questionnaire)))[1])["home-safety"]


def test_fhir_asks_a_proxy_no_private_questions(questionnaire: Questionnaire) -> None:
    text = to_fhir(result_of(ROOT / "examples" / "for-a-brother.yaml", questionnaire))
    assert "home-safety" not in text
    assert text == to_fhir(public_result_of(ROOT / "examples" / "for-a-brother.yaml", questionnaire))


def test_fhir_blank_form_is_that_of_a_result(run: Run) -> None:
    """A clinic fills in what a result would hold, without the private questions."""
    listed = run("questions", "--format", "fhir")
    form, _ = resources_of(to_fhir(public_result_of(ROOT / "examples" / "many-signs.yaml", QUESTIONNAIRE)))
    assert (listed.returncode, listed.stderr, json.loads(listed.stdout)) == (0, "", form)


def test_fhir_output_is_deterministic() -> None:
    script = (
        "import iop_fit, sys\nfrom datetime import date\nfrom iop_fit.report.to_fhir import to_fhir\n"
        "q = iop_fit.load()\nsheet = iop_fit.load_answers(sys.argv[1], q)\n"
        "sys.stdout.buffer.write(to_fhir(iop_fit.assess(q, sheet, on=date(2026, 1, 2))).encode())"
    )
    path = ROOT / "examples" / "many-signs.yaml"
    runs = [
        subprocess.run(
            [sys.executable, "-c", script, path],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == to_fhir(public_result_of(path, QUESTIONNAIRE)).encode()


def test_fhir_of_the_folder_matches_its_golden_file(update_golden: bool) -> None:
    small = replace(FOLDER, digest="sha256:…")
    sheet = AnswerSheet(
        {
            "sleep": Chosen(("restless",)),
            "used": Skipped(SkipReason.DONT_KNOW),
            "pills-daily": Skipped(SkipReason.RATHER_NOT_SAY),
            "pay": Chosen(("myself",)),
            "home-safe": Chosen(("safe",)),
            "words": Written("Call <before> six & bring “tea”."),
        }
    )
    text = to_fhir(assess(small, sheet, on=DAY, include_private=True)._replace(name="Robin"))
    golden = FHIR / "folder.fhir.json"
    if update_golden:
        golden.write_text(text)
    assert golden.read_text() == text
