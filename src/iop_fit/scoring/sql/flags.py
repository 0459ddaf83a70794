"""Several choices that a table has as one column for each option, as SQL."""

from collections.abc import Sequence

from iop_fit.domain.answers import SkipReason
from iop_fit.scoring.layout import NO, YES, AnswerSource, Flag
from iop_fit.scoring.sql.answers.cells import text_cell
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.logic import any_of

__all__ = ["flag_list", "unclear"]


def flag_list(source: AnswerSource, dialect: Dialect) -> str:
    """Return the options that are chosen as a list; NULL if all columns are empty.

    A column that is not known makes the whole answer a skip, and a cell that means nothing makes it invalid.
    """
    texts = [_text(flag, dialect) for flag in source.flags]
    skipped = any_of(_skipped(text, flag, source, dialect) for text, flag in zip(texts, source.flags, strict=True))
    items = (_item(text, flag, source, dialect) for text, flag in zip(texts, source.flags, strict=True))
    return (
        f"CASE WHEN coalesce({', '.join([*texts, 'NULL'])}) IS NULL THEN {dialect.null_list}"
        f" WHEN {skipped} THEN {dialect.list_of.format(dialect.text(SkipReason.DONT_KNOW))}"
        f" ELSE {dialect.list_of.format(', '.join(items))} END"
    )


def _text(flag: Flag, dialect: Dialect) -> str:
    return f"lower({text_cell(AnswerSource(flag.column), dialect)})"


def unclear(flag: Flag) -> str:
    """Return what stands in the list for a flag that says neither yes nor no; it is no id of an option."""
    return f"={flag.column}"


def _cells(flag: Flag, meanings: Sequence[str]) -> list[str]:
    return [cell for cell, meaning in flag.values if meaning in meanings]


def _skipped(text: str, flag: Flag, source: AnswerSource, dialect: Dialect) -> str:
    skips = _cells(flag, list(SkipReason))
    given = [f"{text} IN ({dialect.texts(skips)})"] if skips else []
    empty = [f"{text} IS NULL"] if source.empty_flags in list(SkipReason) else []
    return any_of([*given, *empty])


def _item(text: str, flag: Flag, source: AnswerSource, dialect: Dialect) -> str:
    nothing = f"CAST(NULL AS {dialect.text_type})"
    empty = f"WHEN {text} IS NULL THEN {nothing} " if source.empty_flags == NO else ""
    return (
        f"CASE {empty}WHEN {text} IN ({dialect.texts(_cells(flag, [YES]))}) THEN {dialect.text(flag.option)}"
        f" WHEN {text} IN ({dialect.texts(_cells(flag, [NO]))}) THEN {nothing} ELSE {dialect.text(unclear(flag))} END"
    )
