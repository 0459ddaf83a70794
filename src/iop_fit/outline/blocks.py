"""The closed set of blocks that make up a result; only a renderer decides their layout."""

from datetime import date
from typing import NamedTuple

__all__ = [
    "Block",
    "Callout",
    "Column",
    "Comparison",
    "Grid",
    "GridColumn",
    "GridRow",
    "Heading",
    "Item",
    "Items",
    "Ladder",
    "Outline",
    "Paragraph",
    "Part",
    "Rung",
    "Table",
]


class Heading(NamedTuple):
    """A heading inside a part."""

    text: str


class Paragraph(NamedTuple):
    """Body text; `strong` marks the one most important sentence."""

    text: str
    strong: bool = False


class Callout(NamedTuple):
    """An alert: its title, why it was raised, what to do, and whom to contact."""

    urgent: bool
    title: str
    because: str
    text: str
    contacts: tuple[str, ...]


class Item(NamedTuple):
    """A list item with its details."""

    text: str
    details: tuple[str, ...] = ()


class Items(NamedTuple):
    """A list; numbered if the order matters."""

    items: tuple[Item, ...]
    numbered: bool = False
    ticks: bool = False
    """Whether each item has a box to tick."""
    cited: bool = False
    """Whether the items are the sources that marks such as `[1]` in a `Cited` text refer to."""


class Column(NamedTuple):
    """One side of a comparison."""

    title: str
    text: str
    lists: tuple[tuple[str, Items], ...]
    """Titled lists."""


class Comparison(NamedTuple):
    """Two columns side by side."""

    left: Column
    right: Column
    both: tuple[tuple[str, Items], ...] = ()
    """Titled lists that apply to both columns."""


class Table(NamedTuple):
    """Rows of cells under headers; each row has one cell per header."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class GridColumn(NamedTuple):
    """One of the things compared in a grid."""

    title: str
    mark: str = ""
    """Why it is marked; empty if it is not."""


class GridRow(NamedTuple):
    """What is said about each column, in their order."""

    title: str
    cells: tuple[str, ...]
    mark: str = ""
    """Why the row is marked; empty if it is not."""


class Grid(NamedTuple):
    """Several things described in the same rows, side by side or one after the other."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]


class Rung(NamedTuple):
    """One step of a ladder."""

    text: str
    here: bool
    """Whether the answers point to it."""


class Ladder(NamedTuple):
    """Steps from the least to the most; `words` says the same in a sentence, so the drawing is optional."""

    rungs: tuple[Rung, ...]
    words: str


Block = Heading | Paragraph | Callout | Items | Ladder | Comparison | Table | Grid


class Part(NamedTuple):
    """A titled section of a result."""

    title: str
    blocks: tuple[Block, ...]


class Outline(NamedTuple):
    """A document ready to render: parts on pages, without empty parts."""

    title: str
    subtitle: str
    pages: tuple[tuple[Part, ...], ...]
    """The parts in order; only paged formats start a new page for each tuple."""
    language: str
    """The language tag of the whole text, such as `en`."""
    day: date | None = None
    """The date of the result."""
    lead: str = ""
    """The main message, right below the title; empty for none."""
    footer: str = ""
    """Printed at the bottom of every page."""
    glyph_note: str = ""
    """Printed only if a character can't be drawn and is replaced by its name in brackets."""
    brief: bool = False
    """Whether it should take as few lines as it can."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of all pages, in order."""
        return tuple(part for page in self.pages for part in page)
