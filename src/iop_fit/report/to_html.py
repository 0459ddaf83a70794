"""A result as one HTML file, without scripts or network requests."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import assert_never

from iop_fit.outline.blocks import (
    Block,
    Callout,
    Column,
    Comparison,
    Grid,
    GridColumn,
    GridRow,
    Heading,
    Items,
    Ladder,
    Outline,
    Paragraph,
    Part,
    Table,
)
from iop_fit.outline.citations import Cited
from iop_fit.outline.languages import Bilingual, in_english, is_right_to_left

__all__ = ["to_html"]

STYLE = Path(__file__).with_name("page.css")
SIZES = {"letter": "letter", "a4": "A4"}
"""CSS names of the paper sizes."""
SOURCE_ID = "source-"
"""The id of a source in the list is this and its number."""


def to_html(outline: Outline, paper: str = "letter") -> str:
    """Return an outline as one HTML page that prints on `paper` (`letter` or `a4`).

    Raises `ValueError` for an unknown paper size.
    """
    if paper not in SIZES:
        raise ValueError(f"unknown paper size {paper!r}; expected one of {', '.join(SIZES)}")
    style = _style(outline.footer, SIZES[paper])
    return "\n".join((*_head(outline, style), *_body(outline), "</html>", ""))


def _style(footer: str, size: str) -> str:
    """Return the style sheet with the paper size and the footer of printed pages."""
    return f'{STYLE.read_text("utf-8")}@page {{ size: {size}; @bottom-left {{ content: "{_css_escaped(footer)}" }} }}\n'


def _css_escaped(text: str) -> str:
    """Escape all but ASCII letters and digits, so that text can't end a CSS string or the style element."""
    return "".join(letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):06x}" for letter in text)


def _head(outline: Outline, style: str) -> Iterator[str]:
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    direction = ' dir="rtl"' if is_right_to_left(outline.language) else ""
    yield f'<html lang="{escape(outline.language)}"{direction}>'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="referrer" content="no-referrer">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f"<title{_language_of(outline.title, '')}>{escape(outline.title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"


def _body(outline: Outline) -> Iterator[str]:
    yield from ("<body>", "<header>")
    yield from _optional("h1", outline.title)
    yield from (*_optional('p class="lead"', outline.lead), *_optional("p", outline.subtitle))
    yield from ("</header>", "<main>")
    for page in outline.pages:
        yield '<div class="page">'
        for part in page:
            yield from _part(part)
        yield "</div>"
    yield "</main>"
    if outline.footer:
        yield from ("<footer>", *_optional("p", outline.footer), "</footer>")
    yield "</body>"


def _optional(tag: str, text: str) -> Iterator[str]:
    """Yield text as an element, or nothing if it is empty; `tag` can include attributes."""
    if text:
        yield _element(tag, text)


def _element(tag: str, text: str) -> str:
    name, _, attributes = tag.partition(" ")
    language = _language_of(text, attributes)
    return f"<{tag}{language}>{escape(text) if language and not isinstance(text, Cited) else _inline(text)}</{name}>"


def _language_of(text: str, attributes: str) -> str:
    """Return the attributes of an element whose text is all in English in a document in another language."""
    if not in_english(text):
        return ""
    return ' lang="en"' if "dir=" in attributes else ' lang="en" dir="ltr"'


def _inline(text: str) -> str:
    """Return text as HTML, in which each mark links to its source, and English in another language is named."""
    match text:
        case Cited(sentences=sentences):
            return " ".join(f"{_inline(each.text)}{''.join(map(_link, each.marks))}" for each in sentences)
        case Bilingual(runs=runs):
            return "".join(escape(run.text) if run.own else _english(run.text) for run in runs)
        case _:
            return escape(text)


def _english(text: str) -> str:
    """Return English text as a span, with the space around it outside."""
    words = text.strip()
    if not any(map(str.isalpha, words)):  # only punctuation
        return escape(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f'{before}<span lang="en" dir="ltr">{escape(words)}</span>{after}'


def _link(mark: int) -> str:
    return f'<a class="mark" href="#{SOURCE_ID}{mark}">[{mark}]</a>'


def _part(part: Part) -> Iterator[str]:
    level = 3 if part.title else 2
    yield from ("<section>", *_optional("h2", part.title))
    for block in part.blocks:
        yield from _block(block, level)
    yield "</section>"


def _block(block: Block, level: int) -> Iterator[str]:
    """Yield a block as HTML; `level` is the level of its headings."""
    match block:
        case Heading(text):
            yield from _optional(f"h{level}", text)
        case Paragraph(text, strong):
            yield from _optional('p class="strong" dir="auto"' if strong else 'p dir="auto"', text)
        case Callout():
            yield from _callout(block, level)
        case Items():
            yield from _items(block)
        case Ladder():
            yield from _ladder(block)
        case Comparison():
            yield from _comparison(block, level)
        case Table(headers, rows):
            yield from _table(headers, rows)
        case Grid():
            yield from _grid(block)
        case _:
            assert_never(block)


def _callout(callout: Callout, level: int) -> Iterator[str]:
    yield f'<div class="{"urgent callout" if callout.urgent else "callout"}">'
    yield from _optional(f"h{level}", callout.title)
    yield from _optional('p class="detail"', callout.because)
    yield from _optional("p", callout.text)
    if callout.contacts:
        yield '<ul class="contacts">'
        for contact in callout.contacts:
            yield from _optional("li", contact)
        yield "</ul>"
    yield "</div>"


def _items(items: Items) -> Iterator[str]:
    if not items.items:
        return
    kind = "ol" if items.numbered else "ul"
    full = any(item.details for item in items.items)
    names = " ".join(name for name, needed in (("full", full), ("ticks", items.ticks)) if needed)
    yield f'<{kind} class="{names}">' if names else f"<{kind}>"
    for number, item in enumerate(items.items, 1):
        yield f'<li id="{SOURCE_ID}{number}">{_inline(item.text)}' if items.cited else f"<li>{_inline(item.text)}"
        for detail in item.details:
            yield from _optional('p class="detail"', detail)
        yield "</li>"
    yield f"</{kind}>"


def _ladder(ladder: Ladder) -> Iterator[str]:
    """Yield the steps as a drawing; its alternative text is a sentence."""
    yield f'<div class="ladder" role="img" aria-label="{escape(ladder.words)}">'
    for rung in ladder.rungs:
        yield _element('span class="here"' if rung.here else "span", rung.text)
    yield "</div>"


def _comparison(comparison: Comparison, level: int) -> Iterator[str]:
    yield '<div class="comparison">'
    for column in (comparison.left, comparison.right):
        yield from ('<div class="column">', *_column(column, level), "</div>")
    yield "</div>"
    yield from _lists(comparison.both, level)


def _column(column: Column, level: int) -> Iterator[str]:
    yield from (*_optional(f"h{level}", column.title), *_optional("p", column.text))
    yield from _lists(column.lists, level + 1 if column.title else level)


def _lists(lists: tuple[tuple[str, Items], ...], level: int) -> Iterator[str]:
    for title, items in lists:
        yield from (*_optional(f"h{level}", title), *_items(items))


def _table(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield from ("<table>", "<thead>", "<tr>")
    for header in headers:
        yield _cell('th scope="col"' if header else "td", header)
    yield from ("</tr>", "</thead>", "<tbody>")
    for row in rows:
        yield "<tr>"
        for column, cell in enumerate(row):
            yield _cell('th scope="row"' if cell and not column else "td", cell)
        yield "</tr>"
    yield from ("</tbody>", "</table>")


def _grid(grid: Grid) -> Iterator[str]:
    """Yield one table; roles keep it a table where a narrow screen shows each row's cells below one another."""
    yield from (
        '<table class="grid" role="table">',
        '<thead role="rowgroup">',
        '<tr role="row">',
        '<td role="cell"></td>',
    )
    yield from (_grid_head("columnheader", "col", column) for column in grid.columns)
    yield from ("</tr>", "</thead>", '<tbody role="rowgroup">')
    for row in grid.rows:
        yield '<tr role="row">'
        yield _grid_head("rowheader", "row", row)
        for column, cell in zip(grid.columns, row.cells, strict=True):
            yield _cell(f'td role="cell" data-column="{escape(column.title)}"', cell)
        yield "</tr>"
    yield from ("</tbody>", "</table>")


def _grid_head(role: str, scope: str, head: GridColumn | GridRow) -> str:
    mark = f' <span class="detail">{_inline(head.mark)}</span>' if head.mark else ""
    return f'<th role="{role}" scope="{scope}" dir="auto">{_inline(head.title)}{mark}</th>'


def _cell(tag: str, text: str) -> str:
    """Return a table cell, even if empty, to keep the columns aligned."""
    return _element(f'{tag} dir="auto"', text)
