"""The header of a CSV file."""

import csv
from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["csv_header"]


def csv_header(path: Path) -> list[str]:
    """Return the names of the columns. Raises `IopFitError` if there are none, or one is there twice."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names = next(csv.reader(iter(lambda: file.readline(MAX_BYTES), "")), [])
    except (OSError, UnicodeError, csv.Error):
        raise IopFitError([_unreadable(path)]) from None
    doubles = sorted({name for name in names if names.count(name) > 1})
    if not names or doubles:
        message = f"The column {quote(doubles[0])} is there twice." if doubles else "This file is empty."
        hint = "The first line names the columns, each once."
        raise IopFitError([Problem(code=Code.BAD_TABLE, message=message, place=Place(str(path), 1, 1), hint=hint)])
    return names


def _unreadable(path: Path) -> Problem:
    message = "The first line of this file can't be read as CSV in UTF-8."
    return Problem(code=Code.BAD_TABLE, message=message, place=Place(str(path), 1, 1), hint="Save it as CSV in UTF-8.")
