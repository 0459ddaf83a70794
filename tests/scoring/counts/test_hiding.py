"""Hidden counts can't be worked out: checked against every table that agrees with what is shown."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product
from random import Random

import pytest

from iop_fit.scoring.counts.groups import Grouping, Groups
from iop_fit.scoring.counts.hiding import Cell, hidden_cells, merged
from support import EXAMPLES

MINIMUM = 3


def with_totals(inner: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in inner]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def parts_of(total: int, number: int) -> Iterator[list[int]]:
    """Yield every way to write a total as a sum of so many counts."""
    for bars in combinations(range(total + number - 1), number - 1):
        ends = (-1, *bars, total + number - 1)
        yield [after - before - 1 for before, after in pairwise(ends)]


def agreeing(table: Sequence[Sequence[int]], hidden: frozenset[Cell]) -> Iterator[list[list[int]]]:
    """Yield every table whose shown cells are these, whatever is in the hidden ones."""
    rows, columns = len(table) - 1, len(table[0]) - 1
    shown = [cell for cell in product(range(rows + 1), range(columns + 1)) if cell not in hidden]
    for counts in parts_of(table[-1][-1], rows * columns):
        whole = with_totals([counts[row * columns : (row + 1) * columns] for row in range(rows)])
        if all(whole[row][column] == table[row][column] for row, column in shown):
            yield whole


def small_cells(table: Sequence[Sequence[int]]) -> set[Cell]:
    return {(row, column) for row, counts in enumerate(table) for column, n in enumerate(counts) if 0 < n < MINIMUM}


def assert_safe(table: list[list[int]], hidden: frozenset[Cell]) -> None:
    """Each small count could be as large as the minimum, for all that a reader knows."""
    small = small_cells(table)
    assert small <= hidden
    largest = dict.fromkeys(small, 0)
    for other in agreeing(table, hidden):
        largest = {(row, column): max(most, other[row][column]) for (row, column), most in largest.items()}
    assert all(most >= MINIMUM for most in largest.values())


def random_table(random: Random) -> list[list[int]]:
    """Return a small table with at least `MINIMUM` sheets in all."""
    rows, columns = random.choice([(2, 2), (2, 3), (3, 2)])
    while True:
        inner = [[random.choice([0, 0, 1, 2, 3, 4]) for _ in range(columns)] for _ in range(rows)]
        if MINIMUM <= sum(map(sum, inner)) <= 12:
            return with_totals(inner)


@pytest.mark.parametrize("seed", range(min(EXAMPLES, 60)))
def test_hidden_cells_leave_small_counts_unknown(seed: int) -> None:
    table = random_table(Random(seed))
    assert_safe(table, hidden_cells(table, MINIMUM))


@pytest.mark.parametrize("seed", range(min(EXAMPLES, 60)))
def test_hidden_cells_are_safe_beside_known_sizes(seed: int) -> None:
    random = Random(seed)
    table = random_table(random)
    while any(0 < row[-1] < MINIMUM for row in table):
        table = random_table(random)
    sizes = {(row, len(table[0]) - 1) for row in range(len(table))}
    hidden = hidden_cells(table, MINIMUM, published=sizes)
    assert not hidden & sizes
    assert_safe(table, hidden)


def test_hidden_cells_of_a_safe_table_are_none() -> None:
    assert hidden_cells(with_totals([[4, 0], [0, 9]]), MINIMUM) == frozenset()
    assert hidden_cells(with_totals([[1, 2], [3, 1]]), 0) == frozenset()


def test_hidden_cells_hide_one_more_row_and_column() -> None:
    table = with_totals([[2, 20, 40], [10, 30, 50], [90, 80, 70]])
    assert hidden_cells(table, 11) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_totals_are_shown_if_they_are_large() -> None:
    table = with_totals([[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    hidden = hidden_cells(table, MINIMUM)
    assert hidden == set(product(range(3), range(3)))
    assert_safe(table, hidden)
    assert hidden_cells(with_totals([[1, 1], [1, 1], [1, 0]]), MINIMUM) > {(0, 2), (3, 1)}


def test_hidden_cell_alone_would_be_the_difference() -> None:
    """The check of this test finds what is not safe."""
    table = with_totals([[2, 5], [4, 3]])
    with pytest.raises(AssertionError):
        assert_safe(table, frozenset(small_cells(table)))


@pytest.mark.parametrize(
    ("sizes", "together"),
    [
        ([], []),
        ([20, 30], []),
        ([20, 3, 30], [0, 1]),
        ([20, 3, 9, 30], [1, 2]),
        ([20, 3, 2, 30, 12], [1, 2, 4]),
        ([3, 2], [0, 1]),
        ([3], [0]),
    ],
)
def test_merged_groups_are_enough_sheets(sizes: list[int], together: list[int]) -> None:
    assert sorted(merged(sizes, 11)) == together


def test_groups_come_in_natural_order_with_unnamed_last() -> None:
    counted = {"10": [30, 1], None: [40, 2], "9": [50, 3], "North": [60, 4], "<script>": [7, 1]}
    whole = Groups.of(counted, 2, Grouping("county"))
    assert [label.text for label in whole.labels] == ["9", "10", "<script>", "North", "No county"]
    groups = Groups.of(counted, 2, Grouping("county", 11))
    assert [label.text for label in groups.labels] == ["9", "North", "No county", "Other groups"]
    assert groups.counts[-1] == (37, 2)
    assert groups.total == (187, 11)
