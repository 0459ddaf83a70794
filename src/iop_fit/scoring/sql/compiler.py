"""Compile a questionnaire to SQL that decides about every row of a table, as `decide` does about one sheet.

The SQL is a chain of selects. Each adds columns to those of the one before, so that nothing is worked out twice:

    cells -> options -> codes -> gates -> suspects -> withholding -> problems -> bad -> asked -> answers -> tests
    -> rules -> raised -> ends -> result
"""

from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.sql.answers.cells import about_cell
from iop_fit.scoring.sql.answers.kinds import answer_column
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.gates import Gates
from iop_fit.scoring.sql.outcome import Outcome
from iop_fit.scoring.sql.problem_checks import ProblemChecks
from iop_fit.scoring.sql.rule_columns import RuleColumns

__all__ = ["SOURCE", "Compiled", "Stage", "compile_questionnaire"]

SOURCE = "sheets"
"""The name of the table of sheets in the SQL."""


class Stage(NamedTuple):
    """One select of the chain."""

    name: str
    columns: tuple[tuple[str, str], ...]
    only: bool = False
    """Whether it leaves out the columns of the stage before."""


class Compiled(NamedTuple):
    """A questionnaire as SQL."""

    stages: tuple[Stage, ...]
    categories: dict[str, tuple[str, ...]]
    """Types of columns that have few values, with their values."""

    @property
    def sql(self) -> str:
        """The whole query; it reads a table or view named `sheets`."""
        return self.reading(SOURCE)

    def reading(self, source: str) -> str:
        """Return the query that reads another table, view or query in brackets."""
        before, selects = source, []
        for stage in self.stages:
            kept = [] if stage.only else ["*"]
            columns = ",\n  ".join([*kept, *(f"{expression} AS {name}" for name, expression in stage.columns)])
            selects.append(f"{stage.name} AS (\n  SELECT {columns}\n  FROM {before}\n)")
            before = stage.name
        return f"WITH {', '.join(selects)}\nSELECT * FROM {before}\n"


def compile_questionnaire(questionnaire: Questionnaire, layout: Layout, dialect: Dialect) -> Compiled:
    """Return the SQL that decides about every row of a table with this layout.

    A row with problems is decided about too: what has no valid answer counts as skipped.
    """
    columns = {each.id: answer_column(each, layout, dialect) for each in questionnaire.questions.values()}
    gates = Gates(questionnaire, columns, dialect)
    checks = ProblemChecks(questionnaire, columns, gates, dialect)
    rules = RuleColumns(questionnaire, columns, dialect)
    outcome = Outcome(questionnaire, columns, rules, checks.listed, dialect)
    read = columns.values()
    kept = {dialect.name(f"kept:{place}"): dialect.name(name) for place, name in enumerate(layout.kept)}
    about = (dialect.name("about"), about_cell(layout.about, dialect))
    needed = (column for column in read if column.question.need)
    answers = (pair for each in needed for pair in each.values(gates.asked_of(each.question), checks.bad))
    copied = ((name, inside) for inside, name in kept.items())
    stages = (
        Stage("cells", (*kept.items(), about, *((column.raw, column.cells()) for column in read)), only=True),
        Stage("options", tuple(pair for column in read for pair in column.options())),
        Stage("codes", tuple((column.code, column.codes()) for column in read)),
        Stage("gates", tuple(gates.strict())),
        Stage("suspects", tuple(checks.suspects())),
        Stage("withholding", tuple(checks.withholding())),
        Stage("problems", tuple(checks.problems())),
        Stage("bad", tuple(checks.are_bad())),
        Stage("asked", tuple(gates.asked(checks.bad))),
        Stage("answers", tuple(answers)),
        Stage("tests", tuple(rules.tests())),
        Stage("rules", tuple(rules.rules())),
        Stage("raised", (*outcome.raised(), *outcome.called_for())),
        Stage("ends", (*outcome.ends(), *outcome.scores(), *outcome.fired())),
        Stage("result", (*copied, *outcome.results()), only=True),
    )
    return Compiled(stages, outcome.categories)
