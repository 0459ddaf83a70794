"""The terminal of the person who answers: what is shown goes to standard error, so results stay apart."""

import sys
from typing import TextIO

from rich.console import Console
from rich.text import Text

from iop_fit.blocks import Callout
from iop_fit.report.to_terminal import MAX_WIDTH, callout_panel

__all__ = ["Terminal"]


class Terminal:
    """Shows texts on standard error and reads lines from standard input."""

    def __init__(self, keyboard: TextIO | None = None) -> None:
        self.keyboard = keyboard or sys.stdin
        self.console = Console(stderr=True, highlight=False, emoji=False, markup=False, soft_wrap=False)

    def say(self, text: str = "", *, mark: str = "", strong: bool = False) -> None:
        """Show a text, wrapped at words; behind a mark, such as a number, its lines stand below each other."""
        width = min(self.console.width, MAX_WIDTH) - len(mark)
        for place, line in enumerate(Text(text, style="bold" if strong else "").wrap(self.console, width) or [Text()]):
            self.console.print(Text(" " * len(mark) if place else mark) + line)

    def alert(self, callout: Callout) -> None:
        """Show an alert."""
        self.console.print(callout_panel(callout), width=min(self.console.width, MAX_WIDTH))

    def ask(self, prompt: str) -> str | None:
        """Read one line that was typed after the prompt was shown; None at the end of input."""
        self._drop_typed_ahead()
        self.console.print(Text(prompt), end="")
        line = self.keyboard.readline()
        return line.rstrip("\r\n") if line else None

    def _drop_typed_ahead(self) -> None:
        """An Enter pressed early must not answer a question that was not read yet."""
        import termios

        if self.keyboard.isatty():
            termios.tcflush(self.keyboard, termios.TCIFLUSH)
