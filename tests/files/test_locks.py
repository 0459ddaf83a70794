"""File locks exclude other processes and detect changes."""

import fcntl
import os
from collections.abc import Callable
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


def touch(draft: Path) -> None:
    os.utime(draft, ns=(1, 1))


def write_the_same(draft: Path) -> None:
    draft.write_bytes(b"{}")


def put_a_copy(draft: Path) -> None:
    copy = draft.with_name("copy")
    copy.write_bytes(draft.read_bytes())
    copy.replace(draft)


@pytest.mark.parametrize("act", [touch, write_the_same, put_a_copy])
def test_file_with_the_same_bytes_is_unchanged(draft: Path, act: Callable[[Path], None]) -> None:
    """A sync client sets the time of a file after uploading it, or puts a copy in its place."""
    lock = FileLock.acquire(draft)
    act(draft)
    assert lock.is_unchanged(draft)
    lock.release()


def write_as_many(draft: Path) -> None:
    status = draft.stat()
    draft.write_bytes(b"[]")
    os.utime(draft, ns=(status.st_atime_ns, status.st_mtime_ns))


def put_another(draft: Path) -> None:
    put_a_copy(draft)
    draft.write_bytes(b"[]")


def put_a_link(draft: Path) -> None:
    draft.rename(draft.with_name("moved"))
    draft.symlink_to("moved")


@pytest.mark.parametrize("act", [write_as_many, put_another, put_a_link, Path.unlink])
def test_lock_detects_changed_bytes(draft: Path, act: Callable[[Path], None]) -> None:
    lock = FileLock.acquire(draft)
    assert lock.is_unchanged(draft)
    act(draft)
    assert not lock.is_unchanged(draft)
    lock.release()


def test_equal_copy_that_another_process_locked_is_changed(draft: Path) -> None:
    lock = FileLock.acquire(draft)
    put_a_copy(draft)
    other = FileLock.acquire(draft)
    before = open_files()
    assert (lock.is_unchanged(draft), open_files()) == (False, before)
    other.release()
    assert lock.is_unchanged(draft)
    lock.release()


def test_locked_file_is_read_through_its_lock(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Windows share refuses to read a locked file through another handle, even one of the same process."""
    lock = FileLock.acquire(draft)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert (lock.content, lock.is_unchanged(draft)) == (b"{}", True)
    lock.release()
