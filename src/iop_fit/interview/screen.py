"""What is shown at once while questions are asked, before any screen decides how it looks."""

from typing import NamedTuple, Protocol

from iop_fit.errors import InterviewQuit, Problem
from iop_fit.outline.blocks import Callout
from iop_fit.problem_codes import Code
from iop_fit.storage.drafts import Draft

__all__ = ["Line", "Page", "Screen", "ask", "input_ended", "no_terminal", "numbered"]


class Line(NamedTuple):
    """A text; behind a mark, such as a number, its wrapped lines stand below each other."""

    text: str = ""
    mark: str = ""
    strong: bool = False
    bar: tuple[int, int] | None = None
    """How far of how much, drawn beside the words that say it."""


class Page(NamedTuple):
    """Lines and alerts that belong together."""

    blocks: tuple[Line | Callout, ...]


class Screen(Protocol):
    """What the interview needs of a terminal."""

    can_wipe: bool
    """Whether what was shown can be taken back."""

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page with a notice below it; read one line typed after that; None at the end of input."""

    def tell(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Show something that stays when the questions are over."""

    def show(self, text: str) -> None:
        """Show a text until it was read."""

    def wipe(self) -> None:
        """Take back all that was shown, as far as the terminal can."""

    def close(self) -> None:
        """Go back to where results are shown."""


def ask(screen: Screen, draft: Draft, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
    """Read one line; whatever is asked, `x` leaves at once."""
    typed = screen.ask(page, prompt, notice)
    if typed is not None and typed.strip() in ("x", "X"):
        left = draft.discard()
        screen.wipe()
        screen.tell(tuple(Line(f"This file could not be deleted: {path}") for path in left))
        raise InterviewQuit
    return typed


def numbered(labels: tuple[str, ...]) -> tuple[Line, ...]:
    """Number some labels from 1."""
    return tuple(Line(label, mark=f" {number:>2}  ") for number, label in enumerate(labels, 1))


def input_ended() -> Problem:
    """Say that there is nothing to read answers from any more."""
    return Problem(
        code=Code.INPUT_ENDED,
        message="The input ended before the last question, so nothing was scored.",
        hint="Run `iop-fit assess` in a terminal, or give the answers with --answers FILE.",
    )


def no_terminal() -> Problem:
    """Say that the questions can't be shown to the person alone."""
    return Problem(
        code=Code.NO_TERMINAL,
        message="Standard error is not a terminal, so the questions would be written elsewhere. Nothing was asked.",
        hint="Run `iop-fit assess` without redirecting standard error.",
    )
