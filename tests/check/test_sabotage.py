"""Sabotaged copies of the bundled questionnaire: `check` reports each, with its line and a witness."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from iop_fit.check.checker import Check, Severity, check_reading
from iop_fit.cli.authoring import CheckRequest, check, example_texts
from iop_fit.domain.decision import decide
from iop_fit.files.snippet import Snippets
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


HARD = "      hard: It is hard to wait\n"
HARDLY = "      hardly: Hardly able to wait, even a few hours\n"
SABOTAGES = {
    "lowered-threshold": Sabotage(
        file="directions",
        old="raises: iop-plus, when: {can-wait: {at least: hardly}}",
        new="raises: iop-plus, when: {can-wait: {at least: hard}}",
        code="example-differs",
        says='The rule "hardly-able-to-wait" fires for',
        line="id: hardly-able-to-wait",
    ),
    "raised-threshold-of-an-alert": Sabotage(
        file="alerts",
        old="raises: crisis-line, when: {ending-life: {at least: wished}}",
        new="raises: crisis-line, when: {ending-life: {at least: thoughts}}",
        code="example-differs",
        says='The rule "suicide-thoughts" does not fire for',
        line="id: suicide-thoughts",
    ),
    "fewer-signs-are-enough": Sabotage(
        file="directions",
        old="        at least: 3\n",
        new="        at least: 2\n",
        code="example-differs",
        says='The rule "three-middle-signs" fires for',
        line="some:",
    ),
    "all-became-any": Sabotage(
        file="directions",
        old="when: {all: [{sign: use-around}, {sign: use-risk}]}",
        new="when: {any: [{sign: use-around}, {sign: use-risk}]}",
        code="example-differs",
        says='The rule "use-nearby" fires for',
        line="when: {any:",
    ),
    "swapped-option-order": Sabotage(
        file="use",
        old=f"{HARD}{HARDLY}",
        new=f"{HARDLY}{HARD}",
        code="example-differs",
        says='The rule "hardly-able-to-wait" fires for',
        line="id: hardly-able-to-wait",
    ),
    "alert-raised-by-nothing": Sabotage(
        file="alerts",
        old="  - {id: overdose-again, raises: overdose-risk",
        new="  - {id: overdose-again, raises: crisis-line",
        code="unreachable-alert",
        says='No rule raises the alert "overdose-risk"',
        line="- id: overdose-risk",
    ),
    "weaker-alert": Sabotage(
        file="alerts",
        old="{id: suicide-plan, raises: suicide-now,",
        new="{id: suicide-plan, raises: crisis-line,",
        code="idle-rule",
        says='"suicide-plan" changes nothing',
        line="id: suicide-plan",
    ),
    "direction-raised-by-nothing": Sabotage(
        file="directions",
        old="raises: inpatient,",
        new="raises: iop-plus,",
        code="unreachable-direction",
        says='No rule raises the direction "inpatient"',
        line="- id: inpatient",
    ),
    "rule-made-idle": Sabotage(
        file="directions",
        old="{id: cannot-manage-basics, raises: inpatient,",
        new="{id: cannot-manage-basics, raises: iop,",
        code="idle-rule",
        says='"cannot-manage-basics" changes nothing',
        line="id: cannot-manage-basics",
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
        old="when: {hours: {at least: hardly}, not: {hours: {at least: no-way}}}",
        new="when: {hours: {at least: no-way}, not: {hours: {at least: hardly}}}",
        code="hidden-point",
        says='No answers show the point "plan-hours"',
        line="when: {hours:",
        shown=False,
    ),
    "removed-alert": Sabotage(
        file="alerts",
        old="  - id: overdose-risk\n",
        new="  - id: overdose-danger\n",
        code="unknown-reference",
        says='There is no direction or alert "overdose-risk"',
        line="id: overdose-again",
        shown=False,
    ),
    "not-in-a-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {not: {risky: {at least: often}}}",
        code="not-in-a-rule",
        says="A rule can't use `not`",
        line="id: risky-often",
        shown=False,
    ),
    "practical-question-in-a-raising-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {risky: {at least: often}, pay: {any of: [self]}}",
        code="practical-in-a-rule",
        says='"pay" is not a need question',
        line="risky-often, raises: iop-plus",
        shown=False,
    ),
    "private-question-in-a-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {home-safety: {at least: yes-now}}",
        code="private-mixed",
        says='"home-safety" is private',
        line="id: risky-often",
        shown=False,
    ),
    "sum-in-a-rule": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {areas: {use: a lot}}",
        code="area-in-a-rule",
        says="a sum of scores must not decide",
        line="id: risky-often",
        shown=False,
    ),
    "misspelt-option": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {risky: {at least: oftn}}",
        code="unknown-reference",
        says='"risky" has no option "oftn"',
        line="id: risky-often",
        shown=False,
    ),
    "rule-for-everybody": Sabotage(
        file="directions",
        old="when: {risky: {at least: often}}",
        new="when: {risky: {at least: never}}",
        code="least-option",
        says='"never" is the lowest option',
        line="id: risky-often",
        shown=False,
    ),
    "gate-on-a-later-question": Sabotage(
        file="health",
        old="      - pregnancy: {any of: [pregnant]}\n",
        new="      - can-wait: {at least: hard}\n",
        code="gate-not-earlier",
        says='The question "can-wait" comes later',
        line="- can-wait:",
        shown=False,
    ),
    "question-twice": Sabotage(
        file="use",
        old="  - id: risky\n",
        new="  - id: can-wait\n",
        code="id-twice",
        says='The question id "can-wait" is already used',
        line="- id: can-wait",
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
        old="    why: Being able to wait is one sign that evenings at home can work.\n",
        new="",
        code="missing-key",
        says='This question has no "why"',
        line="- id: can-wait",
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
