"""Output to a terminal that may close at any time."""

import os
from contextlib import suppress
from typing import TextIO

from iop_fit.text import wrap

__all__ = ["Output", "wrapped_prompt"]

TYPED_COLUMNS = 8
"""The columns that are left after a prompt: a space, a short word, and the last column."""

KEPT_TOGETHER = "\0=\0"
"""What stands for an equals sign between spaces while a prompt is wrapped."""


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
    """Wrap a prompt, leaving room for what is typed after it; a key stays beside what it does."""
    lines = wrap(prompt.replace(" = ", KEPT_TOGETHER), width - TYPED_COLUMNS)
    return "\n".join(lines).replace(KEPT_TOGETHER, " = ") + " "
