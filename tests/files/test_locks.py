"""One run holds a file, and no other; what else happens to it is noticed."""

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


def test_file_that_is_held_is_taken_by_nobody_else_until_it_is_released(draft: Path) -> None:
    before = open_files()
    held = FileLock.acquire(draft)
    assert refusal(draft) == "draft-in-use"
    held.release()
    held.release()
    again = FileLock.acquire(draft)
    again.release()
    assert open_files() == before


def test_file_that_is_gone_is_not_held(draft: Path) -> None:
    draft.unlink()
    with pytest.raises(FileNotFoundError):
        FileLock.acquire(draft)


def test_file_that_can_not_be_locked_is_watched_all_the_same(draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(fcntl, "flock", no_locks)
    before = open_files()
    held = FileLock.acquire(draft)
    assert (held.is_unchanged(draft), open_files()) == (True, before)
    draft.write_bytes(b"[1]")
    assert not held.is_unchanged(draft)
    held.release()


def test_link_is_held_itself_and_not_what_it_leads_to(draft: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(draft)
    held = FileLock.acquire(link)
    assert (held.is_unchanged(link), held.is_unchanged(draft)) == (True, False)
    assert FileLock.acquire(draft).is_unchanged(draft)


def test_file_that_is_put_there_while_the_old_one_is_taken_is_left_to_its_owner(
    draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new.json"
    new.write_bytes(b"{}")
    lock = fcntl.flock

    def lock_late(descriptor: int, how: int) -> None:
        new.replace(draft)
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", lock_late)
    before = open_files()
    assert (refusal(draft), open_files()) == ("draft-in-use", before)


@pytest.mark.parametrize("change", ["written", "replaced", "deleted"])
def test_file_that_was_changed_is_noticed(draft: Path, tmp_path: Path, change: str) -> None:
    held = FileLock.acquire(draft)
    assert held.is_unchanged(draft)
    match change:
        case "written":
            draft.write_bytes(b"{}")
            os.utime(draft, ns=(1, 1))
        case "replaced":
            (tmp_path / "new.json").write_bytes(b"{}")
            (tmp_path / "new.json").replace(draft)
        case _:
            draft.unlink()
    assert not held.is_unchanged(draft)
    held.release()
