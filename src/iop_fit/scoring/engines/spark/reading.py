"""Read the files of a table with Spark."""

import re
from collections.abc import Iterable
from pathlib import Path

from pyspark.sql import DataFrame, SparkSession

from iop_fit.scoring.engines.spark.csv_quotes import has_line_breaks_in_cells
from iop_fit.scoring.engines.tables import FileFormat, Table

__all__ = ["files_of", "read_table", "spark_path"]

CSV = {
    "header": "true",
    "enforceSchema": "false",  # the names in the header are compared
    "quote": '"',
    "escape": '"',
    "mode": "FAILFAST",
}
SPECIAL = re.compile(r"([*?\[\]{}\\])")


def spark_path(path: Path) -> str:
    """Return a path in which Spark takes each sign as it is."""
    return "file://" + SPECIAL.sub(r"\\\1", str(path.absolute()))


def files_of(path: Path) -> list[Path]:
    """Return a file, or the files in a folder that Spark reads, in order."""
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.name[0] not in "._" and each.is_file())


def read_table(session: SparkSession, table: Table, columns: Iterable[str]) -> DataFrame:
    """Return the rows of a table; of CSV and JSON Lines, all cells are texts, and `columns` are there."""
    reader, path = session.read, spark_path(table.path)
    if table.format is FileFormat.PARQUET:
        return reader.parquet(path)
    names = dict.fromkeys([*table.columns, *(columns if table.format is FileFormat.JSON_LINES else ())])
    if names:
        reader = reader.schema(", ".join(f"`{name.replace('`', '``')}` STRING" for name in names))
    if table.format is FileFormat.JSON_LINES:
        return reader.json(path, mode="FAILFAST")
    broken = [has_line_breaks_in_cells(file) for file in files_of(table.path)]
    return reader.options(**CSV, multiLine=any(broken)).csv(path)
