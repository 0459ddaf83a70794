"""The command that a person is given to start the program again."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from iop_fit.files.invocation import MODULE, command_line


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> "Started":
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("UV", raising=False)
    return Started(monkeypatch, tmp_path)


class Started:
    """Starts of the program in an empty folder: by which path, and with which folders on `PATH`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.monkeypatch, self.folder = monkeypatch, folder

    def program(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(0o700)
        return path

    def __call__(self, script: str, *path: Path, executable: Path | None = None) -> str:
        self.monkeypatch.setattr(sys, "argv", [script, "assess"])
        self.monkeypatch.setattr(sys, "executable", str(executable or sys.executable))
        self.monkeypatch.setenv("PATH", os.pathsep.join(map(str, path)))
        return command_line("assess", "--resume", "draft.json")


def test_command_on_the_path_is_named_alone(started: Started) -> None:
    script = started.program("bin/iop-fit")
    assert started(str(script), script.parent) == "iop-fit assess --resume draft.json"


def test_command_of_make_assess_is_relative(started: Started) -> None:
    started.program(".venv/bin/iop-fit")
    assert started(".venv/bin/iop-fit") == ".venv/bin/iop-fit assess --resume draft.json"


def test_command_behind_another_one_has_its_path(started: Started) -> None:
    other, script = started.program("other/iop-fit"), started.program("bin/iop-fit")
    assert started(str(script), other.parent, script.parent) == "bin/iop-fit assess --resume draft.json"


def test_command_in_this_folder_has_a_dot(started: Started) -> None:
    script = started.program("iop-fit")
    assert started(str(script)) == "./iop-fit assess --resume draft.json"


def test_command_elsewhere_has_its_whole_path(started: Started, tmp_path_factory: pytest.TempPathFactory) -> None:
    script = started.program("my tools/iop-fit")
    started.monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert started(str(script)) == f"'{script}' assess --resume draft.json"


def test_command_linked_onto_the_path_is_named_alone(started: Started) -> None:
    """As pipx and uv install it."""
    script, links = started.program("venvs/iop-fit/bin/iop-fit"), started.folder / "local"
    links.mkdir()
    (links / "iop-fit").symlink_to(script)
    assert started(str(links / "iop-fit"), links) == "iop-fit assess --resume draft.json"


def test_command_of_uvx_has_its_path(started: Started) -> None:
    """`uvx` adds a folder to `PATH` that the shell doesn't have afterwards."""
    script = started.program("cache/bin/iop-fit")
    started.monkeypatch.setenv("UV", "/usr/bin/uv")
    assert started(str(script), script.parent) == "cache/bin/iop-fit assess --resume draft.json"


def test_module_is_named_with_its_python(started: Started) -> None:
    python = started.program("bin/python3")
    rest = "-m iop_fit assess --resume draft.json"
    assert started(MODULE, python.parent, executable=python) == f"python3 {rest}"
    assert started(MODULE, executable=python) == f"bin/python3 {rest}"


def test_module_in_a_linked_python_has_its_path(started: Started) -> None:
    """The Python of a virtual environment is a link to another one, which lacks the program."""
    python, linked = started.program("usr/bin/python3"), started.folder / "venv/bin/python3"
    linked.parent.mkdir(parents=True)
    linked.symlink_to(python)
    rest = "-m iop_fit assess --resume draft.json"
    assert started(MODULE, python.parent, executable=linked) == f"venv/bin/python3 {rest}"


@pytest.mark.parametrize("script", ["", "-c", "/usr/bin/pytest", "gone/iop-fit"])
def test_other_programs_name_the_plain_command(started: Started, script: str) -> None:
    assert started(script) == "iop-fit assess --resume draft.json"


def test_command_in_a_deleted_folder_has_its_path(started: Started) -> None:
    script = started.program("bin/iop-fit")
    gone = started.folder / "gone"
    gone.mkdir()
    started.monkeypatch.chdir(gone)
    gone.rmdir()
    assert started(str(script)) == f"{script} assess --resume draft.json"


def test_command_can_be_pasted_into_a_shell(tmp_path: Path) -> None:
    """The real program, started as a module, names a command that starts it again."""
    folder = tmp_path / "a  folder"
    folder.mkdir()
    created = subprocess.run(
        [sys.executable, "-m", "iop_fit", "new", "it's mine.yaml"],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    command = created.stderr.splitlines()[-1].removeprefix("Next: ")
    assert shlex.split(command)[-2:] == ["check", "it's mine.yaml"]
    again = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=folder)
    assert again.returncode in (0, 1)
    assert again.stderr == ""
