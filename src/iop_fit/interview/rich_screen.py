"""A screen that shows one page at a time and leaves no trace of it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from io import StringIO
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.text import Text

from iop_fit.interview.screen import TYPED_EARLY, Line, Notice, Page
from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.keyboard import Keyboard
from iop_fit.interview.typing.line import TypedLine
from iop_fit.interview.typing.output import Output, wrapped_prompt
from iop_fit.interview.typing.reading import read_line
from iop_fit.interview.typing.views import PlacedLine, PrintedLine
from iop_fit.outline.blocks import Callout
from iop_fit.report.to_terminal import callout_panel, console_for
from iop_fit.text import escape_controls

__all__ = ["RichScreen"]

ALTERNATE, NORMAL = "\x1b[?1049h", "\x1b[?1049l"
"""Switch to the alternate screen, which has no scrollback, and back."""
HOME, CLEAR_LINE, CLEAR_SCROLLBACK = "\x1b[H", "\x1b[2K", "\x1b[3J"
CLEAR_ROW = "\r\x1b[K"
BAR_CELLS = 20
CLOSE_KEYS = {"q", "Q", "x", "X"}
"""What closes a text."""


class _Prompts(NamedTuple):
    """Prompts for a page that fits, for a part with more below, and for the last part."""

    single: str
    more: str
    last: str


class _Drawn(NamedTuple):
    """The part of a page on the screen."""

    next_start: int
    """The first line of the part that Enter shows."""
    complete: bool
    """Whether the whole page is on the screen."""
    view: PlacedLine
    """Shows what is typed after the prompt."""


class RichScreen:
    """Shows one page at a time on the alternate screen, so that no answer stays in the scrollback."""

    can_wipe = True

    def __init__(self, keyboard: Keyboard, output: Output, *, color: bool) -> None:
        self.keyboard: Keyboard = keyboard
        self.keyboard.on_pause = self.close
        self.output: Output = output
        self.color = color
        self.alternate: bool = False

    def ask(self, page: Page, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        """Show a page, one window at a time, with the notice at its end; read one line typed after that."""
        early = [TYPED_EARLY, Line()] if self.keyboard.drain() else []
        blocks = tuple(_renderable(block) for block in (*early, *page.blocks, *([Line(), *notice] if notice else [])))
        start = -1 if notice else 0  # a notice is at the end of the page
        lower = prompt[:1].lower() + prompt[1:]
        prompts = _Prompts(prompt, f"Enter = more, or {lower}", f"Enter = from the top, or {lower}")
        return self._page_through(blocks, prompts, start, text)

    def show(self, text: str) -> None:
        """Show a text, one window at a time, until `q` or `x`."""
        prompts = _Prompts("q = done: ", "Enter = more, q = done: ", "Enter = from the top, q = done: ")
        typed: str | None = ""
        while typed is not None and typed.strip() not in CLOSE_KEYS:  # other keys don't close it
            typed = self._page_through((Text.from_ansi(text),), prompts, 0)
        if typed in ("x", "X"):
            self.wipe()

    def _page_through(
        self, blocks: tuple[RenderableType, ...], prompts: "_Prompts", start: int, text: str = ""
    ) -> str | None:
        line, key = TypedLine(text), Key.ENTER
        while True:
            drawn = self._draw(blocks, prompts, start)
            if key is Key.ENTER:
                self.keyboard.drain()
            line, key = read_line(self.keyboard, drawn.view, line)
            if key is Key.CLOSED:
                return None
            if key is Key.ENTER:
                if line.text or drawn.complete:
                    return line.text
                start = drawn.next_start

    def _draw(self, blocks: tuple[RenderableType, ...], prompts: "_Prompts", start: int) -> "_Drawn":
        """Draw the part of a page from a line on (-1: the last part)."""
        width, height = self.output.size()
        lines = self._lines(blocks, width)
        rows = max(3, height - 1 - max(wrapped_prompt(each, width).count("\n") + 1 for each in prompts))
        start = max(0, len(lines) - rows) if start < 0 else min(start, max(0, len(lines) - 1))
        end = start + rows
        last = end >= len(lines)
        complete = last and not start
        prompt = wrapped_prompt(prompts.single if complete else prompts.last if last else prompts.more, width)
        switch = "" if self.alternate else ALTERNATE
        self.alternate = True
        page = "\n".join([*lines[start:end], prompt])
        self.output.write(f"{switch}{_clear_window(height)}{page}")
        view = PlacedLine(
            self.output, column=_column_after(prompt), columns=width, rows=max(1, height - page.count("\n"))
        )
        return _Drawn(0 if last else end, complete, view)

    def _lines(self, blocks: tuple[RenderableType, ...], width: int) -> list[str]:
        page = StringIO()
        console = console_for(page, width, color=self.color, styled=True)
        console.print(Group(*blocks), crop=False)  # each call costs as much as some blocks
        return page.getvalue().rstrip("\n").split("\n")

    def print(self, blocks: Notice) -> None:
        """Print blocks on the normal screen, where they stay."""
        self.close()
        if blocks:
            width = self.output.size()[0]
            self.output.write("\n".join(self._lines(tuple(map(_renderable, blocks)), width)) + "\n")

    def ask_below(self, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        """Print the notice on the normal screen; read one line typed after that."""
        self.print((*([TYPED_EARLY] if self.keyboard.drain() else []), *notice))
        line, key = TypedLine(text), Key.REDRAW
        while key in (Key.REDRAW, Key.RESIZED):
            width = self.output.size()[0]
            wrapped = wrapped_prompt(prompt, width)
            self.output.write(wrapped if key is Key.REDRAW else wrapped.rpartition("\n")[2])
            view = PrintedLine(self.output, column=_column_after(wrapped), columns=width)
            line, key = read_line(self.keyboard, view, line)
            if key in (Key.REDRAW, Key.RESIZED):
                self.output.write(CLEAR_ROW)
        return line.text if key is Key.ENTER else None

    def wipe(self) -> None:
        """Clear both screens and the scrollback."""
        clear = _clear_window(self.output.size()[1]) + CLEAR_SCROLLBACK
        self.output.write(f"{clear if self.alternate else ''}{NORMAL}{clear}")
        self.alternate = False

    def close(self) -> None:
        """Return to the normal screen."""
        if self.alternate:
            self.output.write(f"{_clear_window(self.output.size()[1])}{NORMAL}")
            self.alternate = False

    def paused(self) -> AbstractContextManager[None]:
        """Return a block in which another program may use the terminal."""
        return self.keyboard.paused()


def _column_after(prompt: str) -> int:
    """Return the column after the last row of a prompt."""
    return cell_len(prompt.rpartition("\n")[2])


def _clear_window(rows: int) -> str:
    """Return codes that clear the window by line: some terminals move what is cleared at once to the scrollback."""
    return HOME + "\n".join([CLEAR_LINE] * rows) + HOME


class _HangingIndent:
    """A line whose wrapped parts are indented by the width of its mark."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __rich_console__(self, console: Console, _: object) -> Iterator[RenderableType]:
        if self.line.literal:
            yield Text(escape_controls(self.line.text), no_wrap=True, overflow="ignore")
            return
        mark, style = self.line.mark, "bold" if self.line.strong else ""
        lines = Text(escape_controls(self.line.text), style=style).wrap(console, console.width - len(mark)) or [Text()]
        for number, part in enumerate(lines):
            yield Text(" " * len(mark) if number else mark) + part


def _renderable(block: Line | Callout) -> RenderableType:
    if isinstance(block, Callout):
        return callout_panel(block)
    if block.bar:
        done, total = block.bar
        filled = round(BAR_CELLS * done / total)
        return Text(f"{block.text}  ") + Text("█" * filled, "cyan") + Text("░" * (BAR_CELLS - filled), "dim")
    return _HangingIndent(block)
