"""Entry point: importing it runs nothing, and it refuses what it can't run on."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import iop_fit
from iop_fit import __main__ as entry
from iop_fit.__main__ import main
from iop_fit.cli import at_once
from iop_fit.version import VERSION

SOURCE = Path(iop_fit.__file__).parent
ENTRY = ("__init__", "__main__", "version")
NUMBERS = "In an emergency in the United States: 911. In a crisis: call or text 988.\n"


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_main_runs_only_when_called(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], option: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["iop-fit", option])
    assert capfd.readouterr() == ("", "")
    main()
    assert capfd.readouterr() == (f"iop-fit {VERSION}\n", "")


@pytest.mark.parametrize("name", ENTRY)
def test_entry_modules_parse_in_old_python(name: str) -> None:
    ast.parse((SOURCE / f"{name}.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("platform", "version", "sentence"),
    [
        ("win32", (3, 13), "iop-fit doesn't run on Windows itself. Use it in WSL (Windows Subsystem for Linux)."),
        ("linux", (3, 10), "iop-fit needs Python 3.11 or later, but this is Python 3.10."),
        ("darwin", (3, 9, 6), "iop-fit needs Python 3.11 or later, but this is Python 3.9."),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["--version"], ["hotlines"]])
def test_main_refuses_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    platform: str,
    version: tuple[int, ...],
    sentence: str,
    arguments: list[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["iop-fit", *arguments])
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as ended:
        main()
    monkeypatch.undo()
    assert ended.value.code == 4
    assert capsys.readouterr() == ("", f"{sentence}\n{NUMBERS}")


@pytest.mark.parametrize("version", ["3.6", "3.7", "3.8", "3.9", "3.10"])
def test_old_python_gets_one_sentence(version: str) -> None:
    python = shutil.which(f"python{version}")
    command = [python or "", "-m", "iop_fit", "assess"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    works = python and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    if not works:
        pytest.skip(f"Python {version} is not installed.")
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    sentence = f"iop-fit needs Python 3.11 or later, but this is Python {version}."
    assert (done.returncode, done.stdout, done.stderr) == (4, "", f"{sentence}\n{NUMBERS}")


def test_hotlines_leave_failed_output_to_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: list[str]) -> bool:
        raise OSError

    monkeypatch.setattr(at_once, "print_hotlines", fail)
    assert not entry._print_hotlines([])
