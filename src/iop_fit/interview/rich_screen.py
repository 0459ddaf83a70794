"""A screen that shows one page at a time and leaves no trace of it."""

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
"""Switch to the alternate screen, which has no scrollback, and back."""
HOME, CLEAR_LINE, CLEAR_SCROLLBACK = "\x1b[H", "\x1b[2K", "\x1b[3J"
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


class RichScreen:
    """Shows one page at a time on the alternate screen, so that no answer stays in the scrollback."""

    can_wipe = True

    def __init__(self, keyboard: TextIO, output: TextIO, *, color: bool) -> None:
        self.keyboard: Keyboard = Keyboard(keyboard)
        self.output: Output = Output(output)
        self.color = color
        self.alternate: bool = False

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page, one window at a time, with the notice at its end; read one line typed after that."""
        blocks = tuple(_renderable(block) for block in (*page.blocks, *([Line(), *notice] if notice else [])))
        start = -1 if notice else 0  # a notice is at the end of the page
        lower = prompt[:1].lower() + prompt[1:]
        prompts = _Prompts(prompt, f"Enter = more, or {lower}", f"Enter = from the top, or {lower}")
        return self._page_through(blocks, prompts, start)

    def show(self, text: str) -> None:
        """Show a text, one window at a time, until `q` or `x`."""
        prompts = _Prompts("q = done: ", "Enter = more, q = done: ", "Enter = from the top, q = done: ")
        typed: str | None = ""
        while typed is not None and typed.strip() not in CLOSE_KEYS:  # other keys don't close it
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
            with self._redraw_on_signals(draw_again) as on_signal:
                typed = self.keyboard.read(on_signal)
            if typed != "" or drawn.complete:
                return typed
            start = drawn.next_start

    def _draw(self, blocks: tuple[RenderableType, ...], prompts: "_Prompts", start: int) -> "_Drawn":
        """Draw the part of a page from a line on (-1: the last part)."""
        width, height = self.output.size()
        lines = self._lines(blocks, width)
        rows = max(3, height - 1 - max(len(wrap(each, width - 1)) for each in prompts))
        start = max(0, len(lines) - rows) if start < 0 else min(start, max(0, len(lines) - 1))
        end = start + rows
        last = end >= len(lines)
        complete = last and not start
        prompt = prompts.single if complete else prompts.last if last else prompts.more
        switch = "" if self.alternate else ALTERNATE
        self.alternate = True
        text = "\n".join(lines[start:end])
        self.output.write(f"{switch}{_clear_window(height)}{text}\n{wrapped_prompt(prompt, width)}")
        return _Drawn(0 if last else end, complete)

    def _lines(self, blocks: tuple[RenderableType, ...], width: int) -> list[str]:
        page = StringIO()
        console = console_for(page, width, color=self.color, styled=True)
        for block in blocks:
            console.print(block, crop=False)
        return page.getvalue().rstrip("\n").split("\n")

    def print(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Print blocks on the normal screen, where they stay."""
        self.close()
        if blocks:
            width = self.output.size()[0]
            self.output.write("\n".join(self._lines(tuple(map(_renderable, blocks)), width)) + "\n")

    def ask_below(self, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Print the notice on the normal screen; read one line typed after that."""
        self.print(notice)
        self.keyboard.flush_typeahead()
        self.output.write(wrapped_prompt(prompt, self.output.size()[0]))
        return self.keyboard.read()

    def wipe(self) -> None:
        """Clear both screens and the scrollback."""
        clear = _clear_window(self.output.size()[1]) + CLEAR_SCROLLBACK
        self.output.write(f"{clear if self.alternate else ''}{NORMAL}{clear}")
        self.alternate = False

    @contextmanager
    def _redraw_on_signals(self, draw_again: Callable[[], None]) -> Iterator[Callable[[], None]]:
        """Record window size changes and Ctrl-Z; yield the function that handles them, outside any handler."""
        received: set[int] = set()

        def on_signal() -> None:
            if signal.SIGTSTP in received:
                received.discard(signal.SIGTSTP)
                self._suspend()
                received.add(signal.SIGCONT)
            if received and not self.keyboard.is_foreground():
                signal.raise_signal(signal.SIGTTIN)  # wait until the shell moves this process to the foreground
            if received and self.keyboard.is_foreground():
                received.clear()
                draw_again()

        numbers = (signal.SIGWINCH, signal.SIGCONT, signal.SIGTSTP)
        previous = {number: signal.signal(number, lambda number, _: received.add(number)) for number in numbers}
        try:
            yield on_signal
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _suspend(self) -> None:
        """Leave the alternate screen and stop; without a shell to continue it, the system doesn't stop the process."""
        self.close()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.raise_signal(signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)

    def close(self) -> None:
        """Return to the normal screen."""
        if self.alternate:
            self.output.write(f"{_clear_window(self.output.size()[1])}{NORMAL}")
            self.alternate = False


def _clear_window(rows: int) -> str:
    """Return codes that clear the window by line: some terminals move what is cleared at once to the scrollback."""
    return HOME + "\n".join([CLEAR_LINE] * rows) + HOME


class _HangingIndent:
    """A line whose wrapped parts are indented by the width of its mark."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def __rich_console__(self, console: Console, _: object) -> Iterator[RenderableType]:
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
    if block.literal:
        return Text(escape_controls(block.text), no_wrap=True, overflow="ignore")
    return _HangingIndent(block)
