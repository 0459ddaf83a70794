"""The rows of the query that makes people up: their number, its hash, and their traits."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from iop_fit.domain.wording import Audience
from iop_fit.scoring.layout import ID
from iop_fit.scoring.population.draws import ROW_KEY, Draws
from iop_fit.scoring.population.expressions import sql_of
from iop_fit.scoring.population.traits import MARGINS, raked_cells
from iop_fit.scoring.sql.compiler import Stage
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["Slot", "numbered_rows", "slots", "trait_stages"]


class Slot(NamedTuple):
    """One of as many equal parts as there are cells; it is shared by two of them (Walker's alias table)."""

    own: float
    """The share of the slot, from 0 to 1, that belongs to the cell with the same place."""
    other: int
    """The place of the cell that has the rest."""


def slots(shares: Sequence[float]) -> list[Slot]:
    """Return the slots that give each cell its share of the whole; the shares sum to 1."""
    left = [share * len(shares) for share in shares]
    small = [place for place, share in enumerate(left) if share < 1]
    large = [place for place, share in enumerate(left) if share >= 1]
    result = [Slot(1, place) for place in range(len(shares))]
    while small and large:
        place, giver = small.pop(), large[-1]
        result[place] = Slot(left[place], giver)
        left[giver] -= 1 - left[place]
        if left[giver] < 1:
            small.append(large.pop())
    return result


def numbered_rows(number: int) -> str:
    """Return a table expression with so many rows."""
    columns = f"range AS {ID}, '{Audience.ME}' AS about, hash(range::UBIGINT) AS {ROW_KEY}"
    return f"(SELECT {columns} FROM range(1, {number + 1})) AS numbered"


def trait_stages(draws: Draws) -> Iterator[Stage]:
    """Yield the stages that put each row in a cell, and read the traits from its place."""
    table = slots([cell.share for cell in raked_cells()])
    drawn = f"{draws.uniform_from(ROW_KEY, 'traits')} * {len(table)}"
    yield Stage("pointed", (("pointed", drawn),))
    yield Stage("slots", (("slot", "floor(pointed)::INT"),))
    own, other = ", ".join(sql_of(slot.own) for slot in table), ", ".join(str(slot.other) for slot in table)
    yield Stage(
        "cells", (("cell", f"CASE WHEN pointed - slot < [{own}][slot + 1] THEN slot ELSE [{other}][slot + 1] END"),)
    )
    yield Stage("traits", tuple(_traits(len(table))))


def _traits(cells: int) -> Iterator[tuple[str, str]]:
    """Yield the columns of the traits; the places of the cells count through the last trait first."""
    step = cells
    for trait, shares in MARGINS.items():
        step //= len(shares)
        yield DUCKDB.name(trait), f"[{DUCKDB.texts(shares)}][1 + cell // {step} % {len(shares)}]"
