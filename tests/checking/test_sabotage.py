"""Sabotaged copies of the bundled questionnaire: `check` reports each, with its line and a witness."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from iop_fit.checking.checker import Check, Severity, check_reading
from iop_fit.checking.example_files import example_texts
from iop_fit.cli.authoring import CheckRequest, check
from iop_fit.domain.decision import decide
from iop_fit.files.parsing.snippet import Snippets
from iop_fit.loading.loader import load_questionnaire, read_questionnaire
from iop_fit.loading.questionnaire_files import bundled, bundled_examples
from iop_fit.storage.answer_files import load_sheet
from support import DAY, ROOT
from support.thresholds import unnoticed_moves

EXAMPLES = tuple(example_texts(bundled_examples()))


class Sabotage(NamedTuple):
    file: str
    old: str
    new: str
    code: str
    says: str
    """Part of the message."""
    line: str
    """Part of the line shown."""
    shown: bool = True
    """Whether a sheet shows it; there is no decision on a questionnaire with problems."""


SOMETIMES, OFTEN = (
    f"      {often}:\n        label: {often.capitalize()}\n"
    f"        clause: you {often} drink or use in risky ways\n"
    f"        clause about someone: they {often} drink or use in risky ways\n"
    for often in ("sometimes", "often")
)
WHY = "    why: Being able to hold off is one sign that living at home during treatment can work.\n"
VERY_HARD = "raises: iop-plus\n    when: {hold-off: {at least: hours}}"
SABOTAGES = {
    "lowered-threshold": Sabotage(
        file="directions",
        old=VERY_HARD,
        new=VERY_HARD.replace("hours", "hard"),
        code="example-differs",
        says='The rule "very-hard-to-hold-off" fires for',
        line="when: {hold-off: {at least: hard}}",
    ),
    "raised-threshold-of-an-alert": Sabotage(
        file="alert-rules",
        old="raises: overdose-recent\n    when: {overdose: {at least: month}}",
        new="raises: overdose-recent\n    when: {overdose: {at least: twice}}",
        code="example-differs",
        says='The rule "overdose-month" does not fire for',
        line="when: {overdose: {at least: twice}}",
    ),
    "fewer-signs-are-enough": Sabotage(
        file="directions",
        old="        at least: 3\n",
        new="        at least: 2\n",
        code="example-differs",
        says='The rule "three-middle-signs" fires for',
        line="sign: use-risk",
    ),
    "all-became-any": Sabotage(
        file="directions",
        old="when: {treatment: {at least: a-while}, any: [",
        new="when: {any: [{treatment: {at least: a-while}}, ",
        code="example-differs",
        says='The rule "helped-for-a-while" fires for',
        line="when: {any: [{treatment:",
    ),
    "swapped-option-order": Sabotage(
        file="use",
        old=f"{SOMETIMES}{OFTEN}",
        new=f"{OFTEN}{SOMETIMES}",
        code="example-differs",
        says='The rule "risky-often" fires for',
        line="when: {risky: {at least: often}}",
    ),
    "alert-raised-by-nothing": Sabotage(
        file="alert-rules",
        old="raises: after-birth-opioids\n",
        new="raises: after-birth\n",
        code="unreachable-alert",
        says='No rule raises the alert "after-birth-opioids"',
        line="- id: after-birth-opioids",
    ),
    "weaker-alert": Sabotage(
        file="alert-rules",
        old="raises: suicide-now\n    when: {tried: ",
        new="raises: crisis-line\n    when: {tried: ",
        code="idle-rule",
        says='"recent-attempt" changes nothing',
        line="when: {tried: {at least: recent}}",
    ),
    "direction-raised-by-nothing": Sabotage(
        file="directions",
        old="raises: iop\n",
        new="raises: iop-plus\n",
        code="unreachable-direction",
        says='No rule raises the direction "iop"',
        line="- id: iop",
    ),
    "rule-made-idle": Sabotage(
        file="directions",
        old="id: two-programs-and-very-hard\n    raises: inpatient\n",
        new="id: two-programs-and-very-hard\n    raises: iop\n",
        code="idle-rule",
        says='"two-programs-and-very-hard" changes nothing',
        line="when: {treatment: {at least: two}, hold-off: {at least: hours}}",
    ),
    "weaker-level": Sabotage(
        file="alerts",
        old="  - id: suicide-now\n    level: crisis\n",
        new="  - id: suicide-now\n    level: always\n",
        code="example-differs",
        says="alerts: the order is",
        line="alerts: [",
    ),
    "point-that-contradicts-itself": Sabotage(
        file="daily-life",
        old="when: {in-the-way: {any of: [ride]}, not: {in-the-way: {any of: [video]}}}",
        new="when: {in-the-way: {any of: [ride]}, not: {in-the-way: {any of: [ride]}}}",
        code="hidden-point",
        says='No answers show the point "plan-ride"',
        line="when: {in-the-way:",
        shown=False,
    ),
    "removed-alert": Sabotage(
        file="alerts",
        old="  - id: opioid-break\n",
        new="  - id: opioid-danger\n",
        code="unknown-reference",
        says='There is no direction or alert "opioid-break"',
        line="raises: opioid-break",
        shown=False,
    ),
    "not-in-a-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {not: {risky: {at least: often}}}",
        code="not-in-a-rule",
        says="A rule can't use `not`",
        line="when: {not: {risky: {at least: often}}}",
        shown=False,
    ),
    "practical-question-in-a-raising-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {risky: {at least: often}, pay: {any of: [own]}}",
        code="practical-in-a-rule",
        says='"pay" is not a need question',
        line="when: {risky: {at least: often}, pay: {any of: [own]}}",
        shown=False,
    ),
    "private-question-in-a-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {home-safety: {at least: yes-now}}",
        code="private-mixed",
        says='"home-safety" is private',
        line="when: {home-safety: {at least: yes-now}}",
        shown=False,
    ),
    "sum-in-a-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {areas: {use: a lot}}",
        code="area-in-a-rule",
        says="a sum of scores must not decide",
        line="when: {areas: {use: a lot}}",
        shown=False,
    ),
    "misspelt-option": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {risky: {at least: oftn}}",
        code="unknown-reference",
        says='"risky" has no option "oftn"',
        line="when: {risky: {at least: oftn}}",
        shown=False,
    ),
    "rule-for-everybody": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {risky: {at least: never}}",
        code="least-option",
        says='"never" is the lowest option',
        line="when: {risky: {at least: never}}",
        shown=False,
    ),
    "gate-on-a-later-question": Sabotage(
        file="health",
        old="ask when: [{health: {any of: [pregnant]}}]\n",
        new="ask when: [{hold-off: {at least: hard}}]\n",
        code="gate-not-earlier",
        says='The question "hold-off" comes later',
        line="ask when: [{hold-off:",
        shown=False,
    ),
    "question-twice": Sabotage(
        file="use",
        old="  - id: risky\n",
        new="  - id: hold-off\n",
        code="id-twice",
        says='The question id "hold-off" is already used',
        line="- id: hold-off",
        shown=False,
    ),
    "alert-without-a-contact": Sabotage(
        file="alerts",
        old="    contacts: [emergency, lifeline]\n    withholds: yes\n",
        new="    contacts: []\n    withholds: yes\n",
        code="alert-without-contact",
        says='"emergency-self-harm" has no contacts',
        line="contacts: []",
        shown=False,
    ),
    "question-without-why": Sabotage(
        file="use",
        old=WHY,
        new="",
        code="missing-key",
        says='This question has no "why"',
        line="- id: hold-off",
        shown=False,
    ),
}


def sabotaged_check(sabotage: Sabotage, folder: Path) -> Check:
    shutil.copytree(bundled(), folder)
    part = folder / f"{sabotage.file}.yaml"
    text = part.read_text()
    assert sabotage.old in text
    part.write_text(text.replace(sabotage.old, sabotage.new))
    return check_reading(read_questionnaire(folder), EXAMPLES, DAY)


@pytest.mark.parametrize("sabotage", SABOTAGES.values(), ids=SABOTAGES)
def test_check_catches_each_sabotage(sabotage: Sabotage, tmp_path: Path) -> None:
    done = sabotaged_check(sabotage, tmp_path / "sabotaged")
    caught = [
        each
        for each in done.diagnostics
        if each.problem.code == sabotage.code and sabotage.says in each.problem.message
    ]
    assert caught, [
        (each.problem.code, each.problem.message) for each in done.diagnostics if each.severity is not Severity.ADVICE
    ]
    _, problem, witness = caught[0]
    assert problem.place
    if problem.place.file not in dict(EXAMPLES):
        assert sabotage.line in next(iter(Snippets().of(problem.place)))
    assert bool(witness) is sabotage.shown
    if witness:
        assert done.questionnaire
        assert witness.holds(decide(done.questionnaire, witness.sheet))


def test_examples_catch_every_moved_threshold(tmp_path: Path) -> None:
    questionnaire = load_questionnaire(bundled())
    sheets = [load_sheet(text, name, questionnaire).sheet for name, text in EXAMPLES]
    moves, unnoticed = unnoticed_moves(bundled(), sheets, tmp_path / "moved")
    assert moves > 90
    assert unnoticed == []


def test_check_passes_the_bundled_questionnaire() -> None:
    done = check_reading(read_questionnaire(bundled()), EXAMPLES, DAY)
    assert [each for each in done.diagnostics if each.severity is not Severity.ADVICE] == []


def test_check_output_matches_the_golden_file(update_golden: bool) -> None:
    golden = ROOT / "tests" / "checks" / "program-fit.txt"
    output = check(CheckRequest(None, on=DAY)).output.replace(f"{ROOT}/", "")
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(output)
    assert output == golden.read_text()
