"""Fault injection: runs the program with a fault at a chosen system call.

Each run is a fork of this process with all modules loaded, so that hundreds of runs take seconds.
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
from iop_fit.files import locks, temporary, writing
from support.terminals import Terminal

SECONDS = 10.0
"""Timeout after which a run counts as hung."""
WATCHED = {"open", "fdopen", "fchmod", "fsync", "link", "replace", "unlink"}
"""The system calls of a write, except writing to the open file."""


class Step(NamedTuple):
    """The moment before or after a system call of a write; calls are numbered from 0."""

    name: str
    number: int
    after: bool

    def __str__(self) -> str:
        return f"{'after' if self.after else 'before'} call {self.number} ({self.name})"


class Ended(NamedTuple):
    """Result of a run."""

    status: int
    """Exit status, or the negative number of the signal that killed it."""
    output: str
    """Standard output and standard error."""
    calls: tuple[str, ...]
    """The watched system calls it made."""
    hung: bool


Fault = Callable[[], object]


def sends(number: signal.Signals) -> Fault:
    """Return a fault that sends this process a signal."""
    return lambda: os.kill(os.getpid(), number)


def fails(number: int) -> Fault:
    """Return a fault that makes a call fail with this error."""

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
    """Replacement for the module `os` that injects one fault."""

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
        return _WatchedFile(self, io.FileIO(*arguments))  # type: ignore[arg-type]

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


class _WatchedFile(io.BufferedWriter):
    def __init__(self, system: _System, raw: io.FileIO) -> None:
        super().__init__(raw)
        self.system = system

    def write(self, content: object) -> int:
        write = super().write
        count = self.system.watch("write", lambda: write(cast("bytes", content)))
        return cast("int", count)


def nothing() -> None:
    """Do nothing: no fault."""


def run(folder: Path, act: Callable[..., object], step: Step | None = None, fault: Fault = nothing) -> Ended:
    """Run an operation like a command, in a folder and in its own process, with a fault at a step."""
    output, calls = folder.parent / "output", folder.parent / "calls"
    for path in (output, calls):
        path.write_bytes(b"")
    child = os.fork()
    if child == 0:
        try:
            os.chdir(folder)
            with _standard_streams(output):
                system = _System(calls, step, fault)
                for module in (writing, temporary, locks):
                    vars(module)["os"] = system
                run_and_exit(act)
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
        finally:
            os._exit(127)
    status, hung = _wait(child)
    return Ended(status, output.read_text(), tuple(calls.read_text().split()), hung)


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
def _standard_streams(output: Path | None) -> Iterator[None]:
    """Recreate the streams on descriptors 0 to 2, which pytest replaced in this process."""
    if output:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(output, os.O_WRONLY | os.O_APPEND), 1)
        os.dup2(1, 2)
    sys.stdin = os.fdopen(0, "r", closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    try:
        yield
    finally:
        with suppress(OSError):  # the terminal is closed
            sys.stdout.flush()
            sys.stderr.flush()


def command(*arguments: str) -> Callable[..., object]:
    """Return an operation that runs the command line with these arguments."""
    return lambda **options: app.app([*arguments], **options)


def all_steps(calls: tuple[str, ...]) -> Iterator[Step]:
    """Yield the steps before and after each call."""
    for number, name in enumerate(calls):
        yield Step(name, number, after=False)
        yield Step(name, number, after=True)


class WarmTerminal(Terminal):
    """A terminal whose command is a fork of this process, so that it starts at once."""

    def _become(self, command: list[str], environment: dict[str, str]) -> None:
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["iop-fit", *command[command.index("assess") :]]
        try:
            with _standard_streams(None):
                run_and_exit(app.app)
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
