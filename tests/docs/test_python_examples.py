"""The programs in `examples/python/`, each run as its first lines say, if the library that it shows is installed."""

import json
import logging
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import iop_fit
from support import ROOT

PROGRAMS = ROOT / "examples" / "python"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def need(library: str) -> None:
    """Skip the test without a library that is not one of ours; those programs are also run by hand."""
    pytest.importorskip(library, reason=f"EXAMPLE NOT TESTED: {library} is not installed")


def run(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, f"examples/python/{name}.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60)


def test_score_folder_prints_counts_of_a_folder() -> None:
    done = run("score_folder", "examples/at-the-lines")
    directions = iop_fit.load().directions
    counted = {line[5:]: int(line[:4]) for line in done.stdout.splitlines()}
    assert (done.returncode, done.stderr) == (0, "")
    assert list(counted)[:-1] == [each.title for each in directions]
    assert sum(counted.values()) == len([*(ROOT / "examples" / "at-the-lines").glob("*.yaml")])


def test_score_folder_lists_codes_and_places(tmp_path: Path) -> None:
    path = tmp_path / "heron.yaml"
    path.write_text("answers: {mood: swan}\n")
    done = run("score_folder", str(tmp_path))
    assert done.returncode == 1
    assert f"{path}:1:17: unknown-option\n" in done.stderr
    assert "swan" not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["score_folder", "check_own"])
def test_program_without_an_argument_shows_how_to_run(name: str) -> None:
    done = run(name)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"python examples/python/{name}.py examples/" in done.stderr
    assert "Traceback" not in done.stderr


def test_score_folder_names_a_folder_without_answers(tmp_path: Path) -> None:
    done = run("score_folder", str(tmp_path / "none"))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"No .yaml file in {tmp_path / 'none'}.\n")


def test_check_own_prints_what_holds_and_what_is_wrong() -> None:
    done = run("check_own", "examples/stepping-down")
    assert (done.returncode, done.stderr) == (0, "")
    assert "yes No private answer can change anything but its own private alert.\n" in done.stdout
    wrong = run("check_own", "tests/questionnaires/invalid/wrong-shapes.yaml")
    assert (wrong.returncode, wrong.stderr) == (1, "")
    assert wrong.stdout.startswith("problem: tests/questionnaires/invalid/wrong-shapes.yaml:")


def test_notebook_shows_the_summary() -> None:
    result = runpy.run_path(str(PROGRAMS / "notebook.py"))["result"]
    assert isinstance(result, iop_fit.Assessment)
    assert "See a doctor before you stop" in result._repr_html_()


def test_table_scores_each_row() -> None:
    need("pandas")
    done = run("table")
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()[1:]}
    assert rows["everyday-drinking"][:2] == ["iop", "True"]
    assert rows["weekend-weed"][-1] == "missing-answer"


def test_endpoint_answers_and_logs_no_answers(caplog: pytest.LogCaptureFixture) -> None:
    need("fastapi")
    need("httpx")
    from fastapi.testclient import TestClient  # type: ignore[import-not-found]

    caplog.set_level(logging.DEBUG)
    client = TestClient(runpy.run_path(str(PROGRAMS / "endpoint.py"))["app"])
    text = (ROOT / "examples" / "everyday-drinking.yaml").read_text()
    done = client.post("/results", content=text)
    assert (done.status_code, done.json()["direction"]["id"]) == (200, "iop")
    wrong = client.post("/results", content=json.dumps({"answers": {"mood": "heron"}}))
    assert wrong.status_code == 422
    assert "unknown-option" in {problem["code"] for problem in wrong.json()["problems"]}
    path = client.post("/results", content="examples/everyday-drinking.yaml")
    assert [problem["code"] for problem in path.json()["problems"]] == ["not-a-mapping"]
    assert "heron" not in caplog.text
    assert "unknown-option" in caplog.text
