"""Run `score`: from the options to the files and the counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from iop_fit.cli.scoring.engines import opened_engine, write_rows
from iop_fit.cli.scoring.progress import progress
from iop_fit.cli.scoring.request import ScoreRequest
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.scoring.counts.both import Side, open_both
from iop_fit.scoring.counts.groups import Grouping, checked_column
from iop_fit.scoring.counts.moves import Moves, count_moves
from iop_fit.scoring.counts.shares import Shares, count_shares
from iop_fit.scoring.engines.choice import spark_master
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import FileFormat, Table, format_of
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.mapping.starter import starter
from iop_fit.scoring.rows.ids import NUMBER, check_ids
from iop_fit.scoring.rows.row_problems import count_kinds, explained
from iop_fit.scoring.scorer import compile_layout, numbered, open_scored
from iop_fit.scoring.sql.compiler import SOURCE, Compiled, compile_questionnaire
from iop_fit.scoring.sql.dialects import DUCKDB, SPARK, Dialect

__all__ = ["ScoreRequest", "Scoring", "explain", "explain_table", "mapping_to_fill_in", "score"]


class Scoring(NamedTuple):
    """What came of the sheets of a table."""

    counts: Shares | Moves
    details: tuple[str, ...] = ()
    """What the first problems are, and in which rows."""

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        wrong = self.counts.with_problems
        problems = f"; {wrong:,} of them with problems" if wrong else ""
        return f"Scored {self.counts.sheets:,} {'sheet' if self.counts.sheets == 1 else 'sheets'}{problems}."


class _Opened(NamedTuple):
    engine: Engine
    scratch: Path
    """A folder for files that hold answers."""
    table: Table


def score(request: ScoreRequest) -> Scoring:
    """Score a table of sheets, write the results if a file is named, and count them.

    With an older questionnaire to compare with, the file has the rows that differ. Raises `IopFitError` if a file can't
    be read or written.
    """
    request.check_files()
    with _engine(request) as opened:
        return _scored(request, opened) if request.against is None else _compared(request, request.against, opened)


def _scored(request: ScoreRequest, opened: _Opened) -> Scoring:
    engine, table, asked = opened.engine, opened.table, request.asked(request.questionnaire)
    layout = request.layout(table, asked, request.read_mapping(table))
    grouping = _grouping(request, layout)
    scored = open_scored(engine, asked, table, layout)
    if request.output:
        with _written(request, opened, scored.sql) as target:
            written = Table(target, format_of(request.output), dict.fromkeys(scored.columns, False))
            engine.open(written, "scored", list(scored.columns))
            return _counted(request, opened, layout, "scored", grouping)
    return _counted(request, opened, layout, f"({scored.sql}) AS scored", grouping)


def _counted(request: ScoreRequest, opened: _Opened, layout: Layout, results: str, grouping: Grouping) -> Scoring:
    engine, table, asked = opened.engine, opened.table, request.asked(request.questionnaire)
    _check_ids(opened, layout, results if request.output else SOURCE)
    with progress("Counting") as on_progress:
        shares = count_shares(engine, results, asked, grouping, on_progress)
    kinds = count_kinds(engine, results) if shares.with_problems else {}
    return Scoring(shares, tuple(explained(engine, asked, table, layout, kinds)) if kinds else ())


def _compared(request: ScoreRequest, against: Questionnaire, opened: _Opened) -> Scoring:
    """Score with both questionnaires to a file in the scratch folder, and count and pick from that."""
    engine = opened.engine
    old, new = (request.asked(each) for each in (against, request.questionnaire))
    mapping = request.read_mapping(opened.table)
    try:
        before = Side(old, request.layout(opened.table, old, mapping))
    except IopFitError as error:
        needed = "The questionnaire of --against needs it."
        raise IopFitError(each._replace(message=f"{each.message} {needed}") for each in error.problems) from None
    layout = request.layout(opened.table, new, mapping)
    grouping = _grouping(request, layout)
    _check_ids(opened, layout, SOURCE)
    if not request.output:  # the scratch file holds no more than is counted
        layout = layout._replace(id=None, carried=tuple(filter(None, [grouping.by])))
    both = open_both(engine, opened.table, before, Side(new, layout), numbered=bool(request.output))
    scratch = Table(opened.scratch / "both.parquet", FileFormat.PARQUET, {})
    if engine.writes_parts:
        scratch.path.mkdir(mode=0o700)
    else:
        scratch.path.touch(mode=0o600)
    with progress("Scoring with both") as on_progress:
        engine.write(both.sql, scratch.path, scratch.format, on_progress)
    engine.open(scratch, "compared", [])
    moves = count_moves(engine, "compared", both, grouping)
    if request.output:
        with _written(request, opened, both.changes("compared")):
            pass
    return Scoring(moves)


def _grouping(request: ScoreRequest, layout: Layout) -> Grouping:
    by = request.grouping.by
    return request.grouping._replace(by=by and checked_column(by, layout.carried, str(request.sheets)))


def _check_ids(opened: _Opened, layout: Layout, results: str) -> None:
    """Raise `IopFitError` if rows can't be told apart by their ids."""
    if layout.id:
        engine, table = opened.engine, opened.table
        if engine.numbers_rows:
            engine.number(table, "numbered", [layout.id], NUMBER)
        else:
            engine.open(table, "numbered", [layout.id])
        check_ids(engine, table.path, layout.id, "numbered" if results == SOURCE else results, "numbered")


@contextmanager
def _written(request: ScoreRequest, opened: _Opened, query: str) -> Iterator[Path]:
    """Write the rows of a query to a temporary file; after the block, it becomes the output."""
    assert request.output
    with request.target(request.output) as target:
        write_rows(opened.engine, query, target, request.output, "Scoring")
        yield target


@contextmanager
def _engine(request: ScoreRequest) -> Iterator[_Opened]:
    with opened_engine(request.output, "score tables", name=request.engine) as (engine, scratch):
        yield _Opened(engine, scratch, engine.table(request.sheets))


def mapping_to_fill_in(request: ScoreRequest) -> str:
    """Return a mapping file for a table, to fill in."""
    with _engine(request) as opened:
        return starter(opened.table, request.asked(request.questionnaire))


def explain(questionnaire: Questionnaire, engine: str) -> str:
    """Return the SQL that scores a table whose columns have the ids of the questions."""
    dialect = SPARK if spark_master(engine) else DUCKDB
    compiled = compile_questionnaire(questionnaire, Layout.by_id(questionnaire), dialect)
    return _statements(compiled, compiled.sql, dialect)


def explain_table(request: ScoreRequest) -> str:
    """Return the SQL that scores a table. Raises `IopFitError` if the table or the mapping can't be read."""
    asked = request.asked(request.questionnaire)
    with _engine(request) as opened:
        layout = request.layout(opened.table, asked, request.read_mapping(opened.table))
        dialect = opened.engine.dialect
        compiled = compile_layout(asked, layout, dialect)
        return _statements(compiled, compiled.sql if layout.id else compiled.reading(numbered(dialect)), dialect)


def _statements(compiled: Compiled, query: str, dialect: Dialect) -> str:
    types = (dialect.new_category.format(name, dialect.texts(each)) for name, each in compiled.categories.items())
    return "".join(f"{statement};\n" for statement in filter(None, types)) + f"{query.rstrip()};\n"
