"""The commands in the documentation, run as a reader would type them, print what the pages show."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support import ROOT, Run, restarted

DAY = "2026-11-24"
"""The day of `check`, on which the contact in the starter questionnaire counts as verified."""
BLOCK = re.compile(r"^```(console|diff)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILE = re.compile(r"^`([\w-]+\.(?:py|csv|yaml))`:\n\n```(?:python|csv|yaml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""A file that a page shows in full, with its name above it."""
PAGES = [path for path in sorted((ROOT / "docs").rglob("*.md")) if "```console\n" in path.read_text()]


class Reader:
    """Follow a page in an empty folder, and compare what is printed with what the page shows."""

    def __init__(self, run: Run, folder: Path) -> None:
        self.run, self.folder = run, folder
        self.copy = folder
        self.status = self.ran = 0

    def follow(self, page: str) -> None:
        """Type in the commands and make the changes of a page, from top to bottom."""
        for kind, text in BLOCK.findall(page):
            if kind == "console":
                self.type_in(text)
            else:
                self.edit(text)

    def edit(self, difference: str) -> None:
        """Make a change in the file that was copied last."""
        lines = difference.splitlines()
        old = "\n".join(line[1:] for line in lines if line[0] in " -") + "\n"
        new = "\n".join(line[1:] for line in lines if line[0] in " +") + "\n"
        text = self.copy.read_text()
        assert text.count(old) == 1, difference
        self.copy.write_text(text.replace(old, new))

    def type_in(self, block: str) -> None:
        """Run each command of a block and compare its output; a line with `…` stands for lines left out."""
        for each in block.removeprefix("$ ").split("\n$ "):
            command, *shown = each.splitlines()
            printed = self.printed_by(command)
            assert not shown or is_shown(shown, printed), "\n".join([command, *printed])

    def printed_by(self, command: str) -> list[str]:
        match command.split():
            case ["echo", "$?"]:
                return [str(self.status)]
            case ["cp", old, new]:
                self.copy = self.folder / new
                shutil.copyfile(self.folder / old, self.copy)
                return []
            case ["python", script]:
                return self.python(script)
            case ["cut", *_]:
                done = subprocess.run(command.split(), capture_output=True, text=True, check=True, cwd=self.folder)
                return done.stdout.splitlines()
            case ["iop-fit", *arguments, ">", target]:
                printed = self.iop_fit(arguments)
                (self.folder / target).write_text("\n".join([*printed, ""]))
                return []
            case ["iop-fit", *arguments]:
                return self.iop_fit(arguments)
            case _:
                raise AssertionError(command)

    def iop_fit(self, arguments: list[str]) -> list[str]:
        day = ["--on", DAY] if arguments[0] == "check" and "--on" not in arguments else []
        done = self.run(*arguments, *day, COLUMNS="80")
        self.status, self.ran = done.returncode, self.ran + 1
        assert self.status in {0, 1, 2, 3, 4}
        return (done.stdout + done.stderr).replace(restarted(), "iop-fit").splitlines()

    def python(self, script: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, script], capture_output=True, text=True, check=False, cwd=self.folder, timeout=20
        )
        assert (done.returncode, done.stderr) == (0, "")
        self.ran += 1
        return done.stdout.splitlines()


def is_shown(shown: list[str], printed: list[str]) -> bool:
    """Say whether lines are what is printed, except for those that `…` leaves out."""
    line = {"…": r"(?:.*\n)*?"}
    return bool(
        re.fullmatch("".join(line.get(each, f"{re.escape(each)}\n") for each in shown), "\n".join([*printed, ""]))
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_shows_what_its_commands_print(path: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    page = path.read_text()
    for name, text in FILE.findall(page):
        (tmp_path / name).write_text(text)
    reader = Reader(run, tmp_path)
    reader.follow(page)
    assert reader.ran == len(re.findall(r"^\$ (?:iop-fit|python) ", page, re.MULTILINE)) > 0


def test_is_shown_compares_lines_and_their_order() -> None:
    printed = ["one", "two", "three"]
    for shown in (["one", "two", "three"], ["…", "two", "…"], ["one", "…"], ["…", "three"], ["one", "…", "three"]):
        assert is_shown(shown, printed)
    for shown in (["two", "…"], ["…", "two"], ["…", "three", "…", "two", "…"], ["…", "tw", "…"], ["one", "three"]):
        assert not is_shown(shown, printed)
