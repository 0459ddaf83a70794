"""What can be wrong with the names of the columns of a table. SQL doesn't tell capital letters from small ones."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["check_names", "check_output_names"]


def check_names(path: Path, names: Sequence[str]) -> None:
    """Raise `IopFitError` if a column has no name, or two have the same one."""
    place = Place(str(path), 1, 1) if path.suffix.lower() == ".csv" else Place(str(path))
    if not all(names):
        message = f"Column {names.index('') + 1} has no name."
        hint = "Give it one. If pandas wrote it, write the table again with index=False."
        raise IopFitError([Problem(Code.COLUMN_TWICE, message, place, hint)])
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(name.casefold(), name)
        if other is not name:
            raise IopFitError([_double(name, other, place)])


def _double(name: str, other: str, place: Place) -> Problem:
    if name == other:
        message = f"There are two columns {quote(name)}."
    else:
        message = f"The columns {quote(other)} and {quote(name)} differ only in capital letters."
    return Problem(Code.COLUMN_TWICE, message, place, "Give each column a name of its own.")


def check_output_names(path: Path, kept: Iterable[str], results: Iterable[str]) -> None:
    """Raise `IopFitError` if a column that is copied has the name of a column of the result."""
    taken = {name.casefold() for name in results}
    clashing = [name for name in kept if name.casefold() in taken]
    if clashing:
        message = f"The column {quote(clashing[0])} has the name of a column of the output."
        hint = "Rename it, or name it under `leave out` in a mapping file."
        raise IopFitError([Problem(Code.OUTPUT_NAME, message, Place(str(path)), hint)])
