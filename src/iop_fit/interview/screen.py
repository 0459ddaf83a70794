"""Lines and pages, and the protocol of a screen that shows them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import NamedTuple, Protocol

from iop_fit.errors import InterviewQuit, Problem
from iop_fit.files.invocation import command_line
from iop_fit.interview.typing.decoder import DAMAGED
from iop_fit.limits import MAX_LINE, MAX_NOTE
from iop_fit.outline.blocks import Callout
from iop_fit.problem_codes import Code
from iop_fit.storage.drafts import Draft
from iop_fit.text import narrow

__all__ = [
    "TYPED_EARLY",
    "Line",
    "Notice",
    "Page",
    "Screen",
    "ask",
    "ask_below",
    "input_ended",
    "no_terminal",
    "numbered",
]


class Line(NamedTuple):
    """A text after a mark, such as a number; wrapped lines are indented by the mark's width."""

    text: str = ""
    mark: str = ""
    strong: bool = False
    bar: tuple[int, int] | None = None
    """Done and total of a progress bar after the text."""
    literal: bool = False
    """Whether it holds a command to copy: it stays one line, which only the terminal may wrap."""
    lead_in: bool = False
    """Whether it introduces several pages in a row; a screen that keeps what it showed does not repeat it."""


class Page(NamedTuple):
    """Lines and alerts shown together."""

    blocks: tuple[Line | Callout, ...]


TYPED_EARLY = Line("What was typed before this page appeared was not used.")
"""Shown if there was such text, which may be the further lines of a paste."""

Notice = tuple[Line | Callout, ...]
"""What is shown between a page and its prompt."""


class Screen(Protocol):
    """What the interview needs from a terminal."""

    can_wipe: bool
    """Whether the screen can be cleared."""

    def ask(self, page: Page, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        """Show a page with a notice below it; return one line typed after that, or None at the end of input.

        The line is `text` until it is edited.
        """

    def ask_below(self, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        """Return one line typed below what is on the normal screen; otherwise like `ask`."""

    def print(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Print blocks that stay after the interview."""

    def show(self, text: str) -> None:
        """Show a text until it is dismissed."""

    def wipe(self) -> None:
        """Clear everything that was shown, as far as the terminal can."""

    def close(self) -> None:
        """Return to the normal screen."""

    def paused(self) -> AbstractContextManager[None]:
        """Return a block in which another program may use the terminal."""


def ask(screen: Screen, draft: Draft, page: Page, prompt: str, notice: Notice = ()) -> str | None:
    """Return one typed line, or None at the end of input; `x` deletes the draft and raises `InterviewQuit`."""
    return _sound_line(screen, draft, partial(screen.ask, page, prompt), notice)


def ask_below(screen: Screen, draft: Draft, prompt: str, notice: Notice = ()) -> str | None:
    """Return one line typed below what is on the normal screen; otherwise like `ask`."""
    return _sound_line(screen, draft, partial(screen.ask_below, prompt), notice)


def _sound_line(screen: Screen, draft: Draft, read: Callable[[Notice, str], str | None], notice: Notice) -> str | None:
    """Read a line until it arrives undamaged and is short enough; a long one is kept, so that it can be shortened."""
    typed = read(notice, "")
    while typed and (wrong := DAMAGED_LINE if DAMAGED in typed else _too_long(typed)):
        typed = read((Line(wrong),), "" if wrong is DAMAGED_LINE else typed)
    if typed and len(typed.strip()) == 1:
        typed = narrow(typed)
    if typed is not None and typed.strip() in ("x", "X"):
        remaining = draft.discard()
        screen.wipe()
        screen.print(tuple(Line(f"This file could not be deleted: {path}") for path in remaining))
        raise InterviewQuit
    return typed


DAMAGED_LINE = "Part of that line arrived damaged, so it was not used. Please type it again."


def _too_long(typed: str) -> str:
    """Return what is wrong with a line that is too long, and what to do; empty if it isn't."""
    more = len(typed) - MAX_NOTE
    lost = f" Only its first {MAX_LINE:,} characters are here." if len(typed) == MAX_LINE else ""
    by = "1 character" if more == 1 else f"{more:,} characters"
    too_long = f"That line is too long by {by}. At most {MAX_NOTE:,} fit.{lost}"
    return f"{too_long} Please shorten it, then press Enter." if more > 0 else ""


def numbered(labels: tuple[str, ...]) -> tuple[Line, ...]:
    """Return labels as lines numbered from 1."""
    return tuple(Line(label, mark=f" {number:>2}  ") for number, label in enumerate(labels, 1))


def input_ended() -> Problem:
    """Return the problem that the input ended before the last question."""
    return Problem(
        code=Code.INPUT_ENDED,
        message="The input ended before the last question, so nothing was scored.",
        hint=f"Run `{command_line('assess')}` in a terminal, or read the answers from a file with --answers FILE.",
    )


def no_terminal() -> Problem:
    """Return the problem that standard error, where questions are shown, is not a terminal."""
    return Problem(
        code=Code.NO_TERMINAL,
        message="Standard error is not a terminal, so the questions can't be shown. Nothing was asked.",
        hint=f"Run `{command_line('assess')}` without redirecting standard error.",
    )
