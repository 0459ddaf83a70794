"""A result for a terminal, laid out with Rich to fit the window's width."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TextIO, assert_never

from rich.box import ROUNDED
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from iop_fit.limits import MAX_WIDTH, MIN_WIDTH
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

__all__ = ["callout_panel", "console_for", "to_terminal"]

SIDE_BY_SIDE = 70
"""The minimum width for side-by-side columns."""
THREE_SIDE_BY_SIDE = 90
"""The minimum width for three columns of a grid side by side."""
BORDER = 6
"""The columns of a border or a line that its title can't use."""


def console_for(page: TextIO, width: int, *, color: bool, styled: bool, widest: int = MAX_WIDTH) -> Console:
    """Return a console that writes to a file, without markup and independent of the real terminal.

    `styled` keeps bold and dim, even without color; `widest` is the most columns.
    """
    return Console(
        file=page,
        width=max(MIN_WIDTH, min(width, widest)),
        color_system="standard" if color else None,
        force_terminal=styled,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
        _environ={},
    )


def to_terminal(outline: Outline, width: int = 80, *, color: bool = False) -> str:
    """Return an outline as terminal text, 40 to 100 columns wide."""
    page = StringIO()
    console = console_for(page, width, color=color, styled=color)
    console.print(Text(outline.title, style="bold"))
    if outline.lead:
        console.print(Text(outline.lead, style="bold"))
    if outline.subtitle:
        console.print(Text(outline.subtitle, style="dim"))
    for part in outline.parts:
        if not outline.brief:
            console.print()
        console.print(_part_title(part.title, console.width))
        for renderable in _part(part, console.width, brief=outline.brief):
            console.print(renderable)
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def _part_title(title: str, width: int) -> RenderableType:
    """Return a title with a line behind it, or without one if the line would cut it off."""
    text = Text(title, style="bold")
    if text.cell_len > width - BORDER:
        return text
    return Rule(text, align="left", style="dim", characters="─")


def _part(part: Part, width: int, *, brief: bool) -> Iterator[RenderableType]:
    for number, block in enumerate(part.blocks):
        if number and isinstance(block, Heading | Callout) and not brief:
            yield ""
        yield _brief_callout(block) if brief and isinstance(block, Callout) else _block(block, width, brief=brief)


def _block(block: Block, width: int, *, brief: bool) -> RenderableType:
    match block:
        case Heading(text):
            return Text(text, style="bold")
        case Paragraph(text, strong):
            return Text(text, style="bold") if strong else Text(text)
        case Callout():
            return callout_panel(block)
        case Items():
            return _items(block)
        case Ladder():
            return _ladder(block, width)
        case Comparison():
            return _comparison(block, width, brief=brief)
        case Table(headers, rows):
            return _table(headers, rows, width)
        case Grid():
            return _grid(block, width)
        case _:
            assert_never(block)


def callout_panel(callout: Callout) -> RenderableType:
    """Return an alert, boxed if urgent; color is never the only signal."""
    title, because, text, *contacts = _callout_texts(callout)
    lines = Group(because, text, *contacts)
    return _Box(title, lines) if callout.urgent else _indented(Group(title, lines))


def _brief_callout(callout: Callout) -> RenderableType:
    """Return an alert in few lines: its reason and what to do are one paragraph."""
    title, because, text, *contacts = _callout_texts(callout)
    return _Bar([title, because + " " + text, *contacts])


def _callout_texts(callout: Callout) -> list[Text]:
    """Return the title, the reason and the text of an alert, and its contacts if it has any."""
    contacts = [Text("→ " + "; ".join(callout.contacts))] if callout.contacts else []
    return [Text(callout.title, style="bold"), Text(callout.because, style="dim"), Text(callout.text), *contacts]


@dataclass(frozen=True)
class _Bar:
    """Lines beside a bar, which takes fewer lines than a box."""

    lines: list[Text]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        mark = Text("┃ ", style="red")
        for text in self.lines:
            for line in text.wrap(console, options.max_width - len(mark)):
                yield mark + line


@dataclass(frozen=True)
class _Box:
    """A box with its title in the border, or inside the box if the border would cut it off."""

    title: Text
    content: RenderableType

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        fits = self.title.cell_len <= options.max_width - BORDER
        content = self.content if fits else Group(self.title, self.content)
        title = self.title if fits else None
        yield Panel(content, title=title, title_align="left", border_style="red", box=ROUNDED, padding=(0, 1))


def _indented(content: RenderableType) -> RenderableType:
    return Padding(content, (0, 0, 0, 2))


def _items(items: Items) -> RenderableType:
    rows = RichTable.grid(padding=(0, 1, 0, 0))
    rows.add_column(no_wrap=True)
    rows.add_column(ratio=1)
    for number, item in enumerate(items.items, 1):
        details = [Text(detail, style="dim") for detail in item.details]
        rows.add_row(
            Text(f"{number}." if items.numbered else "[ ]" if items.ticks else "•"), Group(Text(item.text), *details)
        )
    return rows


def _ladder(ladder: Ladder, width: int) -> RenderableType:
    """Return the steps, as many on a line as fit; the mark, and not only bold, shows where the answers point."""
    lines: list[Text] = []
    for rung in ladder.rungs:
        step = Text(f"{'●' if rung.here else '○'} {rung.text}", style="bold" if rung.here else "dim")
        if lines and lines[-1].cell_len + len(BETWEEN_STEPS) + step.cell_len <= width:
            lines[-1] += Text(BETWEEN_STEPS) + step
        else:
            lines.append(step)
    return Group(*lines)


BETWEEN_STEPS = "   "


def _comparison(comparison: Comparison, width: int, *, brief: bool) -> RenderableType:
    left, right = comparison.left, comparison.right
    both = _lists(comparison.both)
    if width < SIDE_BY_SIDE:
        return Group(_column(left), *([] if brief else [""]), _column(right), *both)
    sides = RichTable.grid(padding=(0, 2, 0, 0), expand=True)
    sides.add_column(ratio=1)
    sides.add_column(ratio=1)
    sides.add_row(Text(left.title, style="bold"), Text(right.title, style="bold"))
    if left.text or right.text:
        sides.add_row(Text(left.text, style="dim"), Text(right.text, style="dim"))
    for (left_title, left_items), (right_title, right_items) in zip(left.lists, right.lists, strict=True):
        if left_title or right_title:
            sides.add_row(Text(left_title, style="underline"), Text(right_title, style="underline"))
        sides.add_row(_items(left_items), _items(right_items))
    return Group(sides, *both)


def _column(column: Column) -> RenderableType:
    text = [Text(column.text, style="dim")] if column.text else []
    return Group(Text(column.title, style="bold"), *text, *_lists(column.lists))


def _lists(lists: tuple[tuple[str, Items], ...]) -> Iterator[RenderableType]:
    return (Group(*([Text(title, style="underline")] if title else []), _items(items)) for title, items in lists)


def _table(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...], width: int) -> RenderableType:
    if width >= SIDE_BY_SIDE:
        table = RichTable(box=None, expand=True, padding=(0, 2, 0, 0))
        for header in headers:
            table.add_column(Text(header), ratio=1)
        for row in rows:
            table.add_row(*map(Text, row))
        return table
    pairs = (Group(Text(row[0], style="dim"), *(Padding(Text(cell), (0, 0, 0, 2)) for cell in row[1:])) for row in rows)
    return Group(Text(" / ".join(headers), style="bold"), *pairs)


def _grid(grid: Grid, width: int) -> RenderableType:
    """Return three or two columns side by side, then the next ones; in a narrow window, one after the other."""
    count = 3 if width >= THREE_SIDE_BY_SIDE else 2 if width >= SIDE_BY_SIDE else 1
    bands: list[RenderableType] = []
    for first in range(0, len(grid.columns), count):
        band = RichTable.grid(padding=(0, 2, 0, 0), expand=True)
        for _ in range(count):
            band.add_column(ratio=1)
        columns = grid.columns[first : first + count]
        bands += ["", band]
        band.add_row(*(Text(column.title, style="bold") for column in columns))
        if any(column.mark for column in columns):
            band.add_row(*(Text(f"→ {column.mark}" if column.mark else "", style="bold") for column in columns))
        for row in grid.rows:
            bands.append(Text(row.title, style="underline"))
            if row.mark:
                bands.append(Text(row.mark, style="dim"))
            cells = RichTable.grid(padding=(0, 2, 0, 0), expand=True)
            for _ in range(count):
                cells.add_column(ratio=1)
            cells.add_row(*map(Text, row.cells[first : first + count]))
            bands.append(cells)
    return Group(*bands)
