"""A mapping file to start from, for one table."""

import re
from collections.abc import Iterator

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import ABOUT, ID, NO_OPTIONS, collected
from iop_fit.text import escape_controls, join, json_text

__all__ = ["starter"]

PLAIN = re.compile(r"\w[\w.-]*", re.ASCII)
"""A name that YAML takes as it is."""


def starter(table: Table, questionnaire: Questionnaire) -> str:
    """Return a mapping file with the columns of a table, the questions and their options, to fill in."""
    return "\n".join(_lines(table, questionnaire)) + "\n"


def _lines(table: Table, questionnaire: Questionnaire) -> Iterator[str]:
    own = {*questionnaire.questions, ID, ABOUT}
    yield f"# Which columns of {escape_controls(str(table.path))} answer which questions."
    yield "# Fill it in, and delete the lines of columns that answer none: those are copied to the output."
    yield ""
    yield "# Their column: the question. Or `id` for what names each row, or `for` for whom it is about (me, someone)."
    yield "columns:"
    yield from (f"  {_key(name)}:" for name in table.columns if name not in own)
    yield ""
    yield "# What cells mean, where they are not the ids below (1 is also 1.0):"
    yield "# values:"
    yield "#   THEIR_COLUMN: {1: an-option, 2: another-option, -9: dont-know}"
    yield ""
    yield "# A question with a column for each option, which says 1 or 0, yes or no, true or false:"
    yield "# flags:"
    yield "#   a-question: {THEIR_COLUMN: an-option, ANOTHER_COLUMN: another-option}"
    yield "# other options: no    # if options without a column were not chosen"
    yield "# empty flags: no      # if only the options that were chosen are marked"
    yield ""
    yield "# missing: dont-know   # what empty cells and questions without a column count as"
    yield "# leave out: [A_NAME]  # columns that are not copied"
    yield ""
    yield f"# The questions, each with its options. Every question also takes {join(SkipReason)}."
    for question in collected(questionnaire):
        yield "#"
        yield f"#   {question.id}: {question.ask}"
        yield from (f"#     {line}" for line in _answers(question))


def _key(name: str) -> str:
    return name if PLAIN.fullmatch(name) else json_text(name).strip()


def _answers(question: Question) -> Iterator[str]:
    if question.number_range:
        yield f"{question.how_to_write} As values:"
    yield from (f"{option.id}: {option.label}" for option in question.options)
    if question.takes_several:
        yield f"(any number of these; {NO_OPTIONS} for none)"
