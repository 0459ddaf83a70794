"""What is shown at once while questions are asked, before any screen decides how it looks."""

from typing import NamedTuple

from iop_fit.blocks import Callout

__all__ = ["Line", "Page"]


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
