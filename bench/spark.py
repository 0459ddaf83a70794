"""Many sheets with Apache Spark on this computer; needs pyspark and Java, which `make bench` does not install."""

import shutil
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from bench.batch import population
from bench.commands import whole
from bench.measuring import Launcher, Measured
from bench.page import Table, figure, seconds

__all__ = ["spark"]


def spark(launcher: Launcher, sizes: Sequence[int], folder: Path) -> Table:
    """Score populations with Spark, each once, since one run takes a minute; or say what is missing."""
    if missing := [
        name for name, found in (("pyspark", find_spec("pyspark")), ("Java", shutil.which("java"))) if not found
    ]:
        return table(f"Not measured here: it needs {' and '.join(missing)}.", [], sizes)
    measured = []
    for rows in sizes:
        command = [*whole("iop-fit"), "score", str(population(launcher, rows, folder)), "--engine", "spark"]
        used = launcher.run([*command, "--force", "-o", str(folder / f"spark-{rows}.parquet")])
        measured.append(Measured(f"iop-fit score --engine spark, {rows} rows", (used,)))
    return table(
        f"The same with Apache Spark {version('pyspark')} on this computer, the start of Spark included, each once. "
        "Spark is for data that no longer fits on one computer.",
        measured,
        sizes,
    )


def table(meaning: str, measured: Sequence[Measured], sizes: Sequence[int]) -> Table:
    """Return the table."""
    rows = [
        (f"{size:,}", seconds(each.least), figure(size / each.least))
        for size, each in zip(sizes, measured, strict=False)
    ]
    return Table("Spark", meaning, ("rows", "s", "rows per second"), tuple(rows), tuple(measured))
