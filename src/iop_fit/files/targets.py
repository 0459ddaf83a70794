"""Files to write: what they are, and the reasons why one can't be written."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import Place, Problem
from iop_fit.files.reading import is_dir
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = ["PendingFile", "is_there", "target_problem", "unwritable"]


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
        return unwritable(path, error)
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


def unwritable(path: Path, error: OSError) -> Problem:
    """Return the problem that a file can't be written."""
    return Problem(
        code=Code.UNWRITABLE,
        place=Place(str(path)),
        message=f"This file can't be written: {os.strerror(error.errno or 0)}.",
        hint="It was not changed. Choose another location, or free up space and try again.",
    )
