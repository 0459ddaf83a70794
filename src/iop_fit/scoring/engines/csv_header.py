"""The header of a CSV file."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.names import check_names

__all__ = ["csv_header"]

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What other programs put between cells."""


def csv_header(path: Path) -> list[str]:
    """Return the names of the columns.

    Raises `IopFitError` if there are none, if two are the same, or if the cells are not separated by commas.
    """
    try:
        with path.open("rb") as file:
            names = next(csv.reader(_lines(file), strict=True), [])
    except UnicodeError:
        hint = "Save it as CSV in UTF-8."
        raise IopFitError([_problem(path, Code.NOT_UTF_8, "The first line of this file is not UTF-8.", hint)]) from None
    except csv.Error:
        message = "The first line of this file can't be read as CSV: a quote isn't closed."
        hint = "The first line names the columns, with commas between them."
        raise IopFitError([_problem(path, Code.BAD_TABLE, message, hint)]) from None
    if not names:
        hint = "The first line names the columns; `iop-fit score --template` writes it."
        raise IopFitError([_problem(path, Code.BAD_TABLE, "This file has no header.", hint)])
    _check_separator(path, names)
    broken = [place for place, name in enumerate(names, 1) if "\n" in name or "\r" in name]
    if broken:  # DuckDB would take it for the end of every line, and could find no rows at all
        message = f"The name of column {broken[0]} has a line break in it."
        raise IopFitError([_problem(path, Code.BAD_TABLE, message, "Write the whole header on one line.")])
    check_names(path, names)
    return names


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines of a file one by one, whatever ends them, without its byte order mark."""
    for content in iter(lambda: file.readline(MAX_BYTES), b""):
        for line in content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True):
            yield line.decode("utf-8")


def _check_separator(path: Path, names: list[str]) -> None:
    found = next((words for sign, words in SEPARATORS.items() if sign in names[0]), "") if len(names) == 1 else ""
    if found:
        message = f"The cells of this file are separated by {found}, not by commas."
        hint = "Save it again with commas (in a spreadsheet: CSV UTF-8, comma delimited)."
        raise IopFitError([_problem(path, Code.BAD_TABLE, message, hint)])


def _problem(path: Path, code: Code, message: str, hint: str) -> Problem:
    return Problem(code, message, Place(str(path), 1, 1), hint)
