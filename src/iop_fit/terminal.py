"""The terminal of the person who answers; what it shows goes to standard error, so that results stay apart."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from iop_fit.plain_screen import PlainScreen
from iop_fit.rich_screen import RichScreen

__all__ = ["open_screen"]


@contextmanager
def open_screen(*, plain: bool) -> Iterator[PlainScreen | RichScreen]:
    """Open the screen of this terminal, and leave the terminal as it was however the questions end."""
    color = not os.environ.get("NO_COLOR")
    screen = PlainScreen(sys.stdin, sys.stderr) if plain else RichScreen(sys.stdin, sys.stderr, color=color)
    try:
        yield screen
    finally:
        screen.close()
        screen.keyboard.drop_typed_ahead()  # the rest of a pasted text must not reach the shell
