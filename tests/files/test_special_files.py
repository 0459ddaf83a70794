"""Pipes, devices and sockets: refused when found in a folder, accepted when named."""

import os
import shutil
import socket
from pathlib import Path
from threading import Thread

import pytest

from iop_fit.errors import IopFitError
from iop_fit.files.reading import is_dir, names_in, read_discovered
from iop_fit.loading.questionnaire_files import read_source
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


# Hidden files


def test_hidden_files_are_no_part_of_a_folder(run: Run, place: Path) -> None:
    """macOS puts `._use.yaml` beside `use.yaml` on sticks and shares, and Emacs `.#use.yaml` while it is edited."""
    shutil.copytree(ROOT / "examples" / "stepping-down", place / "stepping-down")
    (place / "stepping-down" / "examples").mkdir()
    before = run("check", "stepping-down", "--on", "2026-01-02")
    for folder in (place / "stepping-down", place / "stepping-down" / "examples"):
        (folder / "._use.yaml").write_bytes(b"\0\5\26\7")
        (folder / ".#use.yaml").symlink_to("me@host.1:2")
        (folder / ".AppleDouble").mkdir()
        (folder / ".AppleDouble" / "use.yaml").write_bytes(b"\0\5\26\7")
    after = run("check", "stepping-down", "--on", "2026-01-02")
    assert (before.returncode, after.returncode, after.stderr) == (0, 0, "")
    assert after.stdout == before.stdout


def test_listed_hidden_file_is_read(place: Path) -> None:
    """A name in the list was written there by the author."""
    (place / "q" / "care.yaml").rename(place / "q" / ".care.yaml")
    head = place / "q" / "questionnaire.yaml"
    head.write_text(head.read_text().replace("care.yaml", ".care.yaml"))
    assert read_source(place / "q").problems == ()


# Folders


def test_folder_without_links_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some file systems count no links of a folder; a folder that was deleted has none either."""
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    stat = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda path, **named: os.stat_result((stat(path, **named).st_mode, 0, 0, 0, *[0] * 6))
    )
    assert (is_dir(tmp_path), is_dir(Path())) == (True, False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o300)
    try:
        message = unlisted(tmp_path)
    finally:
        tmp_path.chmod(0o700)
    assert message == (
        f"{tmp_path}: This folder can't be listed: Permission denied.\n  Check who owns it, or name another folder."
    )


def test_missing_folder_cannot_be_listed(tmp_path: Path) -> None:
    assert unlisted(tmp_path / "none") == (
        f"{tmp_path}/none: This folder can't be listed: No such file or directory.\n"
        "  Check who owns it, or name another folder."
    )


def unlisted(folder: Path) -> str:
    with pytest.raises(IopFitError) as caught:
        names_in(folder)
    return str(caught.value)
