"""Typing in the interview: editing, pasting, resizing, pausing and leaving in the middle of a line."""

import json
import os
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import cast

import pexpect
import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.screen import TYPED_EARLY
from iop_fit.limits import MAX_LINE, MAX_NOTE
from support.faults import WarmTerminal
from support.scripted import calm_without_notes
from support.terminals import Terminal, processor_times

QUESTIONS = """
questionnaire: tiny
title: Tiny
version: "1"
language: en
audience: people
notice: Not a test.
minutes: 1
sections:
  - section: a
    title: First
    kind: need
    questions:
      - {id: words, kind: note, ask: What would you like to say?, why: To hear you., dimension: 1}
      - {id: how, ask: How is it?, why: To know., dimension: 1, options: {good: Good, mid: Middle, bad: Bad}}
      - {id: old, kind: number, ask: How old are you?, why: To know., dimension: 1, up to: 120, options:
          {young: {label: Young, from: 0}, adult: {label: Adult, from: 18}}}
directions:
  - {id: less, title: Less, sentence: Less., does not mean: Nothing., afterwards: Less., next: [Call.]}
  - {id: more, title: More, sentence: More., does not mean: Nothing., afterwards: More., next: [Call.]}
rules:
  - {id: r, raises: more, when: {how: {at least: bad}}, because: It is bad.}
contacts:
  - {id: c, name: Line, use: help, group: crisis, call: "988", verified on: 2026-01-02}
"""
ARGUMENTS = ("--questions", "tiny.yaml", "--for", "me", "--save", "draft.json", "--export", "page.md")
MODES = [(), ("--plain",)]
modes = pytest.mark.parametrize("mode", MODES, ids=["rich", "plain"])
PASTE, PASTED = "\x1b[200~", "\x1b[201~"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tiny.yaml").write_text(QUESTIONS)
    return tmp_path


def note_prompt(folder: Path, *mode: str, columns: int = 80, rows: int = 24) -> Terminal:
    """Return a terminal that asks for a note."""
    return WarmTerminal(folder, *ARGUMENTS, *mode, columns=columns, rows=rows).prompted().type("g")


def answers_in(folder: Path) -> dict[str, object]:
    return cast("dict[str, object]", json.loads((folder / "draft.json").read_text())["answers"])


# Editing


@modes
@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("I drank\x1b[D\x1b[D\x1b[3~ twice", "I dra twicek"),
        ("I drank\x1bOD\x1bOD\x1b[1~So, \x1b[F.", "So, I drank."),
        ("drank twice\x17once\x01I \x05.", "I drank once."),
        ("nothing\x15I drank", "I drank"),
        ("I drank 👩\u200d👩\u200d👧\x7f好\x7fa lot", "I drank a lot"),
        ("I\x1b[A\x1b[5~\x1b[15~\x1b[200~ drank\x1b[201~\x1b[97;5u", "I drank"),
    ],
)
def test_note_is_edited_as_in_a_shell(folder: Path, mode: tuple[str, ...], typed: str, note: str) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.type(typed)
        assert answers_in(folder) == {"words": note}


def test_edited_note_is_what_the_window_shows(folder: Path) -> None:
    with note_prompt(folder) as terminal:
        *page, prompt = terminal.screen()
        assert prompt == "Answer:"
        for typed, shown in (("I drank", "I drank"), ("\x1b[D\x1b[D\x1b[3~", "I drak"), (" 好", "I dra 好k")):
            assert terminal.send(typed).shows(f"Answer: {shown}").screen()[:-1] == page


@pytest.mark.parametrize("rows", [24, 8])
def test_long_note_is_shown_around_the_cursor(folder: Path, rows: int) -> None:
    numbers = " ".join(map(str, range(1000, 1500)))
    with note_prompt(folder, columns=40, rows=rows) as terminal:
        page = terminal.screen()[:-1]
        terminal.send(numbers).shows("1499")
        assert terminal.screen()[: len(page)] == page
        terminal.send("\x01").shows("Answer: 1000")
        assert terminal.screen()[: len(page)] == page
        terminal.type("")
        assert answers_in(folder) == {"words": numbers}


def test_plain_mode_shows_a_changed_line_anew(folder: Path) -> None:
    with note_prompt(folder, "--plain") as terminal:
        terminal.send("I drank").shows("Answer: I drank")
        terminal.send("\x7f\x7f").shows("Answer: I drank\nAnswer: I dra").type("nk")
        assert "Answer: I drank\nAnswer: I drank\n" in terminal.normal()
        assert "\b" not in terminal.transcript()


# Pasting


@modes
@pytest.mark.parametrize("wait", [0.0, 0.3])
def test_paste_of_many_lines_is_one_answer(folder: Path, mode: tuple[str, ...], wait: float) -> None:
    with note_prompt(folder, *mode) as terminal:
        for piece in (PASTE, "first line\r", "2\r", "x\r", PASTED):
            terminal.send(piece)
            time.sleep(wait)
        terminal.shows("first line 2 x").type("")
        assert answers_in(folder) == {"words": "first line 2 x"}


@modes
def test_rest_of_an_old_paste_answers_nothing(folder: Path, mode: tuple[str, ...]) -> None:
    """A paste that goes on when the next question is shown is discarded to its end."""
    with note_prompt(folder, *mode) as terminal:
        terminal.send(f"one\r{PASTE}2\r").prompted()
        for piece in ("2\r", "3\r"):
            time.sleep(0.2)
            terminal.send(piece)
        terminal.send(f"x\r{PASTED}").type("1")
        assert answers_in(folder) == {"words": "one", "how": "good"}


@modes
def test_further_lines_without_marks_are_said_to_be_unused(folder: Path, mode: tuple[str, ...]) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.send("first line\r2\r").prompted().shows("How is it?", TYPED_EARLY.text)
        assert answers_in(folder) == {"words": "first line"}
        terminal.send("\r" * 3).prompted()
        assert terminal.since_typed().count(TYPED_EARLY.text) == 0


def test_simple_terminal_gets_no_paste_marks(folder: Path) -> None:
    with WarmTerminal(folder, *ARGUMENTS, term="dumb") as terminal:
        terminal.prompted().type("g")
        terminal.type("first\r2\r3")
        assert answers_in(folder) == {"words": "first"}
        assert "\x1b" not in terminal.transcript()


# Lines that can't be used


@modes
@pytest.mark.parametrize("damaged", [b"caf\xe9", b"\xc3", b"\x80\x81", "\N{REPLACEMENT CHARACTER}".encode()])
def test_damaged_line_is_asked_for_again(folder: Path, mode: tuple[str, ...], damaged: bytes) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.send(damaged + b"\r").prompted().shows("Part of that line arrived damaged")
        assert not (folder / "draft.json").exists()
        terminal.type("café")
        assert answers_in(folder) == {"words": "café"}


@modes
def test_line_that_is_too_long_can_be_shortened(folder: Path, mode: tuple[str, ...]) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.send(f"{PASTE}{'x' * MAX_NOTE} yz{PASTED}").shows("yz")
        terminal.send("\r").shows("That line is too long by 3 characters. At most 3,000 fit.", "xxx yz")
        assert not (folder / "draft.json").exists()
        terminal.type("\x17\x7f")
        assert answers_in(folder) == {"words": "x" * MAX_NOTE}


def test_line_with_no_more_room_says_what_is_lost(folder: Path) -> None:
    with note_prompt(folder) as terminal:
        for _ in range(0, MAX_LINE + 4000, 4000):
            terminal.send("x" * 4000)
            time.sleep(0.05)
        terminal.send("\r").shows("too long by 17,000 characters", "20,000 characters are here.")
        terminal.type("\x15short")
        assert answers_in(folder) == {"words": "short"}


# The window


@pytest.mark.parametrize("size", [(40, 12), (100, 30)])
def test_resize_shows_the_unsent_line_again(folder: Path, size: tuple[int, int]) -> None:
    with note_prompt(folder) as terminal:
        terminal.send("I drank\x1b[D").shows("I drank")
        terminal.set_size(*size).shows("Answer: I drank")
        terminal.set_size(80, 24)
        for _ in range(20):  # while the page is drawn
            terminal.send("e")
            time.sleep(0.001)
        terminal.shows(f"I dran{'e' * 20}k").type("")
        assert answers_in(folder) == {"words": f"I dran{'e' * 20}k"}


def test_plain_mode_prints_nothing_at_a_resize(folder: Path) -> None:
    with note_prompt(folder, "--plain") as terminal:
        terminal.send("I dra").shows("I dra").set_size(100, 24).send("nk").shows("Answer: I drank")


@modes
def test_ctrl_l_shows_the_page_and_the_line_again(folder: Path, mode: tuple[str, ...]) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.send("I drank").shows("I drank")
        shown = terminal.screen()
        before = terminal.transcript().count("What would you like to say?")
        terminal.send("\x0c.").shows("I drank.")
        assert terminal.transcript().count("What would you like to say?") == before + 1
        assert mode or terminal.screen() == [*shown[:-1], "Answer: I drank."]


# Leaving in the middle of a line


@modes
def test_ctrl_d_ends_the_input_only_on_an_empty_line(folder: Path, mode: tuple[str, ...]) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.type("ab\x01\x04c\x04\x04")
        assert answers_in(folder) == {"words": "c"}
        terminal.send("\x04")
        assert terminal.end() == 3


@modes
@pytest.mark.parametrize("how", ["\x03", signal.SIGTERM, signal.SIGHUP, "\x13"])
def test_signal_in_the_middle_of_a_line_restores_the_modes(
    folder: Path, mode: tuple[str, ...], how: str | signal.Signals
) -> None:
    """Ctrl-S stops no output, so that the end is never waited for."""
    with note_prompt(folder, *mode) as terminal:
        before = termios.tcgetattr(terminal.keys)
        terminal.send("half a note").shows("half a note")
        if isinstance(how, str):
            terminal.send(how)
        if how != "\x03":
            terminal.stop(how if isinstance(how, signal.Signals) else signal.SIGTERM)
        assert terminal.end() in {129, 130, 143}
        assert bytes(terminal.raw).count(b"\x1b[?2004h") == bytes(terminal.raw).count(b"\x1b[?2004l") == 1
        assert not before[3] & termios.ECHO
        assert "half a note" not in terminal.normal() or mode
    assert not (folder / "draft.json").exists()


@modes
def test_hang_up_in_the_middle_of_a_line_leaves_no_draft(folder: Path, mode: tuple[str, ...]) -> None:
    with note_prompt(folder, *mode) as terminal:
        terminal.send("half a note").shows("half a note")
        assert terminal.hang_up() == 129
    assert not (folder / "draft.json").exists()


# In a shell


@pytest.fixture
def shell(folder: Path) -> "Iterator[pexpect.spawn[str]]":
    environment = {**os.environ, "TERM": "xterm-256color", "PS1": "SHELL$ "}
    options = ["--norc", "--noprofile", "--noediting", "-i"]
    with pexpect.spawn("/bin/bash", options, cwd=folder, env=environment, encoding="utf-8", timeout=20) as shell:
        shell.expect_exact("SHELL$ ")
        yield shell


def start(shell: "pexpect.spawn[str]", *mode: str) -> None:
    """Start an interview in a shell, up to half a note."""
    ask(shell, "stty -g")
    shell.sendline(" ".join([sys.executable, "-m", "iop_fit", "assess", *ARGUMENTS, *mode]))
    shell.expect_exact("begin: ")
    shell.sendline("g")
    shell.expect_exact("Answer: ")
    shell.send("touch leaked")
    shell.expect_exact("touch leaked")


def ask(shell: "pexpect.spawn[str]", command: str) -> str:
    """Return what a command prints."""
    shell.sendline(command)
    shell.expect_exact("SHELL$ ")
    return str(shell.before).partition("\r\n")[2].strip()


@modes
@pytest.mark.parametrize("how", ["Ctrl-Z", "kill -TSTP"])
def test_half_a_note_waits_while_paused(
    shell: "pexpect.spawn[str]", folder: Path, mode: tuple[str, ...], how: str
) -> None:
    modes_before = ask(shell, "stty -g")
    start(shell, *mode)
    if how == "Ctrl-Z":
        shell.send("\x1a")
    else:
        os.kill(child_of(shell.pid), signal.SIGTSTP)
    shell.expect_exact("SHELL$ ")
    assert "\x1b[?2004l" in shell.before
    assert ask(shell, "stty -g") == modes_before
    assert "leaked" not in ask(shell, "ls")
    shell.sendline("fg")
    shell.expect_exact("Answer: touch leaked")
    shell.sendline("")
    shell.expect_exact("How is it?")
    assert answers_in(folder) == {"words": "touch leaked"}
    shell.expect_exact("Answer: ")
    shell.sendline("x")
    shell.expect_exact("SHELL$ ")
    assert ask(shell, "stty -g") == modes_before


@modes
@pytest.mark.parametrize("tostop", ["", "stty tostop"])
def test_paused_interview_ends_when_it_is_killed(
    shell: "pexpect.spawn[str]", mode: tuple[str, ...], tostop: str
) -> None:
    ask(shell, tostop)
    modes_before = ask(shell, "stty -g")
    start(shell, *mode)
    shell.send("\x1a")
    shell.expect_exact("SHELL$ ")
    ask(shell, "pid=$(jobs -p)")
    # The shell still takes the job for stopped right after `kill`, so `wait` would not wait.
    commands = ("kill %1", "while kill -0 $pid 2>&-; do sleep 0.1; done", "true")
    assert "Exit 143" in "".join(ask(shell, each) for each in commands)
    assert ask(shell, "jobs") == ""
    assert ask(shell, "stty -g") == modes_before


def test_interview_in_the_background_waits_for_fg(shell: "pexpect.spawn[str]") -> None:
    modes_before = ask(shell, "stty -g")
    ask(shell, " ".join([sys.executable, "-m", "iop_fit", "assess", *ARGUMENTS, "&"]))
    deadline = time.monotonic() + 20
    while "Stopped" not in ask(shell, "jobs"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert ask(shell, "stty -g") == modes_before
    shell.sendline("fg")
    shell.expect_exact("begin: ")
    shell.sendline("x")
    shell.expect_exact("SHELL$ ")
    assert ask(shell, "stty -g") == modes_before


def child_of(pid: int) -> int:
    """Return the only child of a process."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text())


# Speed


@modes
def test_next_question_takes_a_few_milliseconds(
    questionnaire: Questionnaire, tmp_path: Path, mode: tuple[str, ...]
) -> None:
    """A quiet machine takes under 5 ms; the bound is one that a busy one keeps."""
    if not Path("/proc/self/schedstat").exists():
        pytest.skip("This system does not say how long a process has used the processor.")
    typed = list(calm_without_notes(questionnaire).values())
    with WarmTerminal(tmp_path, "--for", "me", *mode) as terminal:
        assert median(processor_times(terminal.prompted().type("g"), *typed)) < 0.025
