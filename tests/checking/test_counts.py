"""At least so many of a list, as authors write it: loading, deciding and checking stay exact and fast."""

from itertools import combinations
from math import comb
from pathlib import Path
from random import Random
from time import process_time
from typing import NamedTuple

import pytest

from iop_fit.checking.checker import check_reading
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.whatif import find_changes, search_completed
from iop_fit.limits import MAX_NEEDS
from iop_fit.loading.loader import Reading, read_questionnaire
from support import DAY
from support.by_hand import SKIPPED

HEAD = """\
questionnaire: counted
title: Counted signs
version: "1"
language: en
audience: Adults
notice: This is not a diagnosis.
minutes: 1
sections:
  - section: signs
    title: Signs
    kind: need
    questions:
      - {id: used, kind: several, ask: Which?, why: W., dimension: 1, options: {a: A, b: B, c: C}}
"""
DIRECTIONS = "".join(
    f"  - {{id: {name}, title: T, sentence: S., does not mean: N., afterwards: A., next: [Call.]}}\n"
    for name in ("less", "more", "most")
)


class Signs(NamedTuple):
    """A questionnaire of yes-or-no signs, with one rule for each count; the first two signs may have two parts."""

    signs: int
    counts: tuple[int, ...]
    gated: bool = False
    in_parts: bool = False

    def parts_of(self, sign: int) -> list[str]:
        return [f"q{sign}", f"p{sign}"] if self.in_parts and sign < 2 else [f"q{sign}"]

    def text(self) -> str:
        gate = ", ask when: [{used: {any of: [a, b, c]}}]" if self.gated else ""
        asked = "".join(
            f"      - {{id: {name}, ask: It?, why: W., dimension: 1, changeable: yes, "
            f'options: {{no: "No", yes: "Yes"}}{gate}}}\n'
            for sign in range(self.signs)
            for name in self.parts_of(sign)
        )
        tests = [[f"{{{name}: {{at least: yes}}}}" for name in self.parts_of(sign)] for sign in range(self.signs)]
        flags = ", ".join(f"{{any: [{', '.join(each)}]}}" for each in tests)
        rules = "".join(
            f"  - {{id: r{number}, raises: {'most' if number == self.counts[-1] else 'more'}, because: B., "
            f"when: {{some: {{at least: {number}, of: [{flags}]}}}}}}\n"
            for number in self.counts
        )
        return f"{HEAD}{asked}directions:\n{DIRECTIONS}rules:\n{rules}"


def read(tmp_path: Path, signs: Signs) -> Reading:
    path = tmp_path / "it.yaml"
    path.write_text(signs.text())
    return read_questionnaire(path)


def loaded(tmp_path: Path, signs: Signs) -> Questionnaire:
    reading = read(tmp_path, signs)
    assert reading.questionnaire, reading.problems
    return reading.questionnaire


WRITTEN = [
    *(Signs(11, (number,)) for number in (4, 5, 6, 7)),
    *(Signs(10, (number,)) for number in (4, 5, 6)),
    *(Signs(13, (6,)), Signs(14, (7,)), Signs(20, (4,))),
    *(Signs(11, (4, 6), gated=True), Signs(11, (4, 6), in_parts=True), Signs(11, (4, 6), gated=True, in_parts=True)),
]


def sheet_at_random(questionnaire: Questionnaire, rng: Random) -> AnswerSheet:
    def answer(chance: float) -> Answer:
        return SKIPPED if rng.random() < 0.2 else Chosen(("yes" if rng.random() < chance else "no",))

    chance = rng.random()
    names = [name for name in questionnaire.questions if name != "used"]
    return AnswerSheet({"used": Chosen(("a",)), **{name: answer(chance) for name in names}})


@pytest.mark.parametrize("signs", WRITTEN, ids=str)
def test_count_is_decided_as_counted_by_hand(tmp_path: Path, signs: Signs) -> None:
    questionnaire = loaded(tmp_path, signs)
    rng = Random(str(signs))
    for _ in range(20):
        sheet = sheet_at_random(questionnaire, rng)
        given = [[sheet.answers[name] for name in signs.parts_of(sign)] for sign in range(signs.signs)]
        certain = sum(Chosen(("yes",)) in each for each in given)
        possible = sum(Chosen(("yes",)) in each or SKIPPED in each for each in given)
        decision = decide(questionnaire, sheet)
        fired, within_reach = ([f"r{each}" for each in signs.counts if each <= most] for most in (certain, possible))
        assert {each.rule.id for each in decision.fired} == {*fired}
        assert {each.rule.id for each in decision.open} == {*within_reach} - {*fired}
        assert decision.firm is (decision.lowest is decision.highest)


@pytest.mark.parametrize("signs", WRITTEN, ids=str)
def test_counts_load_and_check_quickly(tmp_path: Path, signs: Signs) -> None:
    start = process_time()
    reading = read(tmp_path, signs)
    found = check_reading(reading, (), DAY)
    assert process_time() - start < 2
    codes = {each.problem.code for each in found.diagnostics}
    assert codes & {"idle-rule", "rule-not-decided", "unreachable-alert"} == set()
    assert ("unreachable-direction" in codes) is (len(signs.counts) == 1)  # `more` is raised by no rule then


def test_repeated_count_is_found_idle_quickly(tmp_path: Path) -> None:
    """Each need of one rule is compared with all those of the other."""
    signs = Signs(14, (6, 6))
    text = signs.text().replace("id: r6", "id: again", 1)
    path = tmp_path / "it.yaml"
    path.write_text(text)
    start = process_time()
    found = check_reading(read_questionnaire(path), (), DAY)
    assert process_time() - start < 3
    assert [each.problem.message.split('"')[1] for each in found.diagnostics if each.problem.code == "idle-rule"] == [
        "again",
        "r6",
    ]


def test_one_count_within_another_is_idle(tmp_path: Path) -> None:
    signs = Signs(11, (4, 5, 6))
    found = check_reading(read(tmp_path, signs), (), DAY)
    idle = [each.problem.message.split('"')[1] for each in found.diagnostics if each.problem.code == "idle-rule"]
    assert idle == ["r5"]  # r4 fires whenever it does, and raises the same


def test_changes_of_a_count_are_all_found(tmp_path: Path) -> None:
    """One sign above the count: no single change lowers the direction, and every pair of signs does."""
    signs = Signs(20, (4,))
    questionnaire = loaded(tmp_path, signs)
    yes = {f"q{sign}": Chosen(("yes",)) for sign in range(5)}
    no = {f"q{sign}": Chosen(("no",)) for sign in range(5, 20)}
    decision = decide(questionnaire, AnswerSheet({"used": Chosen(("a",)), **yes, **no}))
    assert search_completed(decision)
    changes = find_changes(decision)
    first = [*combinations([f"q{sign}" for sign in range(5)], 2)][: len(changes)]
    assert [tuple(step.question.id for step in change.steps) for change in changes] == first


def test_count_beyond_the_limit_says_how_to_shorten_it(tmp_path: Path) -> None:
    assert comb(15, 8) < MAX_NEEDS < comb(16, 8)
    (problem,) = read(tmp_path, Signs(16, (8,))).problems
    assert (problem.message, problem.hint) == (
        "More than 10,000 combinations of answers fire this rule.",
        "Shorten its lists: at least 6 of 11 makes 462 combinations, at least 8 of 16 makes 12,870.",
    )
