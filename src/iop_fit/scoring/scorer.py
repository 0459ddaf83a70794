"""Score the sheets of a table."""

from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.names import check_output_names
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import ROW, Layout
from iop_fit.scoring.sql.compiler import SOURCE, compile_questionnaire

__all__ = ["Scored", "count_rows", "open_scored"]


class Scored(NamedTuple):
    """How many sheets were scored."""

    rows: int
    with_problems: int
    details: tuple[str, ...] = ()
    """What the first problems are, and in which rows."""

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        problems = f"; {self.with_problems:,} of them with problems" if self.with_problems else ""
        sheets = "sheet" if self.rows == 1 else "sheets"
        return f"Scored {self.rows:,} {sheets}{problems}."


def open_scored(engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout) -> str:
    """Open a table in an engine, and return the query that scores it; rows without an id are numbered.

    Raises `IopFitError` if a column that is copied has the name of a column of the result.
    """
    named = layout if layout.id else layout._replace(id=ROW)
    compiled = compile_questionnaire(questionnaire, named, engine.dialect)
    results = [name.strip(engine.dialect.mark) for name, _ in compiled.stages[-1].columns[len(named.kept) :]]
    check_output_names(table.path, layout.kept, results if layout.id else [ROW, *results])
    engine.define(compiled.categories)
    if layout.id:
        engine.open(table, SOURCE, list(layout.columns))
    else:
        engine.number(table, SOURCE, list(layout.columns), ROW)
    return compiled.sql


def count_rows(engine: Engine, rows: str) -> Scored:
    """Return how many rows a query or view with results has."""
    ((number, wrong),) = engine.rows(f"SELECT count(*), count(nullif(problems, '')) FROM {rows}")
    assert isinstance(number, int)
    assert isinstance(wrong, int)
    return Scored(number, wrong)
