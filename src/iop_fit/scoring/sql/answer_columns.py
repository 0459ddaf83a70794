"""The answers to one question as SQL: a code for each row, and the tests of rules and gates.

The code of an answer that fits is 0 or more. Of a ranked question, a higher code reaches every lower one, as in the
rules; the options of a question that takes several have a column each, which is TRUE if the option is chosen.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.domain.question import Question
from iop_fit.limits import MAX_MISFITS_COMPARED, MAX_NOTE
from iop_fit.problem_codes import Code
from iop_fit.scoring.layout import NO_OPTIONS, SEPARATOR, AnswerSource, Layout
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.flags import flag_list
from iop_fit.scoring.sql.logic import FALSE, TRUE, any_of

__all__ = ["EMPTY", "MISFIT", "SKIPPED", "AnswerColumn", "about_cell", "answer_column", "thresholds"]

SKIPPED, UNKNOWN, EMPTY, MISFIT = -1, -2, -3, -4
"""Codes of cells without a valid answer: skipped; empty, but counts as skipped if asked; empty; not valid."""

NOTHING = -1
"""The rank of no answer, which is below that of every option."""

NUMBER = r"-?[0-9]+([.][0-9]+)?"
"""How a number may be written in a cell."""


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
    def certain(self, option: str) -> str:
        """Return whether the answers of a row surely reach an option."""

    def highest(self, options: list[str]) -> list[str]:
        """Return those of some options that imply the others."""
        return options

    def possible(self, option: str) -> str:
        """Return whether a row may reach an option."""
        return f"({self.certain(option)} OR {self.unknown})"

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

    def certain(self, option: str) -> str:
        """Return whether the rank is that of the option or above."""
        return self._test(self.code, option)

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


class SeveralAnswers(AnswerColumn):
    """A question that takes any number of options."""

    question: MultipleQuestion

    def cells(self) -> str:
        """Return the list of the texts between semicolons, or of a list in JSON; it may be empty."""
        if self.source and self.source.flags:
            return flag_list(self.source, self.dialect)
        if self.source is None or self.source.is_list:
            return self.dialect.name(self.source.column) if self.source else self.dialect.null_list
        text = text_cell(self.source, self.dialect)
        items = self.dialect.split.format(f"translate({text}, ',[]\" ', '{SEPARATOR}')")
        return f"CASE WHEN {text} = '{NO_OPTIONS}' THEN {self.dialect.empty_list} ELSE {items} END"

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield what an item can be; the spaces, quotes and brackets of a text are gone when it is a list."""
        gone = {} if self.source and self.source.is_list else dict.fromkeys(map(ord, '[]" '))
        return ((text.translate(gone), meaning) for text, meaning in super()._texts())

    def options(self) -> Iterator[tuple[str, str]]:
        """Yield whether each option is in the list."""
        for option in self.question.options_by_id:
            yield self._chosen(option), any_of(self._has(text) for text in self._texts_of([option]))

    def _chosen(self, option: str) -> str:
        return self.dialect.name(f"o:{self.question.id}:{option}")

    def _has(self, text: str) -> str:
        return self.dialect.contains.format(self.raw, self.dialect.text(text))

    def codes(self) -> str:
        """Return 0 if all that is in the list are options, each of them once."""
        size = self.dialect.size.format(self.raw)
        most = f" AND {size} <= {self.question.at_most}" if self.question.at_most else ""
        skips = any_of(self._has(text) for text in self._texts_of([*SkipReason]))
        return (
            f"CASE WHEN {self.raw} IS NULL THEN {UNKNOWN if self.lenient else EMPTY}"
            f" WHEN {size} = {self._known}{most} THEN 0"
            f" WHEN {size} = 1 AND ({skips}) THEN {SKIPPED} ELSE {MISFIT} END"
        )

    @property
    def _known(self) -> str:
        """How many of the options are in the list."""
        return " + ".join(f"CAST({self._chosen(option)} AS INT)" for option in self.question.options_by_id)

    def misfits(self) -> Iterator[tuple[Code, str]]:
        """Yield too many options, an unknown one, or the same one twice."""
        size = self.dialect.size.format(self.raw)
        different = self.dialect.size.format(self.dialect.distinct.format(self.raw))
        countless = f"{size} > {max(MAX_MISFITS_COMPARED, 2 * len(self.question.options))}"
        yield Code.TOO_MANY_OPTIONS, countless
        yield Code.UNKNOWN_OPTION, f"NOT {countless} AND {different} > {self._known}"
        yield Code.OPTION_TWICE, f"NOT {countless} AND {different} < {size}"
        if self.question.at_most:
            yield Code.MORE_THAN_AT_MOST, f"{size} > {self.question.at_most}"

    def certain(self, option: str) -> str:
        """Return whether the option is chosen, in a list that is valid."""
        return f"({self._chosen(option)} AND {self.code} = 0)"

    def values(self, asked: str | None, bad: str) -> Iterator[tuple[str, str]]:
        """Yield whether each option is chosen."""
        for option in self.question.options_by_id:
            unknown = f"WHEN {self.unknown} OR {bad} THEN NULL"
            counts = f"WHEN {self.code} = 0 THEN {self._chosen(option)} {unknown} ELSE FALSE"
            yield self.reaches(option), f"CASE {self._unless(asked, 'FALSE')}{counts} END"

    def reaches(self, option: str) -> str:
        """Return the column of the option."""
        return self.dialect.name(f"v:{self.question.id}:{option}")

    def score(self) -> str:
        """Return the highest score of the chosen options."""
        highest_first = sorted(self.question.options, key=lambda option: -option.score)
        by_score = groupby((option for option in highest_first if option.score), key=lambda option: option.score)
        chosen = (f"WHEN {any_of(self.reaches(o.id) for o in options)} THEN {score}" for score, options in by_score)
        whens = " ".join(chosen)
        return f"CASE {whens} ELSE 0 END" if whens else "0"


class NoteAnswer(AnswerColumn):
    """A note, which reaches nothing; its text is not read."""

    def cells(self) -> str:
        """Return the text."""
        return text_cell(self.source, self.dialect)

    def codes(self) -> str:
        """Return 0 for a note that is not too long."""
        fits = f"length({self.raw}) <= {MAX_NOTE}"
        return f"CASE WHEN {self.raw} IS NULL THEN {UNKNOWN} WHEN {fits} THEN 0 ELSE {MISFIT} END"

    def misfits(self) -> Iterator[tuple[Code, str]]:
        """Yield a note that is too long."""
        yield Code.NOTE_TOO_LONG, TRUE

    def certain(self, option: str) -> str:
        """Return that nothing is reached."""
        del option
        return FALSE

    def values(self, asked: str | None, bad: str) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        del asked, bad
        yield from ()

    def reaches(self, option: str) -> str:
        """Return that nothing is reached."""
        del option
        return FALSE

    def score(self) -> str:
        """Return 0."""
        return "0"


def thresholds(need: OptionSet, columns: Mapping[str, AnswerColumn]) -> Iterator[tuple[AnswerColumn, str]]:
    """Yield the options of a need that imply all of it, each with its column."""
    named: dict[str, list[str]] = {}
    for question, option in need:
        named.setdefault(question, []).append(option)
    for question, options in named.items():
        column = columns[question]
        yield from ((column, option) for option in column.highest(options))


def answer_column(question: Question, layout: Layout, dialect: Dialect) -> AnswerColumn:
    """Return the column of a question, by its kind."""
    if isinstance(question, MultipleQuestion):
        kind: type[AnswerColumn] = SeveralAnswers
    elif isinstance(question, NumberQuestion):
        kind = NumberAnswer
    else:
        kind = NoteAnswer if question.optional else OneAnswer
    return kind(question, layout.answers.get(question.id), dialect, lenient=layout.missing is not None)


def about_cell(source: AnswerSource | None, dialect: Dialect) -> str:
    """Return whom a row is about, as a text that may be wrong; NULL if it is empty."""
    text = text_cell(source, dialect)
    values = source.values if source else ()
    meant = " ".join(f"WHEN {dialect.text(cell)} THEN {dialect.text(audience)}" for cell, audience in values)
    return f"CASE {text} {meant} ELSE {text} END" if meant else text


def text_cell(source: AnswerSource | None, dialect: Dialect) -> str:
    """Return a cell as a text; NULL if it is empty. A list is joined with semicolons."""
    if source is None:
        return f"CAST(NULL AS {dialect.text_type})"
    column = dialect.name(source.column)
    if not source.is_list:
        return f"nullif(trim(CAST({column} AS {dialect.text_type})), '')"
    size, joined = dialect.size.format(column), dialect.joined.format(column)
    return f"CASE WHEN {size} = 0 THEN '{NO_OPTIONS}' ELSE {joined} END"
