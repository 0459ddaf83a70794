"""The page of all figures, in Markdown."""

import re
from collections.abc import Iterable
from textwrap import fill
from typing import NamedTuple

from bench.measuring import Measured

__all__ = ["INTRODUCTION", "Table", "figure", "mebibytes", "milliseconds", "page", "seconds"]


FIGURE = re.compile(r"[\d.,]+")
WIDTH = 120
"""The longest line of the page outside of tables, in characters."""


class Table(NamedTuple):
    """One table of the page, with what was measured for it."""

    title: str
    meaning: str
    """What the table shows, in whole sentences."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    measured: tuple[Measured, ...] = ()

    def markdown(self) -> str:
        """Return the heading, the meaning and the table, if it has rows; columns of figures are set flush right."""
        columns = zip(*self.rows, strict=True)
        rule = ["---:" if all(FIGURE.fullmatch(cell) for cell in column) else "---" for column in columns]
        lines = [self.header, rule, *self.rows] if self.rows else []
        meaning = fill(self.meaning, WIDTH, break_long_words=False, break_on_hyphens=False)
        written = "".join(f"| {' | '.join(line)} |\n" for line in lines)
        return f"## {self.title}\n\n{meaning}\n" + (f"\n{written}" if written else "")


def page(tables: Iterable[Table]) -> str:
    """Return the whole page."""
    return INTRODUCTION + "".join(f"\n{table.markdown()}" for table in tables)


INTRODUCTION = """\
# Performance

`make bench` measured everything on this page and wrote it. The figures are those of one computer, so compare them with
each other rather than with those of another.

What is compared runs in turn: each once, then each again, so that a slow minute of the computer falls on all of them.
"Least" is the fastest run. Processor time is the least of all runs, of all cores together; it depends less on what else
the computer does than the time on the clock.
"""


def figure(number: float) -> str:
    """Return a number with three significant digits, and a comma for thousands."""
    places = 0 if number >= 99.95 else 1 if number >= 9.995 else 2
    return f"{number:,.{places}f}"


def seconds(number: float) -> str:
    """Return seconds, with three significant digits."""
    return figure(number)


def milliseconds(number: float) -> str:
    """Return seconds as milliseconds."""
    return figure(number * 1000)


def mebibytes(number: int) -> str:
    """Return bytes as MiB."""
    return f"{number / 2**20:,.0f}"
