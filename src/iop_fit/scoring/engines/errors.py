"""The errors of an engine in plain words."""

from pathlib import Path

from iop_fit.errors import Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = ["file_problem"]


def file_problem(error: Exception, path: Path | None) -> Problem:
    """Return the problem behind an error of an engine about a file."""
    message = escape_controls(str(error).split("\n")[0])
    return Problem(code=Code.BAD_TABLE, message=message, place=Place(str(path)) if path else None)
