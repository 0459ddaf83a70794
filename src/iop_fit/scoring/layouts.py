"""Find where the answers are in a table."""

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.tables import FileFormat, Table
from iop_fit.scoring.layout import ABOUT, ID, AnswerSource, Layout, collected
from iop_fit.scoring.mapping.column_mapping import NO_MAPPING, ColumnMapping
from iop_fit.text import closest, join_some, quote

__all__ = ["layout_of"]


def layout_of(
    table: Table, questionnaire: Questionnaire, private: frozenset[str], mapping: ColumnMapping = NO_MAPPING
) -> Layout:
    """Return the layout of a table whose columns have the ids of the questions, or are mapped to them.

    Columns of `private` questions that the questionnaire leaves out are not copied. Raises `IopFitError` if a question
    has no column, unless the mapping says what that counts as.
    """
    own = {name: AnswerSource(name, is_list) for name, is_list in table.columns.items() if name not in mapping.left_out}
    if table.format is FileFormat.JSON_LINES and mapping.missing is None:  # a key that is left out is an empty cell
        own = {**{name: AnswerSource(name) for name in questionnaire.questions}, **own}
    sources = {**own, **mapping.sources}
    missing = [each.id for each in collected(questionnaire) if each.id not in sources]
    if missing and mapping.missing is None:
        raise IopFitError([_missing(table, missing, mapping)])
    answers = {name: sources[name] for name in questionnaire.questions if name in sources}
    named = sources[ID].column if ID in sources else None
    return Layout(
        answers,
        id=named,
        about=sources.get(ABOUT),
        carried=_carried(table, answers, private, mapping, sources),
        missing=mapping.missing,
        mapping=mapping.name,
    )


def _carried(
    table: Table,
    answers: dict[str, AnswerSource],
    private: frozenset[str],
    mapping: ColumnMapping,
    sources: dict[str, AnswerSource],
) -> tuple[str, ...]:
    """Return the columns that answer nothing; those of private questions are never copied, however they are written."""
    read = (*answers.values(), *mapping.sources.values(), *(sources[name] for name in (ID, ABOUT) if name in sources))
    used = {column for source in read for column in source.columns} | mapping.left_out
    hidden = {name.casefold() for name in private}
    return tuple(name for name in table.columns if name not in used and name.casefold() not in hidden)


def _missing(table: Table, names: list[str], mapping: ColumnMapping) -> Problem:
    listed = join_some([quote(name) for name in names], 5)
    near = closest(names[0].upper(), [name.upper() for name in table.columns])
    similar = next((name for name in table.columns if name.upper() == near), None)
    hint = "Name the columns after the questions, or use --mapping. Add --template to write a mapping to fill in."
    if mapping.name:
        hint = "Map a column to it, or add `missing: dont-know` to the mapping."
    if similar:
        hint = f"{hint} Is it {quote(similar)}?"
    return Problem(Code.MISSING_COLUMN, f"There is no column for {listed}.", Place(str(table.path)), hint)
