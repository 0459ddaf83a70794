"""Input from and output to a terminal that may close at any time."""

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
    """Reads lines typed on a terminal."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def read(self, on_signal: Callable[[], None] = lambda: None) -> str | None:
        """Read one line without its line end; None at the end of input, or if the terminal is closed.

        `on_signal` is called before the first wait and after each signal, outside any handler, where it can't
        interrupt itself.
        """
        try:
            with suppress(UnsupportedOperation):  # an object without a descriptor has nothing to wait for
                _wait_for(self.file.fileno(), on_signal)
            line = self.file.readline()
        except OSError:
            return None
        return line.rstrip("\r\n").replace("\0", "") if line else None  # not allowed in a file name

    def is_foreground(self) -> bool:
        """Whether this process is in the foreground of its terminal; if not, output would overwrite the shell's."""
        with suppress(OSError, ValueError):
            return os.tcgetpgrp(self.file.fileno()) == os.getpgrp()
        return True

    def flush_typeahead(self) -> None:
        """Discard input that was typed but not read yet."""
        with suppress(termios.error, OSError, ValueError):
            termios.tcflush(self.file, termios.TCIFLUSH)


def _wait_for(descriptor: int, on_signal: Callable[[], None]) -> None:
    """Wait for input.

    A plain read that starts just after a signal arrives would delay its handler until the next line.
    """
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    previous = signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    try:
        on_signal()
        while descriptor not in select.select([descriptor, wake_read], [], [])[0]:
            os.read(wake_read, 4096)
            on_signal()
    finally:
        signal.set_wakeup_fd(previous)
        os.close(wake_write)
        os.close(wake_read)


class Output:
    """Writes to a terminal; ignores errors once it is closed."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, text: str) -> None:
        """Write and flush."""
        with suppress(OSError, ValueError):
            self.file.write(text)
            self.file.flush()

    def size(self) -> tuple[int, int]:
        """Return the columns and rows of this terminal, even if standard output is redirected; 80 by 24 if unknown."""
        columns = rows = 0
        with suppress(OSError, ValueError):
            columns, rows = os.get_terminal_size(self.file.fileno())
        return columns or 80, rows or 24


def wrapped_prompt(prompt: str, width: int) -> str:
    """Wrap a prompt, leaving room for what is typed after it."""
    return "\n".join(wrap(prompt, width - 1)) + " "
