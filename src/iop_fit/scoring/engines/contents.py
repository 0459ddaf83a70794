"""Whether a file holds what the end of its name says."""

from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.foreign import SIGNATURES
from iop_fit.files.reading import check_readable
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.tables import FileFormat

__all__ = ["check_contents"]

STARTS = {
    **SIGNATURES,
    b"PAR1": "a Parquet file",
    b"\xff\xfe": "a text in UTF-16",
    b"\xfe\xff": "a text in UTF-16",
    b"{": "JSON",
}
"""How files of each kind begin."""

OWN = {FileFormat.PARQUET: b"PAR1", FileFormat.JSON_LINES: b"{"}


def check_contents(path: Path, file_format: FileFormat) -> None:
    """Raise `IopFitError` if a file can't be read, or begins like one of another kind."""
    start = check_readable(path)
    found = next((what for sign, what in STARTS.items() if start.startswith(sign) and OWN.get(file_format) != sign), "")
    if found:
        message = f"The name of this file says {file_format.words}, but it is {found}."
        hint = "Rename it, or save the table again as CSV in UTF-8."
        raise IopFitError([Problem(Code.BAD_TABLE, message, Place(str(path)), hint)])
