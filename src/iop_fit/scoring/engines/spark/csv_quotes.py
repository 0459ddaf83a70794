"""Quotation marks in CSV, which can hold line breaks: Spark has to be told, and then reads each file with one core."""

from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code

__all__ = ["has_line_breaks_in_cells"]


def has_line_breaks_in_cells(path: Path) -> bool:
    """Whether a cell of a CSV file holds a line break. Raises `IopFitError` if a quotation mark is never closed."""
    found, opened = False, 0
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MAX_BYTES), b""), 1):
            if line.count(b'"') % 2:
                found, opened = found or bool(opened), 0 if opened else number
    if opened:
        raise IopFitError([_unclosed(path, opened)])
    return found


def _unclosed(path: Path, line: int) -> Problem:
    message = "A quotation mark in this line is never closed."
    hint = "Within a cell, write it twice, and put the cell in quotation marks."
    return Problem(code=Code.BAD_TABLE, message=message, place=Place(str(path), line, 1), hint=hint)
