"""Reading small text files, and writing private ones whole or not at all."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import IopFitError, Place, Problem

__all__ = ["MAX_BYTES", "File", "decode", "delete", "is_folder", "read_text", "target_problem", "write_private"]

MAX_BYTES = 1_048_576
"""The largest file that is read, in bytes; the bundled questionnaire has about a tenth of it."""

SET_ASIDE_ERRORS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What `link` says on a file system that has no hard links."""


class File(NamedTuple):
    """A file to write."""

    path: Path
    content: bytes
    replace: bool
    """Whether an old file of this name may be replaced."""


def read_text(path: Path, name: str | None = None) -> str:
    """Read a UTF-8 text file of at most `MAX_BYTES`; raises `IopFitError` when that can't be done."""
    name = name or str(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IopFitError([_unreadable(name, error)]) from None
    return decode(content, name)


def decode(content: bytes, name: str) -> str:
    """Turn the bytes of a small UTF-8 file into text; raises `IopFitError` when they are too many or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise IopFitError(
            [
                Problem(
                    code="too-large",
                    place=Place(name),
                    message=f"This file is larger than {MAX_BYTES:,} bytes, so it was not read.",
                    hint="A questionnaire or an answers file is far smaller. Is it the right file?",
                )
            ]
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()  # without the byte order mark
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise IopFitError(
            [
                Problem(
                    code="not-utf-8",
                    place=Place(name, line, column),
                    message="This file is not UTF-8 text from here on.",
                    hint="If it is the right file, save it again as UTF-8.",
                )
            ]
        ) from None


def is_folder(path: Path) -> bool:
    """Say whether there is such a folder; unlike `Path.is_dir`, also when a name in it is too long."""
    return os.path.isdir(path)  # noqa: PTH112


def target_problem(path: Path, *, replace: bool) -> Problem | None:
    """Tell what speaks against writing this file, before anything was asked or written."""
    place = Place(str(path))
    folder = path.parent
    if not is_folder(folder):
        return Problem(
            code="no-folder",
            place=place,
            message=f"The folder {folder} does not exist, so this file can't be written.",
            hint="Make the folder first, or name another place.",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        return Problem(
            code="folder-not-writable",
            place=place,
            message=f"The folder {folder} can't be written to.",
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
            code="not-a-file",
            place=place,
            message=f"This is {what}, so nothing was written over it.",
            hint="Name another file.",
        )
    if replace:
        return None
    return Problem(
        code="file-exists",
        place=place,
        message="This file is there already and was left as it is.",
        hint="Name another file, or add --force to replace it.",
    )


def write_private(path: Path, content: bytes, *, replace: bool) -> None:
    """Write a file that only its owner can read (mode 0600), whole or not at all.

    The bytes go to a temporary file beside the target, are flushed to the disk and then put in its place, so
    that a failure leaves the old file as it was. Raises `IopFitError` when the file can't be written, and also when one
    appeared meanwhile and `replace` is false.
    """
    problem = target_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    try:
        _write_beside_and_move(path, content, replace=replace)
    except FileExistsError as error:
        raise IopFitError([target_problem(path, replace=replace) or _unwritable(path, error)]) from None
    except OSError as error:
        raise IopFitError([_unwritable(path, error)]) from None


def delete(path: Path) -> None:
    """Delete a file, if it is there and can be deleted."""
    with suppress(OSError):
        os.unlink(path)


def _write_beside_and_move(path: Path, content: bytes, *, replace: bool) -> None:
    import tempfile

    descriptor, temporary = tempfile.mkstemp(prefix=".iop-fit-", dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
        else:
            _move_without_replacing(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)


def _move_without_replacing(temporary: str, path: Path) -> None:
    try:
        os.link(temporary, path)  # unlike rename, this fails when the target appeared meanwhile
    except OSError as error:
        if error.errno not in SET_ASIDE_ERRORS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            os.replace(temporary, path)
        except BaseException:
            os.unlink(path)
            raise


def _unreadable(name: str, error: OSError) -> Problem:
    match error:
        case FileNotFoundError():
            message, hint = "There is no such file.", "Check the spelling and the folder."
        case IsADirectoryError():
            message, hint = "This is a folder, not a file.", "Name a file in it."
        case PermissionError():
            message, hint = "This file may not be read.", "Check who owns it, or make a copy that you own."
        case _:
            message, hint = f"This file can't be read: {os.strerror(error.errno or 0)}.", ""
    return Problem(code="unreadable", place=Place(name), message=message, hint=hint)


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(
        code="unwritable",
        place=Place(str(path)),
        message=f"This file can't be written: {os.strerror(error.errno or 0)}.",
        hint="This file was left as it was. Name another place, or make room and try again.",
    )
