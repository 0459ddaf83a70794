"""The examples: each has its expected result in every format; golden files hold complete outputs of some."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from iop_fit.domain.answers import Chosen, Skipped, Written
from iop_fit.domain.assess import assess
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.report.formats import render
from iop_fit.report.registry import FORMATS, REPORTS
from iop_fit.storage.answer_files import Expectation
from support import DAY, ROOT, TESTS, Run
from support.example_results import AT_THE_LINES, EXAMPLES, each_example, outcome, public_result_of, read, result_of

Json = dict[str, Any]
GOLDEN = TESTS / "golden"
IN_GOLDEN_FILES = ("for-a-brother", "many-signs-pregnant", "mostly-skipped", "not-safe-at-home")
"""Answers for someone else, most alerts, open questions, and private answers."""
IN_NARROW_GOLDEN_FILES = ("emergency", "many-signs", "steady-home")
"""No direction, the longest result, and the calmest one."""
TEXT_FORMATS = [name for name in FORMATS if name not in REPORTS or not REPORTS[name].binary]


@each_example
def test_example_has_its_expected_result(path: Path, questionnaire: Questionnaire) -> None:
    expected = read(path, questionnaire).expectation
    assert expected
    assert outcome(result_of(path, questionnaire)) == expected._replace(rules=None)


@each_example
def test_assess_json_has_the_expected_result(path: Path, questionnaire: Questionnaire, run: Run) -> None:
    expected = read(path, questionnaire).expectation
    done = run("assess", "--answers", path, "--format", "json", "--include-home-safety")
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert expected
    assert expected._replace(rules=None) == Expectation(
        direction=result["direction"] and result["direction"]["id"],
        highest=result["range"]["highest"] and result["range"]["highest"]["id"],
        withheld_by=result["withheld_by"] and result["withheld_by"]["id"],
        firm=result["firm"],
        alerts=tuple(alert["id"] for alert in result["alerts"]),
        open_alerts=tuple(alert["id"] for alert in result["open_alerts"]),
    )


def goldens(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield each golden file name and its text, without the digest, which changes with any comment."""
    for example in IN_GOLDEN_FILES:
        path = ROOT / "examples" / f"{example}.yaml"
        yield f"{example}.txt", render(result_of(path, questionnaire), "text", full=True, width=80)
        yield f"{example}.summary.txt", render(result_of(path, questionnaire), "text", width=80)
        for name, suffix in (("markdown", "md"), ("json", "json")):
            text = render(public_result_of(path, questionnaire), name)
            yield f"{example}.{suffix}", text.replace(questionnaire.digest, "sha256:…")
    for example in IN_NARROW_GOLDEN_FILES:
        whole = result_of(ROOT / "examples" / f"{example}.yaml", questionnaire)
        yield f"{example}.narrow.txt", render(whole, "text", width=45)


def test_outputs_match_the_golden_files(questionnaire: Questionnaire, update_golden: bool) -> None:
    expected = dict(goldens(questionnaire))
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        for orphan in {path.name for path in GOLDEN.iterdir()} - set(expected):
            (GOLDEN / orphan).unlink()
        for name, text in expected.items():
            (GOLDEN / name).write_text(text)
    assert {path.name for path in GOLDEN.iterdir()} == set(expected)
    different = [name for name, text in expected.items() if (GOLDEN / name).read_text() != text]
    assert different == [], "look at what changed, and if it should: make golden"


@each_example
def test_public_formats_ignore_private_answers(path: Path, questionnaire: Questionnaire) -> None:
    sheet = read(path, questionnaire).sheet.only(questionnaire.public().questions)
    for name in TEXT_FORMATS:
        without = render(assess(questionnaire, sheet, on=DAY), name)
        assert render(public_result_of(path, questionnaire), name) == without


def texts_in(result: Json) -> Iterator[str]:
    """Yield the texts of a JSON result that must be on the screen or the page."""
    reasons = {rule["raises"] for rule in result["fired"] if rule["shown"]}
    for alert in result["alerts"]:
        if alert["id"] in reasons:
            yield from (alert["title"], alert["text"], *(each["name"] for each in alert["contacts"]))
    if not any(alert["level"] == "emergency" for alert in result["alerts"]):
        lines = {alert["card"]: alert["could_not_tell"] for alert in reversed(result["open_alerts"])}
        yield from (line for card, line in lines.items() if card not in {alert["card"] for alert in result["alerts"]})
    if result["direction"]:
        yield from (each["text"] for each in result["direction"]["additions"])
    yield from (area["title"] for area in result["areas"])
    for rule in result["fired"]:
        yield from [rule["because"]] if rule["shown"] else []
        # A number is shown as it was typed, not as its band.
        yield from (label for answer in rule["answers"] if "number" not in answer for label in answer["labels"])
    for point in result["points"]:
        yield from (text for name, text in point.items() if point["shown"] and name in {"text", "why", "listen_for"})
    yield from (change["direction"]["title"] for change in result["changes"])


@each_example
def test_json_texts_are_on_the_screen_or_page(path: Path, questionnaire: Questionnaire) -> None:
    result = public_result_of(path, questionnaire)
    shown = squeezed(render(result, "text", full=True, plain=True) + render(result, "plain"))
    texts = [*texts_in(json.loads(render(result, "json")))]
    assert texts
    assert [text for text in texts if squeezed(text) not in shown] == []


def squeezed(text: str) -> str:
    return "".join(text.split())


@each_example
@pytest.mark.parametrize("width", [45, 80])
def test_text_output_fits_the_width(path: Path, width: int, questionnaire: Questionnaire) -> None:
    for full in (False, True):
        text = render(result_of(path, questionnaire), "text", full=full, width=width)
        assert max(map(cell_len, text.splitlines())) <= width


def test_examples_cover_every_rule_and_alert(questionnaire: Questionnaire) -> None:
    results = [result_of(path, questionnaire) for path in EXAMPLES]
    fired = {
        fired.rule.id for path in EXAMPLES for fired in decide(questionnaire, read(path, questionnaire).sheet).fired
    }
    assert {rule.id for rule in questionnaire.rules} - fired == set()
    raised = {raised.alert.id for result in results for raised in result.alerts}
    assert {alert.id for alert in questionnaire.alerts} - raised == set()


def test_examples_reach_every_direction_firmly(questionnaire: Questionnaire) -> None:
    results = [result_of(path, questionnaire) for path in EXAMPLES]
    firm = [result.direction.id for result in results if result.direction and result.firm]
    assert {direction.id: firm.count(direction.id) >= 2 for direction in questionnaire.directions} == {
        direction.id: True for direction in questionnaire.directions
    }


def test_examples_cover_every_option_and_skip_reason(questionnaire: Questionnaire) -> None:
    answers = [(name, answer) for path in EXAMPLES for name, answer in read(path, questionnaire).sheet.answers.items()]
    chosen = {(name, option) for name, answer in answers if isinstance(answer, Chosen) for option in answer.options}
    offered = {(question.id, option.id) for question in questionnaire.questions.values() for option in question.options}
    assert offered - chosen == set()
    assert {answer.reason.value for _, answer in answers if isinstance(answer, Skipped)} == {
        "rather-not-say",
        "dont-know",
    }
    assert any(isinstance(answer, Written) for _, answer in answers)


def test_every_point_applies_in_some_example(questionnaire: Questionnaire) -> None:
    people = [*EXAMPLES, *AT_THE_LINES]
    applying = {chosen.point.id for path in people for chosen in result_of(path, questionnaire).points}
    assert {point.id for point in questionnaire.points} - applying == set()


def test_points_are_not_behind_full_lists(questionnaire: Questionnaire) -> None:
    """A point after enough unconditional points of its list could never be shown."""
    from iop_fit.domain.selection.points import CAPS

    hidden = []
    for program in questionnaire.programs:
        for kind, cap in CAPS.items():
            before = 0
            for point in questionnaire.points:
                if point.list is kind and program.id in point.programs:
                    if before >= cap:
                        hidden.append(point.id)
                    before += point.when is None
    assert hidden == []
