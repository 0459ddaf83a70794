"""What is wrong with single rows of a table, in the words of the reader of answers files."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from iop_fit.domain.answers import SKIP_IT, SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_ROWS_EXPLAINED, MAX_ROWS_SEARCHED
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import FileFormat, Table
from iop_fit.scoring.layout import ABOUT, AnswerSource, Flag, Layout
from iop_fit.scoring.rows.ids import NUMBER
from iop_fit.scoring.rows.row_nodes import RowNodes
from iop_fit.scoring.sql.compiler import SOURCE, compile_questionnaire
from iop_fit.storage.sheet_reader import strict_sheet
from iop_fit.text import join, join_some, plural, quote, quote_leading_name

__all__ = ["Kind", "RowProblem", "count_kinds", "explained", "problems_of_row"]

Kind = tuple[str, str]
"""The code of a problem, and the question that has it."""

VALUES = {Code.UNKNOWN_OPTION, Code.NOT_A_NUMBER}
"""Problems that a value of a mapping can solve."""


class RowProblem(NamedTuple):
    """A problem of one row."""

    kind: Kind
    problem: Problem


def count_kinds(engine: Engine, results: str) -> dict[Kind, int]:
    """Return in how many rows of some results each kind of problem is, the most frequent first."""
    split = engine.dialect.split.format("problems")
    counts = engine.rows(
        f"SELECT kind, count(*) AS times FROM (SELECT {engine.dialect.each.format(split)} AS kind FROM {results}"
        " WHERE problems <> '') AS kinds GROUP BY kind ORDER BY times DESC, kind"
    )
    return {_kind(str(kind)): int(str(times)) for kind, times in counts}


def _kind(text: str) -> Kind:
    code, _, question = text.partition(":")
    return code, question


def explained(
    engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout, kinds: dict[Kind, int]
) -> Iterator[str]:
    """Yield what is wrong, by the first row of each kind of problem, and then the kinds that are not explained."""
    first: dict[Kind, Problem] = {}
    for row in _rows_with_problems(engine, questionnaire, table, layout) if engine.numbers_rows else ():
        for kind, problem in row:
            first.setdefault(kind, problem)
    shown = [kind for kind in first if kind in kinds][:MAX_ROWS_EXPLAINED]
    for kind in shown:
        more = f"{kinds[kind] - 1:,} more {'row' if kinds[kind] == 2 else 'rows'}"
        also = f"\n  The same question has this kind of problem in {more}." if kinds[kind] > 1 else ""
        yield f"{first[kind]._replace(hint=_hint(kind, first[kind], layout))}{also}"
    rest = [f"{':'.join(kind)} in {plural(times, 'row')}" for kind, times in kinds.items() if kind not in shown]
    if rest:
        yield f"More kinds of problems: {join_some(rest, MAX_ROWS_EXPLAINED)}."


def _rows_with_problems(
    engine: Engine, questionnaire: Questionnaire, table: Table, layout: Layout
) -> Iterator[tuple[RowProblem, ...]]:
    """Yield the problems of the first rows that have some, in the order of the file."""
    about = layout.about.columns if layout.about else ()
    columns = tuple(dict.fromkeys((*layout.columns, *about)))
    numbered = layout._replace(id=None, carried=(NUMBER, *columns))
    engine.number(table, SOURCE, list(columns), NUMBER)
    query = compile_questionnaire(questionnaire, numbered, engine.dialect).sql
    kept = ", ".join(map(engine.dialect.name, (NUMBER, *columns)))
    # Rows of CSV and JSON Lines come in order, so the search ends early; those of Parquet are quick to sort.
    order = f" ORDER BY {engine.dialect.name(NUMBER)}" if table.format is FileFormat.PARQUET else ""
    found = engine.rows(f"SELECT {kept} FROM ({query}) AS s WHERE problems <> ''{order} LIMIT {MAX_ROWS_SEARCHED}")
    for number, *cells in sorted(found, key=lambda row: int(str(row[0]))):
        nodes = RowNodes(table.path, int(str(number)), dict(zip(columns, cells, strict=True)))
        yield tuple(problems_of_row(questionnaire, layout, nodes))


def problems_of_row(questionnaire: Questionnaire, layout: Layout, row: RowNodes) -> Iterator[RowProblem]:
    """Yield the problems of a row: those of `for` and of unreadable cells first, then in the order of the questions."""
    own = [*_problems_of_about(layout, row), *_problems_of_cells(questionnaire, layout, row)]
    yield from own
    unreadable = {question for (_, question), _ in own}
    questions = {source.columns[0]: name for name, source in layout.answers.items()}
    for problem in _problems(questionnaire, layout, row):
        question = problem.unanswered or questions[_column(problem.place)]
        counts_as_skipped = problem.code == Code.MISSING_ANSWER and layout.missing
        if question not in unreadable and not counts_as_skipped:
            yield RowProblem((problem.code, question), problem)


def _problems_of_about(layout: Layout, row: RowNodes) -> Iterator[RowProblem]:
    if layout.about and _about(layout, row) is None:
        message = f"{quote(ABOUT)} must be {join(Audience, last='or')}."
        yield RowProblem((Code.WRONG_SHAPE, ABOUT), Problem(Code.WRONG_SHAPE, message, row.place(layout.about.column)))


def _problems_of_cells(questionnaire: Questionnaire, layout: Layout, row: RowNodes) -> Iterator[RowProblem]:
    """Yield the problems of cells that an answers file can't have."""
    for name, source in layout.answers.items():
        question = questionnaire.questions[name]
        if source.flags:
            yield from (_unclear(question, row, flag) for flag in row.unclear_flags(source))
        elif row.is_bracketed(question, source):
            message = f"{quote(name)} takes one answer, but a list is given."
            problem = Problem(Code.ONE_ANSWER, message, row.place(source.column), "Write one option without brackets.")
            yield RowProblem((Code.ONE_ANSWER, name), problem)
        elif row.has_worded_number(question, source):
            message, hint = f"{quote(name)} takes a number in digits.", "In a table, write it without other words."
            yield RowProblem(
                (Code.NOT_A_NUMBER, name), Problem(Code.NOT_A_NUMBER, message, row.place(source.column), hint)
            )


def _unclear(question: Question, row: RowNodes, flag: Flag) -> RowProblem:
    text = row.text(flag.column)
    said = "This" if question.private else quote_leading_name(text) if text else "An empty cell beside others"
    problem = Problem(Code.UNKNOWN_OPTION, f"{said} says neither yes nor no.", row.place(flag.column))
    return RowProblem((Code.UNKNOWN_OPTION, question.id), problem)


def _about(layout: Layout, row: RowNodes) -> Audience | None:
    """Return whom a row is about; None if it says something else."""
    text = row.text(layout.about.column) if layout.about else ""
    meaning = dict(layout.about.values).get(text, text) if layout.about else ""
    return Audience(meaning) if meaning in list(Audience) else None if meaning else Audience.ME


def _problems(questionnaire: Questionnaire, layout: Layout, row: RowNodes) -> Iterable[Problem]:
    problems = Problems()
    try:
        node, about = row.answers(questionnaire, layout), _about(layout, row) or Audience.ME
        strict_sheet(node, about, questionnaire, problems)
    except IopFitError as error:  # very many
        return error.problems
    return problems


def _column(place: Place | None) -> str:
    assert place
    return place.file.partition(", column ")[2]


def _hint(kind: Kind, problem: Problem, layout: Layout) -> str:
    """Return what to do about a problem of a row; other files are corrected in other ways."""
    code, question = kind
    source = layout.answers.get(question)
    if code in VALUES and source and source != AnswerSource(question, source.is_list):
        empty = "Say with `empty flags`" if problem.message.startswith("An empty") else "Say under `values`"
        return f"{empty} in {layout.mapping} what it means."
    if code == Code.MISSING_ANSWER:
        return "Fill it in, skip it with dont-know, or say with `missing` in a mapping file what empty cells count as."
    hint = problem.hint.replace(SKIP_IT, SkipReason.RATHER_NOT_SAY)
    return hint.replace("delete this line", "empty this cell").replace("Delete this line", "Empty this cell")
