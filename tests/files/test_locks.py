"""File locks exclude other processes and detect changes."""

import fcntl
import os
from pathlib import Path

import pytest

from iop_fit.errors import IopFitError
from iop_fit.files.locks import FileLock


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.json"
    path.write_bytes(b"{}")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(IopFitError) as caught:
        FileLock.acquire(path)
    return caught.value.problems[0].code


def open_files() -> int:
    return len([*Path("/dev/fd").iterdir()])


def test_lock_excludes_others_until_released(draft: Path) -> None:
    before = open_files()
    lock = FileLock.acquire(draft)
    assert refusal(draft) == "draft-in-use"
    lock.release()
    lock.release()
    again = FileLock.acquire(draft)
    again.release()
    assert open_files() == before


def test_lock_of_missing_file_fails(draft: Path) -> None:
    draft.unlink()
    with pytest.raises(FileNotFoundError):
        FileLock.acquire(draft)


def test_lock_detects_changes_without_lock_support(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(fcntl, "flock", no_locks)
    before = open_files()
    lock = FileLock.acquire(draft)
    assert (lock.is_unchanged(draft), open_files()) == (True, before)
    draft.write_bytes(b"[1]")
    assert not lock.is_unchanged(draft)
    lock.release()


def test_lock_of_link_does_not_lock_its_target(draft: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(draft)
    lock = FileLock.acquire(link)
    assert (lock.is_unchanged(link), lock.is_unchanged(draft)) == (True, False)
    assert FileLock.acquire(draft).is_unchanged(draft)


def test_lock_refuses_file_replaced_while_locking(draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new.json"
    new.write_bytes(b"{}")
    flock = fcntl.flock

    def lock_late(descriptor: int, how: int) -> None:
        new.replace(draft)
        flock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", lock_late)
    before = open_files()
    assert (refusal(draft), open_files()) == ("draft-in-use", before)


@pytest.mark.parametrize("change", ["written", "replaced", "deleted"])
def test_lock_detects_changed_file(draft: Path, tmp_path: Path, change: str) -> None:
    lock = FileLock.acquire(draft)
    assert lock.is_unchanged(draft)
    match change:
        case "written":
            draft.write_bytes(b"{}")
            os.utime(draft, ns=(1, 1))
        case "replaced":
            (tmp_path / "new.json").write_bytes(b"{}")
            (tmp_path / "new.json").replace(draft)
        case _:
            draft.unlink()
    assert not lock.is_unchanged(draft)
    lock.release()
