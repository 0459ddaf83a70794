"""Score the sheets of a table."""

from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.sql.compiler import SOURCE, compile_questionnaire

__all__ = ["Scored", "count_rows", "open_scored"]


class Scored(NamedTuple):
    """How many sheets were scored."""

    rows: int
    with_problems: int

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        problems = f"; {self.with_problems:,} of them with problems" if self.with_problems else ""
        return f"Scored {self.rows:,} sheets{problems}."


def open_scored(engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout) -> str:
    """Open a table in an engine, and return the query that scores it."""
    compiled = compile_questionnaire(questionnaire, layout, engine.dialect)
    engine.define(compiled.categories)
    engine.open(table, SOURCE, [source.column for source in layout.answers.values()])
    return compiled.sql


def count_rows(engine: Engine, rows: str) -> Scored:
    """Return how many rows a query or view with results has."""
    ((number, wrong),) = engine.rows(f"SELECT count(*), count(nullif(problems, '')) FROM {rows}")
    assert isinstance(number, int)
    assert isinstance(wrong, int)
    return Scored(number, wrong)
