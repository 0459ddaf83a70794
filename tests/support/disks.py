"""Folders on disks that keep no modes or have no hard links, by answering the system calls in their place.

Commands see them when they run in a fork of this process (`support.faults`).
"""

import errno
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

REFUSED_BY_WINDOWS = set('<>:"|?*\\')


class Disk:
    """A folder on a disk of its own: without modes, without hard links, without unnamed files.

    Each file has the given mode and owner whatever was asked for. `chmod` fails with this error, or does nothing.
    """

    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        folder: Path,
        *,
        mode: int = 0o777,
        owner: int | None = None,
        chmod: int = 0,
    ) -> None:
        self.folder = folder.resolve()
        self.mode = mode
        self.owner = os.geteuid() if owner is None else owner
        self.chmod = chmod
        self.opened: set[int] = set()
        """The descriptors of its files."""
        for name in ("open", "fchmod", "fstat", "link"):
            monkeypatch.setattr(os, name, partial(getattr(self, f"_{name}"), getattr(os, name)))

    def _holds(self, path: object) -> bool:
        return isinstance(path, (str, Path)) and Path(path).parent.resolve() == self.folder

    def _open(self, real: Callable[..., int], path: Path, flags: int, *rest: int, **options: int) -> int:
        if Path(path).resolve() == self.folder and flags & os.O_WRONLY:
            fail(errno.EOPNOTSUPP)
        if self._holds(path) and flags & os.O_CREAT and REFUSED_BY_WINDOWS & {*Path(path).name}:
            fail(errno.EINVAL)
        descriptor = real(path, flags, *rest, **options)
        (self.opened.add if self._holds(path) else self.opened.discard)(descriptor)
        return descriptor

    def _fchmod(self, real: Callable[..., None], descriptor: int, mode: int) -> None:
        if descriptor not in self.opened:
            real(descriptor, mode)
        elif self.chmod:
            fail(self.chmod)

    def _fstat(self, real: Callable[..., os.stat_result], descriptor: int) -> os.stat_result:
        status = real(descriptor)
        if descriptor not in self.opened:
            return status
        values = list(status)
        values[0], values[4] = stat.S_IFMT(status.st_mode) | self.mode, self.owner
        return os.stat_result(values)

    def _link(self, real: Callable[..., None], file: Path, path: Path, **options: int) -> None:
        if self._holds(path):
            fail(errno.EPERM)
        real(file, path, **options)


def fail(error: int) -> NoReturn:
    """Raise the error of a system call."""
    raise OSError(error, os.strerror(error))
