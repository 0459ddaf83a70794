"""The second questionnaire, on stepping down from an IOP: its examples, texts and outputs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

import iop_fit
from iop_fit.checking.examples import Example, examples_in_records
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.loading.loader import Reading, read_questionnaire
from iop_fit.loading.records import Problems
from iop_fit.storage.answer_files import Expectation, dump_sheet
from support import DAY, ROOT, Run
from support.example_results import outcome as outcome_of_result
from support.readability import alerts, asked, explanations, grade, reasons, sentences
from support.thresholds import unnoticed_moves

FOLDER = ROOT / "examples" / "stepping-down"


def people(reading: Reading) -> Iterator[Example]:
    assert reading.questionnaire is not None, reading.problems
    problems = Problems()
    yield from examples_in_records(reading.records, reading.questionnaire, problems)
    assert problems == []


def outcome(questionnaire: Questionnaire, sheet: AnswerSheet) -> Expectation:
    fired = tuple(fired.rule.id for fired in decide(questionnaire, sheet).fired)
    return outcome_of_result(assess(questionnaire, sheet, on=DAY, include_private=True))._replace(rules=fired)


READING = read_questionnaire(FOLDER)
PEOPLE = tuple(people(READING))
BY_ID = {person.id: person for person in PEOPLE}
QUESTIONNAIRE = iop_fit.load(FOLDER)
each_person = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.id)


# The people


@each_person
def test_person_has_the_expected_result(person: Example) -> None:
    assert outcome(QUESTIONNAIRE, person.sheet) == person.expected


def test_people_cover_rules_alerts_and_directions() -> None:
    expected = [person.expected for person in PEOPLE]
    assert {rule for each in expected for rule in each.rules or ()} == {rule.id for rule in QUESTIONNAIRE.rules}
    assert {alert for each in expected for alert in each.alerts} == {alert.id for alert in QUESTIONNAIRE.alerts}
    firm = {each.direction for each in expected if each.firm}
    assert firm == {direction.id for direction in QUESTIONNAIRE.directions}


def test_people_choose_every_option() -> None:
    answers = [(name, answer) for person in PEOPLE for name, answer in person.sheet.answers.items()]
    chosen = {(name, option) for name, answer in answers if isinstance(answer, Chosen) for option in answer.options}
    offered = {(question.id, option.id) for question in QUESTIONNAIRE.questions.values() for option in question.options}
    assert offered - chosen == set()
    assert any(isinstance(answer, Skipped) for _, answer in answers)


def test_people_catch_every_moved_threshold(tmp_path: Path) -> None:
    moves, unnoticed = unnoticed_moves(FOLDER, [person.sheet for person in PEOPLE], tmp_path / "moved")
    assert moves > 50
    assert unnoticed == []


# Texts; test_content.py has the tests for every questionnaire


def test_texts_have_two_wordings_unless_private() -> None:
    other = QUESTIONNAIRE.worded_for(Audience.SOMEONE)
    questions = QUESTIONNAIRE.questions.items()
    assert [name for name, each in questions if each.ask == other.questions[name].ask] == ["safe-at-home"]
    pairs = zip(QUESTIONNAIRE.alerts, other.alerts, strict=True)
    assert [each.id for each, about in pairs if each.text == about.text] == ["home-safety-help", "see-a-doctor-soon"]


DEADLY = ("can cause seizures and can be deadly",)
MUST_SAY = {
    "emergency-now": ("Call 911 now", "Everything else can wait"),
    "emergency-self-harm": ("Thank you for telling us", "call 911", "or text 988", "The questions can wait"),
    "suicide-now": (
        "Thank you for telling us",
        "call or text 988",
        "could happen now, call 911",
        "guns or stored pills",
    ),
    "crisis-line": ("988", "guns or stored pills"),
    "harm-to-others": ("988", "911"),
    "overdose-risk": ("naloxone", "medicine that lowers the risk"),
    "lost-tolerance": ("can't handle the amount", "naloxone", "buprenorphine"),
    "medication-gap": ("risk of overdose", "naloxone", "Methadone comes only from a methadone clinic"),
    "opioid-withdrawal": ("tough it out", "buprenorphine", "only from a methadone clinic", "overdose risk is higher"),
    "opioid-medication": ("tay on it", "buprenorphine", "Methadone comes only from a methadone clinic"),
    "naloxone": ("without a prescription",),
    "pregnancy-stop-safely": ("suddenly can be dangerous", "methadone or buprenorphine", "With care"),
    "pregnancy-alcohol": ("No amount is known to be safe",),
    "severe-withdrawal": ("can be deadly", "With medical help", "emergency room", "Already stopped?"),
    "alcohol-withdrawal": (*DEADLY, "With medical help", "Already stopped?"),
    "pills-slow-way-down": (*DEADLY, "slowly and safely"),
    "pills-and-more": ("slow or stop", "Nobody should stop buprenorphine or methadone"),
    "home-safety-help": ("Nothing is saved unless you ask", "clear the screen"),
}
CALM = {"alcohol-check", "any-withdrawal", "next-time", "illness-and-use"}
"""Alerts about stopping whose answers carry no strong words."""


@pytest.mark.parametrize("name", MUST_SAY)
def test_alert_includes_required_phrases(name: str) -> None:
    for audience in Audience:
        alert = next(alert for alert in QUESTIONNAIRE.worded_for(audience).alerts if alert.id == name)
        assert [words for words in MUST_SAY[name] if words not in f"{alert.title}. {alert.text}"] == []


@pytest.mark.parametrize("audience", Audience)
def test_texts_read_at_grades_six_and_eight(audience: Audience) -> None:
    """Measured over all texts together; each is at least one sentence."""
    worded = QUESTIONNAIRE.worded_for(audience)
    simple, explaining = [*asked(worded), *alerts(worded)], [*explanations(worded), *reasons(worded)]
    pages = [". ".join(each.text.rstrip(".") for each in texts) for texts in (simple, explaining)]
    assert (grade(pages[0]) <= 6, grade(pages[1]) <= 8) == (True, True)
    assert [each for each in (*simple, *explaining) if any(len(words) > 20 for words in sentences(each.text))] == []


def test_strong_words_are_only_where_answers_carry_them() -> None:
    calm = [alert for alert in QUESTIONNAIRE.alerts if alert.id in CALM]
    assert {alert.id for alert in calm} == CALM
    assert [alert.id for alert in calm if re.search(r"deadly|kill|die", f"{alert.title} {alert.text}")] == []


def test_alert_rules_have_sources() -> None:
    assert [rule.id for rule in QUESTIONNAIRE.rules if not rule.sources] == []


def test_sources_say_what_they_show_and_how_strong_they_are() -> None:
    sources = QUESTIONNAIRE.sources
    assert [source.id for source in sources if not (source.year and source.shows and source.strength)] == []


def test_contacts_have_the_numbers_of_bundled_ones(questionnaire: Questionnaire) -> None:
    numbers = [{contact.id: contact.call for contact in each.contacts} for each in (QUESTIONNAIRE, questionnaire)]
    assert numbers[0] == numbers[1]


def test_directions_differ_from_bundled_ones(
    questionnaire: Questionnaire,
) -> None:
    assert {*QUESTIONNAIRE.rank}.isdisjoint(questionnaire.rank)
    titles = [{direction.title for direction in each.directions} for each in (QUESTIONNAIRE, questionnaire)]
    assert titles[0].isdisjoint(titles[1])
    assert "note" not in {question.kind for question in QUESTIONNAIRE.questions.values()}


# The command and the formats


def result_of(name: str, *, include_private: bool = False) -> Assessment:
    return assess(QUESTIONNAIRE, BY_ID[name].sheet, on=DAY, include_private=include_private)


def test_assess_prints_the_result_as_text(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(dump_sheet(BY_ID["running-out"].sheet, QUESTIONNAIRE))
    done = run("assess", "--questions", FOLDER, "--answers", answers, "--format", "text", "--full", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert text.startswith("Fewer IOP hours, the same, or more?")
    assert "After that, ask about stepping down slowly: fewer IOP days, with extra support." in text
    assert "A steady supply of medicine before the hours go down" in text
    assert "1 of 3 for Outpatient and 1 of 3 for IOP" in text
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_text_never_names_bundled_programs() -> None:
    for person in PEOPLE:
        assert "Inpatient" not in iop_fit.render(result_of(person.id), "text", width=80)


def test_json_has_own_directions_and_programs() -> None:
    result = json.loads(iop_fit.render(result_of("for-a-brother"), "json"))
    assert result["questionnaire"]["id"] == "stepping-down"
    assert (result["direction"]["id"], result["range"]["highest"]["id"]) == ("stay", "more")
    assert {program for point in result["points"] for program in point["for"]} == {"outpatient", "iop"}


def test_markdown_leaves_out_home_safety() -> None:
    text = iop_fit.render(result_of("not-safe-at-home"), "markdown")
    assert "ask about staying in the intensive outpatient program (IOP) for now" in text
    assert "checks this computer" not in text
    assert "checks this computer" in iop_fit.render(result_of("not-safe-at-home", include_private=True), "markdown")


def test_fhir_has_every_public_question() -> None:
    bundle = json.loads(iop_fit.render(result_of("weekends"), "fhir"))
    public = QUESTIONNAIRE.public().questions
    assert set(public) <= set(re.findall(r'"linkId": "([a-z-]+)"', json.dumps(bundle)))
    assert "safe-at-home" not in json.dumps(bundle)


def test_pdf_has_a_page_for_the_visit_the_provider_and_the_options() -> None:
    pdf = iop_fit.export(result_of("after-an-overdose"), "pdf")
    assert len(PdfDocument(pdf)) == 3
