"""A screen that only appends lines, for screen readers and simple terminals."""

from collections.abc import Iterator
from typing import TextIO

from iop_fit.interview.keyboard import Keyboard, Output, wrapped_prompt
from iop_fit.interview.screen import Line, Page
from iop_fit.limits import MAX_WIDTH, MIN_WIDTH
from iop_fit.outline.blocks import Callout
from iop_fit.text import escape_controls, wrap

__all__ = ["PlainScreen"]


class PlainScreen:
    """Appends lines without escapes, boxes or bars."""

    can_wipe = False

    def __init__(self, keyboard: TextIO, output: TextIO) -> None:
        self.keyboard: Keyboard = Keyboard(keyboard)
        self.output: Output = Output(output)
        self.shown: Page | None = None

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Append a page, unless it was the last output, and the notice; read one line typed after that."""
        if page != self.shown:
            said = _lead_ins(self.shown.blocks) if self.shown else []
            self._append((Line(), *(block for block in page.blocks if block not in said)))
            self.shown = page
        return self.ask_below(prompt, notice)

    def ask_below(self, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Append the notice; read one line typed after that."""
        self._append(notice)
        self.keyboard.flush_typeahead()
        self.output.write(wrapped_prompt(prompt, self.output.size()[0]))
        return self.keyboard.read()

    def print(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Append lines that belong to no page."""
        self.shown = None
        self._append(blocks)

    def _append(self, blocks: tuple[Line | Callout, ...]) -> None:
        self.output.write("".join(f"{line}\n" for line in _plain_lines(blocks, self.output.size()[0])))

    def show(self, text: str) -> None:
        """Append a text unchanged."""
        self.output.write(text)

    def wipe(self) -> None:
        """Do nothing: this screen can't be cleared."""

    def close(self) -> None:
        """Do nothing."""


def _lead_ins(blocks: tuple[Line | Callout, ...]) -> list[Line]:
    return [block for block in blocks if isinstance(block, Line) and block.lead_in]


def _plain_lines(blocks: tuple[Line | Callout, ...], width: int) -> Iterator[str]:
    width = max(MIN_WIDTH, min(width, MAX_WIDTH))
    for block in blocks:
        for line in [block] if isinstance(block, Line) else _plain_callout(block):
            text = escape_controls(line.text)
            yield from [text] if line.literal else wrap(text, width, line.mark)


def _plain_callout(callout: Callout) -> Iterator[Line]:
    yield from (Line(), Line(callout.title), Line(callout.because), Line(callout.text), *map(Line, callout.contacts))
