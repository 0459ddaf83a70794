"""The errors of DuckDB in plain words. Its own words are never repeated: they quote cells."""

import re
from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.json_lines import broken_line

__all__ = ["engine_problem"]


class _Known(NamedTuple):
    """An error, recognized by some of its words."""

    words: str
    code: Code
    message: str
    hint: str


NO_SPACE = _Known(
    r"No space left on device|Disk quota exceeded|max_temp_directory_size",
    Code.DISK_FULL,
    "There is no space left in this folder, so no results were written.",
    "Free up space, or write to another disk.",
)

KNOWN = (
    _Known(
        r"unterminated quote|Maximum line size",
        Code.BAD_TABLE,
        "A quote in this row is not closed, or stands inside a cell.",
        "Put quotes around the whole cell, and write a quote in it twice.",
    ),
    _Known(
        r"Expected Number of Columns: (?P<expected>\d+) Found: (?P<found>\d+)",
        Code.BAD_TABLE,
        "This row has {found} cells, but the header has {expected}.",
        "A cell that holds a comma needs quotes around it.",
    ),
    _Known(
        r"not utf-8 encoded|Invalid unicode|invalid UTF-8",
        Code.NOT_UTF_8,
        "This row is not valid UTF-8.",
        "Save the table again as UTF-8.",
    ),
    _Known(
        r"state machine reached an invalid state",
        Code.BAD_TABLE,
        "This file can't be read as CSV: its lines may end in different ways.",
        "Save it again in the program that it came from.",
    ),
    _Known(
        r"No magic bytes found at end|too small to be a Parquet file",
        Code.BAD_TABLE,
        "This file is not a whole Parquet file: its end is missing, or it is a file of another kind.",
        "Copy it again, or give it the name of the kind that it is.",
    ),
    _Known(
        r"duplicate key",
        Code.BAD_TABLE,
        "This line has a key twice.",
        "Write each key once.",
    ),
    _Known(
        r"Malformed JSON|JSON transform error",
        Code.BAD_TABLE,
        "This line is not an object in JSON.",
        'Write each sheet on a line of its own, like {{"id": 1, "age": 34}}.',
    ),
    _Known(
        r"Out of Memory Error",
        Code.BAD_TABLE,
        "There is not enough memory to read this file.",
        "Close other programs, or split the file.",
    ),
)

LINE = re.compile(r"CSV Error on Line: (\d+)|, in line (\d+)|in line (\d+):")


def engine_problem(error: Exception, path: Path | None, scratch: Path) -> Problem:
    """Return the problem behind an error of DuckDB about the table in `path`, or about the folder of `scratch`."""
    text = str(error)
    if re.search(NO_SPACE.words, text):
        return Problem(NO_SPACE.code, NO_SPACE.message, Place(str(scratch.parent)), NO_SPACE.hint)
    for known in KNOWN:
        found = re.search(known.words, text)
        if found:
            message = known.message.format(**_numbers(found))
            return Problem(known.code, message, _place(text, path), known.hint.format())
    message = f"DuckDB could not read this file ({type(error).__name__})."
    return Problem(Code.BAD_TABLE, message, _place(text, path), "It may be damaged. Write it again, or copy it again.")


def _numbers(found: re.Match[str]) -> dict[str, str]:
    """Return the numbers that an error names; DuckDB counts no more than one cell too many."""
    numbers = found.groupdict()
    if int(numbers.get("found", "0")) > int(numbers.get("expected", "0")):
        numbers["found"] = f"more than {numbers['expected']}"
    return numbers


def _place(text: str, path: Path | None) -> Place | None:
    if path is None:
        return None
    found = LINE.search(text)
    line = int(next(filter(None, found.groups()))) if found else 0
    if "Malformed JSON" in text:
        line = broken_line(path, line)
    return Place(str(path), line, 1) if line else Place(str(path))
