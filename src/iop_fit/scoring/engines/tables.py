"""The files that tables are in."""

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.text import join

__all__ = ["FileFormat", "Table", "format_of"]


class FileFormat(StrEnum):
    """A format of tables."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON_LINES = "json lines"

    @property
    def words(self) -> str:
        """The format as people write it."""
        return {"csv": "CSV", "parquet": "Parquet", "json lines": "JSON Lines"}[self]


SUFFIXES = {
    ".csv": FileFormat.CSV,
    ".parquet": FileFormat.PARQUET,
    ".jsonl": FileFormat.JSON_LINES,
    ".ndjson": FileFormat.JSON_LINES,
}
"""Formats by the end of a file's name."""


class Table(NamedTuple):
    """A table in a file."""

    path: Path
    format: FileFormat
    columns: dict[str, bool]
    """By name, whether the cells of a column are lists."""


def format_of(path: Path) -> FileFormat:
    """Return the format of a table by its name. Raises `IopFitError` for an unknown suffix."""
    found = SUFFIXES.get(path.suffix.lower())
    if str(path) == "-":
        message = "A table can't be read from standard input or written to standard output."
        raise IopFitError([Problem(Code.UNKNOWN_TABLE, message, hint="Name a file: a table is read more than once.")])
    if found is None:
        hint = f"Use a name that ends with {join(SUFFIXES, last='or')}."
        message = "The name of this file doesn't say which kind of table it is."
        raise IopFitError([Problem(code=Code.UNKNOWN_TABLE, message=message, place=Place(str(path)), hint=hint)])
    return found
