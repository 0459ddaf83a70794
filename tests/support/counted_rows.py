"""Tables to count, and their counts by hand from what `decide` says about each row."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.counts.tally import Summary, Tally
from support.scored_rows import Row, expected, random_sheets, row_of, spoiled, written

__all__ = ["COUNTIES", "counted", "counts_in", "decisions", "rows_for", "table_of", "tally_in"]

COUNTIES = ["Kings", "Queens", "<script>", "\x1b[31mred", None]
"""The groups of the rows; the last one is empty."""

Decided = Mapping[str, object]


def rows_for(questionnaire: Questionnaire, random: Random, number: int) -> Iterator[Row]:
    """Yield rows with a county, one in eight with something wrong."""
    for sheet in random_sheets(questionnaire, random, number):
        row = row_of(sheet, questionnaire)
        row = spoiled(row, questionnaire, random) if random.random() < 0.125 else row
        yield {**row, "county": random.choice(COUNTIES)}


def table_of(rows: Sequence[Row], path: Path) -> Path:
    """Write rows with ids."""
    return written([{"id": f"r{place}", **row} for place, row in enumerate(rows)], path)


def decisions(questionnaire: Questionnaire, rows: Sequence[Row]) -> list[Decided]:
    """Return the columns of the result for each row."""
    return [expected(questionnaire, row) for row in rows]


def tally_in(summary: Summary, name: str) -> Tally:
    """Return one of the tables."""
    return next(tally for tally in summary.tallies if tally.id == name)


def counts_in(summary: Summary, name: str) -> dict[tuple[str | None, str | None], int | None]:
    """Return the counts of one of the tables that are not 0, by the ids of row and column."""
    tally = tally_in(summary, name)
    of_all = {
        (row.label.id, column.id): count
        for row in tally.rows
        for column, count in zip(tally.columns, row.counts, strict=True)
    }
    assert len(of_all) == len(tally.rows) * len(tally.columns)
    return {cell: count for cell, count in of_all.items() if count != 0}


def counted(cells: Iterator[tuple[str | None, str | None]]) -> dict[tuple[str | None, str | None], int | None]:
    """Count cells."""
    return {**Counter(cells)}
