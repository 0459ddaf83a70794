"""Writing private files, whole or not at all."""

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
"""What `link` says on a file system that has no hard links."""


class PendingFile(NamedTuple):
    """A file to write."""

    path: Path
    content: Callable[[], bytes]
    """Makes what is to stand in it; raises `IopFitError` when that can't be done."""
    replace: bool
    """Whether an old file of this name may be replaced."""


def is_there(path: Path) -> bool:
    """Say whether there is anything of this name, a link that leads nowhere too."""
    return os.path.lexists(path)


def target_problem(path: Path, *, replace: bool) -> Problem | None:
    """Tell what speaks against writing this file, before anything was asked or written."""
    place = Place(str(path))
    folder = path.parent
    if not is_dir(folder):
        return Problem(
            code=Code.NO_FOLDER,
            place=place,
            message=f"The folder {escape_controls(str(folder))} does not exist, so this file can't be written.",
            hint="Make the folder first, or name another place.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        return Problem(
            code=Code.FOLDER_NOT_WRITABLE,
            place=place,
            message=f"The folder {escape_controls(str(folder))} can't be written to.",
            hint="Name a place in a folder of your own.",
        )
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        return _unwritable(path, error)
    if not stat.S_ISREG(kind):
        what = "a folder" if stat.S_ISDIR(kind) else "a link" if stat.S_ISLNK(kind) else "not a plain file"
        return Problem(
            code=Code.NOT_A_FILE,
            place=place,
            message=f"This is {what}, so nothing was written over it.",
            hint="Name another file.",
        )
    if replace:
        return None
    return Problem(
        code=Code.FILE_EXISTS,
        place=place,
        message="This file is there already and was left as it is.",
        hint="Name another file, or add --force to replace it.",
    )


def write_private(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file that only its owner can read (mode 0600), whole or not at all.

    The bytes go to a file that has no name yet (or, where the system has no such files, to one beside the target), are
    flushed to the disk and then put in its place, so that a failure leaves the old file as it was. What asks the
    program to end is held back until then. Raises `IopFitError` when the file can't be written, and also when one
    appeared meanwhile and `replace` is false.
    """
    problem = target_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    try:
        with defer_signals():
            _write_and_put_in_place(path, content, replace=replace)
    except FileExistsError as error:
        raise IopFitError([target_problem(path, replace=replace) or _unwritable(path, error)]) from None
    except OSError as error:
        raise IopFitError([_unwritable(path, error)]) from None


def delete(path: Path) -> bool:
    """Delete a file, and what a run that was killed left beside it; say whether both are gone.

    One that can't be deleted is emptied, as far as that can be done.
    """
    gone = True
    for each in (*_stale_temp_files(path), path):
        with suppress(OSError):
            os.unlink(each)
        if is_there(each):
            gone = False
            with suppress(OSError):
                os.close(os.open(each, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK))
    return gone


def _temp_path(path: Path, run: str) -> Path:
    """The name that a new file has for a moment, or for as long as it is written where it can't be without one.

    Each run has its own, so that two which write one file both write it whole.
    """
    from hashlib import sha256

    return path.with_name(f".iop-fit-{sha256(os.fsencode(path.name)).hexdigest()[:16]}-{run}")


def _stale_temp_files(path: Path) -> Iterator[Path]:
    """Find what runs that are over left beside a file, as far as the folder can be listed."""
    beginning = _temp_path(path, "").name
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(beginning) and not _process_exists(name.removeprefix(beginning)):
                yield path.with_name(name)


def _process_exists(run: str) -> bool:
    """Say whether another process of this number is there; what is no number was not made here."""
    if run == str(os.getpid()):
        return False
    if re.fullmatch("[1-9][0-9]{0,8}", run):
        try:
            os.kill(int(run), 0)
        except OSError as error:
            return error.errno != errno.ESRCH  # else it belongs to somebody else
    return True


def _write_and_put_in_place(path: Path, content: bytes, *, replace: bool) -> None:
    neighbor = _temp_path(path, str(os.getpid()))
    for left in _stale_temp_files(path):
        with suppress(OSError):
            os.unlink(left)
    try:
        if not _write_unnamed(neighbor if replace else path, content):
            descriptor = os.open(neighbor, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                _write_and_sync(file, content)
            if not replace:
                _move_without_replacing(neighbor, path)
        if replace:
            os.replace(neighbor, path)
    finally:
        with suppress(OSError):
            os.unlink(neighbor)


def _write_unnamed(path: Path, content: bytes) -> bool:
    """Write a file that has no name until it is whole, and goes with the process until then; never replace one.

    Return False where the system has no such files, or can't give them a name.
    """
    flag = getattr(os, "O_TMPFILE", 0)
    try:
        descriptor = os.open(path.parent, flag | os.O_WRONLY, 0o600)
    except OSError:  # also where there is no such flag; what else is wrong shows in the other way
        return False
    with os.fdopen(descriptor, "wb") as file:
        _write_and_sync(file, content)
        try:
            # Naming a folder, even an unused one, makes Python follow the link that stands for the open file.
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
        os.link(temporary, path)  # unlike rename, this fails when the target appeared meanwhile
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
        hint="This file was left as it was. Name another place, or make room and try again.",
    )
