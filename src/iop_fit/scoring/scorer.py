"""Score the sheets of a table."""

from collections.abc import Sequence
from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.sql.compiler import SOURCE, compile_questionnaire
from iop_fit.text import quote

__all__ = ["Scored", "check_names", "open_scored", "open_table"]


class Scored(NamedTuple):
    """The scored sheets of a table, as a query."""

    sql: str
    columns: tuple[str, ...]


def open_scored(engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout) -> str:
    """Open a table in an engine, and return the query that scores it."""
    return open_table(engine, questionnaire, table, layout).sql


def open_table(engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout) -> Scored:
    """Open a table in an engine, and return the query that scores it, with the names of its columns.

    Raises `IopFitError` if a column that is copied has the name of one of the result.
    """
    compiled = compile_questionnaire(questionnaire, layout, engine.dialect)
    columns = tuple(engine.dialect.plain_name(name) for name, _ in compiled.stages[-1].columns)
    check_names(layout.kept, columns[len(layout.kept) :])
    engine.define(compiled.categories)
    engine.open(table, SOURCE, [source.column for source in layout.answers.values()])
    return Scored(compiled.sql, columns)


def check_names(kept: Sequence[str], results: Sequence[str]) -> None:
    """Raise `IopFitError` if a column that is copied from the table has the name of one of the result."""
    taken = [name for name in kept if name in results]
    if taken:
        message = f"The column {quote(taken[0])} has the name of a column of the result."
        raise IopFitError([Problem(Code.BAD_TABLE, message, hint="Give it another name in the table.")])
