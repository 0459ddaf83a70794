"""The answer to a question that takes any number of options."""

from collections.abc import Iterator
from itertools import groupby

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.limits import MAX_MISFITS_COMPARED
from iop_fit.problem_codes import Code
from iop_fit.scoring.layout import BLANKS, NO_OPTIONS, SEPARATOR
from iop_fit.scoring.sql.answers.cells import text_cell
from iop_fit.scoring.sql.answers.column import EMPTY, MISFIT, SKIPPED, UNKNOWN, AnswerColumn
from iop_fit.scoring.sql.flags import flag_list
from iop_fit.scoring.sql.logic import any_of

__all__ = ["SeveralAnswers"]

GONE = f'[]"{BLANKS}'
"""What is left out of a text before it is split."""


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
        items = self.dialect.split.format(f"translate({text}, {self.dialect.text(f',{GONE}')}, '{SEPARATOR}')")
        return f"CASE WHEN {text} = '{NO_OPTIONS}' THEN {self.dialect.empty_list} ELSE {items} END"

    def _texts(self) -> Iterator[tuple[str, str]]:
        """Yield what an item can be; the spaces, quotes and brackets of a text are gone when it is a list."""
        gone = {} if self.source and self.source.is_list else dict.fromkeys(map(ord, GONE))
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
        options = self.dialect.texts(self._texts_of([*self.question.options_by_id]))
        known = self.dialect.size.format(self.dialect.items_among.format(self.raw, options))
        countless = f"{size} > {max(MAX_MISFITS_COMPARED, 2 * len(self.question.options))}"
        yield Code.TOO_MANY_OPTIONS, countless
        yield Code.UNKNOWN_OPTION, f"NOT {countless} AND {size} > {known}"
        yield Code.OPTION_TWICE, f"NOT {countless} AND {known} > {self._known}"
        if self.question.at_most:
            yield Code.MORE_THAN_AT_MOST, f"{size} > {self.question.at_most}"

    def certain(self, *options: str) -> str:
        """Return whether one of the options is chosen, in a list that is valid."""
        return f"(({any_of(map(self._chosen, options))}) AND {self.code} = 0)"

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
