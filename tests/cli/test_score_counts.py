"""`iop-fit score` prints counts, compares two questionnaires, and writes private files."""

import json
import shutil
import stat
from pathlib import Path
from random import Random

import pytest

import iop_fit
from support import ROOT, Run
from support.counted_rows import rows_for, table_of

QUESTIONS = ROOT / "questions" / "program-fit"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = rows_for(iop_fit.load().public(), Random(11), 40)
    return table_of([*rows], tmp_path_factory.mktemp("tables") / "sheets.csv")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the questions with one rule that is met by fewer answers."""
    folder = tmp_path_factory.mktemp("edited") / "program-fit"
    shutil.copytree(QUESTIONS, folder)
    path = folder / "alert-rules.yaml"
    before, after = "when: {health: {any of: [serious, illness]}}", "when: {health: {any of: [serious]}}"
    text = path.read_text()
    assert text.count(before) == 1
    path.write_text(text.replace(before, after))
    return folder


def test_score_prints_counts_and_then_problems_apart(run: Run, table: Path) -> None:
    done = run("score", table)
    assert done.returncode == 0
    assert done.stderr.endswith("\nScored 40 sheets; 2 of them with problems.\n")
    assert done.stdout.startswith("40 sheets\n\nDirection\nA lighter step may be enough ")
    assert "\nAlerts\nKind " in done.stdout
    assert "(crisis-line)" in run("score", table, "--full").stdout


def test_score_writes_private_files_and_names_them(run: Run, table: Path, tmp_path: Path) -> None:
    files = ("scored.csv", "counts.csv", "counts.json", "counts.svg")
    summaries = [argument for name in files[1:] for argument in ("--summary", name)]
    done = run("score", table, "--by", "county", "-o", files[0], *summaries)
    assert done.returncode == 0
    assert done.stderr.endswith(" problems.\n" + "".join(f"Written: {name}\n" for name in files))
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == dict.fromkeys(files, 0o600)
    again = run("score", table, "--summary", "counts.svg")
    assert again.returncode == 4
    assert "This file already exists" in again.stderr
    assert run("score", table, "--summary", "counts.svg", "--force").returncode == 0


def test_score_checks_files_before_it_scores(run: Run, table: Path, tmp_path: Path) -> None:
    done = run("score", table, "--summary", "counts.png")
    assert done.returncode == 2
    assert "counts.png must end in .csv, .json or .svg" in done.stderr
    assert run("score", table, "-o", "x.csv", "--summary", "x.csv").returncode == 2
    assert run("score", table, "--summary", "nowhere/x.csv").returncode == 4
    assert [*tmp_path.iterdir()] == []


def test_score_against_shows_who_moves(run: Run, table: Path, edited: Path, tmp_path: Path) -> None:
    done = run("score", table, "--questions", edited, "--against", QUESTIONS, "-o", "moved.csv", "--plain")
    said = "Scored 40 sheets; 2 of them with problems.\nWritten: moved.csv\n"
    assert (done.returncode, done.stderr) == (0, said)
    assert "\nFrom old (rows) to new (columns)\n" in done.stdout
    moved = json.loads(run("score", table, "--questions", edited, "--against", QUESTIONS, "--format", "json").stdout)
    differing = next(each for each in moved["tables"] if each["id"] == "differences")["rows"][0]["counts"]
    assert differing[0] == len((tmp_path / "moved.csv").read_text().splitlines()) - 1 > 0


def test_score_of_hostile_groups_is_escaped(run: Run, table: Path) -> None:
    done = run("score", table, "--by", "county", "--summary", "counts.svg", FORCE_COLOR="1")
    assert "\x1b[31mred" not in done.stdout
    assert "�[31mred" in done.stdout
    assert "<script>" in done.stdout


@pytest.mark.parametrize("width", [40, 80, 200])
def test_score_with_hidden_counts_shows_no_small_number(run: Run, table: Path, width: int) -> None:
    done = run("score", table, "--by", "county", "--min-group", "5", "--format", "json", COLUMNS=str(width))
    data = json.loads(done.stdout)
    counts = [count for each in data["tables"] for row in each["rows"] for count in row["counts"]]
    assert None in counts
    assert not {*counts} & {1, 2, 3, 4}
