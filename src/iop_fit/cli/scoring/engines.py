"""Open the engine that runs SQL, and write what it makes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iop_fit.cli.scoring.progress import progress
from iop_fit.errors import IopFitError, Problem, Terminated
from iop_fit.files.scratch import scratch_folder
from iop_fit.files.stdio import print_status
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.choice import DUCKDB, spark_master
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import format_of

__all__ = ["opened_engine", "write_rows"]


@contextmanager
def opened_engine(
    output: Path | None, to: str, *, name: str = DUCKDB, threads: int | None = None
) -> Iterator[tuple[Engine, Path]]:
    """Open an engine `to` do something; yield it, and a folder for temporary files.

    They hold answers, so the folder is beside the output, and deleted at the end. Raises `IopFitError` if the engine
    is not installed.
    """
    with scratch_folder(output.parent if output else None) as scratch:
        engine = _opened(name, to, scratch, threads)
        try:
            yield engine, scratch
        finally:
            engine.close()


def _opened(name: str, to: str, scratch: Path, threads: int | None) -> Engine:
    master = spark_master(name)
    try:
        if master:
            from iop_fit.scoring.engines.spark.engine import SparkEngine

            return SparkEngine(master, scratch)
        from iop_fit.scoring.engines.duckdb import DuckDbEngine

        return DuckDbEngine(scratch, threads=threads)
    except ImportError:
        needed, extra = ("Spark", "spark") if master else ("DuckDB", "score")
        hint = f"Install it: pip install 'iop-fit[{extra}]'"
        raise IopFitError([Problem(Code.NO_ENGINE, f"{needed} is needed to {to}.", hint=hint)]) from None


def write_rows(engine: Engine, query: str, target: Path, output: Path, doing: str) -> None:
    """Write the rows of a query to the temporary file of an output; say how far it is, and if a signal stops it."""
    try:
        with progress(doing) as on_progress:
            engine.write(query, target, format_of(output), on_progress)
    except Terminated:
        print_status(f"Stopped: {output} was not written.")
        raise
