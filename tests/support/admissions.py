"""Who comes for treatment: traits of people, raked to published shares of admissions in the United States.

The shares are those of TEDS-A, the record of admissions of 2000 to 2019. Which traits go together is a guess: the start
of the table says how much likelier some pairs are, and the raking keeps those odds while it meets every share.
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from random import Random
from typing import NamedTuple

__all__ = ["MARGINS", "OPIOIDS", "STIMULANTS", "Traits", "traits"]

MARGINS = {
    # living: `homeless` is no-place; `dependent` (supervised, or with relatives) is sober-house or others;
    # `independent` is own or losing. The 10.9 % with nothing recorded are left out, here and below.
    "living": {"homeless": 12.0, "dependent": 18.3, "independent": 58.8},
    # treatment: `none` is none. The other answers don't count programs, so the share of each answer depends on these.
    # "Two to four" is what is left of 100 %.
    "before": {"none": 36.3, "one": 19.6, "some": 33.0, "many": 11.1},
    # The days-a-week question of the main substance: `daily` is daily, `some` is few or most. `none` has used nothing.
    "frequency": {"daily": 39.1, "some": 29.8, "none": 25.9},
    # used: alcohol; opioids or fentanyl; cannabis; stimulants; stimulants; opioids or pain-rx; any of the others.
    "main": {
        "alcohol": 38.2,
        "heroin": 17.9,
        "cannabis": 15.5,
        "cocaine": 9.6,
        "meth": 7.2,
        "pain pills": 6.0,
        "other": 5.6,
    },
    # mood: most days, with or without help. 22.3 of 71.7 known.
    "mental": {"yes": 22.3, "no": 49.4},
    # health: pregnant.
    "pregnant": {"yes": 1.2, "no": 98.8},
    # age: 65 or older.
    "older": {"yes": 0.8, "no": 99.2},
    # Work is not asked for; injecting only beside a fever, and sharing needles only among other risks: both left out.
}
"""By trait, the share of each value in percent of the people for whom it is known."""


class Traits(NamedTuple):
    """What is known of one person before the questions; each field is a key of `MARGINS`."""

    living: str
    before: str
    frequency: str
    main: str
    mental: str
    pregnant: str
    older: str


OPIOIDS, STIMULANTS = frozenset({"heroin", "pain pills"}), frozenset({"cocaine", "meth"})

TOGETHER = (
    (3.0, {"frequency": "daily", "main": "heroin"}),
    (2.0, {"frequency": "daily", "main": "pain pills"}),
    (0.6, {"frequency": "daily", "main": "cocaine"}),
    (2.0, {"living": "homeless", "main": "heroin"}),
    (2.0, {"living": "homeless", "main": "meth"}),
    (0.3, {"living": "homeless", "main": "cannabis"}),
    (2.0, {"living": "homeless", "before": "many"}),
    (2.0, {"living": "dependent", "frequency": "none"}),
    (2.5, {"before": "many", "main": "heroin"}),
    (0.3, {"before": "many", "main": "cannabis"}),
    (2.5, {"before": "none", "main": "cannabis"}),
    (1.5, {"mental": "yes", "before": "many"}),
    (4.0, {"older": "yes", "main": "alcohol"}),
    (0.0, {"older": "yes", "pregnant": "yes"}),
)
"""How many times as likely two values are together as alone: guesses."""


@cache
def _cells() -> tuple[list[Traits], list[float]]:
    """Return every combination of traits and its weight, by iterative proportional fitting."""
    cells = [Traits(*values) for values in product(*MARGINS.values())]
    weights = [_start(cell) for cell in cells]
    for _ in range(30):
        for place, shares in enumerate(MARGINS.values()):
            found = dict.fromkeys(shares, 0.0)
            for cell, weight in zip(cells, weights, strict=True):
                found[cell[place]] += weight
            total = sum(shares.values())
            factors = {value: share / total / found[value] for value, share in shares.items()}
            weights = [weight * factors[cell[place]] for cell, weight in zip(cells, weights, strict=True)]
    return cells, weights


def _start(cell: Traits) -> float:
    weight = 1.0
    for times, pair in TOGETHER:
        if all(getattr(cell, trait) == value for trait, value in pair.items()):
            weight *= times
    return weight


def traits(random: Random) -> Iterator[Traits]:
    """Yield the traits of people, without end."""
    cells, weights = _cells()
    while True:
        yield from random.choices(cells, weights, k=100)
