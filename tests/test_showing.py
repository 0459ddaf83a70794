"""The statements about points where the search for a sheet ends early: given up, or turned back."""

from pathlib import Path

import pytest

from conftest import ROOT
from iop_fit.check import point_search
from iop_fit.check.findings import Finding
from iop_fit.check.points import Showing
from iop_fit.loading.loader import load_questionnaire

MINIMAL = (ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml").read_text()
PROGRAMS = """
programs:
  - {id: a, name: A, short: A, text: One way.}
  - {id: b, name: B, short: B, text: Another way.}
points:
"""
FULL_FOR_B = """\
  - {id: b1, for: b, list: fits, text: One., when: {alone: {at least: often}}}
  - {id: b2, for: b, list: fits, text: Two., when: {alone: {at least: often}}}
  - {id: b3, for: b, list: fits, text: Three., when: {alone: {at least: often}}}
  - {id: both, for: [a, b], list: fits, text: For both.}
"""
OFTEN_ALONE_FOR_A = """\
  - {id: a1, for: a, list: plan for, text: Plan., when: {alone: {at least: often}, not: {alone: {at least: always}}}}
"""
HINT = "Too many kinds of sheets had to be tried. Let the conditions of its list ask for less."


def findings(path: Path, text: str) -> dict[str, tuple[Finding, ...]]:
    path.write_text(text)
    return {each.code: each.findings for each in Showing(load_questionnaire(path), ()).statements()}


def test_points_that_the_search_gave_up_on_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(point_search, "MAX_VISITS", 0)
    found = findings(tmp_path / "open.yaml", MINIMAL + PROGRAMS + FULL_FOR_B)
    assert [(each.code, each.id, each.message, each.hint) for each in found["hidden-point"]] == [
        ("point-not-decided", name, f'Whether any answers show the point "{name}" stayed open.', HINT)
        for name in ("b1", "b2", "b3", "both")
    ]
    assert [(each.code, each.id, each.message, each.hint) for each in found["program-without-point"]] == [
        ("program-not-decided", name, f'Whether the program "{name}" always has a discussion point stayed open.', HINT)
        for name in "ab"
    ]


def test_answers_under_which_no_direction_is_given_leave_no_program_without_a_point(tmp_path: Path) -> None:
    """Always alone: there would be no point for A, but an alert withholds the direction then."""
    withholding = MINIMAL.replace("level: crisis", "level: crisis\n    withholds: yes")
    points = PROGRAMS + FULL_FOR_B + OFTEN_ALONE_FOR_A
    assert findings(tmp_path / "a.yaml", withholding + points)["program-without-point"] == ()
    (without,) = findings(tmp_path / "b.yaml", MINIMAL + points)["program-without-point"]
    assert without.id == "a"
