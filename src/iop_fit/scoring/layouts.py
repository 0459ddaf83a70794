"""Find where the answers are in a table."""

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.tables import FileFormat, Table
from iop_fit.scoring.layout import ABOUT, ID, AnswerSource, Layout, collected
from iop_fit.text import join_some, quote

__all__ = ["layout_of"]


def layout_of(table: Table, questionnaire: Questionnaire, private: frozenset[str]) -> Layout:
    """Return the layout of a table whose columns have the ids of the questions.

    Columns of `private` questions that the questionnaire leaves out are not copied. Raises `IopFitError` if a question
    has no column.
    """
    has_all = table.format is FileFormat.JSON_LINES  # a key that is left out is an empty cell
    missing = [each.id for each in collected(questionnaire) if each.id not in table.columns]
    if missing and not has_all:
        raise IopFitError([_missing(table, missing)])
    answers = {
        name: AnswerSource(name, table.columns.get(name, False))
        for name in questionnaire.questions
        if has_all or name in table.columns
    }
    used = {*answers, *private, ID, ABOUT}
    return Layout(
        answers,
        id=ID if ID in table.columns else None,
        about=AnswerSource(ABOUT) if ABOUT in table.columns else None,
        carried=tuple(name for name in table.columns if name not in used),
    )


def _missing(table: Table, names: list[str]) -> Problem:
    listed = join_some([quote(name) for name in names], 5)
    message = f"There is no column for {listed}."
    hint = "Name the columns after the questions, or say with --mapping which column is which."
    return Problem(code=Code.MISSING_COLUMN, message=message, place=Place(str(table.path)), hint=hint)
