"""The answer to a question that takes one option, or a number in a band."""

from collections.abc import Iterator, Sequence

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.domain.question import Question
from iop_fit.problem_codes import Code
from iop_fit.scoring.layout import SEPARATOR, AnswerSource
from iop_fit.scoring.sql.answers.cells import text_cell
from iop_fit.scoring.sql.answers.column import EMPTY, MISFIT, SKIPPED, UNKNOWN, AnswerColumn
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.logic import TRUE, any_of

__all__ = ["NUMBER", "NumberAnswer", "OneAnswer"]

NOTHING = -1
"""The rank of no answer, which is below that of every option."""

NUMBER = r"-?[0-9]+([.][0-9]+)?"
"""How a number may be written in a cell."""


class OneAnswer(AnswerColumn):
    """A question that takes one option."""

    def __init__(self, question: Question, source: AnswerSource | None, dialect: Dialect, *, lenient: bool) -> None:
        super().__init__(question, source, dialect, lenient=lenient)
        self.value = dialect.name(f"v:{question.id}")
        self._ranked = isinstance(question, OrdinalQuestion)
        start = 0 if self._ranked else 1  # the least option of a ranked question reaches nothing
        self.places = {option: place for place, option in enumerate(question.options_by_id, start)}

    def cells(self) -> str:
        """Return the text; a list is joined, so that more than one option fits no option."""
        return text_cell(self.source, self.dialect)

    def codes(self) -> str:
        """Return the rank of the option."""
        chosen = " ".join(
            f"WHEN {self.raw} {self._in(self._texts_of([option]))} THEN {place}"
            for option, place in self.places.items()
        )
        skipped = f"WHEN {self._skips} THEN {SKIPPED}"
        return f"CASE WHEN {self.raw} IS NULL THEN {self._nothing} {chosen} {skipped} ELSE {MISFIT} END"

    def _in(self, texts: Sequence[str]) -> str:
        return f"= {self.dialect.text(texts[0])}" if len(texts) == 1 else f"IN ({self.dialect.texts(texts)})"

    @property
    def _skips(self) -> str:
        return f"{self.raw} {self._in(self._texts_of([*SkipReason]))}"

    @property
    def _nothing(self) -> int:
        return UNKNOWN if self.lenient else EMPTY

    def misfits(self) -> Iterator[tuple[Code, str]]:
        """Yield several options, or an unknown one."""
        several = f"({self.raw} LIKE '[%' OR {self.raw} LIKE '%{SEPARATOR}%')"
        yield Code.ONE_ANSWER, several
        yield Code.UNKNOWN_OPTION, f"NOT {several}"

    def highest(self, options: list[str]) -> list[str]:
        """Return the highest rank, which implies those below it."""
        return [max(options, key=self.places.__getitem__)] if self._ranked else options

    def certain(self, *options: str) -> str:
        """Return whether the rank is that of one of the options or above."""
        return any_of(self._test(self.code, option) for option in options)

    def _test(self, column: str, option: str) -> str:
        return f"{column} {'>=' if self._ranked else '='} {self.places[option]}"

    def values(self, asked: str | None, bad: str) -> Iterator[tuple[str, str]]:
        """Yield the rank."""
        counts = f"WHEN {self.code} >= 0 THEN {self.code} WHEN {self.unknown} OR {bad} THEN NULL ELSE {NOTHING}"
        yield self.value, f"CASE {self._unless(asked, str(NOTHING))}{counts} END"

    def reaches(self, option: str) -> str:
        """Return whether the rank that counts is that of the option or above."""
        return self._test(self.value, option)

    def score(self) -> str:
        """Return the score of the option."""
        scores = {place: self.question.options_by_id[option].score for option, place in self.places.items()}
        if all(place == score for place, score in scores.items()):
            return f"CASE WHEN {self.value} > 0 THEN {self.value} ELSE 0 END"
        by_place = " ".join(f"WHEN {place} THEN {score}" for place, score in scores.items() if score)
        return f"CASE {self.value} {by_place} ELSE 0 END" if by_place else "0"


class NumberAnswer(OneAnswer):
    """A question that takes a number, whose bands are its options."""

    question: NumberQuestion

    def codes(self) -> str:
        """Return the rank of the band."""
        dialect = self.dialect
        number = dialect.number_of.format(self.raw)
        least, most = self.question.number_range
        fits = f"{dialect.matches.format(self.raw, dialect.text(NUMBER))} AND {number} BETWEEN {least} AND {most}"
        highest_first = sorted(self.question.options, key=lambda option: -(option.start or 0))
        bands = " ".join(
            f"WHEN {number} >= {option.start} THEN {self.places[option.id]}" for option in highest_first[:-1]
        )
        band = f"CASE {bands} ELSE {self.places[highest_first[-1].id]} END" if bands else "0"
        read = self._coded_bands or f"WHEN {fits} THEN {band}"
        return (
            f"CASE WHEN {self.raw} IS NULL THEN {self._nothing} WHEN {self._skips} THEN {SKIPPED}"
            f" {read} ELSE {MISFIT} END"
        )

    @property
    def _coded_bands(self) -> str:
        """The cells that mean a band; where there are any, other cells are no numbers but codes that nobody named."""
        values = self.source.values if self.source else ()
        coded = ((text, self.places[meaning]) for text, meaning in values if meaning in self.places)
        return " ".join(f"WHEN {self.raw} = {self.dialect.text(text)} THEN {place}" for text, place in coded)

    def misfits(self) -> Iterator[tuple[Code, str]]:
        """Yield the one problem there can be."""
        yield Code.NOT_A_NUMBER, TRUE
