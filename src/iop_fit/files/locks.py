"""A file that one run keeps to itself while it goes on, so that two runs never write over each other's answers."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code

__all__ = ["FileLock"]


class FileLock:
    """A file that no other run may hold, in the state in which it was taken; the system lets go of it when a run ends.

    Where the file or its file system can't be locked, only changes to it are noticed.
    """

    def __init__(self, state: tuple[int, ...], descriptor: int | None) -> None:
        self.state = state
        self.descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path) -> Self:
        """Take a file that is there; raises `IopFitError` when another run holds it, `OSError` when it is gone."""
        descriptor = None
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _close(descriptor)
            raise IopFitError([_in_use(path)]) from None
        except OSError:
            _close(descriptor)
            return cls(_state(os.lstat(path)), None)
        held = cls(_state(os.fstat(descriptor)), descriptor)
        if not held.is_unchanged(path):  # another run put its file there between the two steps
            held.release()
            raise IopFitError([_in_use(path)])
        return held

    def is_unchanged(self, path: Path) -> bool:
        """Say whether this file still has that name, and was not written to since."""
        with suppress(OSError):
            return _state(os.lstat(path)) == self.state
        return False

    def release(self) -> None:
        """Let other runs take the file."""
        _close(self.descriptor)
        self.descriptor = None


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)


def _state(status: os.stat_result) -> tuple[int, ...]:
    """What tells a file from all others, and from itself once somebody wrote to it; times are only compared."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _in_use(path: Path) -> Problem:
    return Problem(
        code=Code.DRAFT_IN_USE,
        place=Place(str(path)),
        message="Another run of iop-fit keeps its answers in this file.",
        hint="Finish that one first, or keep these answers in another file.",
    )
