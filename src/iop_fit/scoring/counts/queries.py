"""Run queries that count."""

from collections.abc import Iterator
from typing import cast

from iop_fit.scoring.engines.engine import Engine, OnProgress

__all__ = ["count_if", "counted"]


def count_if(test: str) -> str:
    """Return the SQL that counts the rows that pass a test."""
    return f"coalesce(count_if({test}), 0)"  # DuckDB gives NULL for no rows


def counted(
    engine: Engine, sql: str, names: int, on_progress: OnProgress | None = None
) -> Iterator[tuple[list[str | None], list[int]]]:
    """Yield the names and the counts in each row of a query whose first columns are names."""
    for row in engine.rows(sql, on_progress):
        yield cast("list[str | None]", list(row[:names])), cast("list[int]", list(row[names:]))
