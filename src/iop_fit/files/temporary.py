"""Temporary files beside the files that are written."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

__all__ = ["delete", "delete_stale", "temporary_path"]


def temporary_path(path: Path, pid: str) -> Path:
    """Return the temporary path of a file; each process has its own, so concurrent writes stay atomic."""
    from hashlib import sha256

    return path.with_name(f".iop-fit-{sha256(os.fsencode(path.name)).hexdigest()[:16]}-{pid}")


def delete_stale(path: Path) -> None:
    """Delete the temporary files of a file that killed processes left, as far as possible."""
    for stale in _stale(path):
        with suppress(OSError):
            os.unlink(stale)


def delete(path: Path) -> bool:
    """Delete a file and the temporary files that killed processes left; return whether all are gone.

    A file that can't be deleted is truncated if possible.
    """
    deleted = True
    for each in (*_stale(path), path):
        with suppress(OSError):
            os.unlink(each)
        if os.path.lexists(each):
            deleted = False
            with suppress(OSError):
                os.close(os.open(each, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK))
    return deleted


def _stale(path: Path) -> Iterator[Path]:
    """Yield temporary files of processes that no longer exist, if the folder can be listed."""
    prefix = temporary_path(path, "").name
    with suppress(OSError):
        for name in os.listdir(path.parent):
            if name.startswith(prefix) and not _process_exists(name.removeprefix(prefix)):
                yield path.with_name(name)


def _process_exists(pid: str) -> bool:
    """Whether another process has this id; True if it is not a process id, so that foreign files are kept."""
    if pid == str(os.getpid()):
        return False
    if re.fullmatch("[1-9][0-9]{0,8}", pid):
        try:
            os.kill(int(pid), 0)
        except OSError as error:
            return error.errno != errno.ESRCH  # EPERM: it belongs to another user
    return True
