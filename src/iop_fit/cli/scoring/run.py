"""Run `score`: from the options to the files and the lines that it prints."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from iop_fit.cli.scoring.progress import progress
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Place, Problem, Terminated
from iop_fit.files.reading import read_text, same_file
from iop_fit.files.scratch import scratch_folder
from iop_fit.files.stdio import print_status
from iop_fit.files.targets import target_problem
from iop_fit.files.writing import private_target
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.csv_header import csv_header
from iop_fit.scoring.engines.engine import Engine, OnProgress
from iop_fit.scoring.engines.tables import FileFormat, Table, format_of
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.mapping.column_mapping import NO_MAPPING, ColumnMapping
from iop_fit.scoring.mapping.reader import read_mapping
from iop_fit.scoring.mapping.starter import starter
from iop_fit.scoring.rows.ids import NUMBER, check_ids
from iop_fit.scoring.rows.row_problems import Kind, count_kinds, explained
from iop_fit.scoring.scorer import Scored, count_rows, open_scored
from iop_fit.scoring.sql.compiler import SOURCE, compile_questionnaire
from iop_fit.scoring.sql.dialects import DUCKDB, SPARK

__all__ = ["ScoreRequest", "explain", "mapping_to_fill_in", "score"]


class ScoreRequest(NamedTuple):
    """The checked options of `score`."""

    sheets: Path
    questionnaire: Questionnaire
    """The questions, with those about safety at home."""
    output: Path | None
    engine: str = "duckdb"
    replace: bool = False
    allow_shared: bool = False
    include_home_safety: bool = False
    mapping: Path | None = None

    @property
    def asked(self) -> Questionnaire:
        """The questions whose answers are read."""
        return self.questionnaire if self.include_home_safety else self.questionnaire.public()


def score(request: ScoreRequest) -> Scored:
    """Score a table of sheets and write the results, if a file is named; return how many there are.

    Raises `IopFitError` if a file can't be read or written.
    """
    _check_output(request)
    with _engine(request) as engine:
        table = engine.table(request.sheets)
        asked, mapping = request.asked, _mapping(request, table)
        private = frozenset(request.questionnaire.questions).difference(asked.questions)
        layout = layout_of(table, asked, private, mapping)
        query = open_scored(engine, asked, table, layout)
        results = f"({query}) AS scored"
        if not request.output:
            _check_ids(engine, table, layout, SOURCE)
            scored, kinds = _count(engine, results)
        else:
            scored, kinds = _write(engine, request, query, table, layout)
        details = explained(engine, asked, table, layout, kinds) if kinds else ()
        return scored._replace(details=tuple(details))


def _check_output(request: ScoreRequest) -> None:
    """Raise `IopFitError` if the output can't be written, or is one of the inputs."""
    if not request.output:
        return
    format_of(request.output)
    for read in (request.sheets, request.mapping):
        if read and same_file(read, request.output):
            message = "The output would replace this file, which is read."
            problem = Problem(Code.OUTPUT_IS_INPUT, message, Place(str(request.output)), "Name another output.")
            raise IopFitError([problem])
    unwritable = target_problem(request.output, replace=request.replace, allow_shared=request.allow_shared)
    if unwritable:
        raise IopFitError([unwritable])


def _mapping(request: ScoreRequest, table: Table) -> ColumnMapping:
    if not request.mapping:
        return NO_MAPPING
    return read_mapping(read_text(request.mapping), str(request.mapping), request.questionnaire, table)


def _write(
    engine: Engine, request: ScoreRequest, query: str, table: Table, layout: Layout
) -> tuple[Scored, dict[Kind, int]]:
    """Write the results; return how many there are, and how many have each kind of problem."""
    assert request.output
    written = format_of(request.output)
    with (
        progress("Scoring") as on_progress,
        private_target(request.output, replace=request.replace, allow_shared=request.allow_shared) as target,
    ):
        _write_to(target, engine, query, request, on_progress)
        names = csv_header(target) if written is FileFormat.CSV else [*layout.kept, "problems"]
        engine.open(Table(target, written, dict.fromkeys(names, False)), "scored", [])
        _check_ids(engine, table, layout, "scored")
        return _count(engine, "scored")


def _write_to(target: Path, engine: Engine, query: str, request: ScoreRequest, on_progress: OnProgress) -> None:
    assert request.output
    try:
        engine.write(query, target, format_of(request.output), on_progress)
    except Terminated:
        print_status(f"Stopped: {request.output} was not written.")
        raise


def _count(engine: Engine, results: str) -> tuple[Scored, dict[Kind, int]]:
    scored = count_rows(engine, results)
    return scored, count_kinds(engine, results) if scored.with_problems else {}


def _check_ids(engine: Engine, table: Table, layout: Layout, results: str) -> None:
    """Raise `IopFitError` if rows can't be told apart by their ids."""
    if layout.id:
        engine.number(table, "numbered", [layout.id], NUMBER)
        check_ids(engine, table.path, layout.id, results, "numbered")


@contextmanager
def _engine(request: ScoreRequest) -> Iterator[Engine]:
    """Open the engine; its temporary files hold answers, so they are beside the output and deleted at the end."""
    try:
        from iop_fit.scoring.engines.duckdb import DuckDbEngine
    except ImportError:
        hint = "Install it: pip install 'iop-fit[score]'"
        raise IopFitError([Problem(Code.NO_ENGINE, "DuckDB is needed to score tables.", hint=hint)]) from None
    with scratch_folder(request.output.parent if request.output else None) as scratch:
        engine = DuckDbEngine(scratch)
        try:
            yield engine
        finally:
            engine.close()


def mapping_to_fill_in(request: ScoreRequest) -> str:
    """Return a mapping file for a table, to fill in."""
    with _engine(request) as engine:
        return starter(engine.table(request.sheets), request.asked)


def explain(questionnaire: Questionnaire, engine: str) -> str:
    """Return the SQL that scores a table whose columns have the ids of the questions."""
    dialect = SPARK if engine != "duckdb" else DUCKDB
    return compile_questionnaire(questionnaire, Layout.by_id(questionnaire), dialect).sql
