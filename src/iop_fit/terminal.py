"""The terminal of the person who answers; what it shows goes to standard error, so that results stay apart."""

import os
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from shutil import get_terminal_size
from types import FrameType
from typing import NoReturn, TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from iop_fit.blocks import Callout
from iop_fit.errors import Stopped
from iop_fit.pages import Line, Page
from iop_fit.report.to_terminal import MAX_WIDTH, MIN_WIDTH, callout_panel
from iop_fit.words import wrapped

__all__ = ["PlainScreen", "RichScreen", "open_screen"]

ALTERNATE, NORMAL = "\x1b[?1049h", "\x1b[?1049l"
"""Switch to the screen that has no scrollback, and back."""
CLEAR, CLEAR_SCROLLBACK = "\x1b[H\x1b[2J", "\x1b[3J"
BAR_CELLS = 20


class _Keyboard:
    """Reads lines; what was typed before a question was shown is thrown away."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def read(self) -> str | None:
        try:
            line = self.file.readline()
        except OSError:  # the terminal is gone
            return None
        return line.rstrip("\r\n") if line else None

    def drop_typed_ahead(self) -> None:
        with suppress(termios.error, OSError, ValueError):
            termios.tcflush(self.file, termios.TCIFLUSH)


class _Output:
    """Writes to a terminal that may vanish at any time."""

    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self.file.write(text)
            self.file.flush()


class PlainScreen:
    """Only ever adds lines: no escapes, boxes or bars, for screen readers and simple terminals."""

    can_wipe = False

    def __init__(self, keyboard: TextIO, output: TextIO) -> None:
        self.keyboard = _Keyboard(keyboard)
        self.output = _Output(output)
        self.shown: Page | None = None

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page unless it was the last thing shown, then the notice; read one line typed after that."""
        if page != self.shown:
            self._add((Line(), *page.blocks))
            self.shown = page
        self._add(notice)
        self.keyboard.drop_typed_ahead()
        self.output.write(_wrapped_prompt(prompt, get_terminal_size().columns))
        return self.keyboard.read()

    def tell(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Add lines that belong to no page."""
        self.shown = None
        self._add(blocks)

    def _add(self, blocks: tuple[Line | Callout, ...]) -> None:
        self.output.write("".join(f"{line}\n" for line in _plain_lines(blocks)))

    def show(self, text: str) -> None:
        """Add a text as it is."""
        self.output.write(text)

    def wipe(self) -> None:
        """Nothing can be taken back here, as was said at the start."""

    def close(self) -> None:
        """Nothing is open."""


class RichScreen:
    """Shows one page at a time on the alternate screen, so that no answer stays in the scrollback."""

    can_wipe = True

    def __init__(self, keyboard: TextIO, output: TextIO, *, color: bool) -> None:
        self.keyboard = _Keyboard(keyboard)
        self.output = _Output(output)
        self.color = color
        self.alternate = False

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page, a windowful at a time, with the notice at its end; read one line typed after that."""
        blocks = tuple(_drawn(block) for block in (*page.blocks, *([Line(), *notice] if notice else [])))
        start = -1 if notice else 0  # with something to say, begin with the end of the page
        return self._page_through(blocks, prompt, "Enter = more, or " + prompt[:1].lower() + prompt[1:], start)

    def show(self, text: str) -> None:
        """Show a text, a windowful at a time, until it was read."""
        self._page_through((Text.from_ansi(text),), "q = done: ", "Enter = more, q = done: ", 0)

    def _page_through(self, blocks: tuple[RenderableType, ...], prompt: str, more: str, start: int) -> str | None:
        while True:
            shown, last = self._draw(blocks, prompt, more, start)
            self.keyboard.drop_typed_ahead()
            with self._redrawn_when_resized(blocks, prompt, more, start):
                typed = self.keyboard.read()
            if typed != "" or last:
                return typed
            start = shown

    def _draw(self, blocks: tuple[RenderableType, ...], prompt: str, more: str, start: int) -> tuple[int, bool]:
        """Draw the part of a page that begins at a line (-1: the last part); return where the next part begins."""
        width, height = get_terminal_size()
        lines = self._lines(blocks, width)
        rows = max(3, height - 1 - len(wrapped(more, width - 1)))
        start = max(0, len(lines) - rows) if start < 0 else min(start, max(0, len(lines) - 1))
        end = start + rows
        last = end >= len(lines)
        opened = "" if self.alternate else ALTERNATE
        self.alternate = True
        text = "\n".join(lines[start:end])
        self.output.write(f"{opened}{CLEAR}{text}\n{_wrapped_prompt(prompt if last else more, width)}")
        return end, last

    def _lines(self, blocks: tuple[RenderableType, ...], width: int) -> list[str]:
        page = StringIO()
        console = Console(
            file=page,
            width=max(MIN_WIDTH, min(width, MAX_WIDTH)),
            color_system="standard" if self.color else None,
            force_terminal=True,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
            _environ={},
        )
        for block in blocks:
            console.print(block)
        return page.getvalue().rstrip("\n").split("\n")

    @contextmanager
    def _redrawn_when_resized(
        self, blocks: tuple[RenderableType, ...], prompt: str, more: str, start: int
    ) -> Iterator[None]:
        def draw_again(_number: int, _frame: FrameType | None) -> None:
            self._draw(blocks, prompt, more, start)

        before = signal.signal(signal.SIGWINCH, draw_again)
        try:
            yield
        finally:
            signal.signal(signal.SIGWINCH, before)

    def tell(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Show something on the normal screen, where it stays."""
        self.close()
        if blocks:
            width = get_terminal_size().columns
            self.output.write("\n".join(self._lines(tuple(map(_drawn, blocks)), width)) + "\n")

    def wipe(self) -> None:
        """Clear both screens, and what can be scrolled back to."""
        opened = CLEAR + CLEAR_SCROLLBACK if self.alternate else ""
        self.output.write(f"{opened}{NORMAL}{CLEAR}{CLEAR_SCROLLBACK}")
        self.alternate = False

    def close(self) -> None:
        """Go back to the normal screen."""
        if self.alternate:
            self.output.write(f"{CLEAR}{NORMAL}")
            self.alternate = False


class _Hanging:
    """A line behind a mark: its wrapped parts stand below each other."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __rich_console__(self, console: Console, _: object) -> Iterator[RenderableType]:
        mark, style = self.line.mark, "bold" if self.line.strong else ""
        lines = Text(self.line.text, style=style).wrap(console, console.width - len(mark)) or [Text()]
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


def _wrapped_prompt(prompt: str, width: int) -> str:
    """Break a prompt at words, with room for what is typed behind it."""
    return "\n".join(wrapped(prompt, width - 1)) + " "


def _plain_lines(blocks: tuple[Line | Callout, ...]) -> Iterator[str]:
    width = max(MIN_WIDTH, min(get_terminal_size().columns, MAX_WIDTH))
    for block in blocks:
        for line in [block] if isinstance(block, Line) else _plain_callout(block):
            yield from wrapped(line.text, width, line.mark)


def _plain_callout(callout: Callout) -> Iterator[Line]:
    yield from (Line(), Line(callout.title), Line(callout.text), Line(callout.because), *map(Line, callout.contacts))


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
