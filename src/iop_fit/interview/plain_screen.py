"""A screen that only ever adds lines, for screen readers and simple terminals."""

from collections.abc import Iterator
from typing import TextIO

from iop_fit.interview.keyboard import Keyboard, Output, wrapped_prompt
from iop_fit.interview.screen import Line, Page
from iop_fit.limits import MAX_WIDTH
from iop_fit.outline.blocks import Callout
from iop_fit.report.to_terminal import MIN_WIDTH
from iop_fit.text import escape_controls, wrap

__all__ = ["PlainScreen"]


class PlainScreen:
    """Only ever adds lines: no escapes, boxes or bars, for screen readers and simple terminals."""

    can_wipe = False

    def __init__(self, keyboard: TextIO, output: TextIO) -> None:
        self.keyboard = Keyboard(keyboard)
        self.output = Output(output)
        self.shown: Page | None = None

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page unless it was the last thing shown, then the notice; read one line typed after that."""
        if page != self.shown:
            self._add((Line(), *page.blocks))
            self.shown = page
        self._add(notice)
        self.keyboard.flush_typeahead()
        self.output.write(wrapped_prompt(prompt, self.output.size()[0]))
        return self.keyboard.read()

    def tell(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Add lines that belong to no page."""
        self.shown = None
        self._add(blocks)

    def _add(self, blocks: tuple[Line | Callout, ...]) -> None:
        self.output.write("".join(f"{line}\n" for line in _plain_lines(blocks, self.output.size()[0])))

    def show(self, text: str) -> None:
        """Add a text as it is."""
        self.output.write(text)

    def wipe(self) -> None:
        """Nothing can be taken back here, as was said at the start."""

    def close(self) -> None:
        """Nothing is open."""


def _plain_lines(blocks: tuple[Line | Callout, ...], width: int) -> Iterator[str]:
    width = max(MIN_WIDTH, min(width, MAX_WIDTH))
    for block in blocks:
        for line in [block] if isinstance(block, Line) else _plain_callout(block):
            yield from wrap(escape_controls(line.text), width, line.mark)


def _plain_callout(callout: Callout) -> Iterator[Line]:
    yield from (Line(), Line(callout.title), Line(callout.text), Line(callout.because), *map(Line, callout.contacts))
