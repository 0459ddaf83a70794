"""The answers to one question as SQL: a code for each row, and the tests of rules and gates.

The code of an answer that fits is 0 or more. Of a ranked question, a higher code reaches every lower one, as in the
rules; the options of a question that takes several have a column each, which is TRUE if the option is chosen.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Question
from iop_fit.problem_codes import Code
from iop_fit.scoring.layout import AnswerSource
from iop_fit.scoring.sql.dialects import Dialect

__all__ = ["EMPTY", "MISFIT", "SKIPPED", "UNKNOWN", "AnswerColumn", "thresholds"]

SKIPPED, UNKNOWN, EMPTY, MISFIT = -1, -2, -3, -4
"""Codes of cells without a valid answer: skipped; empty, but counts as skipped if asked; empty; not valid."""


class AnswerColumn(ABC):
    """The answers to one question. Its methods give columns, by name, or expressions over columns before them."""

    def __init__(self, question: Question, source: AnswerSource | None, dialect: Dialect, *, lenient: bool) -> None:
        """Take the question and where its answers are; if `lenient`, an empty cell counts as skipped."""
        self.question, self.source, self.dialect = question, source, dialect
        self.lenient = lenient or source is None
        self.raw = dialect.name(f"raw:{question.id}")
        """The cell as a text, or as a list of texts."""
        self.code = dialect.name(f"q:{question.id}")

    # From cells to codes

    @abstractmethod
    def cells(self) -> str:
        """Return the cell as a text or a list; NULL if it is empty."""

    def options(self) -> Iterator[tuple[str, str]]:
        """Yield a column for each option that can be chosen beside others."""
        yield from ()

    @abstractmethod
    def codes(self) -> str:
        """Return the code of the answer."""

    @abstractmethod
    def misfits(self) -> Iterator[tuple[Code, str]]:
        """Yield each problem that a cell of the code `MISFIT` can have, with when it has it."""

    # From codes to what is reached

    @property
    def given(self) -> str:
        """Whether there is an answer or a skip."""
        return f"{self.code} >= {SKIPPED}"

    @property
    def unknown(self) -> str:
        """Whether the answer is not known, in a row without problems."""
        return f"{self.code} IN ({SKIPPED}, {UNKNOWN})" if self.lenient else f"{self.code} = {SKIPPED}"

    @abstractmethod
    def certain(self, *options: str) -> str:
        """Return whether the answers of a row surely reach one of some options."""

    def highest(self, options: list[str]) -> list[str]:
        """Return those of some options that imply the others."""
        return options

    def possible(self, *options: str) -> str:
        """Return whether a row may reach one of some options."""
        return f"({self.certain(*options)} OR {self.unknown})"

    @abstractmethod
    def values(self, asked: str | None, bad: str) -> Iterator[tuple[str, str]]:
        """Yield columns of the answers that count: NULL if unknown, and `NOTHING` or FALSE if there is none.

        `asked` says whether the question is asked, None if it always is; `bad` whether the row has problems, so that
        what has no valid answer is unknown.
        """

    @abstractmethod
    def reaches(self, option: str) -> str:
        """Return whether the answer that counts reaches an option."""

    @abstractmethod
    def score(self) -> str:
        """Return the score of the answer that counts; 0 if there is none."""

    def _unless(self, asked: str | None, nothing: str) -> str:
        return f"WHEN NOT {asked} THEN {nothing} " if asked else ""

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield what a cell can be, with the id of the option or reason that it means."""
        values = self.source.values if self.source else ()
        mapped = {meaning for _, meaning in values}
        yield from values
        yield from ((name, name) for name in (*self.question.options_by_id, *SkipReason) if name not in mapped)

    def _texts_of(self, meanings: Sequence[str]) -> list[str]:
        return [text for text, meaning in self._texts() if meaning in meanings]


def thresholds(need: OptionSet, columns: Mapping[str, AnswerColumn]) -> Iterator[tuple[AnswerColumn, str]]:
    """Yield the options of a need that imply all of it, each with its column."""
    named: dict[str, list[str]] = {}
    for question, option in need:
        named.setdefault(question, []).append(option)
    for question, options in named.items():
        column = columns[question]
        yield from ((column, option) for option in column.highest(options))
