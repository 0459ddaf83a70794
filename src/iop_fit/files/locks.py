"""Exclusive file locks, so that two processes never overwrite each other's answers."""

import fcntl
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Self

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code

__all__ = ["FileLock"]

READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class FileLock:
    """Exclusive lock on a file for the life of the process, with the content of the file when it was locked.

    If the file or its file system doesn't support locks, it only detects changes.
    """

    def __init__(self, content: bytes | None, descriptor: int | None) -> None:
        self.content = content
        """At most one byte more than `MAX_BYTES`; None if the file can't be read."""
        self.descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path) -> Self:
        """Lock an existing file. Raises `IopFitError` if another process holds the lock, `OSError` if it is missing."""
        descriptor = None
        try:
            descriptor = os.open(path, READING)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _close(descriptor)
            raise IopFitError([_in_use(path)]) from None
        except OSError:
            _close(descriptor)
            path.lstat()  # it exists
            return cls(_content_at(path), None)
        if not _is_at(path, descriptor):  # another process replaced the file between `open` and `flock`
            _close(descriptor)
            raise IopFitError([_in_use(path)])
        return cls(_content(descriptor), descriptor)

    def is_unchanged(self, path: Path) -> bool:
        """Whether the path names a file with the same bytes, whatever its times, that no other process has locked.

        Sync clients set times, and may put an equal copy in the place of the file.
        """
        if self.descriptor is not None and _is_at(path, self.descriptor):
            return _content(self.descriptor) == self.content  # a network share may refuse to open a locked file again
        with suppress(IopFitError, OSError):
            FileLock.acquire(path).release()
            return _content_at(path) == self.content
        return False

    def release(self) -> None:
        """Release the lock."""
        _close(self.descriptor)
        self.descriptor = None


def _close(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    return False


def _content_at(path: Path) -> bytes | None:
    """Return the content of a regular file, or None if it can't be read."""
    descriptor = None
    try:
        descriptor = os.open(path, READING)
        return _content(descriptor) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None
    except OSError:
        return None
    finally:
        _close(descriptor)


def _content(descriptor: int) -> bytes | None:
    with suppress(OSError), open(descriptor, "rb", closefd=False) as file:
        file.seek(0)
        return file.read(MAX_BYTES + 1)
    return None


def _in_use(path: Path) -> Problem:
    return Problem(
        code=Code.DRAFT_IN_USE,
        place=Place(str(path)),
        message="Another iop-fit process is using this file.",
        hint="Finish that interview first, or save these answers to another file.",
    )
