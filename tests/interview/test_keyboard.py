"""Keys of a terminal and lines of a file: modes, pauses, pasted text and signals during a wait."""

import os
import pty
import signal
import termios
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from threading import Timer, get_ident
from time import monotonic, sleep
from typing import NoReturn, TextIO

import pytest

from iop_fit.interview.typing import keyboard as module
from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.keyboard import END_MARKS, MARK_PASTES, Keyboard
from iop_fit.interview.typing.output import Output

LOCAL = 3
CLEARED = termios.ICANON | termios.ECHO | termios.IEXTEN


class Came(Exception):
    """A signal arrived."""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


class Window:
    """A terminal without a shell, and a keyboard that reads from it."""

    def __init__(self, **options: bool) -> None:
        self.outside, inside = pty.openpty()
        self.file = os.fdopen(inside, "r", encoding="utf-8")
        self.written = StringIO()
        self.keyboard = Keyboard(self.file, Output(self.written), **options)
        self.before = self.modes()

    def modes(self) -> list[object]:
        return termios.tcgetattr(self.file)

    def type(self, *pieces: str | bytes, apart: float = 0.0) -> None:
        for piece in pieces:
            os.write(self.outside, piece.encode() if isinstance(piece, str) else piece)
            sleep(apart)

    def keys(self) -> list[Key | str]:
        """Return the keys up to Enter or the end."""
        found: list[Key | str] = []
        while not found or found[-1] not in (Key.ENTER, Key.CLOSED):
            found.append(self.keyboard.read())
        return found

    def text(self) -> str:
        return "".join(key for key in self.keys() if isinstance(key, str))


@pytest.fixture
def window() -> Iterator[Window]:
    """Return a terminal that can mark pasted text."""
    yield from opened(Window(marks_pastes=True))


@pytest.fixture
def simple() -> Iterator[Window]:
    """Return a terminal that knows no escape sequences."""
    yield from opened(Window())


def opened(window: Window) -> Iterator[Window]:
    yield window
    window.file.close()
    with suppress(OSError):
        os.close(window.outside)


def lines_of(file: TextIO) -> Keyboard:
    return Keyboard(file, Output(StringIO()))


# Files


def test_keyboard_reads_a_file_line_by_line() -> None:
    keyboard = lines_of(StringIO("one\r\ntwo\0\n"))
    with keyboard.opened():
        assert [keyboard.read() for _ in range(5)] == ["one", Key.ENTER, "two", Key.ENTER, Key.CLOSED]
    assert not keyboard.echoes


def test_keyboard_of_a_closed_file_is_closed() -> None:
    class Gone(StringIO):
        def readline(self, _: int | None = -1) -> NoReturn:
            raise OSError

    assert lines_of(Gone()).read() is Key.CLOSED


def test_drain_keeps_the_lines_of_a_file() -> None:
    keyboard = lines_of(StringIO("one\n"))
    keyboard.drain()
    assert keyboard.read() == "one"


# Modes


def test_keyboard_changes_only_some_modes_and_restores_all(window: Window) -> None:
    with window.keyboard.opened():
        local = window.modes()[LOCAL]
        assert isinstance(local, int)
        assert not local & CLEARED
        assert local & termios.ISIG
        assert not window.modes()[0] & termios.IXON  # type: ignore[operator]
        assert window.modes()[1:3] == window.before[1:3]
        assert window.keyboard.echoes
        with window.keyboard.paused():
            assert window.modes() == window.before
        assert window.modes()[LOCAL] == local
    assert window.modes() == window.before
    assert window.written.getvalue() == (MARK_PASTES + END_MARKS) * 2


def test_keyboard_restores_the_modes_after_an_exception(window: Window) -> None:
    handlers = [signal.getsignal(number) for number in module.WATCHED]
    with pytest.raises(Came), window.keyboard.opened():
        raise Came
    assert window.modes() == window.before
    assert window.written.getvalue().endswith(END_MARKS)
    assert [signal.getsignal(number) for number in module.WATCHED] == handlers


def test_simple_terminal_gets_no_paste_marks(simple: Window) -> None:
    with simple.keyboard.opened():
        assert simple.keyboard.echoes
    assert simple.written.getvalue() == ""


def test_terminal_that_echoes_by_itself_is_left_to_it(simple: Window) -> None:
    """Such as a shell in Emacs."""
    modes = termios.tcgetattr(simple.file)
    modes[LOCAL] &= ~termios.ECHO
    termios.tcsetattr(simple.file, termios.TCSANOW, modes)
    with simple.keyboard.opened():
        assert not simple.keyboard.echoes


def test_ignored_signals_stay_ignored(window: Window) -> None:
    previous = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        with window.keyboard.opened():
            assert signal.getsignal(signal.SIGTSTP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTSTP, previous)


def test_terminal_of_an_unseen_group_is_taken(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container, the group in the foreground may be outside."""
    monkeypatch.setattr(os, "tcgetpgrp", lambda _: 0)
    with window.keyboard.opened():
        assert window.keyboard.echoes
    assert window.modes() == window.before


def test_closed_terminal_raises_nothing(window: Window) -> None:
    with window.keyboard.opened():
        os.close(window.outside)
        window.keyboard.drain()
        assert window.keyboard.read() is Key.CLOSED
        with window.keyboard.paused():
            pass
    with window.keyboard.opened():
        assert window.keyboard.read() is Key.CLOSED


# Keys


def test_slow_sequences_are_keys(window: Window) -> None:
    with window.keyboard.opened():
        Timer(0.05, window.type, ["a\x1b", "[", "3", "~", "\x1b", "O", "D", "好"[:1], "\r"], {"apart": 0.05}).start()
        assert window.keys() == ["a", Key.DELETE, Key.LEFT, "好", Key.ENTER]


def test_lone_esc_is_given_up_after_a_while(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ESCAPE_SECONDS", 0.05)
    with window.keyboard.opened():
        Timer(0.05, window.type, ["\x1b", "[2\r"], {"apart": 0.5}).start()
        assert window.keys() == [Key.OTHER, "[2", Key.ENTER]


def test_signal_does_not_end_the_wait_for_a_sequence(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ESCAPE_SECONDS", 60)
    with window.keyboard.opened():
        Timer(0.05, window.type, ["\x1b"]).start()
        Timer(0.1, signal.raise_signal, [signal.SIGWINCH]).start()
        Timer(0.2, window.type, ["[D\r"]).start()
        assert window.keys() == [Key.RESIZED, Key.LEFT, Key.ENTER]


def test_keyboard_takes_a_line_longer_than_terminals_do(window: Window) -> None:
    with window.keyboard.opened():
        Timer(0.05, window.type, ["é" * 1000] * 10 + ["\r"]).start()
        assert window.text() == "é" * 10_000


# What was typed before


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("1\r2\r", ""),
        ("\x1b[200~one\r2\r", "three\r4\x1b[201~"),
        ("\x1b[2", "00~one\r2\x1b[201~"),
        ("\x1b", "[200~one\r2\x1b[201~"),
        ("\x1b[", "D"),
        ("\x1b[200~", "\x1b[200~one\r\x1b[201~"),
    ],
)
def test_drain_discards_to_the_end_of_a_paste_or_key(window: Window, early: str, late: str) -> None:
    with window.keyboard.opened():
        window.type(early)
        sleep(0.02)
        window.keyboard.drain()
        window.type(late, "5\r")
        assert window.keys() == ["5", Key.ENTER]
        window.keyboard.drain()
        window.type("6\r")
        assert window.keys() == ["6", Key.ENTER]


def test_drain_discards_what_was_read_with_an_enter(window: Window) -> None:
    with window.keyboard.opened():
        window.type("1\r2\r")
        assert window.keys() == ["1", Key.ENTER]
        window.keyboard.drain()
        window.type("3\r")
        assert window.keys() == ["3", Key.ENTER]


def test_has_more_waits_for_a_key(window: Window) -> None:
    with window.keyboard.opened():
        assert not window.keyboard.has_more(0)
        assert not window.keyboard.has_more(0.01)
        Timer(0.05, window.type, ["ab\r"]).start()
        assert window.keyboard.has_more(5)


def test_rest_of_a_paste_never_reaches_the_shell(window: Window) -> None:
    with window.keyboard.opened():
        window.type("\x1b[200~one\r")
        assert window.keyboard.read() is Key.PASTE_START
        late = Timer(0.05, window.type, ["rm two\r", "three\r", "\x1b[201~"], {"apart": 0.05})
        late.start()
    late.join()
    os.set_blocking(window.file.fileno(), False)
    with pytest.raises(BlockingIOError):
        os.read(window.file.fileno(), 100)


def test_what_was_typed_before_a_pause_waits_for_its_end(window: Window) -> None:
    with window.keyboard.opened():
        window.type("rm one\r")
        with window.keyboard.paused():
            os.set_blocking(window.file.fileno(), False)
            with pytest.raises(BlockingIOError):
                os.read(window.file.fileno(), 100)
            os.set_blocking(window.file.fileno(), True)
        assert window.keys() == ["rm one", Key.ENTER]


def test_paste_without_end_does_not_keep_the_terminal(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PASTE_SECONDS", 0.05)
    with window.keyboard.opened():
        window.type("\x1b[200~one")
        assert window.keyboard.read() is Key.PASTE_START
        with window.keyboard.paused():
            assert window.modes() == window.before
        window.type("\r")
        assert window.keys() == ["one", Key.ENTER]


# Signals


def test_signal_in_another_thread_wakes_the_read(pipe: tuple[int, int]) -> None:
    """Like a signal just before a read, it doesn't interrupt the read of this thread."""

    def come(*_: object) -> NoReturn:
        raise Came

    reading, writing = pipe
    previous = signal.signal(signal.SIGUSR1, come)
    signals = Timer(0.05, lambda: signal.pthread_kill(get_ident(), signal.SIGUSR1))
    late = Timer(5, lambda: os.write(writing, b"too late\n"))
    try:
        with os.fdopen(reading, closefd=False) as file:
            signals.start()
            late.start()
            start = monotonic()
            with pytest.raises(Came):
                lines_of(file).read()
        assert monotonic() - start < 4
    finally:
        late.cancel()
        signal.signal(signal.SIGUSR1, previous)
    assert signal.set_wakeup_fd(-1) == -1


def test_harmless_signal_keeps_the_line(pipe: tuple[int, int]) -> None:
    received: list[int] = []
    reading, writing = pipe
    previous = signal.signal(signal.SIGUSR1, lambda number, _: received.append(number))
    timers = [
        Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGUSR1)),
        Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGUSR1)),
        Timer(0.15, lambda: os.write(writing, b"2\n")),
    ]
    try:
        for timer in timers:
            timer.start()
        with os.fdopen(reading, closefd=False) as file:
            assert lines_of(file).read() == "2"
    finally:
        signal.signal(signal.SIGUSR1, previous)
    assert received == [signal.SIGUSR1] * 2


def test_signal_just_before_the_wait_is_not_missed(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    set_wakeup = signal.set_wakeup_fd

    def late(descriptor: int, *, warn_on_full_buffer: bool = True) -> int:
        monkeypatch.undo()
        signal.raise_signal(signal.SIGWINCH)
        return set_wakeup(descriptor, warn_on_full_buffer=warn_on_full_buffer)

    with window.keyboard.opened():
        monkeypatch.setattr(signal, "set_wakeup_fd", late)
        assert window.keyboard.read() is Key.RESIZED
