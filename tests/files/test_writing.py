"""Private files are written atomically and never overwrite anything by accident."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from iop_fit.errors import IopFitError
from iop_fit.files.reading import read_text, real_path, typed_path
from iop_fit.files.targets import target_problem
from iop_fit.files.temporary import delete
from iop_fit.files.writing import write_private
from iop_fit.limits import MAX_BYTES

OLD, NEW = b"old\n", b"new\n" * 10_000


@pytest.fixture
def umask_zero() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "result.md"


def files_in(folder: Path) -> dict[str, bytes | str]:
    """Return the names in a folder with their content."""
    return {
        path.name: f"-> {path.readlink()}" if path.is_symlink() else "folder" if path.is_dir() else path.read_bytes()
        for path in folder.iterdir()
    }


def refusal(target: Path, *, replace: bool = False) -> str:
    """Return the message when a file can't be written, with the file name in place of its path."""
    with pytest.raises(IopFitError) as caught:
        write_private(target, NEW, replace=replace)
    return str(caught.value).replace(str(target), target.name).replace(str(target.parent), "its folder")


def planned(target: Path, *, replace: bool = False, allow_shared: bool = False) -> str:
    """Return the message about a file before anything is written, like `refusal`; empty if there is none."""
    problem = target_problem(target, replace=replace, allow_shared=allow_shared)
    return str(problem or "").replace(str(target), target.name).replace(str(target.parent), "its folder")


def failing(error: int) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(error, os.strerror(error))

    return fail


EXISTS = (
    "result.md: This file already exists and was not changed.\n  Choose another name, or add --force to replace it."
)
FULL = (
    "result.md: This file can't be written: No space left on device.\n"
    "  It was not changed. Choose another location, or free up space and try again."
)


# Success


@pytest.mark.usefixtures("umask_zero")
@pytest.mark.parametrize("replace", [False, True], ids=["kept", "force"])
def test_written_file_has_mode_0600_for_any_umask(target: Path, replace: bool) -> None:
    write_private(target, NEW, replace=replace)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files_in(target.parent) == {"result.md": NEW}


def test_replaced_file_gets_mode_0600(target: Path) -> None:
    target.write_bytes(OLD)
    target.chmod(0o666)
    write_private(target, NEW, replace=True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files_in(target.parent) == {"result.md": NEW}


def test_replacing_keeps_other_hard_links(target: Path) -> None:
    target.write_bytes(OLD)
    (target.parent / "other.md").hardlink_to(target)
    write_private(target, NEW, replace=True)
    assert files_in(target.parent) == {"result.md": NEW, "other.md": OLD}


def test_file_is_synced_before_it_is_moved(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    existed: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda _: existed.append(target.exists()))
    write_private(target, NEW, replace=False)
    assert existed == [False]


# Refusals


def test_existing_file_is_kept_without_force(target: Path) -> None:
    target.write_bytes(OLD)
    target.chmod(0o644)
    assert refusal(target) == EXISTS
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert files_in(target.parent) == {"result.md": OLD}


@pytest.mark.parametrize("replace", [False, True], ids=["kept", "force"])
@pytest.mark.parametrize("aim", ["letter.txt", "nowhere"], ids=["to a file", "dangling"])
def test_link_is_not_followed(target: Path, aim: str, replace: bool) -> None:
    (target.parent / "letter.txt").write_bytes(OLD)
    target.symlink_to(aim)
    assert refusal(target, replace=replace) == (
        "result.md: This is a link, so it was not overwritten.\n  Choose another name."
    )
    assert files_in(target.parent) == {"letter.txt": OLD, "result.md": f"-> {aim}"}


@pytest.mark.parametrize("replace", [False, True], ids=["kept", "force"])
def test_folder_is_not_overwritten(target: Path, replace: bool) -> None:
    target.mkdir()
    assert refusal(target, replace=replace) == (
        "result.md: This is a folder, so it was not overwritten.\n  Choose another name."
    )
    assert files_in(target.parent) == {"result.md": "folder"}


def test_pipe_is_not_overwritten(target: Path) -> None:
    os.mkfifo(target)
    assert refusal(target, replace=True) == (
        "result.md: This is not a regular file, so it was not overwritten.\n  Choose another name."
    )


def test_missing_folder_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none" / "result.md") == (
        "result.md: The folder its folder does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location."
    )
    assert files_in(tmp_path) == {}


NOT_WRITABLE = "result.md: The folder its folder is not writable.\n  Choose a folder that you can write to."


@pytest.mark.parametrize("error", [errno.EACCES, errno.EPERM, errno.EROFS], ids=errno.errorcode.get)
def test_folder_that_takes_no_file_is_named(target: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    """Whatever the folder says of itself: `access` is wrong on some network shares, in both directions."""
    monkeypatch.setattr(os, "access", lambda *_: True)
    monkeypatch.setattr(os, "open", failing(error))
    assert planned(target) == NOT_WRITABLE
    assert files_in(target.parent) == {}


def test_folder_is_tried_though_it_denies_access(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert planned(target) == ""
    assert files_in(target.parent) == {}


def test_full_disk_is_named_before_writing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", failing(errno.ENOSPC))
    assert planned(target) == FULL


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder_is_named(target: Path) -> None:
    target.parent.chmod(0o500)
    try:
        assert planned(target) == NOT_WRITABLE
    finally:
        target.parent.chmod(0o700)
    assert files_in(target.parent) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter everywhere")
def test_folder_that_cannot_be_entered_is_named(target: Path) -> None:
    target.parent.chmod(0o600)
    try:
        assert planned(target) == NOT_WRITABLE
    finally:
        target.parent.chmod(0o700)


def test_target_problem_reports_too_long_name(tmp_path: Path) -> None:
    name = "x" * 300
    assert str(target_problem(tmp_path / name, replace=False, allow_shared=False)) == (
        f"{tmp_path / name}: This file can't be written: File name too long.\n"
        "  It was not changed. Choose another location, or free up space and try again."
    )
    assert str(target_problem(tmp_path / name / "result.md", replace=False, allow_shared=False)) == (
        f"{tmp_path / name}/result.md: The folder {tmp_path / name} does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location."
    )


# Failures


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_failed_replace_keeps_only_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    target.write_bytes(OLD)
    monkeypatch.setattr(os, step, failing(errno.ENOSPC))
    assert refusal(target, replace=True) == FULL
    assert files_in(target.parent) == {"result.md": OLD}


@pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT, errno.EIO], ids=errno.errorcode.get)
def test_failed_sync_leaves_no_file(target: Path, monkeypatch: pytest.MonkeyPatch, error: int, unnamed: bool) -> None:
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    monkeypatch.setattr(os, "fsync", failing(error))
    assert refusal(target) == FULL.replace("No space left on device", os.strerror(error))
    assert files_in(target.parent) == {}


@pytest.mark.parametrize("replace", [False, True], ids=["new", "replaced"])
@pytest.mark.parametrize("error", [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS], ids=errno.errorcode.get)
def test_place_without_sync_is_written(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: int, replace: bool
) -> None:
    """Some FUSE file systems and network shares have no `fsync`."""
    monkeypatch.setattr(os, "fsync", failing(error))
    write_private(target, NEW, replace=replace)
    assert files_in(target.parent) == {"result.md": NEW}


@pytest.mark.parametrize("replace", [False, True], ids=["kept", "force"])
def test_write_to_full_disk_leaves_no_partial_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    """`/dev/full` acts like a full disk."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")

    def full(descriptor: int, mode: str) -> object:
        os.close(descriptor)
        return Path("/dev/full").open(mode)

    monkeypatch.setattr(os, "fdopen", full)
    assert refusal(target, replace=replace) == FULL
    assert files_in(target.parent) == {}


def test_interrupt_keeps_only_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> NoReturn:
        raise KeyboardInterrupt

    target.write_bytes(OLD)
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_private(target, NEW, replace=True)
    assert files_in(target.parent) == {"result.md": OLD}


@pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])
def test_next_write_deletes_stale_temp_files(target: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool) -> None:
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    target.write_bytes(OLD)
    with monkeypatch.context() as dying:
        dying.setattr(os, "replace", failing(errno.EIO))
        dying.setattr(os, "unlink", failing(errno.EIO))
        refusal(target, replace=True)
    assert sorted(files_in(target.parent).values(), key=str) == sorted((OLD, NEW), key=str)
    write_private(target, NEW, replace=True)
    assert files_in(target.parent) == {"result.md": NEW}


@pytest.mark.parametrize("act", ["write", "delete"])
@pytest.mark.parametrize("ours", [True, False], ids=["ours", "another user's"])
def test_temp_files_of_live_processes_are_kept(
    target: Path, monkeypatch: pytest.MonkeyPatch, act: str, ours: bool
) -> None:
    with monkeypatch.context() as dying:
        dying.setattr(os, "replace", failing(errno.EIO))
        dying.setattr(os, "unlink", failing(errno.EIO))
        refusal(target, replace=True)
    (left,) = target.parent.iterdir()
    prefix = left.name.removesuffix(str(os.getpid()))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    if not ours:
        kill = os.kill
        monkeypatch.setattr(
            os, "kill", lambda pid, number: kill(pid, number) if pid == ended.pid else failing(errno.EPERM)()
        )
    kept = {f"{prefix}{pid}" for pid in (os.getppid(), "0", "x", "9" * 12, "")} | {".iop-fit-other-1"}
    for name in (*kept, f"{prefix}{ended.pid}"):
        target.with_name(name).write_bytes(OLD)
    if act == "write":
        write_private(target, NEW, replace=True)
    else:
        assert delete(target)
    assert set(files_in(target.parent)) - {"result.md"} == kept


WRITER = """
import os, sys
from pathlib import Path
from iop_fit.files.writing import write_private
path, letter, unnamed = Path(sys.argv[1]), sys.argv[2].encode(), int(sys.argv[3])
if not unnamed:
    os.O_TMPFILE = 0
for _ in range(60):
    write_private(path, letter * 300_000, replace=True)
"""


@pytest.mark.parametrize("unnamed", [1, 0], ids=["unnamed", "named"])
def test_concurrent_replaces_stay_atomic(target: Path, unnamed: int) -> None:
    write_private(target, b"a" * 300_000, replace=False)
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, target, letter, str(unnamed)], stderr=subprocess.PIPE, text=True
        )
        for letter in "ab"
    ]
    while any(run.poll() is None for run in runs):
        assert target.read_bytes() in {b"a" * 300_000, b"b" * 300_000}
    assert [run.communicate()[1] for run in runs] == ["", ""]
    assert [*files_in(target.parent)] == ["result.md"]


# Without hard links


@pytest.fixture
def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))


LINK_ERRORS = [number for number in errno.errorcode if number != errno.EEXIST]


@pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])
def test_any_error_of_link_means_another_way(target: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool) -> None:
    """Android gives EACCES, other places EIO, EINVAL, EXDEV or what they like."""
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    for number in LINK_ERRORS:
        monkeypatch.setattr(os, "link", failing(number))
        write_private(target, NEW, replace=False)
        assert files_in(target.parent) == {"result.md": NEW}, errno.errorcode[number]
        target.unlink()


@pytest.mark.parametrize("unnamed", [True, False], ids=["unnamed", "named"])
@pytest.mark.parametrize("error", [errno.EEXIST, errno.EIO, errno.EINTR], ids=errno.errorcode.get)
def test_link_that_worked_in_spite_of_an_error_counts(
    target: Path, monkeypatch: pytest.MonkeyPatch, error: int, unnamed: bool
) -> None:
    """A network share that lost the reply is asked again, and then says that the name is taken: by this very file."""
    if not unnamed:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    link = os.link

    def link_and_fail(*arguments: str, **options: int) -> None:
        link(*arguments, **options)  # type: ignore[arg-type]
        failing(error)()

    monkeypatch.setattr(os, "link", link_and_fail)
    write_private(target, NEW, replace=False)
    assert files_in(target.parent) == {"result.md": NEW}


@pytest.mark.usefixtures("without_links", "umask_zero")
def test_write_works_without_hard_links(target: Path) -> None:
    write_private(target, NEW, replace=False)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert files_in(target.parent) == {"result.md": NEW}


@pytest.mark.usefixtures("without_links")
def test_failed_write_without_hard_links_leaves_none(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "replace", failing(errno.ENOSPC))
    assert refusal(target) == FULL
    assert files_in(target.parent) == {}


# Races


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Run something between the check and the move to the target."""
    monkeypatch.setattr(os, "fsync", lambda _: act())


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
def test_file_created_meanwhile_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    meanwhile(monkeypatch, lambda: target.write_bytes(OLD))
    assert refusal(target) == EXISTS
    assert files_in(target.parent) == {"result.md": OLD}


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
def test_link_created_meanwhile_is_not_followed(target: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    meanwhile(monkeypatch, lambda: target.symlink_to("letter.txt"))
    assert refusal(target) == "result.md: This is a link, so it was not overwritten.\n  Choose another name."
    assert files_in(target.parent) == {"result.md": "-> letter.txt"}


def test_link_created_meanwhile_is_replaced_with_force(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (target.parent / "letter.txt").write_bytes(OLD)
    meanwhile(monkeypatch, lambda: target.symlink_to("letter.txt"))
    write_private(target, NEW, replace=True)
    assert files_in(target.parent) == {"letter.txt": OLD, "result.md": NEW}


def test_folder_created_meanwhile_is_kept(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, target.mkdir)
    assert refusal(target, replace=True) == (
        "result.md: This file can't be written: Is a directory.\n"
        "  It was not changed. Choose another location, or free up space and try again."
    )
    assert files_in(target.parent) == {"result.md": "folder"}


# Reading


def unread(path: Path) -> str:
    with pytest.raises(IopFitError) as caught:
        read_text(path, path.name)
    return str(caught.value)


def test_read_text_explains_failures(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "large").write_bytes(b" " * (MAX_BYTES + 1))
    assert [unread(tmp_path / name) for name in ("none", "folder", "circle", "large")] == [
        "none: There is no such file.\n  Check the spelling and the folder.",
        "folder: This is a folder, not a file.\n  Name a file in it.",
        f"circle: This file can't be read: {os.strerror(errno.ELOOP)}.",
        (
            "large: This file is larger than 1,048,576 bytes, so it was not read.\n"
            "  A questionnaire or an answers file is far smaller. Is it the right file?"
        ),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_read_text_explains_missing_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.touch(mode=0o000)
    assert (
        unread(path)
        == "secret: You are not allowed to read this file.\n  Check who owns it, or make a copy that you own."
    )


def test_read_text_explains_eacces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", failing(errno.EACCES))
    message = unread(tmp_path / "secret")
    assert (
        message == "secret: You are not allowed to read this file.\n  Check who owns it, or make a copy that you own."
    )


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_read_text_stops_at_endless_file() -> None:
    assert unread(Path("/dev/zero")).startswith("zero: This file is larger than 1,048,576 bytes")


def test_typed_path_uses_only_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert typed_path("~/it.json") == Path("/home/somebody/it.json")
    assert typed_path("~nobody/it.json") == Path("~nobody/it.json")
    monkeypatch.delenv("HOME")
    assert typed_path("~/it.json") == Path("~/it.json")


def test_real_path_resolves_links(tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(tmp_path)
    assert real_path(tmp_path / "other" / "it.json") == real_path(tmp_path / "it.json")


def test_real_path_in_deleted_folder_is_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert real_path(Path("it.json")) == Path("it.json")


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("'My page.pdf'", "My page.pdf"),
        ('"My page.pdf" ', "My page.pdf"),
        ("My\\ page\\ \\(1\\).pdf", "My page (1).pdf"),
        ("'/tmp/it'\\''s.pdf'", "/tmp/it's.pdf"),
        ("it\\'s.pdf", "it's.pdf"),
        ("'~/page.pdf'", "/home/somebody/page.pdf"),
        ("my draft.json", "my draft.json"),
        ("it's.json", "it's.json"),
        ("'it.json", "'it.json"),
        ("'a.json' 'b.json'", "'a.json' 'b.json'"),
        ("back\\slash.json", "back\\slash.json"),
        ("''", "."),
    ],
)
def test_typed_path_is_taken_as_terminals_type_it(monkeypatch: pytest.MonkeyPatch, typed: str, path: str) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert typed_path(typed) == Path(path)
