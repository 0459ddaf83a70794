"""The part of a FHIR resource that people read, as XHTML."""

from collections.abc import Iterator
from html import escape
from typing import assert_never

from iop_fit.blocks import Callout, Heading, Items, Outline, Paragraph
from iop_fit.words import cleaned

__all__ = ["element", "narrative", "opening_of"]

Said = Heading | Paragraph | Callout | Items
"""The blocks that only say something; the others compare or count."""


def narrative(language: str, *elements: str) -> dict[str, object]:
    """Put elements into the narrative of a resource."""
    lang = escape(language)
    start = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}">'
    return {"status": "additional", "div": f"{start}{''.join(elements)}</div>"}


def element(name: str, text: str) -> str:
    """Write a text as an element; XML has no way at all to hold some control characters."""
    shown = escape(cleaned(text), quote=False)
    return f"<{name}>{shown}</{name}>" if shown else ""


def opening_of(paper: Outline) -> Iterator[str]:
    """Write what a paper begins with, up to the first part that compares or counts."""
    yield element("h1", paper.title)
    yield element("p", paper.subtitle)
    for part in paper.pages[0]:
        said = [block for block in part.blocks if isinstance(block, Said)]
        if len(said) < len(part.blocks):
            return
        yield element("h2", part.title)
        for block in said:
            yield from _block(block)


def _block(block: Said) -> Iterator[str]:
    match block:
        case Heading(text):
            yield element("h3", text)
        case Paragraph(text, strong):
            yield f"<p>{element('b', text)}</p>" if strong else element("p", text)
        case Callout():
            yield element("h3", block.title)
            yield from (element("p", text) for text in (block.text, block.because))
            yield from _list("ul", *(element("li", contact) for contact in block.contacts))
        case Items(items, numbered):
            yield from _list("ol" if numbered else "ul", *(_item(item.text, item.details) for item in items))
        case _:
            assert_never(block)


def _list(name: str, *items: str) -> Iterator[str]:
    if items:
        yield f"<{name}>{''.join(items)}</{name}>"


def _item(text: str, details: tuple[str, ...]) -> str:
    return f"<li>{''.join(element('p', said) for said in (text, *details))}</li>"
