"""The real command in a real pseudo-terminal."""

import os
import sys
from pathlib import Path

import pexpect
import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.session import ANSWER
from support import Run, restarted
from support.scripted import calm

KEPT = {"PYTHONPATH"} & {*os.environ}
"""Without it, the child process could run another copy of the program."""
INTERVIEW = ["-m", "iop_fit", "assess", "--for", "me"]


def spawn(folder: Path, *arguments: str, width: int = 80) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable,
        [*INTERVIEW, *arguments],
        cwd=str(folder),
        encoding="utf-8",
        dimensions=(24, width),
        timeout=20,
        env={"PATH": "/usr/bin:/bin", "TERM": "xterm-256color"} | {name: os.environ[name] for name in KEPT},
    )


def begin(child: "pexpect.spawn[str]") -> None:
    child.expect_exact("begin: ")  # a small window shows "Enter = more, or " first
    child.sendline("g")


def answer(child: "pexpect.spawn[str]", typed: str) -> None:
    child.expect_exact(ANSWER[1:])
    child.sendline(typed)


def status(child: "pexpect.spawn[str]") -> int | None:
    child.expect(pexpect.EOF)
    child.close()
    ended: int | None = child.exitstatus
    return ended


@pytest.mark.parametrize("width", [80, 45])
def test_interview_ends_with_summary_and_file(questionnaire: Questionnaire, tmp_path: Path, width: int) -> None:
    child = spawn(tmp_path, "--export", "page.md", "--save", "draft.json", width=width)
    begin(child)
    for typed in calm(questionnaire).values():
        answer(child, typed)
    child.expect_exact("result: ")
    child.sendline("g")
    child.expect("Who to call, and what to say")
    child.expect("Written: page.md")
    child.expect_exact("= done: ")
    child.sendline("q")
    child.expect_exact("still saved in draft.json")
    assert status(child) == 0
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "page.md": 0o600,
        "draft.json": 0o600,
    }


def test_interview_drops_enters_typed_ahead(tmp_path: Path) -> None:
    child = spawn(tmp_path)
    child.send("\r" * 20)
    begin(child)
    child.send("\r" * 20)
    answer(child, "0")
    child.expect("Question 2 of")
    answer(child, "q")
    child.expect_exact("Number: ")
    child.sendline("1")
    assert status(child) == 0
    assert "Question 3 of" not in (child.before or "")


def test_interview_ends_on_ctrl_c_without_traceback(tmp_path: Path) -> None:
    child = spawn(tmp_path)
    begin(child)
    child.expect_exact(ANSWER)
    child.delaybeforesend = 0.5  # until the prompt is ready
    child.sendintr()
    child.expect("Nothing was saved.")
    assert status(child) == 130
    assert "Traceback" not in (child.before or "")
    assert list(tmp_path.iterdir()) == []


def test_interview_never_scores_partial_input(tmp_path: Path) -> None:
    child = spawn(tmp_path)
    begin(child)
    child.expect_exact(ANSWER)
    child.delaybeforesend = 0.5
    ended = "The input ended before the last question, so nothing was scored."
    for _ in range(5):  # input before the prompt is ready is discarded
        child.sendeof()
        if child.expect_exact([ended, pexpect.TIMEOUT], timeout=3) == 0:
            break
    assert status(child) == 3


def test_interview_checks_targets_before_asking(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("old")
    child = spawn(tmp_path, "--export", "page.md")
    child.expect("This file already exists")
    assert status(child) == 4
    assert "Question 1" not in (child.before or "")
    assert (tmp_path / "page.md").read_text() == "old"


def test_private_answer_is_on_screen_but_not_in_file(questionnaire: Questionnaire, tmp_path: Path) -> None:
    child = spawn(tmp_path, "--export", "page.md", "--export", "page.json")
    begin(child)
    for name, typed in calm(questionnaire).items():
        answer(child, "2" if name == "home-safety" else typed)
        if name == "home-safety":
            child.expect("g = keep going")
            child.sendline("g")
    child.expect_exact("result: ")
    child.sendline("g")
    child.expect("Do this first")
    title = next(alert.title for alert in questionnaire.alerts if alert.id == "home-safety-help")
    child.expect_exact(title)
    child.expect_exact("q = done: ")
    child.sendline("q")
    assert status(child) == 0
    for file in ("page.md", "page.json"):
        assert "home-safety" not in (tmp_path / file).read_text()
        assert title not in (tmp_path / file).read_text()


def test_piped_interview_input_scores_nothing(run: Run) -> None:
    done = run("assess", typed="1\n1\n")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "The input ended before the last question, so nothing was scored.\n"
        f"  Run `{restarted('assess')}` in a terminal, or read the answers from a file with --answers FILE.\n"
    )


def test_interview_refuses_redirected_stderr(tmp_path: Path) -> None:
    command = f"{sys.executable} {' '.join(INTERVIEW)} 2> {tmp_path / 'log'}"
    child = pexpect.spawn("/bin/sh", ["-c", command], encoding="utf-8", timeout=20, cwd=tmp_path)
    assert status(child) == 3
    assert (tmp_path / "log").read_text() == (
        "Standard error is not a terminal, so the questions can't be shown. Nothing was asked.\n"
        f"  Run `{restarted('assess')}` without redirecting standard error.\n"
    )
