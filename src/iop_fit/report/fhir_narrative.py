"""The narrative of a FHIR resource: text for human readers, as XHTML."""

from collections.abc import Iterator
from html import escape
from typing import assert_never

from iop_fit.outline.blocks import Callout, Heading, Items, Ladder, Outline, Paragraph
from iop_fit.outline.citations import uncited
from iop_fit.text import sanitize

__all__ = ["element", "narrative", "opening_of"]

TextBlock = Heading | Paragraph | Callout | Items | Ladder
"""The blocks of plain text; the others are charts, tables and comparisons."""


def narrative(language: str, *elements: str) -> dict[str, object]:
    """Return elements as the narrative of a resource."""
    lang = escape(language)
    start = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}">'
    return {"status": "additional", "div": f"{start}{''.join(elements)}</div>"}


def element(name: str, text: str) -> str:
    """Return text as an XHTML element, or an empty string; without marks, as there is no list of sources.

    It is sanitized, as XML can't hold some control characters.
    """
    shown = escape(sanitize(uncited(text)), quote=False)
    return f"<{name}>{shown}</{name}>" if shown else ""


def opening_of(report: Outline) -> Iterator[str]:
    """Yield the first parts of the full report as XHTML, up to the first that is not plain text."""
    yield element("h1", report.title)
    if report.lead:
        yield f"<p>{element('b', report.lead)}</p>"
    yield element("p", report.subtitle)
    for part in report.pages[0]:
        blocks = [block for block in part.blocks if isinstance(block, TextBlock)]
        if len(blocks) < len(part.blocks):
            return
        yield element("h2", part.title)
        for block in blocks:
            yield from _block(block)


def _block(block: TextBlock) -> Iterator[str]:
    match block:
        case Heading(text):
            yield element("h3", text)
        case Paragraph(text, strong):
            yield f"<p>{element('b', text)}</p>" if strong else element("p", text)
        case Ladder(_, words):
            yield element("p", words)
        case Callout():
            yield element("h3", block.title)
            yield from (element("p", text) for text in (block.because, block.text))
            yield from _list("ul", *(element("li", contact) for contact in block.contacts))
        case Items(items, numbered):
            yield from _list("ol" if numbered else "ul", *(_item(item.text, item.details) for item in items))
        case _:
            assert_never(block)


def _list(name: str, *items: str) -> Iterator[str]:
    if items:
        yield f"<{name}>{''.join(items)}</{name}>"


def _item(text: str, details: tuple[str, ...]) -> str:
    return f"<li>{''.join(element('p', each) for each in (text, *details))}</li>"
