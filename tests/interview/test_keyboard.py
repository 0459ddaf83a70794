"""Reading lines, end of input and signals during a wait."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from threading import Timer, get_ident
from time import monotonic
from typing import NoReturn

import pytest

from iop_fit.interview.keyboard import Keyboard


class Came(Exception):
    """A signal arrived."""


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        with suppress(OSError):
            os.close(end)


def test_keyboard_reads_a_line_without_its_end() -> None:
    keyboard = Keyboard(StringIO("one\r\ntwo\0\n"))
    assert [keyboard.read(), keyboard.read(), keyboard.read()] == ["one", "two", None]


def test_keyboard_of_a_closed_terminal_returns_none() -> None:
    class Gone(StringIO):
        def readline(self, _: int | None = -1) -> NoReturn:
            raise OSError

    assert Keyboard(Gone()).read() is None


def test_keyboard_on_a_pipe_counts_as_foreground(pipe: tuple[int, int]) -> None:
    assert Keyboard(StringIO()).is_foreground()
    with os.fdopen(pipe[0], closefd=False) as file:
        assert Keyboard(file).is_foreground()


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
                Keyboard(file).read()
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
            assert Keyboard(file).read() == "2"
    finally:
        signal.signal(signal.SIGUSR1, previous)
    assert received == [signal.SIGUSR1] * 2
