"""Who can read a file is checked, not assumed: sticks, Windows drives and network shares keep no modes."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.files.locks import FileLock
from iop_fit.files.targets import SharedFolders, target_problem
from iop_fit.files.writing import write_private
from iop_fit.storage.drafts import Draft
from support.disks import Disk, fail
from support.scripted import calm_sheet

SHARED = (
    "page.md: Other people could read this file: its folder can't keep files private.\n"
    "  Choose a folder on this computer's own disk, or add --allow-shared to write it anyway."
)
CONTENT = b"private\n"


def named(text: object, target: Path) -> str:
    return str(text).replace(str(target), target.name).replace(str(target.parent), "its folder")


def planned(target: Path, *, allow_shared: bool = False) -> str:
    return named(target_problem(target, replace=False, allow_shared=allow_shared) or "", target)


def written(target: Path, *, allow_shared: bool = False, replace: bool = False) -> str:
    try:
        write_private(target, CONTENT, replace=replace, allow_shared=allow_shared)
    except IopFitError as error:
        return named(error, target)
    return ""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "page.md"


CHMOD = [0, errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EIO]
"""Without any effect, or refused in several ways."""


@pytest.mark.parametrize("mode", [0o777, 0o755, 0o644, 0o620, 0o604], ids=oct)
@pytest.mark.parametrize("chmod", CHMOD, ids=lambda error: errno.errorcode.get(error, "ignored"))
def test_file_that_others_could_read_needs_a_yes(
    target: Path, monkeypatch: pytest.MonkeyPatch, mode: int, chmod: int
) -> None:
    Disk(monkeypatch, target.parent, mode=mode, chmod=chmod)
    assert (planned(target), written(target)) == (SHARED, SHARED)
    assert list(target.parent.iterdir()) == []
    assert (planned(target, allow_shared=True), written(target, allow_shared=True)) == ("", "")
    assert [path.read_bytes() for path in target.parent.iterdir()] == [CONTENT]


@pytest.mark.parametrize("mode", [0o600, 0o700, 0o400], ids=oct)
@pytest.mark.parametrize("chmod", CHMOD, ids=lambda error: errno.errorcode.get(error, "ignored"))
def test_refused_mode_is_no_reason_not_to_write(
    target: Path, monkeypatch: pytest.MonkeyPatch, mode: int, chmod: int
) -> None:
    """A stick that was mounted for one account alone keeps its files private by itself."""
    Disk(monkeypatch, target.parent, mode=mode, chmod=chmod)
    assert (planned(target), written(target)) == ("", "")
    assert [path.read_bytes() for path in target.parent.iterdir()] == [CONTENT]


def test_trying_a_folder_leaves_nothing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (planned(target), list(target.parent.iterdir())) == ("", [])
    Disk(monkeypatch, target.parent)
    assert (planned(target), list(target.parent.iterdir())) == (SHARED, [])


def test_file_of_another_owner_needs_a_yes(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Disk(monkeypatch, target.parent, mode=0o600, owner=os.geteuid() + 1)
    assert (planned(target), written(target)) == (SHARED, SHARED)


def test_unknown_mode_needs_a_yes(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:  # not in the teardown, where others need it
        without.setattr(os, "fstat", lambda _: fail(errno.EIO))
        assert (planned(target), written(target)) == (SHARED, SHARED)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])
def test_nothing_is_written_before_the_mode_is_known(
    target: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool
) -> None:
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    real, sizes = os.fstat, []

    def shared(descriptor: int) -> os.stat_result:
        status = real(descriptor)
        sizes.append(status.st_size)
        return os.stat_result((status.st_mode | 0o044, *status[1:]))

    monkeypatch.setattr(os, "fstat", shared)
    assert written(target) == SHARED
    assert sizes == [0]
    assert list(target.parent.iterdir()) == []


def test_refused_replacement_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.write_bytes(b"old\n")
    Disk(monkeypatch, target.parent)
    assert written(target, replace=True) == SHARED
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"old\n"]


def test_agreeing_holds_for_one_folder_by_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "same").symlink_to(".")
    shared = SharedFolders()
    assert not shared.allows(Path("page.md"))
    shared.agree(Path("page.md"))
    assert [shared.allows(Path(name)) for name in ("draft.json", "same/page.pdf", "other/page.pdf")] == [
        True,
        True,
        False,
    ]
    assert SharedFolders(every=True).allows(Path("other/page.pdf"))


def test_this_folder_is_named_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Disk(monkeypatch, tmp_path)
    problem = target_problem(Path("page.md"), replace=False, allow_shared=False)
    assert problem
    assert problem.message == "Other people could read this file: this folder can't keep files private."


# Names


@pytest.mark.parametrize("name", ["page 12:30.md", "what now?.md", 'a "page".md', "a<b>.md"])
def test_name_that_a_disk_refuses_is_found_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    target = tmp_path / name
    assert planned(target) == ""
    Disk(monkeypatch, tmp_path)
    assert planned(target, allow_shared=True) == (
        f"{name}: This file can't be written: this disk refuses its name.\n"
        "  It was not changed. Choose a name without signs such as : and ?."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["ü" * 100 + ".md", "".join(map(chr, range(0x4E00, 0x4E50))) + ".md"])
def test_long_name_of_unusual_letters_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    Disk(monkeypatch, tmp_path, mode=0o600)
    assert written(tmp_path / name) == ""
    assert [path.name for path in tmp_path.iterdir()] == [name]


# Files in use


def busy(times: int, error: int) -> Callable[..., None]:
    """Return a `rename` that fails this often."""
    replace, failures = os.replace, iter(range(times))

    def rename(old: Path, new: Path) -> None:
        if next(failures, None) is not None:
            fail(error)
        replace(old, new)

    return rename


@pytest.mark.parametrize("error", [errno.EACCES, errno.EBUSY, errno.EPERM, errno.ETXTBSY], ids=errno.errorcode.get)
@pytest.mark.parametrize("links", [True, False], ids=["replaced", "new, no links"])
def test_file_in_use_for_a_moment_is_replaced(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: int, links: bool
) -> None:
    """A sync client reads each file once after it was written; Windows lets nobody replace it meanwhile."""
    if links:
        target.write_bytes(b"old\n")
    else:
        Disk(monkeypatch, target.parent, mode=0o600)
    monkeypatch.setattr(os, "replace", busy(3, error))
    assert written(target, replace=links) == ""
    assert [path.read_bytes() for path in target.parent.iterdir()] == [CONTENT]


@pytest.mark.parametrize("links", [True, False], ids=["replaced", "new, no links"])
def test_file_in_use_for_long_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if links:
        target.write_bytes(b"old\n")
    else:
        Disk(monkeypatch, target.parent, mode=0o600)
    monkeypatch.setattr(os, "replace", busy(1000, errno.EBUSY))
    assert written(target, replace=links).startswith("page.md: This file can't be written: Device or resource busy.\n")
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"old\n"] * links


def test_place_without_rename_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        fail(errno.ENOSYS)

    target.write_bytes(b"old\n")
    monkeypatch.setattr(os, "replace", refuse)
    assert written(target, replace=True).startswith("page.md: This file can't be written: Function not implemented.\n")
    assert [path.read_bytes() for path in target.parent.iterdir()] == [b"old\n"]


# Drafts


def test_draft_is_checked_at_each_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, questionnaire: Questionnaire
) -> None:
    """A stick may be put in, or a share mounted, over the folder that was checked before the first question."""
    path = tmp_path / "draft.json"
    draft = Draft(questionnaire, path)
    assert draft.save(AnswerSheet()) is None
    before = path.read_bytes()
    Disk(monkeypatch, tmp_path)
    problem = draft.save(calm_sheet(questionnaire))
    assert problem
    assert (problem.code, draft.is_saved, path.read_bytes()) == ("others-can-read", False, before)
    draft.shared.agree(path)
    assert draft.save(calm_sheet(questionnaire)) is None
    assert draft.is_saved
    assert [each.name for each in tmp_path.iterdir()] == ["draft.json"]


def test_draft_moved_away_at_once_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, questionnaire: Questionnaire
) -> None:
    path = tmp_path / "draft.json"
    draft = Draft(questionnaire, path)
    acquire = FileLock.acquire

    def acquire_late(moved: Path) -> FileLock:
        moved.unlink()
        return acquire(moved)

    with monkeypatch.context() as moving:
        moving.setattr(FileLock, "acquire", acquire_late)
        assert draft.save(AnswerSheet()) is None
    assert not path.exists()
    assert draft.save(AnswerSheet()) is None
    assert draft.save(calm_sheet(questionnaire)) is None
    assert path.exists()
