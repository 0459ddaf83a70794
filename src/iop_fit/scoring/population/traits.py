"""Who comes for treatment: traits of people, raked to published shares of admissions in the United States.

The shares are those of TEDS-A, the record of admissions of 2000 to 2019. Which traits go together is a guess: the start
of the table says how much likelier some pairs are, and the raking keeps those odds while it meets every share.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

__all__ = ["MARGINS", "OPIOIDS", "STIMULANTS", "TRAITS", "Cell", "raked_cells"]

MARGINS: Mapping[str, Mapping[str, float]] = {
    # living: `homeless` is no-place; `dependent` (supervised, or with relatives) is sober-house or others;
    # `independent` is own or losing. The 10.9 % with nothing recorded are left out, here and below.
    "living_arrangement": {"homeless": 12.0, "dependent": 18.3, "independent": 58.8},
    # treatment: `none` is none. The other answers don't count programs, so the share of each answer depends on these.
    # "Two to four" is what is left of 100 %.
    "treated_before": {"none": 36.3, "once": 19.6, "two to four": 33.0, "five or more": 11.1},
    # The days-a-week question of the main substance: `daily` is daily, `some` is few or most. `none` has used nothing.
    "use_frequency": {"daily": 39.1, "some": 29.8, "none": 25.9},
    # used: alcohol; opioids or fentanyl; cannabis; stimulants; stimulants; opioids or pain-rx; any of the others.
    "main_substance": {
        "alcohol": 38.2,
        "heroin": 17.9,
        "cannabis": 15.5,
        "cocaine": 9.6,
        "meth": 7.2,
        "pain pills": 6.0,
        "other": 5.6,
    },
    # mood: most days, with or without help. 22.3 of 71.7 known.
    "mental_condition": {"yes": 22.3, "no": 49.4},
    # health: pregnant.
    "is_pregnant": {"yes": 1.2, "no": 98.8},
    # age: 65 or older.
    "is_65_or_older": {"yes": 0.8, "no": 99.2},
    # Work is not asked for; injecting only beside a fever, and sharing needles only among other risks: both left out.
}
"""By trait, the share of each value in percent of the admissions; those for whom it is unknown are left out."""

TRAITS = tuple(MARGINS)
OPIOIDS, STIMULANTS = ("heroin", "pain pills"), ("cocaine", "meth")

TOGETHER: tuple[tuple[float, Mapping[str, str]], ...] = (
    (3.0, {"use_frequency": "daily", "main_substance": "heroin"}),
    (2.0, {"use_frequency": "daily", "main_substance": "pain pills"}),
    (0.6, {"use_frequency": "daily", "main_substance": "cocaine"}),
    (2.0, {"living_arrangement": "homeless", "main_substance": "heroin"}),
    (2.0, {"living_arrangement": "homeless", "main_substance": "meth"}),
    (0.3, {"living_arrangement": "homeless", "main_substance": "cannabis"}),
    (2.0, {"living_arrangement": "homeless", "treated_before": "five or more"}),
    (2.0, {"living_arrangement": "dependent", "use_frequency": "none"}),
    (2.5, {"treated_before": "five or more", "main_substance": "heroin"}),
    (0.3, {"treated_before": "five or more", "main_substance": "cannabis"}),
    (2.5, {"treated_before": "none", "main_substance": "cannabis"}),
    (1.5, {"mental_condition": "yes", "treated_before": "five or more"}),
    (4.0, {"is_65_or_older": "yes", "main_substance": "alcohol"}),
    (0.0, {"is_65_or_older": "yes", "is_pregnant": "yes"}),
)
"""How many times as likely two values are together as alone: guesses."""

ROUNDS = 10
"""Rounds of raking, after which the shares are met to nine digits."""


class Cell(NamedTuple):
    """The people who have the same value of every trait."""

    values: tuple[str, ...]
    """In the order of `TRAITS`."""
    share: float
    """Their share of all people, from 0 to 1."""


@cache
def raked_cells() -> tuple[Cell, ...]:
    """Return every combination of values with its share, by iterative proportional fitting."""
    cells = [Cell(values, _start(values)) for values in product(*MARGINS.values())]
    for _ in range(ROUNDS):
        for place, shares in enumerate(MARGINS.values()):
            cells = list(_fitted(cells, place, shares))
    return tuple(cells)


def _start(values: tuple[str, ...]) -> float:
    share, named = 1.0, dict(zip(TRAITS, values, strict=True))
    for times, pair in TOGETHER:
        if pair.items() <= named.items():
            share *= times
    return share


def _fitted(cells: list[Cell], place: int, shares: Mapping[str, float]) -> Iterator[Cell]:
    """Yield the cells so that the trait at one place has its published shares."""
    found = dict.fromkeys(shares, 0.0)
    for cell in cells:
        found[cell.values[place]] += cell.share
    total = sum(shares.values())
    factors = {value: share / total / found[value] for value, share in shares.items()}
    yield from (Cell(cell.values, cell.share * factors[cell.values[place]]) for cell in cells)
