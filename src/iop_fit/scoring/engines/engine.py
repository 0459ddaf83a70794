"""What scoring needs of an engine that runs SQL over columns."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from iop_fit.scoring.engines.tables import FileFormat, Table
from iop_fit.scoring.sql.dialects import Dialect

__all__ = ["Engine", "OnProgress"]

OnProgress = Callable[[float], None]
"""Called now and then with how much is done, from 0 to 1."""


class Engine(Protocol):
    """An engine; its tables and views stay until it is closed. Every method raises `IopFitError` for a bad file."""

    dialect: Dialect
    numbers_rows: bool
    """Whether it knows the order of the rows in a file."""
    writes_parts: bool
    """Whether its output is a folder with several files."""

    def table(self, path: Path) -> Table:
        """Return a table in a file, with its columns."""

    def define(self, categories: Mapping[str, tuple[str, ...]]) -> None:
        """Define types of columns that have few values."""

    def open(self, table: Table, name: str, columns: list[str]) -> None:
        """Make a view of a table; of CSV and JSON Lines, all `columns` are there, empty if the file has none."""

    def number(self, table: Table, name: str, columns: list[str], number: str) -> None:
        """Make a view of a table, or replace it; the column `number` counts the rows of the file from 1."""

    def write(self, sql: str, path: Path, file_format: FileFormat, on_progress: OnProgress) -> None:
        """Write the rows of a query to a file, or a folder if it `writes_parts`, that exists and is empty."""

    def rows(self, sql: str, on_progress: OnProgress | None = None) -> list[tuple[object, ...]]:
        """Return the rows of a query, which are few."""

    def close(self) -> None:
        """Free what it holds, and delete its temporary files."""
