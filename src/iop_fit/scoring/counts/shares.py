"""Count scored sheets: how many come to each direction and alert, and for how many unknown answers leave that open."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from iop_fit.domain.guidance import Alert, AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_GROUPS
from iop_fit.scoring.counts.groups import Block, Grouping, Groups
from iop_fit.scoring.counts.queries import count_if, counted
from iop_fit.scoring.counts.summary import summary_of
from iop_fit.scoring.counts.tally import TOTAL, Label, Shown, Summary, Tally, TallyRow, outcomes_of
from iop_fit.scoring.engines.engine import Engine, OnProgress
from iop_fit.scoring.sql.logic import any_of
from iop_fit.scoring.sql.outcome import OPEN, YES
from iop_fit.text import capitalize

__all__ = ["Shares", "count_shares"]

SHEETS = Label("sheets", "Sheets")
NOT_FIRM = Label("not-firm", "Not firm", note="Unknown answers could change the direction or an alert.")
PROBLEMS = Label("with-problems", "With problems", note="Answers that don't fit count as unknown.")
STATES = (Label(YES, "Yes"), Label(OPEN, "Open"))
OPEN_ALERTS = "An open alert is not raised, but unknown answers could raise it."
DOUBTS = 3
"""Before the outcomes, a group has the number of its sheets, of those not firm, and of those with problems."""


class Shares(NamedTuple):
    """What the sheets of one table come to."""

    questionnaire: Questionnaire
    grouping: Grouping
    groups: Groups
    """The counts of a group: sheets, not firm, with problems, each outcome; then of each level and each alert how many
    are raised, and how many are open."""

    @property
    def sheets(self) -> int:
        """How many sheets there are."""
        return self.groups.total[0]

    @property
    def with_problems(self) -> int:
        """How many sheets have problems."""
        return self.groups.total[2]

    @property
    def summary(self) -> Summary:
        """The tables to show, with small counts hidden."""
        return summary_of(self.sheets, self.grouping, self._tallies, (OPEN_ALERTS,))

    def _tallies(self) -> Iterator[Tally]:
        outcomes = outcomes_of(self.questionnaire)
        directions = self._block(DOUBTS, len(outcomes))
        not_firm, problems = self._block(1, 1), self._block(2, 1)
        yield self._turned("directions", "Direction", outcomes, directions.total)
        yield self._turned("certainty", "Certainty", (NOT_FIRM, PROBLEMS), (*not_firm.total, *problems.total))
        if self.grouping.by:
            columns = (*outcomes, NOT_FIRM, PROBLEMS)
            groups = self._by_group("groups", columns, (directions, not_firm, problems))
            yield groups._replace(parts=len(outcomes))
        yield from self._alerts(withheld=directions.total[-1])

    def _alerts(self, *, withheld: int | None) -> Iterator[Tally]:
        """Yield the tables of alerts, by how urgent they are and each; `withheld` is None if that number is hidden."""
        alerts, levels = self.questionnaire.alerts_strongest_first, levels_of(self.questionnaire)
        first = DOUBTS + len(outcomes_of(self.questionnaire))
        labels = [
            *(Label(level.value, capitalize(level.value)) for level in levels),
            *(Label(each.id, each.title) for each in alerts),
        ]
        members = [*levels.values(), *([each] for each in alerts)]
        # The number of sheets that are withheld could give away the only alert that withholds.
        secret = [withheld is None and any(each.withholds for each in of_row) for of_row in members]
        rows = [
            TallyRow(label, self.sheets, (None, None) if hides else self._total(first + 2 * place))
            for place, (label, hides) in enumerate(zip(labels, secret, strict=True))
        ]
        split = len(levels)
        for place, of_row in enumerate(levels.values()):
            places = (split + alerts.index(alert) for alert in of_row)
            live = [each for each in places if any(self.groups.total[first + 2 * each :][:2])]
            if len(live) == 1:  # the counts of that alert are those of the level, so both are hidden or neither
                rows[place] = rows[place]._replace(counts=rows[live[0]].counts)
        yield Tally("alert-levels", "Alerts", "Kind", STATES, tuple(rows[:split]), shown=Shown.IN_BRIEF)
        yield Tally("alerts", "Alerts", "Alert", STATES, tuple(rows[split:]), shown=Shown.IN_FULL, by_id=True)
        if self.grouping.by and not self.grouping.min_group:
            blocks = [self._block(first + 2 * place, 2) for place in range(split, len(labels))]
            columns = tuple(
                Label(f"{label.id}:{state.id}", f"{label.text}: {state.text}")
                for label in labels[split:]
                for state in STATES
            )
            yield self._by_group("alerts-by-group", columns, blocks)._replace(shown=Shown.NEVER)

    def _block(self, first: int, width: int) -> Block:
        return self.groups.block(slice(first, first + width), self.grouping.min_group)

    def _total(self, first: int) -> tuple[int | None, ...]:
        """Return two counts of all groups together."""
        return self.groups.together.block(slice(first, first + 2), self.grouping.min_group).total

    def _turned(self, name: str, title: str, labels: Sequence[Label], counts: Sequence[int | None]) -> Tally:
        """Return a table with one column."""
        rows = (TallyRow(label, self.sheets, (count,)) for label, count in zip(labels, counts, strict=True))
        return Tally(name, title, title, (SHEETS,), tuple(rows))

    def _by_group(self, name: str, columns: tuple[Label, ...], blocks: Sequence[Block]) -> Tally:
        """Return a table with a row for each group, and the total."""
        counts = (
            tuple(count for part in parts for count in part)
            for parts in zip(*(each.rows for each in blocks), strict=True)
        )
        rows = map(TallyRow, (*self.groups.labels, TOTAL), self.groups.sizes, counts)
        return Tally(name, f"By {self.grouping.by}", self.grouping.by, columns, tuple(rows), sizes=True)


def count_shares(
    engine: Engine, rows: str, questionnaire: Questionnaire, grouping: Grouping, on_progress: OnProgress | None = None
) -> Shares:
    """Count the rows of a query or view with results, in one pass.

    Raises `IopFitError` if there are too many groups.
    """
    name = engine.dialect.name
    levels = levels_of(questionnaire)
    sets = [*levels.values(), *([each] for each in questionnaire.alerts_strongest_first)]
    columns = [[name(f"alert_{each.id}") for each in alerts] for alerts in sets]
    rank, outcomes = questionnaire.rank, len(questionnaire.rank) + 1
    sums = [
        "count(*)",
        count_if(f"CAST(firm AS {engine.dialect.text_type}) = 'false'"),
        "count(nullif(problems, ''))",
        *(count_if(test) for alerts in columns for test in _states(alerts)),
    ]
    outcome = f"CAST(CASE WHEN withheld_by IS NULL THEN direction END AS {engine.dialect.text_type})"
    query = (
        f"SELECT {grouping.expression(engine.dialect)} AS kind, {outcome} AS outcome, {', '.join(sums)}"
        f" FROM {rows} GROUP BY 1, 2 LIMIT {(MAX_GROUPS + 1) * outcomes}"
    )
    width = DOUBTS + outcomes + 2 * len(sets)
    by_group: dict[str | None, list[int]] = {}
    for (group, direction), numbers in counted(engine, query, 2, on_progress):
        counts = by_group.setdefault(group, [0] * width)
        place = len(rank) if direction is None else rank[direction]  # NULL if it is withheld
        of_outcomes = [numbers[0] if each == place else 0 for each in range(outcomes)]
        more = (*numbers[:DOUBTS], *of_outcomes, *numbers[DOUBTS:])
        by_group[group] = [count + number for count, number in zip(counts, more, strict=True)]
    return Shares(questionnaire, grouping, Groups.of(by_group, width, grouping))


def levels_of(questionnaire: Questionnaire) -> dict[AlertLevel, list[Alert]]:
    """Return the alerts of each level that has some, most urgent first."""
    levels: dict[AlertLevel, list[Alert]] = {}
    for alert in questionnaire.alerts_strongest_first:
        levels.setdefault(alert.level, []).append(alert)
    return levels


def _states(alerts: Sequence[str]) -> tuple[str, str]:
    """Return whether one of some alerts is raised, and whether none is, but one is open."""
    raised, is_open = (any_of(f"{alert} = '{state}'" for alert in alerts) for state in (YES, OPEN))
    return raised, f"NOT ({raised}) AND ({is_open})"
