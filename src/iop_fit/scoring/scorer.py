"""Open a table of sheets in an engine, and score it."""

from collections.abc import Iterable
from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.names import check_output_names
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import ROW, Layout
from iop_fit.scoring.sql.compiler import SOURCE, Compiled, compile_questionnaire
from iop_fit.scoring.sql.dialects import Dialect

__all__ = ["Scored", "compile_layout", "numbered", "open_scored", "open_sheets"]


class Scored(NamedTuple):
    """The scored sheets of a table, as a query."""

    sql: str
    columns: tuple[str, ...]


def open_scored(engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout) -> Scored:
    """Open a table in an engine, and return the query that scores it; rows without an id are numbered.

    Raises `IopFitError` if a column that is copied has the name of a column of the result.
    """
    compiled = compile_layout(questionnaire, layout, engine.dialect)
    columns = tuple(engine.dialect.plain_name(name) for name, _ in compiled.stages[-1].columns)
    copied = len(layout.kept) + (not layout.id)
    check_output_names(table.path, layout.kept, {ROW, *columns[copied:]} - {layout.id})
    engine.define(compiled.categories)
    open_sheets(engine, table, layout.columns, numbered=not layout.id)
    return Scored(compiled.sql, columns)


def compile_layout(questionnaire: Questionnaire, layout: Layout, dialect: Dialect) -> Compiled:
    """Return the SQL that scores a table with this layout; rows without an id have the column `ROW`."""
    return compile_questionnaire(questionnaire, layout if layout.id else layout._replace(id=ROW), dialect)


def numbered(dialect: Dialect) -> str:
    """Return the query, in brackets, of the table that the SQL reads with the column `ROW`."""
    return f"(SELECT row_number() OVER () AS {dialect.name(ROW)}, * FROM {SOURCE})"


def open_sheets(engine: Engine, table: Table, columns: Iterable[str], *, numbered: bool) -> None:
    """Open a table in an engine under the name that the SQL reads, with the column `ROW` if it is `numbered`."""
    if numbered:
        engine.number(table, SOURCE, list(columns), ROW)
    else:
        engine.open(table, SOURCE, list(columns))
