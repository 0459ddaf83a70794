"""Control characters in file names are escaped in all output."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iop_fit.text import json_text
from support import ROOT
from support.faults import WarmTerminal

HOSTILE = "\x1b]0;a\x07\x1b[31mred\x9b1m\u202egpj\n\x7f"
EXAMPLE = ROOT / "examples" / "steady-home.yaml"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

UNSEEN = "\u200b\u200d\u200f\u2060\u2064\ufeff\U000e0001\U000e0041\U000e007f"
HIDDEN = re.compile(f"{CONTROLS.pattern}|[\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")

COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "an answers file that is missing": (("assess", "--answers", f"{HOSTILE}.yaml"), 4),
    "a page": (("assess", "--answers", "me.yaml", "--format", "json", "--export", f"{HOSTILE}.md"), 0),
    "a page in a missing folder": (("assess", "--answers", "me.yaml", "--export", f"{HOSTILE}/page.md"), 4),
    "a page named twice": (("assess", "--answers", "me.yaml", *("--export", f"{HOSTILE}.md") * 2), 2),
    "a page of no known kind": (("assess", "--answers", "me.yaml", "--export", HOSTILE), 2),
    "a file that is no result": (("show", f"{HOSTILE}.yaml"), 4),
    "a file beside a questionnaire": (("questions", "--questions", "folder"), 4),
    "a questionnaire to check": (("check", f"{HOSTILE}.yaml"), 4),
    "a new questionnaire": (("new", f"{HOSTILE}.yaml"), 0),
    "an option": (("assess", f"--{HOSTILE}"), 2),
    "a command": ((HOSTILE,), 2),
    "a day": (("check", "--on", HOSTILE), 2),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_hostile_file_name_is_escaped_in_output(tmp_path: Path, name: str) -> None:
    arguments, status = COMMANDS[name]
    shutil.copy(EXAMPLE, tmp_path / "me.yaml")
    shutil.copytree(ROOT / "questions" / "program-fit", tmp_path / "folder")
    (tmp_path / "folder" / f"{HOSTILE}.yaml").touch()
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == status, done.stderr
    output = done.stdout + done.stderr
    assert "red" in output
    assert not CONTROLS.search(output)


NAMES = {
    "all at once": f"{HOSTILE}{UNSEEN}",
    "marks": "no\x9b31m\u202e\x7f",
    "no UTF-8": b"red\x9b31m\xff".decode(errors="surrogateescape"),
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_json_escapes_hostile_file_name(tmp_path: Path, name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", "check", "--format", "json", name],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (4, b"")
    output = done.stdout.decode()
    assert not HIDDEN.search(output)
    assert [each["file"] for each in json.loads(output)["told"]] == [name]


def test_json_text_escapes_every_unsafe_character() -> None:
    value = {chr(code): [chr(code)] for code in range(sys.maxunicode + 1) if HIDDEN.fullmatch(chr(code))}
    text = json_text({**value, "é🙂": "\n"})
    assert not HIDDEN.search(text)
    assert "é🙂" in text
    assert json.loads(text) == {**value, "é🙂": "\n"}


@pytest.mark.parametrize("mode", [(), ("--plain",)], ids=["rich", "plain"])
def test_hostile_draft_name_is_escaped_on_terminal(tmp_path: Path, mode: tuple[str, ...]) -> None:
    name = f"{HOSTILE}.json".replace("\n", "")
    with WarmTerminal(tmp_path, "--for", "me", "--save", name, *mode) as terminal:
        terminal.prompted().type("g", "0").last("q")
        assert terminal.end() == 0
        assert (tmp_path / name).exists()
        assert "red" in terminal.transcript()
        for control in ("\x1b]0", "\x1b[31mred", "\x9b", "\u202e", "\x7f"):
            assert control not in terminal.transcript()
