"""Random numbers as SQL: each a function of the seed, the name of the draw and the row."""

from collections.abc import Iterator
from functools import reduce
from hashlib import blake2b
from math import pi, sqrt
from operator import mul

from iop_fit.scoring.population.expressions import Number, Truth, Value

__all__ = ["ROW_KEY", "Draws"]

ROW_KEY = "row_key"
"""The column with the hashed number of the row."""


class Draws:
    """The random numbers that a query needs.

    A draw is the row's key, changed by the name of the draw and the seed, and hashed again. So no draw depends on
    another one, nor on how many there are, and the same seed gives the same people.
    """

    def __init__(self, seed: int) -> None:
        """Take a seed, which can be any integer."""
        self._seed = seed
        self._names: dict[str, None] = {}

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield the column of each draw that was asked for."""
        return ((self._column(name), self.uniform_from(ROW_KEY, name)) for name in self._names)

    def _column(self, name: str) -> str:
        return f'"draw:{name}"'

    def uniform_from(self, key: str, name: str) -> str:
        """Return a draw as an expression over a hashed number: one of 2^53 numbers, all as likely."""
        mask = int.from_bytes(blake2b(f"{self._seed} {name}".encode(), digest_size=8).digest())
        return f"(hash(xor({key}, {mask}::UBIGINT)) >> 11) * {2.0**-53!r}"

    def uniform(self, name: str) -> Number:
        """Return a number from 0 to 1, without 1."""
        self._names[name] = None
        return Number(self._column(name))

    def happens(self, name: str, chance: Value) -> Truth:
        """Return whether something happens that has this chance."""
        return self.uniform(name) < chance

    def whole(self, name: str, lowest: int, highest: int) -> Number:
        """Return a whole number between two, all as likely."""
        return lowest + (self.uniform(name) * (highest - lowest + 1)).apply("floor")

    def beta(self, name: str, a: Value, b: int) -> Number:
        """Return a number of the beta distribution, as a product of powers, which is exact for a whole `b`."""
        powers = [self.uniform(f"{name}:{step}") ** (1 / (a + step)) for step in range(b)]
        return reduce(mul, powers)

    def lognormal(self, name: str, mean: Value, deviation: float) -> Number:
        """Return a number whose logarithm has this mean and standard deviation (Box and Muller)."""
        radius = (-2 * (1 - self.uniform(f"{name}:radius")).apply("ln")).apply("sqrt")
        angle = (2 * pi * self.uniform(f"{name}:angle")).apply("cos")
        return (mean + deviation * (radius * angle)).apply("exp")

    def triangular(self, name: str, low: float, high: float, mode: float) -> Number:
        """Return a number of the triangular distribution, by its inverse."""
        drawn, rising = self.uniform(name), (mode - low) / (high - low)
        below = low + sqrt((high - low) * (mode - low)) * drawn.apply("sqrt")
        above = high - sqrt((high - low) * (high - mode)) * (1 - drawn).apply("sqrt")
        return (drawn < rising).then(below, above)
