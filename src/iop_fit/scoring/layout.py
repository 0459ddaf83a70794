"""Where the answers are in a table: one row a sheet, one column a question."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["ABOUT", "ID", "NO_OPTIONS", "SEPARATOR", "AnswerSource", "Layout", "collected", "template"]

ID = "id"
"""The column that names each row, unless a mapping names another."""

ABOUT = "for"
"""The column that says who the answers are about: `me`, as when there is none, or `someone`."""

SEPARATOR = ";"
"""What is between the options in one cell."""

NO_OPTIONS = "[]"
"""The cell that chooses none of several options."""


class AnswerSource(NamedTuple):
    """Where the answers to one question come from."""

    column: str
    is_list: bool = False
    """Whether its cells are lists rather than texts or numbers."""
    values: tuple[tuple[str, str], ...] = ()
    """Cells that mean an option or a reason for skipping, with the id of it; empty if they are the ids."""


class Layout(NamedTuple):
    """Where everything is in a table of answer sheets."""

    answers: Mapping[str, AnswerSource]
    """By question id; a question without a source was not asked of anybody."""
    id: str | None = None
    """The column that names each row."""
    about: AnswerSource | None = None
    carried: tuple[str, ...] = ()
    """The other columns, which are copied to the output."""
    missing: SkipReason | None = None
    """What an empty cell of a question that is asked counts as; None if it is a problem."""

    @classmethod
    def by_id(cls, questionnaire: Questionnaire) -> "Layout":
        """Return the layout of a table as `template` begins one."""
        return cls({name: AnswerSource(name) for name in questionnaire.questions}, ID, AnswerSource(ABOUT))

    @property
    def kept(self) -> tuple[str, ...]:
        """The columns that are copied to the output, that of the ids first."""
        return (*((self.id,) if self.id else ()), *self.carried)


def collected(questionnaire: Questionnaire) -> Iterable[Question]:
    """Return the questions that a table needs a column for: all but notes."""
    return (question for question in questionnaire.questions.values() if not question.optional)


def template(questionnaire: Questionnaire) -> str:
    """Return the header of a table in CSV, as one line."""
    return ",".join([ID, ABOUT, *(question.id for question in collected(questionnaire))]) + "\n"
