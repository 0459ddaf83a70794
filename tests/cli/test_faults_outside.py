"""Real full disks, unwritable or deleted folders, and special files as targets."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from iop_fit.domain.wording import Audience
from iop_fit.outline.result import PAPER_TITLE
from support import ROOT
from support.faults import Step, command, run

EXAMPLE = str(ROOT / "examples" / "steady-home.yaml")
ASSESS = ("assess", "--answers", EXAMPLE, "--format", "json")
OLD = b"old\n"
TITLE = PAPER_TITLE[Audience.ME]

FULL_DISK = (
    "mount -t tmpfs -o size=16k tmpfs folder && cp -a before/. folder; head -c 16k /dev/zero 2>&- > folder/filling"
)
READ_ONLY = "cp -a before/. folder; mount --bind folder folder && mount -o remount,bind,ro folder"
NOT_ALLOWED = "cp -a before/. folder; chmod 500 folder"
GONE = "cd folder && rmdir ../folder"


class Ended(NamedTuple):
    """How a command ended."""

    status: int
    stderr: str
    """Standard error."""
    left: dict[str, bytes]
    """The files in its folder afterwards."""


def run_where(place: Path, outside: str, *arguments: str, before: dict[str, bytes] | None = None) -> Ended:
    """Run the command in a private namespace that a shell script prepares."""
    if os.geteuid() != 0 or not shutil.which("unshare") or not shutil.which("setpriv"):
        pytest.skip("only root on Linux can make such folders")
    for name in ("folder", "before", "after"):
        (place / name).mkdir()
    for name, content in (before or {}).items():
        (place / "before" / name).write_bytes(content)
    # Root may write anywhere unless that capability is dropped; the mount ends with the script, so copy the folder.
    script = f'{outside}; "$@"; status=$?; cp -a folder/. after/ 2>/dev/null; exit $status'
    rights = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script, "sh", *rights, sys.executable, "-m", "iop_fit", *arguments],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    if (place / "folder").exists():
        (place / "folder").chmod(0o700)
    left = {path.name: path.read_bytes() for path in (place / "after").iterdir() if path.name != "filling"}
    return Ended(done.returncode, done.stderr, left)


WRITES = {
    "a page": (*ASSESS, "--export", "folder/page.md"),
    "a PDF": (*ASSESS, "--export", "folder/page.pdf"),
    "a questionnaire": ("new", "folder/page.yaml"),
}
FULL = "This file can't be written: No space left on device.\n  It was not changed."


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("there", [False, True], ids=["new", "old"])
def test_full_disk_keeps_the_old_file_and_says_so(tmp_path: Path, name: str, there: bool) -> None:
    target = WRITES[name][-1]
    before = {Path(target).name: OLD} if there else {}
    force = ["--force"] if there and name != "a questionnaire" else []
    ended = run_where(tmp_path, FULL_DISK, *WRITES[name], *force, before=before)
    kept = "This file already exists" if there and not force else FULL
    assert ended.stderr.startswith(f"{target}: {kept}")
    assert (ended.status, ended.left) == (4, before)


@pytest.mark.parametrize("outside", [READ_ONLY, NOT_ALLOWED], ids=["read-only disk", "not allowed"])
@pytest.mark.parametrize("name", WRITES)
def test_unwritable_folder_is_named_before_reading(tmp_path: Path, outside: str, name: str) -> None:
    ended = run_where(tmp_path, outside, *WRITES[name], before={"other.md": OLD})
    assert ended == Ended(
        4,
        f"{WRITES[name][-1]}: The folder folder is not writable.\n  Choose a folder that you can write to.\n",
        {"other.md": OLD},
    )


def test_deleted_folder_is_reported(tmp_path: Path) -> None:
    ended = run_where(tmp_path, GONE, *ASSESS, "--export", "page.md")
    assert ended == Ended(
        4,
        "page.md: The folder . does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location.\n",
        {},
    )


@pytest.mark.parametrize(
    "arguments", [ASSESS, ("questions",), ("hotlines",), ("schema",), ("check",), (*ASSESS[:-2], "--format", "pdf")]
)
def test_full_disk_behind_stdout_is_reported(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "iop_fit", *arguments], cwd=tmp_path, stdout=full, stderr=-1, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (
        4,
        "Can't write to standard output: No space left on device.\n  Free up space, or use --export.\n",
    )


# Special files at the target


def a_link(target: Path) -> None:
    target.symlink_to("letter.txt")


def a_link_to_nowhere(target: Path) -> None:
    target.symlink_to("nowhere")


def a_folder(target: Path) -> None:
    target.mkdir()


def a_pipe(target: Path) -> None:
    os.mkfifo(target)


def a_file(target: Path) -> None:
    target.write_bytes(OLD)


def a_second_name(target: Path) -> None:
    target.hardlink_to(target.with_name("letter.txt"))


MADE: list[Callable[[Path], None]] = [a_link, a_link_to_nowhere, a_folder, a_pipe, a_file, a_second_name]


def names_in(folder: Path) -> dict[str, object]:
    return {
        path.name: path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else path.lstat().st_mode
        for path in folder.iterdir()
    }


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
@pytest.mark.parametrize("moment", ["before", "meanwhile"])
@pytest.mark.parametrize("force", [False, True], ids=["kept", "force"])
def test_writes_never_follow_or_replace_special_files(
    tmp_path: Path, make: Callable[[Path], None], moment: str, force: bool
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "letter.txt").write_bytes(b"a letter\n")
    target = folder / "page.md"
    act = command(*ASSESS, "--export", "page.md", *(["--force"] if force else []))
    if moment == "before":
        make(target)
        before = names_in(folder)
        ended = run(folder, act)
    else:
        make(target)
        before = names_in(folder)
        target.rmdir() if target.is_dir() else target.unlink()
        ended = run(folder, act, Step("fsync", 6, after=True), lambda: make(target))
    # With --force a regular file is replaced, also one that appears at the last moment, but never written through.
    replaced = force and (make in (a_file, a_second_name) or (moment == "meanwhile" and make is not a_folder))
    after = names_in(folder)
    if replaced:
        assert (ended.status, after.pop("letter.txt")) == (0, b"a letter\n")
        assert list(after) == ["page.md"]
        assert target.read_text().startswith(f"# {TITLE}\n")
        assert target.lstat().st_nlink == 1
    else:
        assert (ended.status, after) == (4, before)
        assert ended.output.splitlines()[-2].startswith("page.md: This ")
