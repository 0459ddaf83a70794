"""Score a table with two questionnaires, in one query that reads it once."""

from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.names import check_output_names
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import ROW, SEPARATOR, AnswerSource, Layout
from iop_fit.scoring.scorer import open_sheets
from iop_fit.scoring.sql.compiler import Compiled, compile_questionnaire
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.outcome import NO, OPEN, YES

__all__ = ["AGES", "DIFFERS", "Both", "Side", "open_both"]

COMPARED = ("direction", "highest", "firm", "withheld_by", "problems")
"""The columns of both results, beside those of the alerts."""

DIFFERS = "sheet_differs"
"""The column that says whether the direction, what it may be at most, or an alert is another one."""

AGES = ("old", "new")

INNER, BEFORE = "in:", "old:"
"""What the names of columns begin with that pass through the query of the new questionnaire."""


class Side(NamedTuple):
    """A questionnaire, and where its answers are in the table."""

    questionnaire: Questionnaire
    layout: Layout


class Both(NamedTuple):
    """The results of two questionnaires for each row of a table: its columns end in `_old` and `_new`."""

    old: Questionnaire
    new: Questionnaire
    kept: tuple[str, ...]
    """The columns that are copied from the table."""
    sql: str
    dialect: Dialect

    @property
    def alerts(self) -> tuple[str, ...]:
        """The ids of the alerts of either questionnaire, those of the new one first."""
        of_both = (*self.new.alerts_strongest_first, *self.old.alerts_strongest_first)
        return tuple(dict.fromkeys(alert.id for alert in of_both))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*self.kept, DIFFERS, *(f"{name}_{age}" for name in self._compared for age in AGES))

    @property
    def _compared(self) -> tuple[str, ...]:
        return (*COMPARED, *(f"alert_{alert}" for alert in self.alerts))

    @property
    def _differs(self) -> str:
        names = (name for name in self._compared if name not in {"firm", "problems"})
        tests = (f"{self._column(name, 'old')} IS DISTINCT FROM {self._column(name, 'new')}" for name in names)
        return " OR ".join(tests)

    def changes(self, rows: str) -> str:
        """Return the query of the rows that differ, without those columns that only a program can compare."""
        kept = [self.dialect.name(name) for name in self.kept]
        pairs = [self._column(name, age) for name in COMPARED[:4] for age in AGES]
        return f"SELECT {', '.join([*kept, *pairs, *self._alert_lists()])} FROM {rows} WHERE {DIFFERS}"

    def _alert_lists(self) -> Iterator[str]:
        """Yield lists of the alerts that changed, as texts with semicolons."""
        changes = {
            "alerts_gained": f"{{new}} = '{YES}' AND {{old}} <> '{YES}'",
            "alerts_lost": f"{{old}} = '{YES}' AND {{new}} <> '{YES}'",
            "alerts_newly_open": f"{{new}} = '{OPEN}' AND {{old}} = '{NO}'",
            "alerts_no_longer_open": f"{{old}} = '{OPEN}' AND {{new}} = '{NO}'",
        }
        for name, test in changes.items():
            texts = [
                f"CASE WHEN {self.alert_test(alert, test)} THEN {self.dialect.text(alert)} END" for alert in self.alerts
            ]
            yield f"concat_ws({', '.join([self.dialect.text(SEPARATOR), *texts])}) AS {self.dialect.name(name)}"

    def alert_test(self, alert: str, test: str) -> str:
        """Return a test of the old and the new state of an alert."""
        return test.format(old=self._column(f"alert_{alert}", "old"), new=self._column(f"alert_{alert}", "new"))

    def _column(self, name: str, age: str) -> str:
        return self.dialect.name(f"{name}_{age}")


def open_both(engine: Engine, table: Table, old: Side, new: Side, *, numbered: bool) -> Both:
    """Open a table in an engine, and return the query that scores it with both questionnaires.

    If `numbered`, rows without an id are numbered. Raises `IopFitError` if a column that is copied has the name of one
    of the result.
    """
    numbered = numbered and not new.layout.id
    if numbered:
        new = new._replace(layout=new.layout._replace(id=ROW))
    read = [*new.layout.kept, *(name for source in _sources(new.layout) for name in source.columns)]
    passed = tuple(dict.fromkeys(read))
    dialect = engine.dialect
    before = compile_questionnaire(old.questionnaire, old.layout._replace(id=None, carried=passed), dialect)
    names = [f"{INNER}{name}" for name in passed]
    inner, results = _renamed(before, names, dialect)
    after = compile_questionnaire(new.questionnaire, _passed_through(new.layout, results), dialect)
    both = Both(old.questionnaire, new.questionnaire, new.layout.kept, "", dialect)
    check_output_names(table.path, both.kept, both.columns[len(both.kept) :])
    engine.define(_united(before.categories, after.categories))
    columns = dict.fromkeys(name for side in (old, new) for each in _sources(side.layout) for name in each.columns)
    open_sheets(engine, table, columns, numbered=numbered)
    return both._replace(sql=_picked(both, after.reading(f"({inner}) AS before")))


def _sources(layout: Layout) -> Iterator[AnswerSource]:
    yield from layout.answers.values()
    if layout.about:
        yield layout.about


def _renamed(compiled: Compiled, copied: list[str], dialect: Dialect) -> tuple[str, tuple[str, ...]]:
    """Return a query with other names for its columns, and the names of those that are results."""
    *stages, last = compiled.stages
    names = [dialect.plain_name(name) for name, _ in last.columns[len(copied) :]]
    results = tuple(f"{BEFORE}{name}" for name in names)
    pairs = zip((*copied, *results), last.columns, strict=True)
    columns = tuple((dialect.name(name), expression) for name, (_, expression) in pairs)
    return compiled._replace(stages=(*stages, last._replace(columns=columns))).sql, results


def _passed_through(layout: Layout, more: tuple[str, ...]) -> Layout:
    """Return a layout of the columns as the query of the old questionnaire names them, which copies `more`."""
    return layout._replace(
        answers={name: _inner(source) for name, source in layout.answers.items()},
        id=None,
        about=layout.about and _inner(layout.about),
        carried=(*(f"{INNER}{name}" for name in layout.kept), *more),
    )


def _inner(source: AnswerSource) -> AnswerSource:
    flags = tuple(flag._replace(column=f"{INNER}{flag.column}") for flag in source.flags)
    return source._replace(column=f"{INNER}{source.column}", flags=flags)


def _united(*categories: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return types with the values of both."""
    names = dict.fromkeys(name for each in categories for name in each)
    return {name: tuple(dict.fromkeys(value for each in categories for value in each.get(name, ()))) for name in names}


def _picked(both: Both, rows: str) -> str:
    """Return the query that gives the columns their names; an alert that one side lacks is never raised there."""
    name = both.dialect.name
    alerts = {
        age: {alert.id for alert in questionnaire.alerts}
        for age, questionnaire in (("old", both.old), ("new", both.new))
    }

    def picked(column: str, age: str) -> str:
        there = not column.startswith("alert_") or column.removeprefix("alert_") in alerts[age]
        read = name(f"{BEFORE}{column}" if age == "old" else column) if there else f"'{NO}'"
        return f"{read} AS {name(f'{column}_{age}')}"

    kept = (f"{name(f'{INNER}{column}')} AS {name(column)}" for column in both.kept)
    compared = (picked(column, age) for column in both._compared for age in AGES)  # noqa: SLF001
    picked_rows = f"SELECT {', '.join([*kept, *compared])} FROM ({rows}) AS scored"
    return f"SELECT *, {both._differs} AS {DIFFERS} FROM ({picked_rows}) AS compared"  # noqa: SLF001
