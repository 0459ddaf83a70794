"""Count what another questionnaire would change: who moves between directions, and who gains or loses an alert."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from iop_fit.limits import MAX_GROUPS
from iop_fit.scoring.counts.alert_moves import AlertMoves, count_alert_moves
from iop_fit.scoring.counts.both import AGES as AGE_NAMES
from iop_fit.scoring.counts.both import DIFFERS, Both
from iop_fit.scoring.counts.groups import Grouping, Groups
from iop_fit.scoring.counts.hiding import Cell, hidden_cells
from iop_fit.scoring.counts.queries import count_if, counted
from iop_fit.scoring.counts.summary import summary_of
from iop_fit.scoring.counts.tally import TOTAL, WITHHELD, Label, Summary, Tally, TallyRow, outcomes_of
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.sql.logic import any_of
from iop_fit.scoring.sql.outcome import YES

__all__ = ["Moves", "count_moves"]

AGES = (Label("old", "Old"), Label("new", "New"))
DIFFERENCES = (
    Label("differs", "Differ", note="In the direction, an alert, or what unknown answers leave open."),
    Label("direction-differs", "Other direction", note="Sheets that only one of the two withholds count, too."),
    Label("alert-gained", "Gain an alert"),
    Label("alert-lost", "Lose an alert"),
)
CERTAINTY = (Label("not-firm", "Not firm"), Label("with-problems", "With problems"))
SHIFTS = (
    Label("more", "To more support", "More support"),
    Label("less", "To less support", "Less support"),
    Label("newly-withheld", "Newly withheld"),
    Label("no-longer-withheld", "No longer withheld"),
)
STATES = (
    *(*AGES, Label("gained", "Gained"), Label("lost", "Lost")),
    *(Label("newly-open", "Newly open"), Label("no-longer-open", "No longer open")),
)
"""The columns of `AlertMoves.counts`."""
SHEETS = Label("sheets", "Sheets")

LEFT_OUT = "The table of moves is left out, since it has small counts. Count without --by to see it."

FIRST_DIFFERENCE, FIRST_CERTAINTY, FIRST_SHIFT = 1, 5, 9
WIDTH = FIRST_SHIFT + len(SHIFTS)


class Moves(NamedTuple):
    """What the new questionnaire would change in the sheets of one table."""

    both: Both
    grouping: Grouping
    table: tuple[tuple[int, ...], ...]
    """How many sheets have each pair of an old (row) and a new outcome (column), in the order of `outcomes_of`."""
    groups: Groups
    """Of each group: sheets, the `DIFFERENCES`, the `CERTAINTY` (old and new), and the `SHIFTS`."""
    alerts: Mapping[str, AlertMoves]

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return self.groups.total[0]

    @property
    def with_problems(self) -> int:
        """How many sheets have problems with the new questionnaire."""
        return self.groups.total[FIRST_CERTAINTY + 3]

    @property
    def summary(self) -> Summary:
        """The tables to show, with small counts hidden."""
        notes = [LEFT_OUT] if self.grouping.by and self._hidden else []
        return summary_of(self.sheets, self.grouping, self._tallies, notes)

    @property
    def _hidden(self) -> frozenset[Cell]:
        """The cells to hide in the table of moves, with its totals."""
        return hidden_cells(_with_totals(self.table), self.grouping.min_group)

    def _tallies(self) -> Iterator[Tally]:
        minimum, by = self.grouping.min_group, self.grouping.by
        hidden = self._hidden
        alerts = self._alerts()
        if not hidden and not alerts.has_hidden:
            yield from self._differences()
        if not (by and hidden):  # with small numbers in both, one of the tables could give the other's away
            shown = _shown(_with_totals(self.table), hidden)
            yield self._directions(shown)
            yield self._cross(shown)
        yield self._certainty()
        if by:
            block = self.groups.block(slice(FIRST_SHIFT, WIDTH), minimum, known_total=not hidden)
            rows = map(TallyRow, (*self.groups.labels, TOTAL), self.groups.sizes, block.rows)
            yield Tally("groups", f"By {by}", by, SHIFTS, tuple(rows), sizes=True, parts=len(SHIFTS))
        yield alerts

    def _differences(self) -> Iterator[Tally]:
        counts = self.groups.total[FIRST_DIFFERENCE:FIRST_CERTAINTY]
        if not any(0 < part < self.grouping.min_group for count in counts for part in (count, self.sheets - count)):
            yield self._of_all("differences", "What differs", (SHEETS,), DIFFERENCES, [(count,) for count in counts])

    def _directions(self, shown: Sequence[Sequence[int | None]]) -> Tally:
        """Return how many sheets come to each direction of either questionnaire."""
        old, new = (labels[:-1] for labels in self._outcomes)
        before = {label.id: row[-1] for label, row in zip(old, shown, strict=False)}
        after = {label.id: count for label, count in zip(new, shown[-1], strict=False)}
        labels = _merged(old, new)
        counts = [(before.get(label.id, 0), after.get(label.id, 0)) for label in labels]
        withheld = (shown[len(old)][-1], shown[-1][len(new)])
        return self._of_all("directions", "Direction", AGES, (*labels, WITHHELD), [*counts, withheld])

    def _cross(self, shown: Sequence[Sequence[int | None]]) -> Tally:
        old, new = self._outcomes
        rows = (TallyRow(label, row[-1], tuple(row)) for label, row in zip((*old, TOTAL), shown, strict=True))
        return Tally("moves", "From old (rows) to new (columns)", "Old", (*new, TOTAL), tuple(rows), shares=False)

    @property
    def _outcomes(self) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
        return outcomes_of(self.both.old), outcomes_of(self.both.new)

    def _certainty(self) -> Tally:
        blocks = (
            self.groups.together.block(slice(place, place + 1), self.grouping.min_group).total
            for place in range(FIRST_CERTAINTY, FIRST_SHIFT)
        )
        flat = [count for block in blocks for count in block]
        return self._of_all("certainty", "Certainty", AGES, CERTAINTY, [flat[:2], flat[2:]])

    def _alerts(self) -> Tally:
        of_both = (*self.both.old.alerts, *self.both.new.alerts)
        titles = {alert.id: alert.title for alert in of_both}
        labels = [Label(alert, titles[alert]) for alert in self.alerts]
        counts = [each.counts(self.sheets, self.grouping.min_group) for each in self.alerts.values()]
        return self._of_all("alerts", "Alerts", STATES, labels, counts)._replace(changes_from=2, by_id=True)

    def _of_all(
        self,
        name: str,
        title: str,
        columns: tuple[Label, ...],
        labels: Sequence[Label],
        counts: Sequence[Sequence[int | None]],
    ) -> Tally:
        rows = (TallyRow(label, self.sheets, tuple(row)) for label, row in zip(labels, counts, strict=True))
        return Tally(name, title, title, columns, tuple(rows))


def _with_totals(table: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _shown(table: Sequence[Sequence[int]], hidden: frozenset[Cell]) -> list[list[int | None]]:
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(counts)]
        for row, counts in enumerate(table)
    ]


def _merged(old: Sequence[Label], new: Sequence[Label]) -> tuple[Label, ...]:
    """Return the directions of both, from least to most support, in the new words where both have one."""
    merged = list(new)
    ids = [label.id for label in merged]
    for place, label in enumerate(old):
        if label.id not in ids:
            at = ids.index(old[place - 1].id) + 1 if place else 0
            merged.insert(at, label)
            ids.insert(at, label.id)
    return tuple(merged)


def count_moves(engine: Engine, view: str, both: Both, grouping: Grouping) -> Moves:
    """Count the rows of a view of `Both`. Raises `IopFitError` if there are too many groups."""
    old, new = both.old.rank, both.new.rank
    directions = _merged(outcomes_of(both.old)[:-1], outcomes_of(both.new)[:-1])
    order = {label.id: place for place, label in enumerate(directions)}
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    by_group: dict[str | None, list[int]] = {}
    for (group, before, after), numbers in counted(engine, _pairs(both, view, grouping), 3):
        rows, differing, *others = numbers
        table[len(old) if before is None else old[before]][len(new) if after is None else new[after]] += rows
        shift = _shift(None if before is None else order[before], None if after is None else order[after])
        shifts = (rows * (shift == each) for each in SHIFTS)
        of_pair = [rows, differing, rows * (before != after), *others, *shifts]
        counts = by_group.setdefault(group, [0] * WIDTH)
        by_group[group] = [count + more for count, more in zip(counts, of_pair, strict=True)]
    groups = Groups.of(by_group, WIDTH, grouping)
    return Moves(both, grouping, tuple(map(tuple, table)), groups, count_alert_moves(engine, view, both))


def _shift(before: int | None, after: int | None) -> Label | None:
    """Return which way a sheet goes between two directions; None stands for one that is withheld."""
    more, less, newly, no_longer = SHIFTS
    if before == after:
        return None
    if before is None or after is None:
        return newly if after is None else no_longer
    return more if before < after else less


def _pairs(both: Both, rows: str, grouping: Grouping) -> str:
    """Return the query that counts each pair of an old and a new direction in each group."""
    dialect = both.dialect
    not_firm = (f"CAST(firm_{age} AS {dialect.text_type}) = 'false'" for age in AGE_NAMES)
    problems = (f"nullif(problems_{age}, '') IS NOT NULL" for age in AGE_NAMES)
    gained = f"{{new}} = '{YES}' AND {{old}} <> '{YES}'"
    lost = f"{{old}} = '{YES}' AND {{new}} <> '{YES}'"
    changed = (any_of(f"({both.alert_test(alert, test)})" for alert in both.alerts) for test in (gained, lost))
    sums = ", ".join(map(count_if, (DIFFERS, *changed, *not_firm, *problems)))
    most = (MAX_GROUPS + 1) * (len(both.old.rank) + 1) * (len(both.new.rank) + 1)
    return (
        f"SELECT {grouping.expression(dialect)} AS kind, direction_old, direction_new, count(*), {sums}"
        f" FROM {rows} GROUP BY 1, 2, 3 LIMIT {most}"
    )
