"""A screen that shows one page at a time, where nothing of it stays."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import NamedTuple, TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from iop_fit.interview.keyboard import Keyboard, Output, wrapped_prompt
from iop_fit.interview.screen import Line, Page
from iop_fit.outline.blocks import Callout
from iop_fit.report.to_terminal import callout_panel, console_for
from iop_fit.text import escape_controls, wrap

__all__ = ["RichScreen"]

ALTERNATE, NORMAL = "\x1b[?1049h", "\x1b[?1049l"
"""Switch to the screen that has no scrollback, and back."""
HOME, CLEAR_LINE, CLEAR_SCROLLBACK = "\x1b[H", "\x1b[2K", "\x1b[3J"
BAR_CELLS = 20
DONE = {"q", "Q", "x", "X"}
"""What ends reading a text."""


class _Prompts(NamedTuple):
    """What a page asks for: shown whole, with more below, and at the end of several parts."""

    alone: str
    before_more: str
    at_the_end: str


class _Drawn(NamedTuple):
    """Where the part that Enter leads to begins, and whether the page is shown whole."""

    following: int
    whole: bool


class RichScreen:
    """Shows one page at a time on the alternate screen, so that no answer stays in the scrollback."""

    can_wipe = True

    def __init__(self, keyboard: TextIO, output: TextIO, *, color: bool) -> None:
        self.keyboard = Keyboard(keyboard)
        self.output = Output(output)
        self.color = color
        self.alternate = False

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page, a windowful at a time, with the notice at its end; read one line typed after that."""
        blocks = tuple(_drawn(block) for block in (*page.blocks, *([Line(), *notice] if notice else [])))
        start = -1 if notice else 0  # with something to say, begin with the end of the page
        small = prompt[:1].lower() + prompt[1:]
        prompts = _Prompts(prompt, f"Enter = more, or {small}", f"Enter = from the top, or {small}")
        return self._page_through(blocks, prompts, start)

    def show(self, text: str) -> None:
        """Show a text, a windowful at a time, until it was read."""
        prompts = _Prompts("q = done: ", "Enter = more, q = done: ", "Enter = from the top, q = done: ")
        typed: str | None = ""
        while typed is not None and typed.strip() not in DONE:  # a slip of the finger takes nothing away
            typed = self._page_through((Text.from_ansi(text),), prompts, 0)
        if typed in ("x", "X"):
            self.wipe()

    def _page_through(self, blocks: tuple[RenderableType, ...], prompts: "_Prompts", start: int) -> str | None:
        while True:
            drawn = self._draw(blocks, prompts, start)

            def draw_again(start: int = start) -> None:
                nonlocal drawn
                drawn = self._draw(blocks, prompts, start)

            self.keyboard.flush_typeahead()
            with self._when_seen_anew(draw_again) as look:
                typed = self.keyboard.read(look)
            if typed != "" or drawn.whole:
                return typed
            start = drawn.following

    def _draw(self, blocks: tuple[RenderableType, ...], prompts: "_Prompts", start: int) -> "_Drawn":
        """Draw the part of a page that begins at a line (-1: the last part)."""
        width, height = self.output.size()
        lines = self._lines(blocks, width)
        rows = max(3, height - 1 - max(len(wrap(each, width - 1)) for each in prompts))
        start = max(0, len(lines) - rows) if start < 0 else min(start, max(0, len(lines) - 1))
        end = start + rows
        last = end >= len(lines)
        whole = last and not start
        prompt = prompts.alone if whole else prompts.at_the_end if last else prompts.before_more
        opened = "" if self.alternate else ALTERNATE
        self.alternate = True
        text = "\n".join(lines[start:end])
        self.output.write(f"{opened}{_cleared(height)}{text}\n{wrapped_prompt(prompt, width)}")
        return _Drawn(0 if last else end, whole)

    def _lines(self, blocks: tuple[RenderableType, ...], width: int) -> list[str]:
        page = StringIO()
        console = console_for(page, width, color=self.color, styled=True)
        for block in blocks:
            console.print(block)
        return page.getvalue().rstrip("\n").split("\n")

    def tell(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Show something on the normal screen, where it stays."""
        self.close()
        if blocks:
            width = self.output.size()[0]
            self.output.write("\n".join(self._lines(tuple(map(_drawn, blocks)), width)) + "\n")

    def wipe(self) -> None:
        """Clear both screens, and what can be scrolled back to."""
        cleared = _cleared(self.output.size()[1])
        opened = cleared + CLEAR_SCROLLBACK if self.alternate else ""
        self.output.write(f"{opened}{NORMAL}{cleared}{CLEAR_SCROLLBACK}")
        self.alternate = False

    @contextmanager
    def _when_seen_anew(self, draw_again: Callable[[], None]) -> Iterator[Callable[[], None]]:
        """Note a new size of the window, and Ctrl-Z; yield what then draws the page again, outside of any handler."""
        came: set[int] = set()

        def look() -> None:
            if signal.SIGTSTP in came:
                came.discard(signal.SIGTSTP)
                self._pause()
                came.add(signal.SIGCONT)
            if came and not self.keyboard.is_foreground():
                signal.raise_signal(signal.SIGTTIN)  # wait until the shell brings this run to the front
            if came and self.keyboard.is_foreground():
                came.clear()
                draw_again()

        numbers = (signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP)
        before = {number: signal.signal(number, lambda number, _: came.add(number)) for number in numbers}
        try:
            yield look
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _pause(self) -> None:
        """Take the page off the screen and stop; where nobody could let this go on, the system stops nothing."""
        self.close()
        noted = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, noted)

    def close(self) -> None:
        """Go back to the normal screen."""
        if self.alternate:
            self.output.write(f"{_cleared(self.output.size()[1])}{NORMAL}")
            self.alternate = False


def _cleared(rows: int) -> str:
    """Clear the window line by line: some terminals keep what is cleared at once where it can be scrolled back to."""
    return HOME + "\n".join([CLEAR_LINE] * rows) + HOME


class _Hanging:
    """A line behind a mark: its wrapped parts stand below each other."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __rich_console__(self, console: Console, _: object) -> Iterator[RenderableType]:
        mark, style = self.line.mark, "bold" if self.line.strong else ""
        lines = Text(escape_controls(self.line.text), style=style).wrap(console, console.width - len(mark)) or [Text()]
        for place, part in enumerate(lines):
            yield Text(" " * len(mark) if place else mark) + part


def _drawn(block: Line | Callout) -> RenderableType:
    if isinstance(block, Callout):
        return callout_panel(block)
    if block.bar:
        place, of = block.bar
        filled = round(BAR_CELLS * place / of)
        return Text(f"{block.text}  ") + Text("█" * filled, "cyan") + Text("░" * (BAR_CELLS - filled), "dim")
    return _Hanging(block)
