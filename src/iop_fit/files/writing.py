"""Atomic writing of private files."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from iop_fit.errors import IopFitError
from iop_fit.files.signals import defer_signals
from iop_fit.files.targets import target_problem, unwritable
from iop_fit.files.temporary import delete_stale, temporary_path

__all__ = ["write_private"]

NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""Errors of `link` on a file system without hard links."""


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
        raise IopFitError([target_problem(path, replace=replace) or unwritable(path, error)]) from None
    except OSError as error:
        raise IopFitError([unwritable(path, error)]) from None


def _write_and_move(path: Path, content: bytes, *, replace: bool) -> None:
    temporary = temporary_path(path, str(os.getpid()))
    delete_stale(path)
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
