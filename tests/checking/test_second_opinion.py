"""Compare the statements of `check` with a solver, and the solver with an exhaustive search."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from iop_fit.checking.checker import statements_about
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import PointList, Rule
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.points import points_of
from iop_fit.interview.flow import next_question
from iop_fit.loading.loader import load_questionnaire
from iop_fit.loading.questionnaire_files import bundled
from support import ROOT
from support.questionnaires_at_random import questionnaire_at_random, written
from support.sabotages import SABOTAGES, sabotaged
from support.shared_parts import with_shared_parts
from support.solver import Verdicts, verdicts

SEEDS = range(210)
TINY = 1_500
"""Largest number of sheets to enumerate."""

FEW_QUESTIONS = range(500, 550)
VALID = ROOT / "tests" / "questionnaires" / "valid"
MINIMAL = (VALID / "minimal.yaml").read_text(encoding="utf-8")
POINTS = ("hidden-point", "program-without-point")
"""Simple checks: the solver must confirm each finding, but may find more."""
CHECKED = ("unreachable-direction", "unreachable-alert", "idle-rule", *POINTS)
BY_CONSTRUCTION = (
    "silent-alert",
    "more-never-lowers",
    "practical-changes-nothing",
    "private-changes-nothing-else",
    "every-question-asked",
)


def stated(questionnaire: Questionnaire) -> Verdicts:
    """Return what the code under test finds: ids by code."""
    statements = statements_about(questionnaire)
    found: Verdicts = {statement.code: set() for statement in statements}
    for finding in (finding for statement in statements for finding in statement.findings):
        found.setdefault(finding.code, set()).add(finding.id)
    return found


def test_statements_match_solver_on_bundled_questions() -> None:
    clean: Verdicts = {code: set() for code in (*CHECKED, *BY_CONSTRUCTION)}
    assert verdicts(bundled()) == clean
    assert stated(load_questionnaire(bundled())) == clean


@pytest.mark.parametrize("path", [VALID / "folder", VALID / "minimal.yaml", ROOT / "examples" / "stepping-down"])
def test_statements_match_solver_on_other_questions(path: Path) -> None:
    assert different(stated(load_questionnaire(path)), verdicts(path)) == {}


def test_statements_see_full_list_of_another_program(tmp_path: Path) -> None:
    """A point for both programs is not shown if one list is full, and takes no place in the other list."""
    speaks_of = {"other": ["b", "b", "b"], "both": ["[a, b]"] * 3}
    points = [
        f"{{id: {name}{n}, for: {of}, list: fits, text: Talk.}}"
        for name in speaks_of
        for n, of in enumerate(speaks_of[name])
    ]
    points += ["{id: last, for: a, list: fits, text: Talk., when: {alone: {at least: often}}}"]
    programs = [f"{{id: {name}, name: One, short: One, text: One.}}" for name in "ab"]
    path = tmp_path / "full.yaml"
    path.write_text(f"{MINIMAL}\nprograms: [{', '.join(programs)}]\npoints: [{', '.join(points)}]\n", encoding="utf-8")
    found = verdicts(path)
    assert (found["hidden-point"], found["program-without-point"]) == ({"both0", "both1", "both2"}, {"a"})
    assert stated(load_questionnaire(path)) == found


def test_statements_match_solver_on_random_questions(tmp_path: Path) -> None:
    """Every third questionnaire is sabotaged, and most sabotages cause a new finding."""
    differences, occurring, blunt = [], set[str](), []
    seen, there = 0, 0
    for seed in SEEDS:
        path = tmp_path / f"{seed}.yaml"
        questionnaire = questionnaire_at_random(seed)
        sabotage, code = "", ""
        before: Verdicts = {}
        if seed % 3 == 0:
            path.write_text(written(questionnaire), encoding="utf-8")
            before = verdicts(path)
            sabotage = sabotaged(questionnaire, seed // 3)
            code = SABOTAGES[sabotage][0]
        path.write_text(written(with_shared_parts(questionnaire, seed)), encoding="utf-8")
        ours, solvers = stated(load_questionnaire(path)), verdicts(path)
        if different(ours, solvers):
            differences.append((seed, sabotage, different(ours, solvers)))
        seen += sum(len(ours[code]) for code in POINTS)
        there += sum(len(solvers[code]) for code in POINTS)
        occurring |= {each for each, found in solvers.items() if found}
        if code and not solvers[code] - before[code]:
            blunt.append((seed, sabotage))
    assert differences == []
    assert occurring == set(CHECKED)
    assert len(blunt) <= len(SEEDS) / 3 / 3, blunt
    assert seen >= there / 2, (seen, there)


def different(ours: Verdicts, solvers: Verdicts) -> dict[str, tuple[set[str] | None, set[str] | None]]:
    """Return our ids and the solver's ids, by code, for the codes on which they disagree."""
    return {
        code: (ours.get(code), solvers.get(code))
        for code in sorted({*ours, *solvers})
        if (not ours[code] <= solvers[code] if code in POINTS else ours.get(code) != solvers.get(code))
    }


# The solver against exhaustive search


def test_solver_matches_exhaustive_search(tmp_path: Path) -> None:
    compared, occurring = 0, set[str]()
    for path in tiny_ones(tmp_path):
        questionnaire = load_questionnaire(path)
        found = by_every_sheet(questionnaire)
        assert verdicts(path) == found, path.name
        compared += 1
        occurring |= {code for code, ids in found.items() if ids}
    assert compared >= 15
    assert occurring == set(CHECKED)


def tiny_ones(folder: Path) -> Iterator[Path]:
    """Yield the minimal questionnaire, and sabotaged random ones with few enough sheets."""
    yield VALID / "minimal.yaml"
    for seed in FEW_QUESTIONS:
        questionnaire = questionnaire_at_random(seed, questions=3 + seed % 2)
        sabotaged(questionnaire, seed)
        path = folder / f"{seed}.yaml"
        path.write_text(written(questionnaire), encoding="utf-8")
        sheet_count = 1
        for question in load_questionnaire(path).questions.values():
            sheet_count *= len(list(answers_to(question)))
        if sheet_count <= TINY:
            yield path


def answers_to(question: Question) -> Iterator[Answer]:
    ids = [option.id for option in question.options]
    yield Skipped(SkipReason.DONT_KNOW)
    match question.kind:
        case "note":
            yield Written("Something.")
        case "several":
            most = (isinstance(question, MultipleQuestion) and question.at_most) or len(ids)
            for number in range(min(len(ids), most) + 1):
                yield from map(Chosen, combinations(ids, number))
        case _:
            yield from (question.choose((option,)) for option in ids)


def whole_sheets(questionnaire: Questionnaire, sheet: AnswerSheet) -> Iterator[AnswerSheet]:
    question = next_question(questionnaire, sheet)
    if question is None:
        yield sheet
        return
    for answer in answers_to(question):
        yield from whole_sheets(questionnaire, sheet.with_answer(question.id, answer))


def by_every_sheet(questionnaire: Questionnaire) -> Verdicts:
    """Return the findings by code from deciding on every sheet."""
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in whole_sheets(questionnaire, AnswerSheet()):
        for kind, ids in shown_by(decide(questionnaire, sheet)):
            shown[kind] |= ids
    return {
        "unreachable-direction": {each.id for each in questionnaire.directions} - shown["direction"],
        "unreachable-alert": {each.id for each in questionnaire.alerts} - shown["alert"],
        "idle-rule": {each.id for each in questionnaire.rules} - shown["rule"],
        "silent-alert": shown["silence"],
        "hidden-point": {each.id for each in questionnaire.points} - shown["point"],
        "program-without-point": shown["nothing of"],
        "more-never-lowers": set(),
        "practical-changes-nothing": set(),
        "private-changes-nothing-else": set(),
        "every-question-asked": {*questionnaire.questions} - shown["question"],
    }


def shown_by(decision: Decision) -> Iterator[tuple[str, set[str]]]:
    fired = [each.rule for each in decision.fired]
    raised = {alert.id for alert in decision.alerts}
    certain = decision.reached.certain
    yield "question", {*decision.reached.asked_ids}
    yield "alert", raised
    yield "rule", {rule.id for rule in fired if matters(decision, rule, [each for each in fired if each is not rule])}
    silent = [rule for rule in decision.questionnaire.alert_rules if rule.raises not in raised]
    yield "silence", {rule.id for rule in silent if any(need <= certain for need in rule.needs)}
    if decision.withheld_by is None:
        points = [each.point for each in points_of(decision) if each.shown]
        main = [point for point in points if point.list in (PointList.FITS, PointList.PLAN_FOR, PointList.ASK)]
        yield "direction", {decision.lowest.id}
        yield "point", {point.id for point in points}
        programs = {program.id for program in decision.questionnaire.programs}
        yield "nothing of", programs - {program for point in main for program in point.programs}


def matters(decision: Decision, rule: Rule, others: list[Rule]) -> bool:
    rank = decision.questionnaire.rank
    if rule.raises not in rank:
        return all(each.raises != rule.raises for each in others)
    called_for = {addition for each in others for addition in each.adds}
    return all(rank.get(each.raises, -1) < rank[rule.raises] for each in others) or not called_for.issuperset(rule.adds)


# Properties that hold by construction: the solver can detect violations of them


ALWAYS = "{alone: {at least: always}}"
MORE_QUESTIONS = """
      - {id: car, kind: unranked, ask: Is there a car?, why: Trips., options: {here: "Yes", none: "No"}, dimension: 6}
      - {id: hurt, private: yes, ask: Is it safe?, why: Help., options: {safe: "Yes", hurt: "No"}, dimension: 5}

alerts:"""


@pytest.mark.parametrize(
    ("when", "broken"),
    [
        ("{not: {alone: {at least: always}}}", ["more-never-lowers"]),
        ("{alone: {at least: always}, car: {any of: [none]}}", ["more-never-lowers", "practical-changes-nothing"]),
        ("{alone: {at least: always}, hurt: {at least: hurt}}", ["private-changes-nothing-else"]),
    ],
)
def test_solver_finds_violations_the_loader_rejects(tmp_path: Path, when: str, broken: list[str]) -> None:
    """The solver has its own reader, which accepts rules that the loader rejects."""
    path = tmp_path / "refused.yaml"
    assert ALWAYS in MINIMAL
    path.write_text(MINIMAL.replace("\nalerts:", MORE_QUESTIONS).replace(ALWAYS, when), encoding="utf-8")
    found = verdicts(path)
    assert [code for code in BY_CONSTRUCTION if found[code]] == broken
