"""Temporary files beside the files that are written, and whether others can read them."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from iop_fit.files.signals import defer_signals
from iop_fit.limits import MAX_UNUSUAL

__all__ = [
    "delete",
    "delete_stale",
    "keeps_private",
    "make_private",
    "open_temporary",
    "open_unnamed",
    "process_exists",
    "temporary_path",
    "unusual_in",
]


def open_unnamed(folder: Path) -> int | None:
    """Open an unnamed file in a folder, which disappears if the process dies; None if the system has none there."""
    try:
        return os.open(folder, getattr(os, "O_TMPFILE", 0) | os.O_WRONLY, 0o600)
    except OSError:  # includes a system without O_TMPFILE; `open_temporary` fails with any other error
        return None


def open_temporary(path: Path) -> int:
    """Open a new file with the temporary path of a file."""
    return os.open(_our_temporary(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def make_private(descriptor: int, mode: int = 0o600) -> bool:
    """Let only this account read an open file or, with the mode 0o700, a folder; return whether that is so.

    Not every place keeps modes: some refuse them, and some accept them without any effect.
    """
    with suppress(OSError):
        os.fchmod(descriptor, mode)  # whatever the umask
    with suppress(OSError):
        status = os.fstat(descriptor)
        return status.st_uid == os.geteuid() and not stat.S_IMODE(status.st_mode) & 0o077
    return False


def keeps_private(path: Path) -> bool:
    """Whether only this account could read a file written to this path: an empty file beside it shows that.

    Raises `OSError` if no file can be made there.
    """
    with defer_signals():
        delete_stale(path)
        descriptor = open_unnamed(path.parent)
        named = descriptor is None
        descriptor = open_temporary(path) if descriptor is None else descriptor
        try:
            return make_private(descriptor)
        finally:
            with suppress(OSError):
                os.close(descriptor)
            if named:
                os.unlink(_our_temporary(path))


def temporary_path(path: Path, pid: str) -> Path:
    """Return the temporary path of a file; each process has its own, so concurrent writes stay atomic.

    It has the unusual characters of the name, so that a place refuses both names or none.
    """
    from hashlib import sha256

    return path.with_name(f".iop-fit-{unusual_in(path.name)}{sha256(os.fsencode(path.name)).hexdigest()[:16]}-{pid}")


def unusual_in(name: str) -> str:
    """Return the characters of a name that some disks refuse, each once; at most `MAX_UNUSUAL`."""
    return "".join(sorted({*re.findall(r'[^ -~]|[<>:"|?*\\]', name)})[:MAX_UNUSUAL])


def _our_temporary(path: Path) -> Path:
    return temporary_path(path, str(os.getpid()))


def delete_stale(path: Path) -> None:
    """Delete the temporary files, or folders, of a file that killed processes left, if possible."""
    for stale in _stale(path):
        if stale.is_dir() and not stale.is_symlink():
            from shutil import rmtree  # takes long to import

            rmtree(stale, ignore_errors=True)
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
            if name.startswith(prefix) and not process_exists(name.removeprefix(prefix)):
                yield path.with_name(name)


def process_exists(pid: str) -> bool:
    """Whether another process has this id; True if it is not a process id, so that foreign files are kept."""
    if pid == str(os.getpid()):
        return False
    if re.fullmatch("[1-9][0-9]{0,8}", pid):
        try:
            os.kill(int(pid), 0)
        except OSError as error:
            return error.errno != errno.ESRCH  # EPERM: it belongs to another user
    return True
