"""The shares of traits among made-up people, beside those published."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from iop_fit.scoring.population.traits import MARGINS, TRAITS
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["WHAT_IT_IS_NOT", "Share", "counted", "margins_text", "shares"]

WHAT_IT_IS_NOT = (
    "No real person is in this file. The published shares are of admissions to treatment in the United States, 2000 to"
    " 2019 (TEDS-A). Which traits go together is a guess, and so are most chances of the answers."
)


class Share(NamedTuple):
    """How many people have one value of a trait, from 0 to 1."""

    trait: str
    value: str
    found: float
    published: float


def counted(table: str) -> str:
    """Return a query for how many people of a table have the same traits: the values, then the number."""
    return f"SELECT {', '.join(map(DUCKDB.name, TRAITS))}, count(*) FROM {table} GROUP BY ALL"


def shares(counts: Iterable[tuple[object, ...]]) -> Iterator[Share]:
    """Yield the share of each value, from the rows of `counted`."""
    rows = [(values, int(str(number))) for *values, number in counts]
    people = sum(number for _, number in rows)
    for place, (trait, published) in enumerate(MARGINS.items()):
        for value, share in published.items():
            found = sum(number for values, number in rows if values[place] == value)
            yield Share(trait, value, found / people, share / sum(published.values()))


def margins_text(found: Iterable[Share], *, plain: bool) -> str:
    """Return the shares as a table, or if `plain` with each in a line of its own, and what the people are not."""
    lines = _plain_lines(found) if plain else _table_lines(found)
    return "\n".join([*lines, "", WHAT_IT_IS_NOT, ""])


def _plain_lines(found: Iterable[Share]) -> Iterator[str]:
    """Yield each share as a line."""
    for each in found:
        yield f"{each.trait}, {each.value}: {each.found:.1%} of these people, {each.published:.1%} published."


def _table_lines(found: Iterable[Share]) -> Iterator[str]:
    """Yield the shares as lines of a table, at most 40 columns wide."""
    yield f"{'in percent':20}{'here':>8}{'published':>12}"
    trait = ""
    for each in found:
        if each.trait != trait:
            trait = each.trait
            yield trait
        yield f"  {each.value:18}{100 * each.found:8.1f}{100 * each.published:12.1f}"
