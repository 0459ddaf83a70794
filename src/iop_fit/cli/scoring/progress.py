"""Say on standard error how far a long work is."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from iop_fit.scoring.engines.engine import OnProgress

__all__ = ["progress"]

QUIET_SECONDS = 2.0
"""How long nothing is said."""


@contextmanager
def progress(doing: str) -> Iterator[OnProgress]:
    """Yield a function that says how far the work is, on a terminal only, from two seconds on."""
    began, said = time.monotonic(), False

    def on_progress(share: float) -> None:
        nonlocal said
        if sys.stderr and sys.stderr.isatty() and time.monotonic() - began > QUIET_SECONDS:
            said = True
            sys.stderr.write(f"\r{doing}: {max(share, 0):4.0%}")
            sys.stderr.flush()

    try:
        yield on_progress
    finally:
        if said:
            sys.stderr.write("\r" + " " * (len(doing) + 7) + "\r")
            sys.stderr.flush()
