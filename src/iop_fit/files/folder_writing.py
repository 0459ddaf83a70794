"""Atomic writing of private folders that hold the parts of one output."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.signals import defer_signals
from iop_fit.files.targets import others_can_read, parent_problem, private_problem, unwritable
from iop_fit.files.temporary import delete_stale, make_private, temporary_path
from iop_fit.problem_codes import Code

__all__ = ["folder_target_problem", "private_folder"]

PART = "part-"
"""How the names of the parts begin."""


def folder_target_problem(path: Path, *, replace: bool, allow_shared: bool) -> Problem | None:
    """Return the reason why this folder can't be written, or why others could read it; None if all is well."""
    return _name_problem(path, replace=replace) or private_problem(path, allow_shared=allow_shared)


def _name_problem(path: Path, *, replace: bool) -> Problem | None:
    problem = parent_problem(path)
    if problem or not os.path.lexists(path):
        return problem
    if not replace:
        message, hint = "This folder already exists and was not changed.", "Choose another name, or add --force."
        return Problem(Code.FILE_EXISTS, message, Place(str(path)), hint)
    if path.is_symlink() or not path.is_dir() or any(not _is_part(each) for each in path.iterdir()):
        message = "This isn't a folder with the parts of an output only, so it was not replaced."
        return Problem(Code.NOT_PARTS, message, Place(str(path)), "Choose another name.")
    return None


def _is_part(path: Path) -> bool:
    return path.name.startswith(PART) and path.is_file() and not path.is_symlink()


@contextmanager
def private_folder(path: Path, *, replace: bool, allow_shared: bool = False) -> Iterator[Path]:
    """Yield an empty folder for another program to write parts to, and move it to `path` at the end of the block.

    Only this account can read it and its parts; others may if `allow_shared`. Whatever else was written to it is
    deleted. A failure in the block leaves an old folder unchanged. Raises `IopFitError` if the folder can't be written
    or kept private, or if anything that may not be replaced is there.
    """
    problem = _name_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    temporary = temporary_path(path, str(os.getpid()))
    try:
        delete_stale(path)
        temporary.mkdir(mode=0o700)
        _keep_private(temporary, path, allow_shared=allow_shared)
        yield temporary
        with defer_signals():
            _finish(temporary, path, replace=replace, allow_shared=allow_shared)
    except OSError as error:
        raise IopFitError([_name_problem(path, replace=replace) or unwritable(path, error)]) from None
    finally:
        rmtree(temporary, ignore_errors=True)


def _finish(temporary: Path, path: Path, *, replace: bool, allow_shared: bool) -> None:
    for each in temporary.iterdir():
        if _is_part(each):
            _keep_private(each, path, allow_shared=allow_shared)
        elif each.is_dir():
            rmtree(each)
        else:
            each.unlink()
    problem = _name_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    if not path.exists():
        temporary.rename(path)
        return
    old = temporary.with_name(f"{temporary.name}-old")
    path.rename(old)
    try:
        temporary.rename(path)
    except OSError:
        old.rename(path)
        raise
    rmtree(old, ignore_errors=True)


def _keep_private(part: Path, path: Path, *, allow_shared: bool) -> None:
    """Let only this account read a folder or a part of it, and sync it to disk."""
    descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        if not make_private(descriptor, 0o700 if part.is_dir() else 0o600) and not allow_shared:
            raise IopFitError([others_can_read(path)])
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
