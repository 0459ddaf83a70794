"""Checking a questionnaire through the Python API."""

import json
import shutil
from pathlib import Path

import pytest

import iop_fit
from iop_fit.checking.output import check_json
from support import DAY, ROOT, Run

SOUND = ROOT / "examples" / "stepping-down"


def test_check_finds_what_the_command_finds(run: Run) -> None:
    done = run("check", SOUND, "--on", DAY.isoformat(), "--format", "json")
    assert json.loads(check_json(iop_fit.check(SOUND, on=DAY))) == json.loads(done.stdout)


def test_check_returns_problems_instead_of_raising(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("questionnaire: mine\n")
    found = iop_fit.check(tmp_path / "mine.yaml", on=DAY)
    assert found.questionnaire is None
    assert {each.severity for each in found.diagnostics} == {iop_fit.Severity.PROBLEM}
    assert found.diagnostics[0].problem.place == iop_fit.Place(str(tmp_path / "mine.yaml"), 1, 1)


def test_check_reads_the_examples_of_another_folder(tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "mine")
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "a.yaml").write_text("answers: {}\n")
    assert iop_fit.check(tmp_path / "mine", on=DAY, examples=tmp_path / "people").of_severity(iop_fit.Severity.FINDING)
    with pytest.raises(iop_fit.IopFitError, match="does not exist"):
        iop_fit.check(tmp_path / "mine", on=DAY, examples=tmp_path / "nobody")
