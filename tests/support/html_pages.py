"""A parser for HTML pages, and outlines to render."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain

from iop_fit.outline.blocks import (
    Block,
    Callout,
    Column,
    Comparison,
    Grid,
    GridColumn,
    GridRow,
    Heading,
    Item,
    Items,
    Ladder,
    Outline,
    Paragraph,
    Part,
    Rung,
    Table,
)

VOID = {"meta", "rect"}


@dataclass
class Page(HTMLParser):
    """A parsed HTML page."""

    html: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """The text inside `title`, `style` and `body`."""
    open_tags: list[str] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)
    """Unbalanced tags, comments and declarations."""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()
        self.malformed += self.open_tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open_tags.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open_tags or self.open_tags.pop() != tag:
            self.malformed.append(tag)

    def handle_data(self, data: str) -> None:
        for tag in {"title", "style", "body"} & set(self.open_tags):
            self.texts[tag] = self.texts.get(tag, "") + data

    def handle_comment(self, data: str) -> None:
        self.malformed.append(data)

    unknown_decl = handle_pi = handle_comment

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def policy(self) -> str | None:
        metas = (attributes for tag, attributes in self.elements if tag == "meta")
        return next(meta["content"] for meta in metas if meta.get("http-equiv") == "Content-Security-Policy")


def all_texts(outline: Outline, *, drawn: bool = True) -> Iterator[str]:
    """Yield every text of an outline in reading order.

    Where nothing is drawn, a ladder is a sentence, and the columns of a grid follow one another.
    """
    yield from (outline.title, outline.lead, outline.subtitle)
    for part in outline.parts:
        yield part.title
        for block in part.blocks:
            yield from block_texts(block) if drawn else undrawn_texts(block)
    yield outline.footer


def block_texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case Callout():
            yield from (block.title, block.because, block.text, *block.contacts)
        case Items():
            yield from item_texts(block)
        case Ladder(rungs):
            yield from (rung.text for rung in rungs)
        case Comparison():
            for column in (block.left, block.right):
                yield from (column.title, column.text, *list_texts(column.lists))
            yield from list_texts(block.both)
        case Table(headers, rows):
            yield from (*headers, *chain.from_iterable(rows))
        case Grid(columns, descriptions):
            yield from chain.from_iterable((column.title, column.mark) for column in columns)
            yield from chain.from_iterable((row.title, row.mark, *row.cells) for row in descriptions)


def undrawn_texts(block: Block) -> Iterator[str]:
    if isinstance(block, Ladder):
        yield block.words
    elif isinstance(block, Grid):
        for number, column in enumerate(block.columns):
            yield from (column.title, column.mark)
            yield from chain.from_iterable((row.title, row.mark, row.cells[number]) for row in block.rows)
    else:
        yield from block_texts(block)


def item_texts(items: Items) -> Iterator[str]:
    for item in items.items:
        yield from (item.text, *item.details)


def list_texts(lists: tuple[tuple[str, Items], ...]) -> Iterator[str]:
    for title, items in lists:
        yield from (title, *item_texts(items))


def sample_outline(text: str = "Text") -> Outline:
    """Return an outline with every kind of block, in which every text is `text`."""
    plain = Items((Item(text), Item(text)))
    steps = Items((Item(text, (text, text)), Item(text)), numbered=True)
    column = Column(text, text, ((text, plain), (text, steps)))
    first = (
        Callout(urgent=True, title=text, text=text, contacts=(text, text), because=text),
        Callout(urgent=False, title=text, text=text, contacts=(), because=text),
        Paragraph(text, strong=True),
        Paragraph(text),
        Heading(text),
        steps,
        Ladder((Rung(text, here=False), Rung(text, here=True)), text),
    )
    grid = Grid((GridColumn(text, text),), (GridRow(text, (text,)), GridRow(text, (text,), text)))
    table = Table((text, text), ((text, text),) * 2)
    second = (Comparison(column, column, ((text, plain),)), Heading(text), table, grid)
    pages = ((Part(text, first),), (Part(text, second), Part(text, (plain,))))
    return Outline(title=text, subtitle=text, pages=pages, language="en", footer=text)
