"""The keyboard and the output of a terminal that may vanish at any time."""

import os
import select
import signal
import termios
from collections.abc import Callable
from contextlib import suppress
from io import UnsupportedOperation
from typing import TextIO

from iop_fit.text import wrap

__all__ = ["Keyboard", "Output", "wrapped_prompt"]


class Keyboard:
    """Reads lines; what was typed before a question was shown is thrown away."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def read(self, woken: Callable[[], None] = lambda: None) -> str | None:
        """Read one line without its end; None at the end of input, and when the terminal is gone.

        What a signal asks for is done by `woken`, between two waits: in a handler it could interrupt itself.
        """
        try:
            with suppress(UnsupportedOperation):  # no file of the system, so nothing to wait for
                _wait_for(self.file.fileno(), woken)
            line = self.file.readline()
        except OSError:
            return None
        return line.rstrip("\r\n").replace("\0", "") if line else None  # no file can have that in its name

    def is_foreground(self) -> bool:
        """Say whether this run is in front on its terminal: what is shown from behind stands over the shell."""
        with suppress(OSError, ValueError):
            return os.tcgetpgrp(self.file.fileno()) == os.getpgrp()
        return True

    def flush_typeahead(self) -> None:
        """Throw away what was typed and not yet read."""
        with suppress(termios.error, OSError, ValueError):
            termios.tcflush(self.file, termios.TCIFLUSH)


def _wait_for(descriptor: int, awake: Callable[[], None]) -> None:
    """Wait until there is something to read.

    A read that begins just after a signal came would keep its handler waiting for the next line.
    """
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    before = signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
    try:
        awake()
        while descriptor not in select.select([descriptor, woken], [], [])[0]:
            os.read(woken, 4096)
            awake()
    finally:
        signal.set_wakeup_fd(before)
        os.close(waking)
        os.close(woken)


class Output:
    """Writes to a terminal that may vanish at any time."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, text: str) -> None:
        """Write at once; a terminal that is gone takes nothing more."""
        with suppress(OSError, ValueError):
            self.file.write(text)
            self.file.flush()

    def size(self) -> tuple[int, int]:
        """The columns and rows of this terminal, also while standard output goes elsewhere."""
        columns = rows = 0
        with suppress(OSError, ValueError):
            columns, rows = os.get_terminal_size(self.file.fileno())
        return columns or 80, rows or 24


def wrapped_prompt(prompt: str, width: int) -> str:
    """Break a prompt at words, with room for what is typed behind it."""
    return "\n".join(wrap(prompt, width - 1)) + " "
