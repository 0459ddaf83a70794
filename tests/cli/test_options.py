"""`iop-fit options`: without a question, after a result, and for another questionnaire."""

from pathlib import Path

import pytest

from iop_fit.report.registry import DRAWN, REPORTS
from support import ROOT, TESTS, Run

SOUND = TESTS / "questionnaires" / "valid" / "sound.yaml"
MINIMAL = TESTS / "questionnaires" / "valid" / "minimal.yaml"
EXAMPLES = ROOT / "examples"


@pytest.fixture
def result(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    done = run("assess", "--answers", EXAMPLES / "everyday-drinking.yaml", "--export", path)
    assert done.returncode == 0
    return path


def test_options_ask_nothing_and_mark_nothing(run: Run) -> None:
    done = run("options", "--plain")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\nNothing for now\n" in done.stdout
    assert "answers point here" not in done.stdout


def test_options_mark_what_a_result_points_to(run: Run, result: Path) -> None:
    done = run("options", "--plain", "--result", result)
    assert (done.returncode, done.stderr) == (0, "Recomputing gives the same result.\n")
    assert "Intensive outpatient program (IOP)\nYour answers point here\n" in done.stdout
    assert done.stdout.index("See a doctor before you stop drinking") < done.stdout.index("Nothing for now")
    piped = run("options", "--plain", "--result", "-", typed=result.read_text())
    assert piped.stdout == done.stdout


def test_options_for_someone_use_the_second_wording(run: Run) -> None:
    shown = run("options", "--plain", "--for", "someone").stdout
    assert "What it asks of them:" in shown
    assert "What it asks of you:" not in shown


def test_options_export_every_drawn_format(run: Run, tmp_path: Path) -> None:
    paths = [tmp_path / f"options{REPORTS[name].suffix}" for name in DRAWN]
    done = run("options", *(each for path in paths for each in ("--export", path)))
    assert done.returncode == 0
    assert all(path.stat().st_size > 1000 for path in paths)
    assert run("options", "--format", "markdown").stdout == (tmp_path / "options.md").read_text()


def test_options_refuse_a_file_for_programs(run: Run, tmp_path: Path) -> None:
    done = run("options", "--export", tmp_path / "options.json")
    assert done.returncode == 2
    assert "options.json must end in .pdf, .html, .md or .txt" in done.stderr


def test_options_of_another_questionnaire(run: Run) -> None:
    assert "Three evenings a week." in run("options", "--questions", SOUND).stdout
    without = run("options", "--questions", MINIMAL)
    assert (without.returncode, without.stderr) == (0, "")
    assert "describes no options of care" in without.stdout


def test_options_report_a_missing_result(run: Run, tmp_path: Path) -> None:
    done = run("options", "--result", tmp_path / "none.json")
    assert done.returncode == 4
    assert "There is no such file." in done.stderr
