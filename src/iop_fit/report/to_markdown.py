"""A result as Markdown, to read or to paste into a provider's notes."""

import re
from collections.abc import Iterator
from typing import assert_never

from iop_fit.outline.blocks import (
    Block,
    Callout,
    Column,
    Comparison,
    Grid,
    Heading,
    Items,
    Ladder,
    Outline,
    Paragraph,
    Part,
    Table,
)

__all__ = ["to_markdown"]

SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
LINE_START = re.compile(r"^(\d*)([#+=.)-])")


def to_markdown(outline: Outline) -> str:
    """Return an outline as Markdown."""
    lead = [f"**{_escaped(outline.lead)}**", ""] if outline.lead else []
    lines = [f"# {_escaped(outline.title)}", "", *lead, _escaped(outline.subtitle), ""]
    for part in outline.parts:
        lines += _part(part)
    lines += [_escaped(outline.footer)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _part(part: Part) -> Iterator[str]:
    yield from (f"## {_escaped(part.title)}", "")
    for block in part.blocks:
        yield from _block(block)
        yield ""


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"### {_escaped(text)}"
        case Paragraph(text, strong):
            yield f"**{_escaped(text)}**" if strong else _escaped(text)
        case Callout():
            yield from _callout(block)
        case Items():
            yield from _items(block)
        case Ladder(_, words):
            yield _escaped(words)
        case Comparison(left, right, both):
            yield from (*_column(left), "", *_column(right), *_lists(both))
        case Table(headers, rows):
            yield from _table(headers, rows)
        case Grid():
            yield from _grid(block)
        case _:
            assert_never(block)


def _callout(callout: Callout) -> Iterator[str]:
    yield f"> **{_escaped(callout.title)}**"
    yield ">"
    yield f"> {_escaped(callout.because)}"
    yield from (">", f"> {_escaped(callout.text)}", ">")
    yield from (f"> - {_escaped(contact)}" for contact in callout.contacts)


def _items(items: Items) -> Iterator[str]:
    for number, item in enumerate(items.items, 1):
        mark = f"{number}." if items.numbered else "- [ ]" if items.ticks else "-"
        yield f"{mark} {_escaped(item.text)}"
        yield from (f"{' ' * len(mark)} - {_escaped(detail)}" for detail in item.details)


def _column(column: Column) -> Iterator[str]:
    yield from (f"### {_escaped(column.title)}", "", _escaped(column.text))
    yield from _lists(column.lists)


def _grid(grid: Grid) -> Iterator[str]:
    """Yield one column after the other: a table of long texts can't be read as plain text."""
    for number, column in enumerate(grid.columns):
        yield from ("", f"### {_escaped(column.title)}", "")
        yield from ((f"**{_escaped(column.mark)}**", "") if column.mark else ())
        for row in grid.rows:
            mark = f" *{_escaped(row.mark)}*" if row.mark else ""
            yield f"- **{_escaped(row.title)}:**{mark} {_escaped(row.cells[number])}"


def _lists(lists: tuple[tuple[str, Items], ...]) -> Iterator[str]:
    for title, items in lists:
        if title:
            yield from ("", f"**{_escaped(title)}**")
        yield from ("", *_items(items))


def _table(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield f"| {' | '.join(map(_escaped, headers))} |"
    yield f"| {' | '.join('---' for _ in headers)} |"
    yield from (f"| {' | '.join(map(_escaped, row))} |" for row in rows)


def _escaped(text: str) -> str:
    """Escape text so that it renders literally; `12.` must not start a list."""
    return LINE_START.sub(r"\1\\\2", SPECIAL.sub(r"\\\1", text))
