"""The keys of a terminal, or the lines of another file."""

import os
import select
import signal
import termios
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from typing import Any, TextIO

from iop_fit.files.signals import defer_signals
from iop_fit.interview.typing.decoder import Decoder, Key
from iop_fit.interview.typing.output import Output

__all__ = ["Keyboard"]

MARK_PASTES, END_MARKS = "\x1b[?2004h", "\x1b[?2004l"
"""Ask the terminal to mark the start and the end of pasted text, and to stop that."""
ESCAPE_SECONDS = 1.0
"""How long the rest of a key that starts with Esc may take."""
PASTE_SECONDS = 1.0
"""How long the rest of pasted text may take before the terminal is given back."""
READ_BYTES = 65_536
INPUT, LOCAL, CONTROLS = 0, 3, 6
"""Places in the list of terminal modes."""
NO_GROUP = 0
"""What the system returns if this process can't see the group in the foreground, as in some containers."""
WATCHED = (signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)


class Keyboard:
    """Reads keys one at a time while it is `opened`. The terminal echoes nothing; Ctrl-C and Ctrl-Z still send signals.

    Any other file is read line by line.
    """

    def __init__(self, file: TextIO, output: Output, *, marks_pastes: bool = False) -> None:
        self._file = file
        self._output = output
        self._marks_pastes = marks_pastes
        """Whether the terminal can mark pasted text."""
        self._is_terminal = file.isatty()
        self._decoder = Decoder(getattr(file, "encoding", None) or "utf-8")
        self._keys: deque[Key | str] = deque()
        self._skips_key = self._skips_paste = False
        """Whether to skip the next key, or all keys of a paste, because it began before the last `drain`."""
        self._modes: list[Any] | None = None
        """The modes of the terminal to restore; None if they are not changed."""
        self._handlers: dict[int, Any] = {}
        """The signal handlers to restore."""
        self._received: set[int] = set()
        self.on_pause: Callable[[], None] = lambda: None
        """Called before this process stops."""
        self.echoes: bool = False
        """Whether what is typed is to be shown, since the terminal does not."""

    # Taking the terminal and giving it back

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Take the terminal for the block."""
        try:
            self._take()
            yield
        finally:
            self._give_back()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Give the terminal back for the block, in which another program may use it."""
        self._give_back()
        try:
            yield
        finally:
            self._take()

    def _take(self) -> None:
        """Take the terminal; in the background, stop until the shell moves this process to the foreground."""
        if not self._is_terminal:
            return
        for number in {*WATCHED} - {*self._handlers}:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, lambda number, _: self._received.add(number))
        if not self._is_foreground():
            signal.raise_signal(signal.SIGTTIN)
        if self._is_foreground():
            self._set_modes()

    def _set_modes(self) -> None:
        with suppress(termios.error, OSError, ValueError):  # the terminal is closed
            modes = termios.tcgetattr(self._file)
            self._modes = self._modes or modes
            self.echoes = self._marks_pastes or bool(self._modes[LOCAL] & termios.ECHO)
            changed = [*modes[:CONTROLS], [*modes[CONTROLS]]]
            changed[INPUT] &= ~termios.IXON
            changed[LOCAL] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
            changed[CONTROLS][termios.VMIN], changed[CONTROLS][termios.VTIME] = 1, 0
            termios.tcsetattr(self._file, termios.TCSANOW, changed)
            self._output.write(MARK_PASTES if self._marks_pastes else "")

    def _give_back(self) -> None:
        """Restore the modes and the signal handlers; what was pasted and not read yet must not reach the shell."""
        with defer_signals():
            if self._modes and self._is_foreground():
                self._read_available()
                while self._decoder.in_paste and self._wait(PASTE_SECONDS) and self._read():
                    pass
                self._decoder.in_paste = False  # or its end is lost
                self._output.write(END_MARKS if self._marks_pastes else "")
                with suppress(termios.error, OSError, ValueError):
                    termios.tcsetattr(self._file, termios.TCSANOW, self._modes)
            self._modes = None
            for number, handler in self._handlers.items():
                signal.signal(number, handler)
            self._handlers.clear()

    def _is_foreground(self) -> bool:
        """Whether this process is in the foreground of its terminal; if not, it must leave the terminal alone."""
        with suppress(OSError, ValueError):
            return os.tcgetpgrp(self._file.fileno()) in (os.getpgrp(), NO_GROUP)
        return True

    # Signals

    def _key_for_signals(self) -> Key | None:
        """Stop if Ctrl-Z was pressed; return the key for what has to be drawn again, if anything."""
        if signal.SIGTSTP in self._received:
            self.on_pause()
            self._give_back()
            signal.raise_signal(signal.SIGTSTP)  # stops nothing if no shell could continue it
            self._received.add(signal.SIGCONT)
        if not self._received:
            return None
        key = Key.REDRAW if signal.SIGCONT in self._received else Key.RESIZED
        self._received.clear()
        if key is Key.REDRAW:
            self._take()
        return key if self._is_foreground() else None

    # Reading

    def read(self) -> Key | str:
        """Return the next key or text."""
        while not self._keys:
            key = self._key_for_signals()
            if key:
                return key
            is_ready = self._wait(ESCAPE_SECONDS if self._decoder.awaits_escape else None)
            if is_ready is False:
                self._add(self._decoder.settle())
            elif is_ready and not self._read():
                return Key.CLOSED
        return self._keys.popleft()

    def has_more(self, seconds: float) -> bool:
        """Whether there is another key, or some input comes within this time."""
        return bool(self._keys) or bool(seconds and self._wait(seconds))

    def drain(self) -> bool:
        """Discard what was typed but not read yet, and the rest of a key or a paste that has begun.

        Return whether there was text in it.
        """
        self._read_available()
        had_text = self._decoder.in_paste or any(isinstance(key, str) and key.strip() for key in self._keys)
        self._keys.clear()
        self._skips_paste = self._decoder.in_paste
        self._skips_key = self._decoder.is_waiting
        return had_text

    def _add(self, keys: list[Key | str]) -> None:
        for key in keys:
            if not self._skips_key and not self._skips_paste:
                self._keys.append(key)
            self._skips_paste = key is not Key.PASTE_END and (
                self._skips_paste or (self._skips_key and key is Key.PASTE_START)
            )
            self._skips_key = False

    def _read_available(self) -> None:
        while self._is_terminal and self._wait(0) and self._read():
            pass

    def _read(self) -> bool:
        """Read what there is, or else one line; False at the end of input."""
        try:
            if self._is_terminal:
                data = os.read(self._file.fileno(), READ_BYTES)
                self._add(self._decoder.feed(data))
                return bool(data)
            line = self._file.readline()
        except OSError:
            return False
        self._keys.extend([line.rstrip("\r\n").replace("\0", ""), Key.ENTER] if line else [])  # not for a file name
        return bool(line)

    def _wait(self, seconds: float | None) -> bool | None:
        """Wait for input; None if a signal comes first, whose handler a read would delay until the next key."""
        wake_read, wake_write = os.pipe()
        os.set_blocking(wake_write, False)
        previous = signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        try:
            if self._received and seconds is None:  # received before the descriptor was set
                return None
            descriptor = self._file.fileno()
            ready = select.select([descriptor, wake_read], [], [], seconds)[0]
        except UnsupportedOperation:  # an object without a descriptor has nothing to wait for
            return True
        finally:
            signal.set_wakeup_fd(previous)
            os.close(wake_write)
            os.close(wake_read)
        return descriptor in ready or (None if ready else False)
