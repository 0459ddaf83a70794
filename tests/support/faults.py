"""Runs of the program in which something goes wrong at a chosen step, and what is left behind.

A run is a fork of this process, so that hundreds of them take seconds: it has its own signals, files and end, but all
modules are loaded already.
"""

import errno
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn, cast

from iop_fit.cli import app
from iop_fit.cli.exit_status import run_and_exit
from iop_fit.files import locks, writing
from support.terminals import Terminal

SECONDS = 10.0
"""How long a run may take before it counts as hung."""
WATCHED = {"open", "fdopen", "fchmod", "fsync", "link", "replace", "unlink"}
"""The steps of a write, besides writing to the open file itself."""


class Step(NamedTuple):
    """A moment in a write: before or after a call to the system, these being numbered from 0."""

    name: str
    number: int
    after: bool

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} call {self.number} ({self.name})"


class Ended(NamedTuple):
    """How a run ended."""

    status: int
    """Its exit status, or below zero the signal that killed it."""
    said: str
    """What it wrote to standard error, then to standard output."""
    calls: tuple[str, ...]
    """The steps it took."""
    hung: bool


Fault = Callable[[], object]


def sends(number: signal.Signals) -> Fault:
    """Return a fault that sends this process a signal."""
    return lambda: os.kill(os.getpid(), number)


def fails(number: int) -> Fault:
    """Return a fault that lets a call fail with this error."""

    def fail() -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


SIGNALS = {each.name: sends(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)}
KILLED = {"SIGKILL": sends(signal.SIGKILL)}
ERRORS = {
    errno.errorcode[number]: fails(number)
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.ENOENT, errno.EEXIST)
}


class _System:
    """The module `os` as the program sees it, with one fault in it."""

    def __init__(self, calls: Path, step: Step | None, fault: Fault) -> None:
        self.calls, self.step, self.fault = calls, step, fault
        self.number = -1

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        if name not in WATCHED:
            return real

        def watched(*arguments: object, **options: object) -> object:
            act = self.opened if name == "fdopen" else real
            return self.watch(name, lambda: act(*arguments, **options))

        return watched

    def opened(self, *arguments: object, **_: object) -> object:
        return _Written(self, io.FileIO(*arguments))  # type: ignore[arg-type]

    def watch(self, name: str, act: Callable[[], object]) -> object:
        self.number += 1
        number = self.number
        with self.calls.open("a") as calls:
            calls.write(f"{name}\n")
        if self.step == Step(name, number, after=False):
            self.fault()
        try:
            return act()
        finally:
            if self.step == Step(name, number, after=True):
                self.fault()


class _Written(io.BufferedWriter):
    def __init__(self, system: _System, raw: io.FileIO) -> None:
        super().__init__(raw)
        self.system = system

    def write(self, content: object) -> int:
        write = super().write
        written = self.system.watch("write", lambda: write(cast("bytes", content)))
        return cast("int", written)


def nothing() -> None:
    """No fault at all."""


def run(folder: Path, act: Callable[..., object], step: Step | None = None, fault: Fault = nothing) -> Ended:
    """Run something in a folder as the command line runs a command, in its own process; a fault comes at a step."""
    said, calls = folder.parent / "said", folder.parent / "calls"
    for path in (said, calls):
        path.write_bytes(b"")
    child = os.fork()
    if child == 0:
        try:
            os.chdir(folder)
            with _standard_streams(said):
                system = _System(calls, step, fault)
                for module in (writing, locks):
                    vars(module)["os"] = system
                run_and_exit(act)
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
        finally:
            os._exit(127)
    status, hung = _wait(child)
    return Ended(status, said.read_text(), tuple(calls.read_text().split()), hung)


def _wait(child: int) -> tuple[int, bool]:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), True


@contextmanager
def _standard_streams(said: Path | None) -> Iterator[None]:
    """Make the streams anew on the descriptors 0 to 2, which pytest has exchanged in this process."""
    if said:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(said, os.O_WRONLY | os.O_APPEND), 1)
        os.dup2(1, 2)
    sys.stdin = os.fdopen(0, "r", closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    try:
        yield
    finally:
        with suppress(OSError):  # a terminal that is gone
            sys.stdout.flush()
            sys.stderr.flush()


def command(*arguments: str) -> Callable[..., object]:
    """Return the command line with these arguments, to be run."""
    return lambda **options: app.app([*arguments], **options)


def all_steps(calls: tuple[str, ...]) -> Iterator[Step]:
    """Give the moments before and after each call."""
    for number, name in enumerate(calls):
        yield Step(name, number, after=False)
        yield Step(name, number, after=True)


class WarmTerminal(Terminal):
    """A terminal whose command is a fork of this process, so that it is there at once."""

    def _become(self, command: list[str], environment: dict[str, str]) -> None:
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["iop-fit", *command[command.index("assess") :]]
        try:
            with _standard_streams(None):
                run_and_exit(app.app)
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
