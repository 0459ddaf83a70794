"""A result as plain lines for screen readers: one fact per line, no boxes, bars, columns or escapes."""

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
    Table,
)
from iop_fit.text import wrap

__all__ = ["to_plain"]


def to_plain(outline: Outline, width: int = 80) -> str:
    """Return an outline as plain lines, wrapped at `width` columns."""
    lines = [("", outline.title), *([("", outline.lead)] if outline.lead else []), ("", outline.subtitle)]
    for part in outline.parts:
        lines += [("", ""), ("", part.title)]
        for block in part.blocks:
            lines += _block(block)
    if outline.footer:
        lines += [("", ""), ("", outline.footer)]
    return "".join(f"{line}\n" for mark, text in lines for line in wrap(text, width, mark))


LINE_TO_WRITE_ON = "_" * 30


def _block(block: Block) -> Iterator[tuple[str, str]]:
    """Yield the lines of a block, each as its list mark and its text."""
    match block:
        case Heading(text):
            yield from (("", ""), ("", text))
        case Paragraph(text) | Ladder(_, text):
            yield ("", text)
        case Callout():
            yield from (("", text) for text in ("", block.title, block.because, block.text, *block.contacts))
        case Items():
            yield from _items(block)
        case Comparison(left, right, both):
            yield from (*_column(left), *_column(right), *_lists(both))
        case Table(headers, rows):
            yield ("", " / ".join(headers))
            yield from (("", _row(row)) for row in rows)
        case Grid():
            yield from _grid(block)
        case _:
            assert_never(block)


def _row(row: tuple[str, ...]) -> str:
    """Return a row on one line, with a blank line for each empty cell."""
    return f"{row[0]}: {' / '.join(cell or LINE_TO_WRITE_ON for cell in row[1:])}"


def _items(items: Items) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(items.items, 1):
        yield (f"{number}. " if items.numbered else "[ ] " if items.ticks else "- ", item.text)
        yield from (("  ", detail) for detail in item.details)


def _grid(grid: Grid) -> Iterator[tuple[str, str]]:
    """Yield one column after the other."""
    for number, column in enumerate(grid.columns):
        yield from (("", text) for text in ("", column.title, *([column.mark] if column.mark else [])))
        for row in grid.rows:
            yield ("", f"{row.title}:")
            yield from (("  ", text) for text in (row.mark, row.cells[number]) if text)


def _column(column: Column) -> Iterator[tuple[str, str]]:
    yield from (("", ""), ("", column.title), *([("", column.text)] if column.text else []), *_lists(column.lists))


def _lists(lists: tuple[tuple[str, Items], ...]) -> Iterator[tuple[str, str]]:
    for title, items in lists:
        if title:
            yield ("", title)
        yield from _items(items)
