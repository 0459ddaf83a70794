"""What can be wrong with a file in JSON Lines."""

import json
from itertools import islice
from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code

__all__ = ["broken_line", "check_json_lines"]


def check_json_lines(path: Path) -> None:
    """Raise `IopFitError` if a file is empty, or is one list in JSON."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        hint = 'Write each sheet on a line of its own, like {"id": 1, "age": 34}.'
        raise IopFitError([Problem(Code.BAD_TABLE, "This file is empty.", Place(str(path)), hint)])
    if start.startswith(b"["):
        message = "This file is one list in JSON, not JSON Lines."
        hint = "Write each object on a line of its own, without the brackets and commas around them."
        raise IopFitError([Problem(Code.BAD_TABLE, message, Place(str(path), 1, 1), hint)])


def broken_line(path: Path, near: int) -> int:
    """Return the number of the line that is no JSON: one of two, since DuckDB counts up to one too many."""
    with path.open("rb") as file:
        for number, line in enumerate(islice(file, max(near - 2, 0), near), max(near - 1, 1)):
            try:
                json.loads(line)
            except ValueError:
                return number
    return near
