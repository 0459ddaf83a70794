"""The person's pager, which shows a long text one window at a time."""

import os
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from shutil import which
from threading import Thread
from typing import IO

from iop_fit.errors import Terminated

__all__ = ["show_in_pager"]

PAGERS = ("less", "more")
"""The pagers to look for if no variable names one."""
LESS = "-PSpace = more, b = back, q = done"
"""Options of `less` that say the keys at the bottom, unless the person has options of their own."""
NOT_STARTED = (126, 127)
"""Exit statuses of a shell that can't run a program, or finds none."""
OF_THE_PAGER = (signal.SIGINT, signal.SIGTSTP)
"""Sent by Ctrl-C and Ctrl-Z to the pager and to this process, which would leave the pager alone with the terminal."""


def show_in_pager(text: str) -> bool:
    """Show a text in the pager that `MANPAGER` or `PAGER` names, until the person is done; False if none starts.

    `less` keeps no history of what was searched for, and starts no other program.
    """
    command = os.environ.get("MANPAGER") or os.environ.get("PAGER") or next(filter(which, PAGERS), "")
    if not command or not sys.stdin or not sys.stdin.isatty():
        return False
    with _keys_left_to_the_pager(), _modes_restored_if_terminated():
        return _run(command, text) not in NOT_STARTED


def _run(command: str, text: str) -> int:
    """Return the exit status of a shell command that reads a text; if this process is terminated, end that too.

    `exec` makes the pager the child itself, which a shell need not be; `env` takes variables before its name.
    """
    command = f"exec env {command}"
    environment = {"LESS": LESS, **os.environ, "LESSHISTFILE": "-", "LESSSECURE": "1"}
    with subprocess.Popen(
        command, shell=True, stdin=subprocess.PIPE, env=environment, encoding=sys.stdout.encoding, errors="replace"
    ) as pager:
        Thread(target=_feed, args=(pager.stdin, text), daemon=True).start()
        try:
            pager.returncode = _wait_for(pager.pid)
        except Terminated:
            pager.terminate()
            raise
    return pager.returncode


def _feed(file: IO[str], text: str) -> None:
    """Write a text that may be longer than a pipe takes before the person reads on."""
    with suppress(OSError, ValueError), file:  # the person is done before its end
        file.write(text)


def _wait_for(pager: int) -> int:
    """Return the exit status of a process; stop whenever it stops, so that the shell takes the terminal back."""
    while True:
        _, status = os.waitpid(pager, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        os.kill(os.getpid(), signal.SIGSTOP)


@contextmanager
def _keys_left_to_the_pager() -> Iterator[None]:
    handlers = {number: signal.getsignal(number) for number in OF_THE_PAGER}
    for number, handler in handlers.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, lambda *_: None)  # not ignored, which the pager would inherit
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


@contextmanager
def _modes_restored_if_terminated() -> Iterator[None]:
    modes = termios.tcgetattr(sys.stdin)
    try:
        yield
    except Terminated:
        with suppress(termios.error, OSError):  # the terminal is closed
            termios.tcsetattr(sys.stdin, termios.TCSANOW, modes)
        raise
