"""Run `score`: from the options to the files and the lines that it prints."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from iop_fit.cli.scoring.progress import progress
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Problem
from iop_fit.files.folder_writing import folder_target_problem, private_folder
from iop_fit.files.targets import target_problem
from iop_fit.files.writing import private_target
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.names import DUCKDB as DUCKDB_NAME
from iop_fit.scoring.engines.names import spark_master
from iop_fit.scoring.engines.tables import Table, format_of
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.scorer import Scored, count_rows, open_scored
from iop_fit.scoring.sql.compiler import compile_questionnaire
from iop_fit.scoring.sql.dialects import DUCKDB, SPARK

__all__ = ["ScoreRequest", "explain", "score"]


class ScoreRequest(NamedTuple):
    """The checked options of `score`."""

    sheets: Path
    questionnaire: Questionnaire
    """The questions, with those about safety at home."""
    output: Path | None
    engine: str = DUCKDB_NAME
    replace: bool = False
    allow_shared: bool = False
    include_home_safety: bool = False

    @property
    def asked(self) -> Questionnaire:
        """The questions whose answers are read."""
        return self.questionnaire if self.include_home_safety else self.questionnaire.public()

    def output_problem(self, output: Path) -> Problem | None:
        """Return the reason why the output can't be written, or None."""
        check = folder_target_problem if spark_master(self.engine) else target_problem
        return check(output, replace=self.replace, allow_shared=self.allow_shared)

    def target(self, output: Path) -> AbstractContextManager[Path]:
        """Return what yields a temporary file to fill, or a folder if the engine is Spark."""
        target = private_folder if spark_master(self.engine) else private_target
        return target(output, replace=self.replace, allow_shared=self.allow_shared)


def score(request: ScoreRequest) -> Scored:
    """Score a table of sheets and write the results, if a file is named; return how many there are.

    Raises `IopFitError` if a file can't be read or written.
    """
    if request.output:
        format_of(request.output)
        problem = request.output_problem(request.output)
        if problem:
            raise IopFitError([problem])
    with _engine(request) as engine:
        table = engine.table(request.sheets)
        asked = request.asked
        private = frozenset(request.questionnaire.questions).difference(asked.questions)
        query = open_scored(engine, asked, table, layout_of(table, asked, private))
        if not request.output:
            return count_rows(engine, f"({query}) AS scored")
        with progress("Scoring") as on_progress, request.target(request.output) as target:
            engine.write(query, target, format_of(request.output), on_progress)
            engine.open(Table(target, format_of(request.output), {}), "scored", [])
            return count_rows(engine, "scored")


@contextmanager
def _engine(request: ScoreRequest) -> Iterator[Engine]:
    """Open the engine; its temporary files hold answers, so they are beside the output and deleted at the end."""
    folder = request.output.parent if request.output else None
    with TemporaryDirectory(prefix=".iop-fit-score-", dir=folder) as scratch:
        engine = _opened(request.engine, Path(scratch))
        try:
            yield engine
        finally:
            engine.close()


def _opened(name: str, scratch: Path) -> Engine:
    master = spark_master(name)
    try:
        if master:
            from iop_fit.scoring.engines.spark.engine import SparkEngine

            return SparkEngine(master, scratch)
        from iop_fit.scoring.engines.duckdb import DuckDbEngine

        return DuckDbEngine(scratch)
    except ImportError:
        needed, extra = ("Spark", "spark") if master else ("DuckDB", "score")
        hint = f"Install it: pip install 'iop-fit[{extra}]'"
        raise IopFitError([Problem(Code.NO_ENGINE, f"{needed} is needed to score tables.", hint=hint)]) from None


def explain(questionnaire: Questionnaire, engine: str) -> str:
    """Return the SQL that scores a table whose columns have the ids of the questions."""
    dialect = SPARK if spark_master(engine) else DUCKDB
    return compile_questionnaire(questionnaire, Layout.by_id(questionnaire), dialect).sql
