"""Where the answers are in a table: one row a sheet, one column a question."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["ABOUT", "BLANKS", "ID", "NO", "NO_OPTIONS", "ROW", "SEPARATOR", "YES", "AnswerSource", "Flag", "Layout"]
__all__ += ["collected", "template"]

ID = "id"
"""The column that names each row, unless a mapping names another."""

ABOUT = "for"
"""The column that says who the answers are about: `me`, as when there is none, or `someone`."""

ROW = "row"
"""The column of the output that numbers the rows of a table without ids, from 1."""

SEPARATOR = ";"
"""What is between the options in one cell."""

BLANKS = " \t\r\n"
"""What can be around the text of a cell without being part of it."""

NO_OPTIONS = "[]"
"""The cell that chooses none of several options."""


YES, NO = "yes", "no"
"""What a flag can say."""


class Flag(NamedTuple):
    """A column that says yes or no to one option."""

    column: str
    option: str
    values: tuple[tuple[str, str], ...]
    """Cells, in lowercase, with what they mean: `YES`, `NO` or a reason for skipping."""


class AnswerSource(NamedTuple):
    """Where the answers to one question come from: one column, or one for each option."""

    column: str = ""
    """The column; empty if there are flags."""
    is_list: bool = False
    """Whether its cells are lists rather than texts or numbers."""
    values: tuple[tuple[str, str], ...] = ()
    """Cells that mean an option or a reason for skipping, with the id of it; empty if they are the ids."""
    flags: tuple[Flag, ...] = ()
    """The columns that say yes or no to one option each; if one of them is not known, neither is the answer."""
    empty_flags: str = ""
    """What an empty flag beside others means, if not all are empty: `NO`, a reason for skipping, or a problem."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        return tuple(flag.column for flag in self.flags) or (self.column,)


class Layout(NamedTuple):
    """Where everything is in a table of answer sheets."""

    answers: Mapping[str, AnswerSource]
    """By question id; a question without a source was not asked of anybody."""
    id: str | None = None
    """The column that names each row; None if there is none, so that the rows are numbered."""
    about: AnswerSource | None = None
    carried: tuple[str, ...] = ()
    """The other columns, which are copied to the output."""
    missing: SkipReason | None = None
    """What an empty cell of a question that is asked counts as; None if it is a problem."""
    mapping: str = ""
    """The name of the mapping file; empty if there is none."""

    @classmethod
    def by_id(cls, questionnaire: Questionnaire) -> "Layout":
        """Return the layout of a table as `template` begins one."""
        return cls({name: AnswerSource(name) for name in questionnaire.questions}, ID, AnswerSource(ABOUT))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that answers are read from, each once."""
        return tuple(dict.fromkeys(column for source in self.answers.values() for column in source.columns))

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
