"""Who gains or loses an alert with another questionnaire."""

from typing import NamedTuple

from iop_fit.scoring.counts.both import Both
from iop_fit.scoring.counts.groups import Groups
from iop_fit.scoring.counts.hiding import hidden_cells
from iop_fit.scoring.counts.queries import count_if, counted
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.sql.outcome import NO, OPEN, YES

__all__ = ["AlertMoves", "count_alert_moves"]


class AlertMoves(NamedTuple):
    """How many sheets an alert is raised for, and how many go from one state of it to another."""

    old: int
    new: int
    both: int
    """How many have it with both questionnaires."""
    newly_open: int
    """How many could have it with the new questionnaire, but surely not with the old one."""
    no_longer_open: int

    def counts(self, sheets: int, minimum: int) -> tuple[int | None, ...]:
        """Return the counts with small ones hidden: old, new, gained, lost, newly open, no longer open."""
        lost, gained = self.old - self.both, self.new - self.both
        neither = sheets - self.both - lost - gained
        table = (
            (self.both, lost, self.old),
            (gained, neither, sheets - self.old),
            (self.new, sheets - self.new, sheets),
        )
        hidden = hidden_cells(table, minimum, unpublished=[(0, 0), (1, 1), (1, 2), (2, 1)])
        raised = (table[row][column] if (row, column) not in hidden else None for row, column in RAISED)
        return (*raised, *self._open(neither, minimum))

    def _open(self, neither: int, minimum: int) -> tuple[int | None, ...]:
        """Return the last two counts; they are among those that have it with neither questionnaire."""
        if 0 < neither < minimum:
            return None, None
        counts = (self.newly_open, self.no_longer_open, neither - self.newly_open - self.no_longer_open)
        return Groups((), (), (neither, *counts)).block(slice(1, 3), minimum).total


RAISED = ((0, 2), (2, 0), (1, 0), (0, 1))
"""Where the first four counts are in the table of an alert."""


def count_alert_moves(engine: Engine, rows: str, both: Both) -> dict[str, AlertMoves]:
    """Return the moves of each alert of either questionnaire, from a view of `Both`."""
    tests = (
        f"{{old}} = '{YES}'",
        f"{{new}} = '{YES}'",
        f"{{old}} = '{YES}' AND {{new}} = '{YES}'",
        f"{{old}} = '{NO}' AND {{new}} = '{OPEN}'",
        f"{{old}} = '{OPEN}' AND {{new}} = '{NO}'",
    )
    sums = [count_if(both.alert_test(alert, test)) for alert in both.alerts for test in tests]
    if not sums:
        return {}
    ((_, counts),) = counted(engine, f"SELECT {', '.join(sums)} FROM {rows}", 0)
    return {
        alert: AlertMoves(*counts[place * len(tests) : (place + 1) * len(tests)])
        for place, alert in enumerate(both.alerts)
    }
