"""Shared by tests: html pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain

from iop_fit.outline.blocks import (
    Block,
    Callout,
    Column,
    Comparison,
    Heading,
    Item,
    Items,
    Outline,
    Paragraph,
    Part,
    Scale,
    ScaleRow,
    Table,
)

VOID = {"meta", "rect"}


@dataclass
class Page(HTMLParser):
    """What a browser would make of a page, as far as these tests look."""

    html: str
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """The text inside `title`, `style` and `body`."""
    is_open: list[str] = field(default_factory=list)
    unruly: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()
        self.unruly += self.is_open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.is_open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.is_open or self.is_open.pop() != tag:
            self.unruly.append(tag)

    def handle_data(self, data: str) -> None:
        for tag in {"title", "style", "body"} & set(self.is_open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def handle_comment(self, data: str) -> None:
        self.unruly.append(data)

    unknown_decl = handle_pi = handle_comment

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def policy(self) -> str | None:
        metas = (attributes for tag, attributes in self.elements if tag == "meta")
        return next(meta["content"] for meta in metas if meta.get("http-equiv") == "Content-Security-Policy")


def said(outline: Outline) -> Iterator[str]:
    """Give every text of an outline in the order in which it is drawn."""
    yield from (outline.title, outline.subtitle)
    for part in outline.parts:
        yield part.title
        for block in part.blocks:
            yield from said_by(block)
    yield outline.footer


def said_by(block: Block) -> Iterator[str]:
    match block:
        case Heading(text) | Paragraph(text):
            yield text
        case Callout():
            yield from (block.title, block.text, block.because, *block.contacts)
        case Items():
            yield from said_by_items(block)
        case Scale(bars):
            yield from chain.from_iterable((bar.label, bar.words) for bar in bars)
        case Comparison():
            for column in (block.left, block.right):
                yield from (column.title, column.text, *said_by_lists(column.lists))
            yield from said_by_lists(block.both)
        case Table(headers, rows):
            yield from (*headers, *chain.from_iterable(rows))


def said_by_items(items: Items) -> Iterator[str]:
    for item in items.items:
        yield from (item.text, *item.details, items.reply)


def said_by_lists(lists: tuple[tuple[str, Items], ...]) -> Iterator[str]:
    for title, items in lists:
        yield from (title, *said_by_items(items))


def made_up(text: str = "Text") -> Outline:
    """Make an outline of every kind of block in which every text is this one."""
    plain = Items((Item(text), Item(text)))
    replies = Items((Item(text, (text, text)), Item(text)), numbered=True, reply=text)
    column = Column(text, text, ((text, plain), (text, replies)))
    first = (
        Callout(urgent=True, title=text, text=text, contacts=(text, text), because=text),
        Callout(urgent=False, title=text, text=text, contacts=(), because=text),
        Paragraph(text, strong=True),
        Paragraph(text),
        Heading(text),
        replies,
        Scale((ScaleRow(text, 3, 12, text), ScaleRow(text, 5, 5, text), ScaleRow(text, 0, 0, text))),
    )
    second = (Comparison(column, column, ((text, plain),)), Heading(text), Table((text, text), ((text, text),) * 2))
    pages = ((Part(text, first),), (Part(text, second), Part(text, (plain,))))
    return Outline(title=text, subtitle=text, pages=pages, language="en", footer=text)
