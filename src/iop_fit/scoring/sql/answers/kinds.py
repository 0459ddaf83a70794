"""Which class has the answers to which kind of question."""

from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.question import Question
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.sql.answers.column import AnswerColumn
from iop_fit.scoring.sql.answers.note import NoteAnswer
from iop_fit.scoring.sql.answers.one import NumberAnswer, OneAnswer
from iop_fit.scoring.sql.answers.several import SeveralAnswers
from iop_fit.scoring.sql.dialects import Dialect

__all__ = ["answer_column"]


def answer_column(question: Question, layout: Layout, dialect: Dialect) -> AnswerColumn:
    """Return the column of a question, by its kind."""
    if isinstance(question, MultipleQuestion):
        kind: type[AnswerColumn] = SeveralAnswers
    elif isinstance(question, NumberQuestion):
        kind = NumberAnswer
    else:
        kind = NoteAnswer if question.optional else OneAnswer
    return kind(question, layout.answers.get(question.id), dialect, lenient=layout.missing is not None)
