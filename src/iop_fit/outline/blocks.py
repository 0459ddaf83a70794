"""The closed set of blocks that a result is made of; a renderer alone decides what stands beside or below."""

from datetime import date
from typing import NamedTuple

__all__ = [
    "Block",
    "Callout",
    "Column",
    "Comparison",
    "Heading",
    "Item",
    "Items",
    "Outline",
    "Paragraph",
    "Part",
    "Scale",
    "ScaleRow",
    "Table",
]


class Heading(NamedTuple):
    """A heading inside a part."""

    text: str


class Paragraph(NamedTuple):
    """Some sentences; a strong one is the one to read if only one is read."""

    text: str
    strong: bool = False


class Callout(NamedTuple):
    """An alert: what it is, what to do, whom to turn to, and which answers raised it."""

    urgent: bool
    title: str
    text: str
    contacts: tuple[str, ...]
    because: str


class Item(NamedTuple):
    """One thing of a list, with what is said of it."""

    text: str
    details: tuple[str, ...] = ()


class Items(NamedTuple):
    """A list; in a numbered one the order matters."""

    items: tuple[Item, ...]
    numbered: bool = False
    reply: str = ""
    """Where each item asks for a reply: what to write before the room for it."""


class ScaleRow(NamedTuple):
    """One value between 0 and a maximum; the words say it whole, so that nothing hangs on a bar."""

    label: str
    value: int
    maximum: int
    words: str


class Scale(NamedTuple):
    """Values that can be compared at a glance."""

    rows: tuple[ScaleRow, ...]


class Column(NamedTuple):
    """One side of a comparison."""

    title: str
    text: str
    lists: tuple[tuple[str, Items], ...]
    """Titles with what stands under them."""


class Comparison(NamedTuple):
    """Two things seen together."""

    left: Column
    right: Column
    both: tuple[tuple[str, Items], ...] = ()
    """What holds for either of them, said once."""


class Table(NamedTuple):
    """Rows under headers."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Callout | Items | Scale | Comparison | Table


class Part(NamedTuple):
    """A part of a result under its title."""

    title: str
    blocks: tuple[Block, ...]


class Outline(NamedTuple):
    """A result, or something like it, ready to be drawn: parts on pages; a part with nothing to say is absent."""

    title: str
    subtitle: str
    pages: tuple[tuple[Part, ...], ...]
    """The parts in order; only paper begins a new page where these do."""
    language: str
    """The language of every text in it, such as `en`."""
    day: date | None = None
    """The day it speaks of."""
    footer: str = ""
    """What stands below every page of paper."""
    glyph_note: str = ""
    """What is said only where a character can't be drawn, and so stands there by its name in brackets."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in order."""
        return tuple(part for page in self.pages for part in page)
