"""Hide small counts, and enough others that no small one can be worked out.

The method is the hypercube method of statistical offices, in two dimensions: each small count is made the corner of a
rectangle of hidden counts. Adding some sheets to one corner and taking them away at the next keeps every total, so
that a reader can't exclude a table in which the small count is `minimum` or more.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

__all__ = ["Cell", "hidden_cells", "merged"]

Cell = tuple[int, int]
"""A row and a column."""


def hidden_cells(
    table: Sequence[Sequence[int]],
    minimum: int,
    *,
    unpublished: Iterable[Cell] = (),
    published: Iterable[Cell] = (),
) -> frozenset[Cell]:
    """Return the cells of a table to hide; its last row and its last column are the totals of the others.

    Hides each count from 1 to `minimum - 1` and, for each, three more; where these are too small to protect it, all
    but the totals, or everything. Cells that are `unpublished` anyway are hidden at no cost. Those that are `published`
    elsewhere, and the total of all, never are; they must be 0 or at least `minimum`.
    """
    small = sorted(
        (count, (row, column))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        if 0 < count < minimum
    )
    search = _Search(table, minimum, unpublished, published)
    search.hidden |= {cell for _, cell in small if cell not in search.shown}
    for _, cell in small:
        if cell in search.shown:
            continue
        best = search.rectangle(cell)
        if best is None:
            return search.all_but_totals or search.everything
        search.hidden |= best
    return frozenset(search.hidden)


class _Rectangle(NamedTuple):
    cost: tuple[int, int]
    """How many more cells it hides, and the counts in them."""
    cells: frozenset[Cell]


class _Search:
    def __init__(
        self, table: Sequence[Sequence[int]], minimum: int, unpublished: Iterable[Cell], published: Iterable[Cell]
    ) -> None:
        self._table, self._minimum = table, minimum
        self._last = (len(table) - 1, len(table[0]) - 1)
        self.shown = {*published, self._last}
        self._unpublished = frozenset(unpublished)
        self.hidden = set(self._unpublished)

    @property
    def everything(self) -> frozenset[Cell]:
        """Every cell that can be hidden."""
        return frozenset(self._cells - self.shown | self._unpublished)

    @property
    def all_but_totals(self) -> frozenset[Cell] | None:
        """Every cell but the totals, if none of them is small: a count can be as large as the smaller of its two."""
        totals = {(row, column) for row, column in self._cells if row == self._last[0] or column == self._last[1]}
        if self.shown <= totals and all(not 0 < self._at(total) < self._minimum for total in totals):
            return frozenset(self._cells - totals | self._unpublished)
        return None

    @property
    def _cells(self) -> set[Cell]:
        rows, columns = self._last
        return {(row, column) for row in range(rows + 1) for column in range(columns + 1)}

    def rectangle(self, cell: Cell) -> frozenset[Cell] | None:
        """Return the cheapest rectangle that protects a cell, or None if there is none."""
        rows = sorted({row for row, _ in self.hidden})
        others = [row for row in range(self._last[0] + 1) if row not in set(rows)]
        best: _Rectangle | None = None
        for found in (*self._rectangles(cell, rows), *self._rectangles(cell, others)):
            if best is None or found.cost < best.cost:
                best = found
            if best.cost == (0, 0):
                break
        return best.cells if best else None

    def _rectangles(self, cell: Cell, rows: list[int]) -> Iterator[_Rectangle]:
        row, column = cell
        for other_row in rows:
            for other_column in range(self._last[1] + 1):
                if other_row != row and other_column != column:
                    corners = ((row, other_column), (other_row, column), (other_row, other_column))
                    if self.shown.isdisjoint(corners) and self._room(cell, corners) >= self._minimum:
                        yield self._costing(corners)

    def _room(self, cell: Cell, corners: tuple[Cell, Cell, Cell]) -> int:
        """Return how large the count in a cell can be, while all totals stay."""
        (row, column), (other_row, other_column) = cell, corners[2]
        along = 1 if self._last[1] in {column, other_column} else -1
        down = 1 if self._last[0] in {row, other_row} else -1
        signs = zip(corners, (along, down, along * down), strict=True)
        return self._at(cell) + min(self._at(corner) for corner, sign in signs if sign < 0)

    def _costing(self, corners: tuple[Cell, ...]) -> _Rectangle:
        more = [corner for corner in corners if corner not in self.hidden]
        return _Rectangle((len(more), sum(map(self._at, more))), frozenset(corners))

    def _at(self, cell: Cell) -> int:
        return self._table[cell[0]][cell[1]]


def merged(sizes: Sequence[int], minimum: int) -> frozenset[int]:
    """Return the groups to count together: those smaller than `minimum`, and the next larger ones if needed.

    Together they have at least `minimum` sheets, and at least two are merged, unless there are no more groups.
    """
    by_size = sorted(range(len(sizes)), key=lambda group: (sizes[group], group))
    number = sum(size < minimum for size in sizes)
    while 0 < number < len(sizes) and (number < 2 or sum(sizes[group] for group in by_size[:number]) < minimum):
        number += 1
    return frozenset(by_size[:number])
