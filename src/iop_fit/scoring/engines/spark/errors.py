"""The errors of Spark in plain words, without what they quote from a table."""

import csv
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.errors import Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.spark.reading import files_of
from iop_fit.scoring.engines.tables import FileFormat, Table
from iop_fit.text import escape_controls

__all__ = ["spark_problem"]


class Known(NamedTuple):
    """An error that has a sentence of its own."""

    sign: str
    """A regular expression that finds it in what Spark says."""
    message: str
    hint: str = ""
    of_table: bool = False
    """Whether it is about the table that is read."""


KNOWN = (
    Known("JAVA_GATEWAY_EXITED|Java gateway process exited", "Spark can't start.", "It needs Java 17 or later."),
    Known(
        "No space left on device|Disk quota exceeded", "The disk is full.", "Free up space, or choose another folder."
    ),
    Known(
        "OutOfMemoryError",
        "Spark ran out of memory.",
        "Give it more, such as: PYSPARK_SUBMIT_ARGS='--driver-memory 4g pyspark-shell'",
    ),
    Known(
        "masters are unresponsive|stopped SparkContext|Could not parse Master URL|Failed to connect to master",
        "The Spark master can't be reached.",
        "Check the address after --engine.",
    ),
    Known(
        "is not a Parquet file|CANNOT_READ_FILE_FOOTER|Could not read footer|UNABLE_TO_INFER_SCHEMA|Unable to infer",
        "This file isn't a whole Parquet file.",
        "Copy or export it again.",
        of_table=True,
    ),
    Known(
        "Permission denied|Mkdirs failed to create",
        "Spark can't read or write there.",
        "Every worker needs the same folders, under the same account.",
    ),
    Known(
        "FileNotFoundException|FILE_NOT_EXIST|PATH_NOT_FOUND", "A file is gone, or not on every worker.", of_table=True
    ),
    Known("Py4JNetworkError|Answer from Java side is empty|ConnectionRefused", "Spark ended early."),
)

MISFIT = re.compile(r"MALFORMED_RECORD|Malformed (record|CSV)|CSV header|BadRecordException")


def spark_problem(error: Exception, table: Table | None) -> Problem:
    """Return the problem behind an error of Spark. It quotes nothing but names of columns."""
    said = f"{type(error).__name__} {error}"
    place = Place(str(table.path)) if table else None
    if table and MISFIT.search(said):
        is_csv = table.format is FileFormat.CSV
        message = "This row doesn't fit the header." if is_csv else "This line isn't a row in JSON."
        return Problem(Code.BAD_TABLE, message, next(_misfits(table), place))
    for known in KNOWN:
        if re.search(known.sign, said):
            return Problem(Code.BAD_TABLE, known.message, place if known.of_table else None, known.hint)
    if type(error).__name__ == "AnalysisException":  # about names and types of columns, not cells
        return Problem(Code.BAD_TABLE, escape_controls(str(error).split("\n")[0]), place)
    kinds = [*dict.fromkeys(re.findall(r"\b(?:[a-z0-9]+\.){2,}(\w*(?:Exception|Error))\b", said))]
    return Problem(Code.BAD_TABLE, f"Spark failed: {', '.join(kinds) or type(error).__name__}.", place)


def _misfits(table: Table) -> Iterator[Place]:
    """Yield the rows that have more or fewer cells than the header, or aren't objects in JSON."""
    for path in files_of(table.path):
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            if table.format is FileFormat.CSV:
                rows = csv.reader(file)
                header = next(rows, [])
                begun = rows.line_num
                for row in rows:
                    if row and len(row) != len(header):
                        yield Place(str(path), begun + 1, 1)
                    begun = rows.line_num
            else:
                yield from (Place(str(path), place, 1) for place, line in enumerate(file, 1) if not _is_row(line))


def _is_row(line: str) -> bool:
    try:
        return not line.strip() or isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
