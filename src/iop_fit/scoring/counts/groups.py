"""The groups that sheets are counted in: the values of one column."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_GROUPS
from iop_fit.problem_codes import Code
from iop_fit.scoring.counts.hiding import Cell, hidden_cells, merged
from iop_fit.scoring.counts.tally import Label
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.text import did_you_mean, quote

__all__ = ["Block", "Grouping", "Groups", "checked_column"]

OTHERS = Label(None, "Other groups")


class Grouping(NamedTuple):
    """How sheets are grouped, and what is hidden."""

    by: str = ""
    """A column; empty for no groups."""
    min_group: int = 0
    """Counts from 1 to one less than this are hidden."""

    def expression(self, dialect: Dialect) -> str:
        """Return the group of a row as a text, NULL if it has none."""
        if not self.by:
            return f"CAST(NULL AS {dialect.text_type})"
        return f"nullif(CAST({dialect.name(self.by)} AS {dialect.text_type}), '')"


def checked_column(column: str, carried: Sequence[str], path: str) -> str:
    """Return the column to count by. Raises `IopFitError` if it isn't one of those that are carried along."""
    if column in carried:
        return column
    message = f"There is no column {quote(column)} to count by, or it holds answers."
    hint = did_you_mean(column, carried) or "Add a column that says which group each sheet belongs to."
    raise IopFitError([Problem(Code.NO_SUCH_GROUPS, message, Place(path), hint)])


class Block(NamedTuple):
    """Some counts of every group; None is one that is hidden."""

    groups: tuple[tuple[int | None, ...], ...]
    total: tuple[int | None, ...]

    @property
    def rows(self) -> tuple[tuple[int | None, ...], ...]:
        """The counts of the groups, then the total."""
        return (*self.groups, self.total)


class Groups(NamedTuple):
    """Counts by group: whole tables, before anything is hidden."""

    labels: tuple[Label, ...]
    counts: tuple[tuple[int, ...], ...]
    """For each group, every count; the first one is its number of sheets."""
    total: tuple[int, ...]

    @property
    def together(self) -> "Groups":
        """The same without groups."""
        return self._replace(labels=(), counts=())

    def block(self, columns: slice, minimum: int, *, known_total: bool = False) -> Block:
        """Return some columns, with the counts hidden that could give a small one away.

        No sheet is in two of the columns. Those in none of them make one more column, which is not shown. If
        `known_total`, other tables give the total, which is 0 or at least `minimum` in each column.
        """
        parts = [[*row[columns], row[0] - sum(row[columns]), row[0]] for row in (*self.counts, self.total)]
        width = len(parts[0]) - 2
        unpublished: set[Cell] = {(row, width) for row in range(len(parts))}
        if not self.counts:  # there are no totals of a single row
            parts.append(parts[0])
            unpublished |= {(1, column) for column in range(width + 1)}
        known = {(row, width + 1) for row in range(len(parts))}
        if known_total:
            known |= {(len(self.counts), column) for column in range(width + 1)}
        hidden = hidden_cells(parts, minimum, unpublished=unpublished, published=known)
        *shown, total = (
            tuple(None if (row, column) in hidden else parts[row][column] for column in range(width))
            for row in range(len(self.counts) + 1)
        )
        return Block(tuple(shown), total)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of sheets of each group, then the total."""
        return (*(counts[0] for counts in self.counts), self.total[0])

    @classmethod
    def of(cls, counted: Mapping[str | None, Sequence[int]], width: int, grouping: Grouping) -> "Groups":
        """Return the groups in the order of their names, small ones merged; those without a name come last.

        Raises `IopFitError` if there are too many.
        """
        total = tuple(map(sum, zip(*counted.values(), strict=True))) if counted else (0,) * width
        if not grouping.by:
            return cls((), (), total)
        if len(counted) > MAX_GROUPS:
            raise IopFitError([_too_many(grouping.by)])
        names = sorted(counted, key=lambda name: (name is None, _natural(name or "")))
        rest = merged([counted[name][0] for name in names], grouping.min_group)
        kept = [name for place, name in enumerate(names) if place not in rest]
        labels = [Label(None, f"No {grouping.by}") if name is None else Label(name, name) for name in kept]
        counts = [tuple(counted[name]) for name in kept]
        if rest:
            labels.append(OTHERS)
            counts.append(tuple(map(sum, zip(*(counted[names[place]] for place in sorted(rest)), strict=True))))
        return cls(tuple(labels), tuple(counts), total)


def _natural(name: str) -> tuple[bool, float, str]:
    """Return the key that sorts numbers by their size, before other names."""
    number = name.isascii() and name.isdecimal()
    return (not number, float(name[:300]) if number else 0, name)


def _too_many(column: str) -> Problem:
    message = f"The column {quote(column)} has more than {MAX_GROUPS:,} different values."
    hint = "Count by a column with fewer, such as a county, a program or a month."
    return Problem(Code.NO_SUCH_GROUPS, message, hint=hint)
