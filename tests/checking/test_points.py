"""Simple checks of discussion points on small questionnaires: what they find and what they miss."""

from pathlib import Path

import pytest

from iop_fit.checking.findings import Property, Violation
from iop_fit.checking.points import statements_about_points
from iop_fit.domain.decision import decide
from iop_fit.domain.selection.points import CAPS
from iop_fit.limits import MAX_COMBINATIONS
from iop_fit.loading.loader import load_questionnaire
from support import ROOT

MINIMAL = (ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml").read_text(encoding="utf-8")
QUESTIONS = """
      - {id: used, kind: several, ask: What?, why: W., options: {beer: B, pills: P, wine: W}, dimension: 1}
      - {id: daily, ask: How often?, why: W., options: {never: N, daily: D}, dimension: 1, ask when: [GATE]}
  - section: plans
    title: Plans
    kind: practical
    questions:
      - {id: pay, kind: unranked, ask: How?, why: W., options: {plan: P, cash: C}, dimension: 6}
      - {id: car, kind: unranked, ask: Which?, why: W., options: {own: O, none: N}, dimension: 6, ask when: [GATE]}

alerts:""".replace("GATE", "{used: {any of: [pills]}}")
PROGRAMS = """
programs:
  - {id: a, name: A, short: A, text: One way.}
  - {id: b, name: B, short: B, text: Another way.}
"""


def stated(path: Path, *points: str, withholds: bool = False) -> dict[str, Property]:
    """Return the properties of a small questionnaire with these points, with ids p0, p1 and so on."""
    text = MINIMAL.replace("\nalerts:", QUESTIONS)
    if withholds:
        text = text.replace("level: crisis", "level: crisis\n    withholds: yes")
    lines = (f"  - {{id: p{place}, text: Talk., {point}}}\n" for place, point in enumerate(points))
    path.write_text(f"{text}{PROGRAMS}points:\n{''.join(lines)}", encoding="utf-8")
    return {each.code: each for each in statements_about_points(load_questionnaire(path))}


def hidden(path: Path, *points: str, withholds: bool = False) -> list[str]:
    return [each.id for each in stated(path, *points, withholds=withholds)["hidden-point"].findings]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it.yaml"


# Conditions


@pytest.mark.parametrize(
    "when",
    [
        "{pay: {any of: [plan]}, not: {pay: {any of: [plan]}}}",
        "{all: [{pay: {any of: [plan]}}, {pay: {any of: [cash]}}]}",
        "{not: {pay: {any of: [plan, cash]}}}",
        "{alone: {at least: always}, not: {alone: {at least: often}}}",
        "{all: [{used: {any of: [beer]}}, {not: {used: {any of: [beer, wine]}}}]}",
        "{all: [{areas: {evenings: a lot}}, {not: {areas: {evenings: some}}}]}",
        "{some: {at least: 2, of: [{pay: {any of: [plan]}}, {pay: {any of: [cash]}}]}}",
    ],
)
def test_hidden_point_has_an_impossible_condition(path: Path, when: str) -> None:
    assert hidden(path, f"list: fits, when: {when}") == ["p0"]


@pytest.mark.parametrize(
    "when",
    [
        "{all: [{used: {any of: [beer]}}, {used: {any of: [wine]}}]}",
        "{alone: {at least: often}, not: {alone: {at least: always}}}",
        "{not: {alone: {at least: often}}}",
        "{not: {car: {any of: [own, none]}}}",
        "{all: [{areas: {evenings: some}}, {not: {areas: {evenings: a lot}}}]}",
        "{any: [{pay: {any of: [plan]}}, {not: {pay: {any of: [plan]}}}]}",
        "{daily: {at least: daily}, car: {any of: [own]}}",
    ],
)
def test_hidden_point_allows_possible_conditions(path: Path, when: str) -> None:
    assert hidden(path, f"list: fits, when: {when}") == []


def test_hidden_point_is_behind_a_withholding_alert(path: Path) -> None:
    always = "list: fits, when: {alone: {at least: always}}"
    assert hidden(path, always, withholds=True) == ["p0"]
    assert hidden(path, always) == []


def test_hidden_point_ignores_large_conditions(path: Path) -> None:
    pay = "{pay: {any of: [plan]}}, {not: {pay: {any of: [plan]}}}"
    others = "{used: {any of: [beer, pills, wine]}}, {alone: {at least: often}}"
    assert 3 * (8 + 1) * (3 + 1) < MAX_COMBINATIONS < 3 * (8 + 1) * (3 + 1) * (2 + 2)
    assert hidden(path, f"list: fits, when: {{all: [{pay}, {others}]}}") == ["p0"]
    assert hidden(path, f"list: fits, when: {{all: [{pay}, {others}, {{car: {{any of: [own]}}}}]}}") == []


# Lists


@pytest.mark.parametrize("name", ["fits", "plan for", "warning sign", "cost help", "call"])
def test_hidden_point_is_behind_a_full_list(path: Path, name: str) -> None:
    cap = next(cap for each, cap in CAPS.items() if each == name)
    assert hidden(path, *[f"list: {name}"] * cap) == []
    assert hidden(path, *[f"list: {name}"] * (cap + 1)) == [f"p{cap}"]


def test_hidden_point_is_behind_one_full_program_list(path: Path) -> None:
    assert hidden(path, *["list: fits, for: a"] * 3, "list: fits", "list: fits, for: b") == ["p3"]
    assert hidden(path, *["list: fits"] * 3, "list: fits, for: a") == ["p3"]


def test_hidden_point_ignores_points_that_may_not_show(path: Path) -> None:
    """A point for both programs is not shown if the list of one is full, and a conditional point may not apply."""
    only_b = "list: fits, for: b, when: {alone: {at least: often}}"
    assert hidden(path, *[only_b] * 3, *["list: fits"] * 3, "list: fits, for: a") == []
    assert hidden(path, *["list: fits"] * 2, only_b, "list: fits") == []


def test_point_about_what_decides_is_never_behind(path: Path) -> None:
    """A point comes first if its condition names what a rule names, outside of `not`."""
    full = ["list: fits"] * 3
    assert hidden(path, *full, "list: fits, when: {alone: {at least: often}}") == []
    assert hidden(path, *full, "list: fits, when: {daily: {at least: daily}}") == ["p3"]
    assert hidden(path, *full, "list: fits, when: {not: {alone: {at least: often}}}") == ["p3"]
    takes_place = "list: fits, for: b, when: {alone: {at least: often}}"
    assert hidden(path, *full[:2], "list: fits, for: [a, b]", "list: fits, for: a", *[takes_place] * 3) == []


# Programs


def bare(statement: Property) -> list[tuple[str, bool]]:
    return [(each.id, each.witness is not None) for each in statement.findings]


def test_program_without_point_has_a_witness(path: Path) -> None:
    found = stated(path, "list: fits, for: a", "list: ask, why: W., listen for: L., when: {pay: {any of: [plan]}}")
    (finding,) = found["program-without-point"].findings
    assert isinstance(finding, Violation)
    assert finding.id == "b"
    assert finding.witness
    assert finding.witness.holds(decide(load_questionnaire(path), finding.witness.sheet))


def test_program_without_point_sees_a_full_list(path: Path) -> None:
    found = stated(path, *["list: fits, for: b"] * 3, "list: fits")
    assert bare(found["program-without-point"]) == [("a", True)]


def test_program_without_point_ignores_warning_signs(path: Path) -> None:
    found = stated(path, "list: warning sign, for: a", "list: cost help, for: a", "list: plan for, for: b")
    assert bare(found["program-without-point"]) == [("a", True)]


def test_program_without_point_misses_some_full_lists(path: Path) -> None:
    """With `often`, the list of B is full and the point for both is not shown; the simple check misses that."""
    only_b = "list: fits, for: b, when: {alone: {at least: often}}"
    assert bare(stated(path, *[only_b] * 3, "list: fits")["program-without-point"]) == []
