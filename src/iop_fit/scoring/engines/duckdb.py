"""DuckDB, the engine inside the process."""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

import duckdb

from iop_fit.errors import IopFitError
from iop_fit.scoring.engines.contents import check_contents
from iop_fit.scoring.engines.csv_header import csv_header
from iop_fit.scoring.engines.engine import OnProgress
from iop_fit.scoring.engines.errors import engine_problem
from iop_fit.scoring.engines.json_lines import check_json_lines
from iop_fit.scoring.engines.names import check_names
from iop_fit.scoring.engines.tables import FileFormat, Table, format_of
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["DuckDbEngine"]

ROW_GROUP = 30_720
"""Rows of a row group of Parquet: four times as many need twice the memory."""

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,  # over the network
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "preserve_insertion_order": False,  # keeping it takes ten times the memory
}

WRITTEN = {
    FileFormat.PARQUET: f"FORMAT parquet, ROW_GROUP_SIZE {ROW_GROUP}, USE_TMP_FILE false",
    FileFormat.CSV: "FORMAT csv, HEADER true, USE_TMP_FILE false",
    FileFormat.JSON_LINES: "FORMAT json, USE_TMP_FILE false",
}


class DuckDbEngine:
    """A DuckDB database in memory that reaches no network; what doesn't fit goes to the folder `scratch`."""

    dialect = DUCKDB
    numbers_rows = True
    writes_parts = False

    def __init__(self, scratch: Path, *, threads: int | None = None) -> None:
        """Open it, with as many threads as there are cores unless `threads` is given."""
        settings = SETTINGS | {"temp_directory": str(scratch)} | ({"threads": threads} if threads else {})
        self._scratch = scratch
        self._source: Path | None = None
        self._connection = duckdb.connect(":memory:", config=settings)
        self._worker = ThreadPoolExecutor(1)

    def table(self, path: Path) -> Table:
        """Return a table in a file, with its columns."""
        file_format = format_of(path)
        check_contents(path, file_format)
        self._source = path
        if file_format is FileFormat.CSV:
            return Table(path, file_format, dict.fromkeys(csv_header(path), False))
        if file_format is FileFormat.JSON_LINES:
            check_json_lines(path)
            found = self._run(f"DESCRIBE SELECT * FROM read_ndjson({self._file(path)}, sample_size=-1)")
            return Table(path, file_format, {str(name): False for name, *_ in found})
        check_names(path, self._names_in_parquet(path))
        found = self._run(f"DESCRIBE SELECT * FROM read_parquet({self._file(path)})")
        return Table(path, file_format, {str(name): str(kind).endswith("[]") for name, kind, *_ in found})

    def _names_in_parquet(self, path: Path) -> list[str]:
        """Return the columns as the file names them, since DuckDB gives another name to equal ones."""
        parts = iter(self._run(f"SELECT name, coalesce(num_children, 0) FROM parquet_schema({self._file(path)})"))

        def below(number: int) -> list[str]:
            names = []
            for _ in range(number):
                name, children = next(parts)
                below(int(str(children)))
                names.append(str(name))
            return names

        return below(int(str(next(parts)[1])))

    def define(self, categories: Mapping[str, tuple[str, ...]]) -> None:
        """Define types of columns that have few values."""
        for name, values in categories.items():
            self._connection.execute(DUCKDB.new_category.format(name, DUCKDB.texts(values)))

    def open(self, table: Table, name: str, columns: list[str]) -> None:
        """Make a view of a table; of JSON Lines, all `columns` are there, empty if the file has none."""
        self._run(f"CREATE VIEW {name} AS SELECT * FROM {self._reader(table, columns)}")

    def number(self, table: Table, name: str, columns: list[str], number: str) -> None:
        """Make a view of a table, or replace it; the column `number` counts the rows of the file from 1.

        That takes one thread, but no memory.
        """
        counted = f"row_number() OVER () AS {DUCKDB.name(number)}"
        self._run(f"CREATE OR REPLACE VIEW {name} AS SELECT {counted}, * FROM {self._reader(table, columns)}")

    def _reader(self, table: Table, columns: list[str]) -> str:
        path = self._file(table.path)
        if table.format is FileFormat.PARQUET:
            return f"read_parquet({path})"
        names = dict.fromkeys([*table.columns, *(columns if table.format is FileFormat.JSON_LINES else ())])
        types = ", ".join(f"{DUCKDB.text(name)}: 'VARCHAR'" for name in names)
        if table.format is FileFormat.JSON_LINES:
            return f"read_ndjson({path}, columns={{{types}}})"
        return (
            f"read_csv({path}, columns={{{types}}}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"')"
        )

    def write(self, sql: str, path: Path, file_format: FileFormat, on_progress: OnProgress) -> None:
        """Write the rows of a query to a file that exists and is empty."""
        self._run(f"COPY ({sql}) TO {DUCKDB.text(str(path))} ({WRITTEN[file_format]})", on_progress)

    def rows(self, sql: str, on_progress: OnProgress | None = None) -> list[tuple[object, ...]]:
        """Return the rows of a query, which are few."""
        return self._run(sql, on_progress)

    def close(self) -> None:
        """Free what it holds."""
        self._worker.shutdown()
        self._connection.close()

    def _run(self, sql: str, on_progress: OnProgress | None = None) -> list[tuple[object, ...]]:
        """Run a statement in another thread, so that a signal ends it at once."""
        running = self._worker.submit(lambda: self._connection.execute(sql).fetchall())
        try:
            while True:
                try:
                    return running.result(timeout=0.2)
                except NotYet:
                    if on_progress:
                        on_progress(self._connection.query_progress() / 100)
        except duckdb.Error as error:
            raise IopFitError([engine_problem(error, self._source, self._scratch)]) from None
        finally:
            while not running.done():  # an interrupt before the first row is read is forgotten
                self._connection.interrupt()
                wait([running], 0.05)

    def _file(self, path: Path) -> str:
        """Return the name of a file that is read, where `*`, `?` and `[` would be patterns."""
        return DUCKDB.text(re.sub(r"([*?[])", r"[\1]", str(path)))
