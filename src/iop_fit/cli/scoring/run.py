"""Run `score`: from the options to the files and the counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from iop_fit.cli.scoring.counting import SummaryFiles
from iop_fit.cli.scoring.progress import progress
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Problem, collect_problems
from iop_fit.files.targets import target_problem
from iop_fit.files.writing import private_target
from iop_fit.problem_codes import Code
from iop_fit.scoring.counts.both import Side, open_both
from iop_fit.scoring.counts.groups import Grouping, checked_column
from iop_fit.scoring.counts.moves import Moves, count_moves
from iop_fit.scoring.counts.shares import Shares, count_shares
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import FileFormat, Table, format_of
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.scorer import open_table
from iop_fit.scoring.sql.compiler import compile_questionnaire
from iop_fit.scoring.sql.dialects import DUCKDB, SPARK

__all__ = ["ScoreRequest", "explain", "score"]


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
    against: Questionnaire | None = None
    """An older questionnaire to compare with."""
    grouping: Grouping = Grouping()
    summaries: SummaryFiles = SummaryFiles()

    def asked(self, questionnaire: Questionnaire) -> Questionnaire:
        """Return the questions whose answers are read."""
        return questionnaire if self.include_home_safety else questionnaire.public()


def score(request: ScoreRequest) -> Shares | Moves:
    """Score a table of sheets, write the results if a file is named, and count them.

    With an older questionnaire to compare with, the file has the rows that differ. Raises `IopFitError` if a file can't
    be read or written.
    """
    with collect_problems() as problems:
        problems.extend(request.summaries.problems())
        if request.output:
            format_of(request.output)
            problem = target_problem(request.output, replace=request.replace, allow_shared=request.allow_shared)
            problems.extend([problem] if problem else [])
    with _engine(request) as opened:
        return _scored(request, opened) if request.against is None else _compared(request, request.against, opened)


class _Opened(NamedTuple):
    engine: Engine
    scratch: Path
    """A folder for files that hold answers."""
    table: Table


def _scored(request: ScoreRequest, opened: _Opened) -> Shares:
    engine, asked = opened.engine, request.asked(request.questionnaire)
    layout = _layout(request, opened.table, asked)
    grouping = _grouping(request, layout)
    scored = open_table(engine, asked, opened.table, layout)
    with progress("Scoring") as on_progress:
        if not request.output:
            return count_shares(engine, f"({scored.sql}) AS scored", asked, grouping, on_progress)
        with private_target(request.output, replace=request.replace, allow_shared=request.allow_shared) as target:
            engine.write(scored.sql, target, format_of(request.output), on_progress)
            written = Table(target, format_of(request.output), dict.fromkeys(scored.columns, False))
            engine.open(written, "scored", list(scored.columns))
            return count_shares(engine, "scored", asked, grouping)


def _compared(request: ScoreRequest, against: Questionnaire, opened: _Opened) -> Moves:
    """Score with both questionnaires to a file in the scratch folder, and count and pick from that."""
    engine = opened.engine
    old, new = (request.asked(each) for each in (against, request.questionnaire))
    try:
        before = Side(old, _layout(request, opened.table, old))
    except IopFitError as error:
        needed = "The questionnaire of --against needs it."
        raise IopFitError(each._replace(message=f"{each.message} {needed}") for each in error.problems) from None
    layout = _layout(request, opened.table, new)
    grouping = _grouping(request, layout)
    if not request.output:  # the scratch file holds no more than is counted
        layout = layout._replace(id=None, carried=tuple(filter(None, [grouping.by])))
    both = open_both(engine, opened.table, before, Side(new, layout))
    scratch = Table(opened.scratch / "both.parquet", FileFormat.PARQUET, {})
    scratch.path.touch(mode=0o600)
    with progress("Scoring with both") as on_progress:
        engine.write(both.sql, scratch.path, scratch.format, on_progress)
    engine.open(scratch, "compared", [])
    if request.output:
        with (
            progress("Writing") as on_progress,
            private_target(request.output, replace=request.replace, allow_shared=request.allow_shared) as target,
        ):
            engine.write(both.changes("compared"), target, format_of(request.output), on_progress)
    return count_moves(engine, "compared", both, grouping)


def _layout(request: ScoreRequest, table: Table, asked: Questionnaire) -> Layout:
    """Return the layout of a table for one questionnaire; answers to questions of either one are not copied."""
    both = (request.questionnaire, *([request.against] if request.against else []))
    known = frozenset(question for each in both for question in each.questions)
    return layout_of(table, asked, known.difference(asked.questions))


def _grouping(request: ScoreRequest, layout: Layout) -> Grouping:
    by = request.grouping.by
    return request.grouping._replace(by=by and checked_column(by, layout.carried, str(request.sheets)))


@contextmanager
def _engine(request: ScoreRequest) -> Iterator[_Opened]:
    """Open the engine; its temporary files hold answers, so they are beside the output and deleted at the end."""
    try:
        from iop_fit.scoring.engines.duckdb import DuckDbEngine
    except ImportError:
        hint = "Install it: pip install 'iop-fit[score]'"
        raise IopFitError([Problem(Code.NO_ENGINE, "DuckDB is needed to score tables.", hint=hint)]) from None
    folder = request.output.parent if request.output else None
    with TemporaryDirectory(prefix=".iop-fit-score-", dir=folder) as scratch:
        engine = DuckDbEngine(Path(scratch))
        try:
            yield _Opened(engine, Path(scratch), engine.table(request.sheets))
        finally:
            engine.close()


def explain(questionnaire: Questionnaire, engine: str) -> str:
    """Return the SQL that scores a table whose columns have the ids of the questions."""
    dialect = SPARK if engine != "duckdb" else DUCKDB
    return compile_questionnaire(questionnaire, Layout.by_id(questionnaire), dialect).sql
