"""Names of files that a terminal would obey reach it as letters only, wherever they are said."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from faults import WarmTerminal

HOSTILE = "\x1b]0;a\x07\x1b[31mred\x9b1m\u202egpj\n\x7f"
EXAMPLE = ROOT / "examples" / "steady-home.yaml"
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "an answers file that is missing": (("assess", "--answers", f"{HOSTILE}.yaml"), 4),
    "a page that is written": (("assess", "--answers", "me.yaml", "--format", "json", "--export", f"{HOSTILE}.md"), 0),
    "a page in a missing folder": (("assess", "--answers", "me.yaml", "--export", f"{HOSTILE}/page.md"), 4),
    "a page named twice": (("assess", "--answers", "me.yaml", *("--export", f"{HOSTILE}.md") * 2), 2),
    "a page of no known kind": (("assess", "--answers", "me.yaml", "--export", HOSTILE), 2),
    "a result that is none": (("show", f"{HOSTILE}.yaml"), 4),
    "a file beside a questionnaire": (("questions", "--questions", "folder"), 4),
    "a questionnaire to check": (("check", f"{HOSTILE}.yaml"), 4),
    "a new questionnaire": (("new", f"{HOSTILE}.yaml"), 0),
    "an option": (("assess", f"--{HOSTILE}"), 2),
    "a command": ((HOSTILE,), 2),
    "a day": (("check", "--on", HOSTILE), 2),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_hostile_file_name_reaches_no_terminal_as_it_is(tmp_path: Path, name: str) -> None:
    arguments, status = COMMANDS[name]
    shutil.copy(EXAMPLE, tmp_path / "me.yaml")
    shutil.copytree(ROOT / "questions" / "program-fit", tmp_path / "folder")
    (tmp_path / "folder" / f"{HOSTILE}.yaml").touch()
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    said = done.stdout + done.stderr
    assert "red" in said
    assert not OBEYED.search(said)


@pytest.mark.parametrize("mode", [(), ("--plain",)], ids=["rich", "plain"])
def test_a_hostile_draft_name_reaches_the_terminal_as_letters(tmp_path: Path, mode: tuple[str, ...]) -> None:
    name = f"{HOSTILE}.json".replace("\n", "")
    with WarmTerminal(tmp_path, "--for", "me", "--save", name, *mode) as terminal:
        terminal.prompted().type("g", "0").last("q")
        assert terminal.end() == 0
        assert (tmp_path / name).exists()
        assert "red" in terminal.transcript()
        for obeyed in ("\x1b]0", "\x1b[31mred", "\x9b", "\u202e", "\x7f"):
            assert obeyed not in terminal.transcript()
