"""Cells of a table as texts."""

from iop_fit.scoring.layout import BLANKS, NO_OPTIONS, AnswerSource
from iop_fit.scoring.sql.dialects import Dialect

__all__ = ["about_cell", "text_cell"]


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
        return f"nullif(trim(BOTH {dialect.text(BLANKS)} FROM CAST({column} AS {dialect.text_type})), '')"
    size, joined = dialect.size.format(column), dialect.joined.format(column)
    return f"CASE WHEN {size} = 0 THEN '{NO_OPTIONS}' ELSE {joined} END"
