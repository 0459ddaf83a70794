"""Run the command on many cases in parallel."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from support import TESTS

QUESTIONS = TESTS / "questionnaires" / "valid" / "folder"


class Done(NamedTuple):
    """The exit status and output of a command."""

    status: int
    stderr: str
    stdout: str = ""


Listing = dict[str, tuple[int, bytes]]


def listing(folder: Path) -> Listing:
    """Return the mode and content of everything in a folder and its subfolders."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


class Command:
    """Runs the command in its own folder, and asserts that a failure leaves the folder unchanged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> None:
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def __call__(self, *arguments: str, given: str | bytes = b"") -> Done:
        before = listing(self.folder)
        done = subprocess.run(
            [sys.executable, "-m", "iop_fit", *arguments],
            cwd=self.folder,
            env={**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"},
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0 or listing(self.folder) == before
        return Done(done.returncode, done.stderr.decode(), done.stdout.decode())

    def assess(self, *arguments: str, given: str | bytes = b"") -> Done:
        return self("assess", "--questions", str(QUESTIONS), *arguments, given=given)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


class Case(NamedTuple):
    """The input of the command, and its expected result."""

    arguments: Sequence[str]
    expected: Done
    given: str | bytes = b""
    files: Mapping[str, str] = {}


def run_side_by_side(cases: Mapping[str, Case], factory: pytest.TempPathFactory) -> dict[str, Done]:
    """Run the command on all cases in parallel, because most of the time is startup."""

    def run(case: Case, command: Command) -> Done:
        for name, content in case.files.items():
            command.write(name, content)
        return command(*case.arguments, given=case.given)

    commands = [Command(factory.mktemp("case")) for _ in cases]
    with ThreadPoolExecutor() as pool:
        return dict(zip(cases, pool.map(run, cases.values(), commands), strict=True))


def usage(subcommand: str, message: str) -> str:
    return f"Usage: iop-fit {subcommand} [OPTIONS]\nTry 'iop-fit {subcommand} --help' for help.\n\nError: {message}\n"
