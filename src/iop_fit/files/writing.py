"""Atomic writing of private files."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from iop_fit.errors import IopFitError
from iop_fit.files.signals import defer_signals
from iop_fit.files.targets import name_problem, others_can_read, unwritable
from iop_fit.files.temporary import delete_stale, make_private, open_temporary, open_unnamed, temporary_path
from iop_fit.limits import MAX_RETRIES

__all__ = ["private_target", "write_private"]

NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""Errors of `fsync` where a file system has none; any other one means that the content may be lost."""
IN_USE = {errno.EACCES, errno.EBUSY, errno.EPERM, errno.ETXTBSY}
"""Errors of `rename` while another program has the file open, where a file system allows only one."""


def write_private(path: Path, content: bytes, *, replace: bool, allow_shared: bool = False) -> None:
    """Write a file atomically, so that only this account can read it; others may if `allow_shared`.

    Writes to an unnamed file (or a temporary file in the same folder, if the system has no unnamed files), syncs it to
    disk, then moves it to the target, so a failure leaves the old file unchanged. Termination signals wait until then.
    Raises `IopFitError` if the file can't be written or kept private, or if it appears in the meantime and `replace` is
    false.
    """
    problem = name_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    try:
        with defer_signals():
            _write_and_move(path, content, replace=replace, allow_shared=allow_shared)
    except FileExistsError as error:
        raise IopFitError([name_problem(path, replace=replace) or unwritable(path, error)]) from None
    except OSError as error:
        raise IopFitError([unwritable(path, error)]) from None


@contextmanager
def private_target(path: Path, *, replace: bool, allow_shared: bool = False) -> Iterator[Path]:
    """Yield a temporary file for another library to fill, and move it to `path` at the end of the block.

    Only this account can read it; others may if `allow_shared`. A failure in the block leaves the old file unchanged.
    Raises `IopFitError` if the file can't be written or kept private, or if it appears in the meantime and `replace` is
    false.
    """
    problem = name_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    temporary = temporary_path(path, str(os.getpid()))
    try:
        delete_stale(path)
        with os.fdopen(open_temporary(path), "wb") as file:
            if not make_private(file.fileno()) and not allow_shared:  # before it has any content
                raise IopFitError([others_can_read(path)])
        yield temporary
        with defer_signals():
            _finish(temporary, path, replace=replace)
    except FileExistsError as error:
        raise IopFitError([name_problem(path, replace=replace) or unwritable(path, error)]) from None
    except OSError as error:
        raise IopFitError([unwritable(path, error)]) from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _finish(temporary: Path, path: Path, *, replace: bool) -> None:
    with temporary.open("rb") as file:
        _sync(file)
    if replace:
        _rename(temporary, path)
    elif not _link(temporary, path):
        _rename_to_new(temporary, path)


def _write_and_move(path: Path, content: bytes, *, replace: bool, allow_shared: bool) -> None:
    temporary = temporary_path(path, str(os.getpid()))
    delete_stale(path)

    def fill(file: BinaryIO) -> None:
        if not make_private(file.fileno()) and not allow_shared:  # before it has any content
            raise IopFitError([others_can_read(path)])
        file.write(content)
        file.flush()
        _sync(file)

    try:
        if not _write_unnamed(temporary if replace else path, fill):
            with os.fdopen(open_temporary(path), "wb") as file:
                fill(file)
            if not replace and not _link(temporary, path):
                _rename_to_new(temporary, path)
        if replace:
            _rename(temporary, path)
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _write_unnamed(path: Path, fill: Callable[[BinaryIO], None]) -> bool:
    """Fill an unnamed file, then link it to the path; return False if the place has none or can't link them."""
    descriptor = open_unnamed(path.parent)
    if descriptor is None:
        return False
    with os.fdopen(descriptor, "wb") as file:
        fill(file)
        # Passing src_dir_fd, though unused, makes Python call linkat, which follows the /proc link.
        return _link(Path(f"/proc/self/fd/{descriptor}"), path, src_dir_fd=descriptor)


def _link(file: Path, path: Path, **options: int) -> bool:
    """Give a file another name; return False if that doesn't work here, or if the name is taken.

    Unlike a rename, this never replaces a file. Without hard links, it fails with all sorts of errors.
    """
    try:
        os.link(file, path, **options)  # type: ignore[arg-type]
    except OSError:
        return _has_name(file, path)  # it may have worked although a network lost the reply
    return True


def _has_name(file: Path, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(file.stat(), path.lstat())
    return False


def _rename_to_new(temporary: Path, path: Path) -> None:
    """Rename a file to a name that nothing has. Raises `FileExistsError` if it is taken."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _rename(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(path)
        raise


def _rename(temporary: Path, path: Path) -> None:
    """Rename a file over another one; try again for a moment if another program, such as a sync client, uses that."""
    for attempt in range(MAX_RETRIES):
        try:
            os.replace(temporary, path)
        except OSError as error:
            if error.errno not in IN_USE:
                raise
            time.sleep(0.02 * 2**attempt)
        else:
            return
    os.replace(temporary, path)


def _sync(file: BinaryIO) -> None:
    try:
        os.fsync(file.fileno())
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise
