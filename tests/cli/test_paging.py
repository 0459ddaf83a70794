"""The full report on a screen: in a pager if it is longer than the window, and what is in sight at the end."""

import os
import signal
import sys
import termios
from pathlib import Path
from typing import Any

import pexpect
import pytest

from iop_fit.domain.questionnaire import Questionnaire
from support import ROOT, Run
from support.terminal_answers import to_the_end
from support.terminals import Terminal

EXAMPLE = str(ROOT / "examples" / "everyday-drinking.yaml")
PAGER = """\
#!/bin/sh
cat > paged.txt
echo "$LESSHISTFILE $LESSSECURE" > environment.txt
"""


@pytest.fixture
def pager(tmp_path: Path) -> str:
    """Return a program that keeps what it is given in a file."""
    path = tmp_path / "pager"
    path.write_text(PAGER)
    path.chmod(0o700)
    return str(path)


def test_long_full_report_goes_to_the_pager_without_escapes(tmp_path: Path, pager: str) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", "--export", "page.md", PAGER=pager) as terminal:
        assert terminal.end() == 0
        assert terminal.normal() == "Written: page.md"
    paged = (tmp_path / "paged.txt").read_text()
    assert "Warning signs in a program" in paged
    assert "\x1b" not in paged
    assert (tmp_path / "environment.txt").read_text() == "- 1\n"


@pytest.mark.parametrize(
    "options", [["--full", "--no-pager"], ["--full", "--plain"], []], ids=["no pager", "plain", "summary"]
)
def test_other_output_never_goes_to_a_pager(tmp_path: Path, pager: str, options: list[str]) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, *options, rows=10, PAGER=pager) as terminal:
        assert terminal.end() == 0
        assert "What to ask about" in terminal.normal()
    assert not (tmp_path / "paged.txt").exists()


def test_report_that_fits_the_window_is_printed(tmp_path: Path, pager: str) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", rows=500, PAGER=pager) as terminal:
        assert terminal.end() == 0
        assert "Warning signs in a program" in terminal.normal()
    assert not (tmp_path / "paged.txt").exists()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 12)])
def test_direction_is_in_sight_at_the_end(
    questionnaire: Questionnaire, tmp_path: Path, pager: str, columns: int, rows: int
) -> None:
    sentence = questionnaire.directions[0].sentence
    with Terminal(tmp_path, "--for", "me", columns=columns, rows=rows, PAGER=pager) as terminal:
        to_the_end(terminal, questionnaire).type("g")
        assert sentence in " ".join(terminal.screen())
        terminal.type("f").last("q")
        assert terminal.end() == 0
        assert sentence in " ".join(terminal.screen())
    assert "What to do next" in (tmp_path / "paged.txt").read_text()


def test_pager_gets_the_terminal_as_it_was(questionnaire: Questionnaire, tmp_path: Path) -> None:
    path = tmp_path / "pager"
    path.write_text("#!/bin/sh\ncat > /dev/null\nstty -a < /dev/tty > modes.txt\n")
    path.chmod(0o700)
    with Terminal(tmp_path, "--for", "me", PAGER=str(path)) as terminal:
        to_the_end(terminal, questionnaire).type("g", "f").send("x\x7fq").shows("q = done: q").last("")
        assert terminal.end() == 0
        assert bytes(terminal.raw).count(b"\x1b[?2004h") == bytes(terminal.raw).count(b"\x1b[?2004l") == 2
    modes = {*(tmp_path / "modes.txt").read_text().replace(";", " ").split()}
    assert {"icanon", "echo", "iexten", "ixon", "isig"} <= modes


@pytest.mark.parametrize("missing", [{"PAGER": "no-such-pager -R"}, {"PAGER": "", "PATH": "/no/such/folder"}])
def test_report_is_printed_where_there_is_no_pager(tmp_path: Path, missing: dict[str, Any]) -> None:
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", **missing) as terminal:
        assert terminal.end() == 0
        assert "Warning signs in a program" in terminal.normal()


def waiting_pager(tmp_path: Path, script: str) -> str:
    """Return a pager that turns off the echo, reads the text, says that it is ready, and goes on with a script."""
    path = tmp_path / "waiting-pager"
    path.write_text(f"#!/bin/sh\n{script}\n".replace("READY", "stty -echo < /dev/tty; cat > paged.txt; echo ready"))
    path.chmod(0o700)
    return f"'{path}' -R"


def test_interrupt_in_the_pager_is_left_to_the_pager(tmp_path: Path) -> None:
    pager = waiting_pager(tmp_path, "trap 'echo interrupted' INT; READY; read key < /dev/tty; read key < /dev/tty")
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", PAGER=pager) as terminal:
        terminal.shows("ready").send("\x03").shows("interrupted").last("q")
        assert terminal.end() == 0


def test_termination_ends_the_pager_and_restores_modes(tmp_path: Path) -> None:
    pager = waiting_pager(tmp_path, "echo $$ > pid; READY; exec sleep 100")
    with Terminal(tmp_path, "--answers", EXAMPLE, "--full", PAGER=pager) as terminal:
        terminal.shows("ready")
        assert not termios.tcgetattr(terminal.keys)[3] & termios.ECHO
        terminal.stop(signal.SIGTERM)
        assert os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]) == 143
        terminal.status = 143
        assert termios.tcgetattr(terminal.keys)[3] & termios.ECHO
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "pid").read_text()), 0)


@pytest.mark.parametrize(("script", "stops"), [("READY", True), ("trap '' TSTP; READY", False)], ids=["stops", "stays"])
def test_pause_in_the_pager_is_left_to_the_pager(tmp_path: Path, script: str, stops: bool) -> None:
    pager = waiting_pager(tmp_path, f"{script}; read key < /dev/tty; stty echo < /dev/tty")
    command = f"{sys.executable} -m iop_fit assess --answers {EXAMPLE} --full"
    environment = {**os.environ, "TERM": "xterm", "PS1": "SHELL$ ", "PAGER": pager}
    options = ["--norc", "--noprofile", "--noediting", "-i"]
    with pexpect.spawn("/bin/bash", options, cwd=tmp_path, env=environment, encoding="utf-8", timeout=20) as shell:
        shell.expect_exact("SHELL$ ")
        shell.sendline(command)
        shell.expect_exact("ready")
        shell.send("\x1a")
        if stops:
            shell.expect_exact("SHELL$ ")
            shell.sendline("fg")
            shell.expect_exact("--full")
        shell.sendline("q")
        shell.expect_exact("SHELL$ ")
        assert "Stopped" not in shell.before
        shell.sendline("echo $?, $(jobs)")
        shell.expect_exact("\n0,\r\n")


def test_keys_below_the_result_are_edited_and_shown_again(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        to_the_end(terminal, questionnaire).type("g").send("fp\x1b[D").shows("q = done: fp")
        terminal.set_size(100, 24).send("\x7f").shows("q = done: p")
        terminal.send("\x0c").shows("q = done: p").send("\r").prompted().shows("What should the file be called?")
        terminal.type("0").last("q")
        assert terminal.end() == 0


def test_full_is_only_for_text(run: Run) -> None:
    done = run("assess", "--answers", EXAMPLE, "--full", "--format", "json")
    assert done.returncode == 2
    assert "--full is only for --format text" in " ".join(done.stderr.split())
