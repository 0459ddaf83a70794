"""How the program may be ended from outside: at any time, in order, and never in the middle of a write."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from iop_fit.errors import Terminated

__all__ = ["defer_signals", "disable_core_dumps", "ignore_signals", "install_handlers"]

TERMINATION_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""What asks the program to end: Ctrl-C, another program, a terminal that closes, Ctrl-\\."""


def install_handlers() -> None:
    """From now on, let what asks the program to end raise `Terminated`, once; what was ignored before stays ignored."""
    for number in TERMINATION_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def ignore_signals() -> None:
    """Let nothing that asks the program to end disturb how it ends already."""
    for number in TERMINATION_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _stop(number: int, _: FrameType | None) -> NoReturn:
    ignore_signals()
    raise Terminated(number)


@contextmanager
def defer_signals() -> Iterator[None]:
    """Hold back what asks the program to end until the end of the block.

    Handlers are exchanged, since a blocked signal would reach another thread, and its handler this one all the same.
    """
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    try:
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])


def disable_core_dumps() -> None:
    """Let no crash leave an image of the memory, with the answers in it, on the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
