"""Atomic writing of private files."""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.reading import is_dir
from iop_fit.files.signals import defer_signals
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = ["PendingFile", "delete", "is_there", "target_problem", "write_private"]

NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""Errors of `link` on a file system without hard links."""


class PendingFile(NamedTuple):
    """A file to be written."""

    path: Path
    content: Callable[[], bytes]
    """Produces the content; may raise `IopFitError`."""
    replace: bool
    """Whether an existing file may be replaced."""


def is_there(path: Path) -> bool:
    """Whether anything exists at this path, including a broken symbolic link."""
    return os.path.lexists(path)


def target_problem(path: Path, *, replace: bool) -> Problem | None:
    """Return the reason why this file can't be written, or None; nothing is written."""
    place = Place(str(path))
    folder = path.parent
    if not is_dir(folder):
        return Problem(
            code=Code.NO_FOLDER,
            place=place,
            message=f"The folder {escape_controls(str(folder))} does not exist, so this file can't be written.",
            hint="Create the folder first, or choose another location.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        return Problem(
            code=Code.FOLDER_NOT_WRITABLE,
            place=place,
            message=f"The folder {escape_controls(str(folder))} is not writable.",
            hint="Choose a folder that you can write to.",
        )
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        return _unwritable(path, error)
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a link" if stat.S_ISLNK(mode) else "not a regular file"
        return Problem(
            code=Code.NOT_A_FILE,
            place=place,
            message=f"This is {what}, so it was not overwritten.",
            hint="Choose another name.",
        )
    if replace:
        return None
    return Problem(
        code=Code.FILE_EXISTS,
        place=place,
        message="This file already exists and was not changed.",
        hint="Choose another name, or add --force to replace it.",
    )


def write_private(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file atomically, with mode 0600.

    Writes to an unnamed file (or a temporary file in the same folder, if the system has no unnamed files), syncs it to
    disk, then moves it to the target, so a failure leaves the old file unchanged. Termination signals wait until then.
    Raises `IopFitError` if the file can't be written, or if it appears in the meantime and `replace` is false.
    """
    problem = target_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    try:
        with defer_signals():
            _write_and_move(path, content, replace=replace)
    except FileExistsError as error:
        raise IopFitError([target_problem(path, replace=replace) or _unwritable(path, error)]) from None
    except OSError as error:
        raise IopFitError([_unwritable(path, error)]) from None


def delete(path: Path) -> bool:
    """Delete a file and the temporary files that killed processes left; return whether all are gone.

    A file that can't be deleted is truncated if possible.
    """
    deleted = True
    for each in (*_stale_temp_files(path), path):
        with suppress(OSError):
            os.unlink(each)
        if is_there(each):
            deleted = False
            with suppress(OSError):
                os.close(os.open(each, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK))
    return deleted


def _temp_path(path: Path, pid: str) -> Path:
    """Return the temporary path of a file; each process has its own, so concurrent writes stay atomic."""
    from hashlib import sha256

    return path.with_name(f".iop-fit-{sha256(os.fsencode(path.name)).hexdigest()[:16]}-{pid}")


def _stale_temp_files(path: Path) -> Iterator[Path]:
    """Yield temporary files of processes that no longer exist, if the folder can be listed."""
    prefix = _temp_path(path, "").name
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(prefix) and not _process_exists(name.removeprefix(prefix)):
                yield path.with_name(name)


def _process_exists(pid: str) -> bool:
    """Whether another process has this id; True if it is not a process id, so that foreign files are kept."""
    if pid == str(os.getpid()):
        return False
    if re.fullmatch("[1-9][0-9]{0,8}", pid):
        try:
            os.kill(int(pid), 0)
        except OSError as error:
            return error.errno != errno.ESRCH  # EPERM: it belongs to another user
    return True


def _write_and_move(path: Path, content: bytes, *, replace: bool) -> None:
    temporary = _temp_path(path, str(os.getpid()))
    for stale in _stale_temp_files(path):
        with suppress(OSError):
            os.unlink(stale)
    try:
        if not _write_unnamed(temporary if replace else path, content):
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                _write_and_sync(file, content)
            if not replace:
                _move_without_replacing(temporary, path)
        if replace:
            os.replace(temporary, path)
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _write_unnamed(path: Path, content: bytes) -> bool:
    """Write an unnamed file, which disappears if the process dies, then link it to the path; never replaces a file.

    Return False if the system has no unnamed files or can't link them.
    """
    flag = getattr(os, "O_TMPFILE", 0)
    try:
        descriptor = os.open(path.parent, flag | os.O_WRONLY, 0o600)
    except OSError:  # includes a system without O_TMPFILE; the fallback reports any other error
        return False
    with os.fdopen(descriptor, "wb") as file:
        _write_and_sync(file, content)
        try:
            # Passing src_dir_fd, though unused, makes Python call linkat, which follows the /proc link.
            os.link(f"/proc/self/fd/{descriptor}", path, src_dir_fd=descriptor)
        except OSError as error:
            if error.errno in {*NO_LINKS, errno.ENOENT}:
                return False
            raise
    return True


def _write_and_sync(file: BinaryIO, content: bytes) -> None:
    os.fchmod(file.fileno(), 0o600)  # whatever the umask
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _move_without_replacing(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # unlike rename, this fails if the target exists
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(temporary, path)
        except BaseException:
            os.unlink(path)
            raise


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(
        code=Code.UNWRITABLE,
        place=Place(str(path)),
        message=f"This file can't be written: {os.strerror(error.errno or 0)}.",
        hint="It was not changed. Choose another location, or free up space and try again.",
    )
