"""Termination signals: clean exit at any time, but never during a write."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from iop_fit.errors import Terminated

__all__ = ["defer_signals", "disable_core_dumps", "ignore_signals", "install_handlers"]

TERMINATION_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""Sent by Ctrl-C, by `kill`, by a closing terminal and by Ctrl-\\."""


def install_handlers() -> None:
    """Raise `Terminated` on the first termination signal; signals that were ignored stay ignored."""
    for number in TERMINATION_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _terminate)


def ignore_signals() -> None:
    """Ignore further termination signals during shutdown."""
    for number in TERMINATION_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _terminate(number: int, _: FrameType | None) -> NoReturn:
    ignore_signals()
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # in the background, the last lines must not stop this process
    raise Terminated(number)


@contextmanager
def defer_signals() -> Iterator[None]:
    """Delay termination signals until the end of the block.

    Replaces the handlers, because blocking a signal in this thread would deliver it to another thread, and Python would
    still run its handler in the main thread.
    """
    received: list[int] = []
    handlers = {number: signal.getsignal(number) for number in TERMINATION_SIGNALS}
    try:
        for number, handler in handlers.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, lambda number, _: received.append(number))
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if received:
            signal.raise_signal(received[0])


def disable_core_dumps() -> None:
    """Disable core dumps, which would contain the answers."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
