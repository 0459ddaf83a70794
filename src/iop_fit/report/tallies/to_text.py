"""Counts of sheets for a terminal: tables and bars that fit the window, or plain lines."""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from iop_fit.limits import MAX_TABLE_WIDTH
from iop_fit.report.tallies.numbers import counted, safe, share_of
from iop_fit.report.to_terminal import console_for
from iop_fit.scoring.counts.tally import Label, Shown, Summary, Tally, TallyRow
from iop_fit.text import wrap

__all__ = ["summary_text"]

BLOCKS = " ▏▎▍▌▋▊▉█"
"""An eighth of a column after the other."""
WIDEST_BAR, NARROWEST_BAR = 40, 8
WIDEST_LABEL, NARROWEST_LABEL = 70, 14
GAP = 2
FEW_ROWS = 10
"""A table with more rows leaves out those with only zeros."""


def summary_text(
    summary: Summary, width: int = 80, *, color: bool = False, plain: bool = False, full: bool = False
) -> str:
    """Return a summary for people, 40 to 200 columns wide; as plain lines for a screen reader if `plain`.

    `full` lists each alert rather than how urgent they are.
    """
    kinds = {Shown.ALWAYS, Shown.IN_FULL if full else Shown.IN_BRIEF}
    tallies = [_pruned(tally) for tally in summary.tallies if tally.shown in kinds]
    if plain:
        lines = [summary.title, *(line for tally in tallies for line in ("", *_lines(tally))), "", *summary.notes]
        return "".join(f"{part}\n" for line in lines for part in _wrapped(line, width)).rstrip("\n") + "\n"
    page = StringIO()
    console = console_for(page, width, color=color, styled=color, widest=MAX_TABLE_WIDTH)
    console.print(Text(summary.title, style="bold"))
    for tally in tallies:
        console.print()
        console.print(Text(safe(tally.title), style="bold"))
        _print(console, tally)
    if summary.notes:
        console.print()
    for note in summary.notes:
        console.print(Text(note, style="dim"))
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def _print(console: Console, tally: Tally) -> None:
    rows, left_out = _listed(tally)
    for renderable in _rows(tally, rows, console.width):
        console.print(renderable)
    if left_out:
        console.print(Text(left_out, style="dim"))


def _pruned(tally: Tally) -> Tally:
    """Return a table of groups without the columns that have only zeros."""
    kept = [place for place in range(len(tally.columns)) if any(row.counts[place] != 0 for row in tally.rows)]
    if not tally.sizes or not kept:
        return tally
    rows = (row._replace(counts=tuple(row.counts[place] for place in kept)) for row in tally.rows)
    return tally._replace(columns=tuple(tally.columns[place] for place in kept), rows=tuple(rows))


def _listed(tally: Tally) -> tuple[tuple[TallyRow, ...], str]:
    """Return the rows to show, and a sentence about the others."""
    if len(tally.rows) <= FEW_ROWS or tally.sizes:
        return tally.rows, ""
    rows = tuple(row for row in tally.rows if any(count != 0 for count in row.counts[tally.changes_from :]))
    more = len(tally.rows) - len(rows)
    what = "no change" if tally.changes_from else "only zeros"
    left_out = f"1 row with {what} is left out." if more == 1 else f"{more} rows with {what} are left out."
    return rows, left_out if more else ""


def _rows(tally: Tally, rows: Sequence[TallyRow], width: int) -> Iterator[RenderableType]:
    if not rows:
        return
    if len(tally.columns) == 1 and not tally.sizes:
        yield _bars(rows, width)
        return
    for with_counts, with_shares in ((True, tally.shares), (not tally.shares, tally.shares)):
        table = _table(tally, rows, width, with_counts=with_counts, with_shares=with_shares)
        if table:
            yield table
            return
    for row in rows:
        head, *lines = _row_lines(tally, row)
        yield Text(head)
        yield from (Padding(Text(line.strip()), (0, 0, 0, 2)) for line in lines)


# Bars


def _bars(rows: Sequence[TallyRow], width: int) -> RenderableType:
    """Return one line for each row, with a bar if there is room."""
    labels = [safe(row.label.text) for row in rows]
    counts = [counted(row.counts[0]) for row in rows]
    shares = [share_of(row.counts[0], row.sheets) for row in rows]
    numbers = sum(max(map(len, texts), default=0) + GAP for texts in (counts, shares))
    label = min(max(map(cell_len, labels)), max(NARROWEST_LABEL, width - numbers - NARROWEST_BAR - GAP), WIDEST_LABEL)
    room = min(width - numbers - label - GAP, WIDEST_BAR)
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=label)
    for _ in range(2):
        grid.add_column(justify="right", no_wrap=True)
    for row, *texts in zip(rows, labels, counts, shares, strict=True):
        bar = _bar(row, room) if room >= NARROWEST_BAR else ""
        grid.add_row(*map(Text, texts), Text(bar, style="cyan"))
    notes = [Text(f"{safe(row.label.text)}: {row.label.note}", style="dim") for row in rows if row.label.note]
    return _stacked([grid, *notes])


def _bar(row: TallyRow, room: int) -> str:
    count = row.counts[0]
    if not count or not row.sheets:
        return ""
    eighths = max(1, round(8 * room * count / row.sheets))
    return BLOCKS[8] * (eighths // 8) + BLOCKS[eighths % 8].strip()


def _stacked(parts: Sequence[RenderableType]) -> RenderableType:
    table = Table.grid()
    for part in parts:
        table.add_row(part)
    return table


# Tables


def _table(
    tally: Tally, rows: Sequence[TallyRow], width: int, *, with_counts: bool, with_shares: bool
) -> RenderableType | None:
    """Return a table with a column for each kind of count, or None if it is too wide."""
    cells = [_cells(column, with_counts, with_shares) for column in _columns(tally, rows)]
    sizes = [[counted(row.sheets) for row in rows]] if tally.sizes else []
    headers = [*(["Sheets"] if tally.sizes else []), *(safe(column.brief) for column in tally.columns)]
    widths = [
        max(*map(len, texts), max(map(cell_len, header.split()), default=0))
        for header, texts in zip(headers, (*sizes, *cells), strict=True)
    ]
    needed = sum(widths) + GAP * len(widths)
    labels = [_name(tally, row) for row in rows]
    if max(map(cell_len, labels)) > width - needed:
        labels = [_name(tally, row, brief=True) for row in rows]
    head = "" if tally.rows_are == tally.title else safe(tally.rows_are)
    label = min(max(map(cell_len, (*labels, head))), WIDEST_LABEL, width - needed)
    if label < min(NARROWEST_LABEL, max(map(cell_len, labels))):
        return None
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False)
    table.add_column(Text(head, style="dim"), width=label, vertical="bottom")
    for header, column_width in zip(headers, widths, strict=True):
        table.add_column(Text(header, style="dim"), justify="right", width=column_width, vertical="bottom")
    for texts in zip(labels, *sizes, *cells, strict=True):
        table.add_row(*map(Text, texts))
    return table


def _name(tally: Tally, row: TallyRow, *, brief: bool = False) -> str:
    name = safe(row.label.brief if brief else row.label.text)
    return f"{name} ({row.label.id})" if tally.by_id else name


def _columns(tally: Tally, rows: Sequence[TallyRow]) -> Iterator[list[tuple[str, str]]]:
    """Yield the counts and shares of each column."""
    for place in range(len(tally.columns)):
        yield [(counted(row.counts[place]), share_of(row.counts[place], row.sheets)) for row in rows]


def _cells(column: list[tuple[str, str]], with_counts: bool, with_shares: bool) -> list[str]:
    if not (with_counts and with_shares):
        return [count if with_counts or not share else share for count, share in column]
    width = max((len(share) for _, share in column), default=0)
    return [f"{count} {share:>{width}}" if width else count for count, share in column]


# Lines


def _lines(tally: Tally) -> Iterator[str]:
    yield safe(tally.title)
    rows, left_out = _listed(tally)
    for row in rows:
        yield from _row_lines(tally, row)
    if left_out:
        yield left_out


def _row_lines(tally: Tally, row: TallyRow) -> Iterator[str]:
    """Yield a row on one line, or on a line for each column below its label."""
    label = _name(tally, row)
    if len(tally.columns) == 1 and not tally.sizes:
        yield f"{label}: {_in_words(row.counts[0], row.sheets)}. {row.label.note}".rstrip()
        return
    sheets = "1 sheet" if row.sheets == 1 else f"{counted(row.sheets)} sheets"
    yield f"{label}: {sheets}" if tally.sizes else label
    for column, count in zip(tally.columns, row.counts, strict=True):
        yield f"  {_head(column)}: {_in_words(count, row.sheets if tally.shares else None)}"


def _head(column: Label) -> str:
    return safe(column.brief)


def _in_words(count: int | None, sheets: int | None) -> str:
    if count is None:
        return "hidden"
    share = share_of(count, sheets)
    return f"{count:,} ({share})" if share else f"{count:,}"


def _wrapped(line: str, width: int) -> list[str]:
    return wrap(line.strip(), width, "  " if line.startswith("  ") else "")
