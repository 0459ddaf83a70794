"""Files to write, and the reasons not to write one: its name, its folder, or who could read it."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import Place, Problem
from iop_fit.files.reading import is_dir, real_path
from iop_fit.files.temporary import keeps_private, unusual_in
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = [
    "PendingFile",
    "SharedFolders",
    "folder_of",
    "is_there",
    "name_problem",
    "others_can_read",
    "parent_problem",
    "private_problem",
    "target_problem",
    "unwritable",
]


class PendingFile(NamedTuple):
    """A file to be written."""

    path: Path
    content: Callable[[], bytes]
    """Produces the content; may raise `IopFitError`."""
    replace: bool
    """Whether an existing file may be replaced."""
    allow_shared: bool = False
    """Whether it may be written where others can read it."""


class SharedFolders:
    """The folders where files may be written although others can read them: all, or those that the person agreed to."""

    def __init__(self, *, every: bool = False) -> None:
        self._every = every
        self._folders: set[Path] = set()

    def agree(self, path: Path) -> None:
        """Note that the person agreed to the folder of a file."""
        self._folders.add(real_path(path.parent))

    def allows(self, path: Path) -> bool:
        """Whether a file may be written to its folder although others can read it."""
        return self._every or real_path(path.parent) in self._folders


def is_there(path: Path) -> bool:
    """Whether anything exists at this path, including a broken symbolic link."""
    return os.path.lexists(path)


def target_problem(path: Path, *, replace: bool, allow_shared: bool) -> Problem | None:
    """Return the reason why this file can't be written, or why others could read it; None if all is well.

    Makes an empty temporary file in the folder, and deletes it: what a folder says of itself is not always true.
    """
    return name_problem(path, replace=replace) or private_problem(path, allow_shared=allow_shared)


def private_problem(path: Path, *, allow_shared: bool) -> Problem | None:
    """Return the reason why others could read what is written to this path, or why nothing can be, or None."""
    try:
        private = keeps_private(path)
    except OSError as error:
        return _refused(path, error)
    return None if private or allow_shared else others_can_read(path)


def _refused(path: Path, error: OSError) -> Problem:
    if error.errno not in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return unwritable(path, error)
    return Problem(
        code=Code.FOLDER_NOT_WRITABLE,
        place=Place(str(path)),
        message=f"The folder {escape_controls(str(path.parent))} is not writable.",
        hint="Choose a folder that you can write to.",
    )


def others_can_read(path: Path) -> Problem:
    """Return the problem that others could read a file, wherever its folder is."""
    return Problem(
        code=Code.OTHERS_CAN_READ,
        place=Place(str(path)),
        message=f"Other people could read this file: {folder_of(path)} can't keep files private.",
        hint="Choose a folder on this computer's own disk, or add --allow-shared to write it anyway.",
    )


def folder_of(path: Path) -> str:
    """Return the folder of a file in words."""
    return "this folder" if path.parent == Path() else escape_controls(str(path.parent))


def parent_problem(path: Path) -> Problem | None:
    """Return the problem that there is no folder to write this file to, or None."""
    if is_dir(path.parent):
        return None
    return Problem(
        code=Code.NO_FOLDER,
        place=Place(str(path)),
        message=f"The folder {escape_controls(str(path.parent))} does not exist, so this file can't be written.",
        hint="Create the folder first, or choose another location.",
    )


def name_problem(path: Path, *, replace: bool) -> Problem | None:
    """Return the reason why nothing can be written to this path, whatever its folder allows, or None."""
    place = Place(str(path))
    missing = parent_problem(path)
    if missing:
        return missing
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        return _refused(path, error)
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
    reason, hint = os.strerror(error.errno or 0), "Choose another location, or free up space and try again."
    if error.errno in {errno.EINVAL, errno.EILSEQ, errno.ENOENT} and unusual_in(path.name):
        reason, hint = "this disk refuses its name", "Choose a name without signs such as : and ?."
    return Problem(
        code=Code.UNWRITABLE,
        place=Place(str(path)),
        message=f"This file can't be written: {reason}.",
        hint=f"It was not changed. {hint}",
    )
