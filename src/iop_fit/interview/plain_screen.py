"""A screen that only appends lines, for screen readers and simple terminals."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

from iop_fit.interview.screen import TYPED_EARLY, Line, Notice, Page
from iop_fit.interview.typing.decoder import Key
from iop_fit.interview.typing.keyboard import Keyboard
from iop_fit.interview.typing.line import TypedLine
from iop_fit.interview.typing.output import Output, wrapped_prompt
from iop_fit.interview.typing.reading import read_line
from iop_fit.interview.typing.views import AppendedLine, UnseenLine
from iop_fit.limits import MAX_WIDTH, MIN_WIDTH
from iop_fit.outline.blocks import Callout
from iop_fit.text import escape_controls, wrap

__all__ = ["PlainScreen"]


class PlainScreen:
    """Appends lines without escapes, boxes or bars."""

    can_wipe = False

    def __init__(self, keyboard: Keyboard, output: Output) -> None:
        self.keyboard: Keyboard = keyboard
        self.output: Output = output
        self.shown: Page | None = None

    def ask(self, page: Page, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        """Append a page, unless it was the last output, and the notice; read one line typed after that."""
        if page != self.shown:
            said = _lead_ins(self.shown.blocks) if self.shown else []
            self._append((Line(), *(block for block in page.blocks if block not in said)))
            self.shown = page
        return self._ask((Line(), *page.blocks), prompt, notice, text)

    def ask_below(self, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        """Append the notice; read one line typed after that."""
        return self._ask((), prompt, notice, text)

    def _ask(self, page: Notice, prompt: str, notice: Notice, text: str) -> str | None:
        """Append the notice, and read one line; after a pause, append the page and the notice again."""
        self._append((*([TYPED_EARLY] if self.keyboard.drain() else []), *notice))
        line, key = TypedLine(text), Key.REDRAW
        while key is Key.REDRAW:
            wrapped = wrapped_prompt(prompt, self.output.size()[0])
            view = (AppendedLine if self.keyboard.echoes else UnseenLine)(self.output, wrapped, line)
            line, key = read_line(self.keyboard, view, line)
            while key is Key.RESIZED:  # everything is still there
                line, key = read_line(self.keyboard, view, line)
            if key is Key.REDRAW:
                self._append((Line(), *page, *notice))
        return line.text if key is Key.ENTER else None

    def print(self, blocks: Notice) -> None:
        """Append lines that belong to no page."""
        self.shown = None
        self._append(blocks)

    def _append(self, blocks: Notice) -> None:
        self.output.write("".join(f"{line}\n" for line in _plain_lines(blocks, self.output.size()[0])))

    def show(self, text: str) -> None:
        """Append a text unchanged."""
        self.output.write(text)

    def wipe(self) -> None:
        """Do nothing: this screen can't be cleared."""

    def close(self) -> None:
        """Do nothing."""

    def paused(self) -> AbstractContextManager[None]:
        """Return a block in which another program may use the terminal."""
        return self.keyboard.paused()


def _lead_ins(blocks: Notice) -> list[Line]:
    return [block for block in blocks if isinstance(block, Line) and block.lead_in]


def _plain_lines(blocks: tuple[Line | Callout, ...], width: int) -> Iterator[str]:
    width = max(MIN_WIDTH, min(width, MAX_WIDTH))
    for block in blocks:
        for line in [block] if isinstance(block, Line) else _plain_callout(block):
            text = escape_controls(line.text)
            yield from [text] if line.literal else wrap(text, width, line.mark)


def _plain_callout(callout: Callout) -> Iterator[Line]:
    yield from (Line(), Line(callout.title), Line(callout.because), Line(callout.text), *map(Line, callout.contacts))
