"""The terminal of the person who answers; what it shows goes to standard error, so that results stay apart."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from iop_fit.errors import Stopped
from iop_fit.plain_screen import PlainScreen
from iop_fit.rich_screen import RichScreen

__all__ = ["open_screen"]


def _stop(number: int, _: FrameType | None) -> NoReturn:
    raise Stopped(number)


@contextmanager
def open_screen(*, plain: bool) -> Iterator[PlainScreen | RichScreen]:
    """Open the screen of this terminal, and leave the terminal as it was however the questions end.

    A hang-up or a request to end comes as `Stopped`, so that nothing is lost that was to be kept.
    """
    color = not os.environ.get("NO_COLOR")
    screen = PlainScreen(sys.stdin, sys.stderr) if plain else RichScreen(sys.stdin, sys.stderr, color=color)
    before = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield screen
    finally:
        screen.close()
        screen.keyboard.drop_typed_ahead()  # the rest of a pasted text must not reach the shell
        for number, handler in before.items():
            signal.signal(number, handler)
