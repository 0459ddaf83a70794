"""Pipes, devices and sockets: refused when found in a folder, accepted when named."""

import os
import shutil
import socket
from pathlib import Path
from threading import Thread

import pytest

from iop_fit.errors import IopFitError
from iop_fit.files.reading import read_discovered
from support import ROOT, Run

FOLDER = ROOT / "tests" / "questionnaires" / "valid" / "folder"
SOUND = ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml"
EXAMPLE = ROOT / "examples" / "steady-home.yaml"
MESSAGE = "This is not a regular file, so it was not read.\n  Replace it with a regular file."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a questionnaire, its examples folder, and a pipe without a writer."""
    shutil.copytree(FOLDER, tmp_path / "q")
    (tmp_path / "q" / "examples").mkdir(exist_ok=True)
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "link"),
    [
        (("check", "q"), "examples/a.yaml"),
        (("check", "q"), "questionnaire.yaml"),
        (("check", "q"), "care.yaml"),
        (("hotlines", "--questions", "q"), "questionnaire.yaml"),
    ],
    ids=["example", "head", "part", "head for lines"],
)
@pytest.mark.parametrize("kind", ["pipe", "/dev/tty"])
def test_command_does_not_wait_on_linked_pipes(
    run: Run, place: Path, arguments: tuple[str, ...], link: str, kind: str
) -> None:
    path = place / "q" / link
    path.unlink(missing_ok=True)
    path.symlink_to(place / kind)
    done = run(*arguments)
    assert done.returncode == 4
    assert "This is not a regular file, so it was not read." in done.stdout + done.stderr
    assert f"q/{link}" in done.stdout + done.stderr


def test_discovered_file_must_be_regular(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    (tmp_path / "device").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for path in (tmp_path / name for name in ("pipe", "link", "device", "socket")):
            assert refusal(path) == f"{path}: {MESSAGE}"
    (tmp_path / "plain").write_text("text")
    (tmp_path / "other").symlink_to("plain")
    assert read_discovered(tmp_path / "other") == "text"
    assert refusal(tmp_path) == f"{tmp_path}: This is a folder, not a file.\n  Name a file in it."


def refusal(path: Path) -> str:
    with pytest.raises(IopFitError) as caught:
        read_discovered(path)
    return str(caught.value)


@pytest.mark.parametrize("text", [SOUND.read_text(), "title: [\n"], ids=["sound", "broken"])
def test_named_questionnaire_may_be_a_pipe(run: Run, place: Path, text: str) -> None:
    writing = Thread(target=(place / "pipe").write_text, args=(text,), daemon=True)
    writing.start()
    done = run("check", "pipe", "--on", "2026-01-02")
    assert done.returncode == (4 if text.startswith("title") else 0)
    assert "not a regular file" not in done.stdout + done.stderr
    writing.join(timeout=20)


def test_named_answers_may_be_dev_stdin(run: Run) -> None:
    done = run("assess", "--answers", "/dev/stdin", typed=EXAMPLE.read_text())
    assert (done.returncode, done.stderr) == (0, "")
