"""Numbers and truth values of each row, as SQL that is put together with Python's operators."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Number", "Truth", "Value", "at_least", "at_most", "sql_of", "total"]


@dataclass(frozen=True)
class Number:
    """A number of each row."""

    sql: str

    @classmethod
    def of(cls, value: "Value") -> "Number":
        """Return a number or a constant as a number."""
        return cls(sql_of(value))

    def __add__(self, other: "Value") -> "Number":
        return Number(f"({self.sql} + {sql_of(other)})")

    def __radd__(self, other: float) -> "Number":
        return Number(f"({sql_of(other)} + {self.sql})")

    def __sub__(self, other: "Value") -> "Number":
        return Number(f"({self.sql} - {sql_of(other)})")

    def __rsub__(self, other: float) -> "Number":
        return Number(f"({sql_of(other)} - {self.sql})")

    def __mul__(self, other: "Value") -> "Number":
        return Number(f"({self.sql} * {sql_of(other)})")

    def __rmul__(self, other: float) -> "Number":
        return Number(f"({sql_of(other)} * {self.sql})")

    def __truediv__(self, other: "Value") -> "Number":
        return Number(f"({self.sql} / {sql_of(other)})")

    def __rtruediv__(self, other: float) -> "Number":
        return Number(f"({sql_of(other)} / {self.sql})")

    def __pow__(self, other: "Value") -> "Number":
        return Number(f"pow({self.sql}, {sql_of(other)})")

    def __lt__(self, other: "Value") -> "Truth":
        return Truth(f"({self.sql} < {sql_of(other)})")

    def apply(self, function: str) -> "Number":
        """Return the result of a function of the engine."""
        return Number(f"{function}({self.sql})")


@dataclass(frozen=True)
class Truth:
    """Whether something is true of each row; it is never NULL."""

    sql: str

    def __and__(self, other: "Truth") -> "Truth":
        return Truth(f"({self.sql} AND {other.sql})")

    def __or__(self, other: "Truth") -> "Truth":
        return Truth(f"({self.sql} OR {other.sql})")

    def __invert__(self) -> "Truth":
        return Truth(f"(NOT {self.sql})")

    def then(self, value: "Value", otherwise: "Value" = 0) -> Number:
        """Return one of two numbers."""
        return Number(f"CASE WHEN {self.sql} THEN {sql_of(value)} ELSE {sql_of(otherwise)} END")


Value = Number | float


def sql_of(value: Value) -> str:
    """Return the SQL of a number; one without an exponent would be a decimal with few digits."""
    if isinstance(value, Number):
        return value.sql
    text = repr(float(value))
    return text if "e" in text else f"{text}e0"


def at_least(*values: Value) -> Number:
    """Return the largest of some numbers."""
    return Number(f"greatest({', '.join(map(sql_of, values))})")


def at_most(*values: Value) -> Number:
    """Return the smallest of some numbers."""
    return Number(f"least({', '.join(map(sql_of, values))})")


def total(values: Iterable[Value]) -> Value:
    """Return the sum of some numbers."""
    result: Value = 0.0
    for value in values:
        result = value if result == 0.0 else result + value
    return result
