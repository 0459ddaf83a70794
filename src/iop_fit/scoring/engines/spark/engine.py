"""Spark, the engine outside the process: on this computer, or on others."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.csv_header import csv_header
from iop_fit.scoring.engines.engine import OnProgress
from iop_fit.scoring.engines.spark.errors import spark_problem
from iop_fit.scoring.engines.spark.reading import files_of, read_table, spark_path
from iop_fit.scoring.engines.spark.session import Spark
from iop_fit.scoring.engines.tables import FileFormat, Table, format_of
from iop_fit.scoring.sql.dialects import SPARK

__all__ = ["SparkEngine"]

Result = TypeVar("Result")

CSV = {"header": "true", "quote": '"', "escape": '"', "ignoreLeadingWhiteSpace": "false"}
CSV |= {"ignoreTrailingWhiteSpace": "false"}


class SparkEngine:
    """A session of Spark. Its output is a folder with a file for each part of the work, as Spark writes them."""

    dialect = SPARK
    numbers_rows = False
    writes_parts = True

    def __init__(self, master: str, scratch: Path) -> None:
        """Start it, at the address of a master; its temporary files are in the folder `scratch`."""
        self._worker = ThreadPoolExecutor(1)
        self._table: Table | None = None
        self._spark: Spark | None = None
        starting = self._worker.submit(Spark, master, scratch)
        with ExitStack() as on_failure:
            on_failure.callback(self._worker.shutdown)
            on_failure.callback(starting.add_done_callback, _stop)
            self._spark = self._wait(starting)
            self._call(Spark.connect)
            on_failure.pop_all()

    def table(self, path: Path) -> Table:
        """Return a table in a file, or in a folder of files, with its columns."""
        file_format = format_of(path)
        if path.name[0] in "._":
            message = "Spark skips files whose names begin with a dot or an underscore."
            raise IopFitError([Problem(Code.BAD_TABLE, message, Place(str(path)), "Give the file another name.")])
        self._table = Table(path, file_format, {})
        if file_format is FileFormat.CSV:
            columns = dict.fromkeys(csv_header(next(iter(files_of(path)), path)), False)
        else:
            kinds = self._call(lambda spark: read_table(spark.session, Table(path, file_format, {}), ()).dtypes)
            may_be_list = file_format is FileFormat.PARQUET
            columns = {name: may_be_list and kind.startswith("array<") for name, kind in kinds}
        self._table = Table(path, file_format, columns)
        return self._table

    def define(self, categories: Mapping[str, tuple[str, ...]]) -> None:
        """Do nothing: Spark has no types for columns with few values."""

    def open(self, table: Table, name: str, columns: list[str]) -> None:
        """Make a view of a table; of JSON Lines, all `columns` are there, empty if the file has none."""
        self._call(lambda spark: read_table(spark.session, table, columns).createOrReplaceTempView(name))

    def write(self, sql: str, path: Path, file_format: FileFormat, on_progress: OnProgress) -> None:
        """Write the rows of a query to files in a folder that exists and is empty."""

        def write(spark: Spark) -> None:
            writer, folder = spark.session.sql(sql).write.mode("append"), spark_path(path)
            if file_format is FileFormat.PARQUET:
                writer.parquet(folder)
            elif file_format is FileFormat.CSV:
                writer.options(**CSV).csv(folder)
            else:
                writer.json(folder, ignoreNullFields=False)

        self._call(write, on_progress)

    def number(self, table: Table, name: str, columns: list[str], number: str) -> None:
        """Raise `IopFitError`: Spark reads the parts of a file in no order, so it can't number its rows."""
        del name, columns, number
        message, hint = "Spark can't number the rows of this table.", "Give each row an id, in a column named id."
        raise IopFitError([Problem(Code.MISSING_COLUMN, message, Place(str(table.path)), hint)])

    def rows(self, sql: str, on_progress: OnProgress | None = None) -> list[tuple[object, ...]]:
        """Return the rows of a query, which are few."""
        return self._call(lambda spark: [tuple(row) for row in spark.session.sql(sql).collect()], on_progress)

    def close(self) -> None:
        """End Spark, and wait for it."""
        if self._spark:
            self._spark.stop()
        self._worker.shutdown()

    def _call(self, work: Callable[[Spark], Result], on_progress: OnProgress | None = None) -> Result:
        """Do some work in another thread, so that a signal ends it at once."""
        spark = self._spark
        assert spark
        running = self._worker.submit(work, spark)
        try:
            return self._wait(running, lambda: on_progress(spark.done()) if on_progress else None)
        finally:
            if not running.done():
                spark.cancel()

    def _wait(self, running: "Future[Result]", meanwhile: Callable[[], None] = lambda: None) -> Result:
        try:
            while True:
                try:
                    return running.result(timeout=0.2)
                except NotYet:
                    meanwhile()
        except (PySparkException, Py4JError) as error:
            raise IopFitError([spark_problem(error, self._table)]) from None


def _stop(starting: "Future[Spark]") -> None:
    """Stop a Spark that is not waited for anymore."""
    if not starting.exception():
        starting.result().kill()
