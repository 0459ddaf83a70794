"""Exclusive file locks, so that two processes never overwrite each other's answers."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code

__all__ = ["FileLock"]


class FileLock:
    """Exclusive lock on a file for the life of the process, with the state of the file when it was locked.

    If the file or its file system doesn't support locks, it only detects changes.
    """

    def __init__(self, state: tuple[int, ...], descriptor: int | None) -> None:
        self.state = state
        self.descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path) -> Self:
        """Lock an existing file. Raises `IopFitError` if another process holds the lock, `OSError` if it is missing."""
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
        lock = cls(_state(os.fstat(descriptor)), descriptor)
        if not lock.is_unchanged(path):  # another process replaced the file between `open` and `flock`
            lock.release()
            raise IopFitError([_in_use(path)])
        return lock

    def is_unchanged(self, path: Path) -> bool:
        """Whether the path still names this file and nobody has written to it since."""
        with suppress(OSError):
            return _state(os.lstat(path)) == self.state
        return False

    def release(self) -> None:
        """Release the lock."""
        _close(self.descriptor)
        self.descriptor = None


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)


def _state(status: os.stat_result) -> tuple[int, ...]:
    """Return what identifies a file and its content; the time is never used as a time."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _in_use(path: Path) -> Problem:
    return Problem(
        code=Code.DRAFT_IN_USE,
        place=Place(str(path)),
        message="Another iop-fit process is using this file.",
        hint="Finish that interview first, or save these answers to another file.",
    )
