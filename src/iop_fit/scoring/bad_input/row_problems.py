"""What is wrong with single rows of a table, in the words of the reader of answers files."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from iop_fit.domain.answers import SKIP_IT, SkipReason
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_ROWS_EXPLAINED, MAX_ROWS_SEARCHED
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.scoring.bad_input.ids import NUMBER
from iop_fit.scoring.bad_input.row_nodes import RowNodes
from iop_fit.scoring.compiler import SOURCE, compile_questionnaire
from iop_fit.scoring.engine import Engine
from iop_fit.scoring.layout import ABOUT, AnswerSource, Layout
from iop_fit.scoring.tables import FileFormat, Table
from iop_fit.storage.sheet_reader import strict_sheet
from iop_fit.text import join_some, plural, quote

__all__ = ["RowProblem", "count_kinds", "explained", "problems_of_row"]

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
        more = kinds[kind] - 1
        also = f"\n  The same question has this kind of problem in {more:,} more rows." if more else ""
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
    """Yield the problems of a row, those of its columns in the order of the questions."""
    about = _about(layout, row)
    if about is None:
        assert layout.about
        message = f"{quote(ABOUT)} must be me or someone."
        yield RowProblem((Code.WRONG_SHAPE, ABOUT), Problem(Code.WRONG_SHAPE, message, row.place(layout.about.column)))
    for question, source in layout.answers.items():
        for flag in row.unclear_flags(source):
            private = questionnaire.questions[question].private
            said = "This" if private else quote(row.text(flag.column)) if row.text(flag.column) else "An empty cell"
            problem = Problem(Code.UNKNOWN_OPTION, f"{said} says neither yes nor no.", row.place(flag.column))
            yield RowProblem((Code.UNKNOWN_OPTION, question), problem)
    unclear = {name for name, source in layout.answers.items() if any(row.unclear_flags(source))}
    questions = {column: name for name, source in layout.answers.items() for column in source.columns[:1]}
    for problem in _problems(questionnaire, layout, row, about or Audience.ME):
        question = problem.unanswered or questions[_column(problem.place)]
        if question not in unclear and not (problem.code == Code.MISSING_ANSWER and layout.missing):
            yield RowProblem((problem.code, question), problem)


def _about(layout: Layout, row: RowNodes) -> Audience | None:
    """Return whom a row is about; None if it says something else."""
    text = row.text(layout.about.column) if layout.about else ""
    meaning = dict(layout.about.values).get(text, text) if layout.about else ""
    return Audience(meaning) if meaning in list(Audience) else None if meaning else Audience.ME


def _problems(questionnaire: Questionnaire, layout: Layout, row: RowNodes, about: Audience) -> Iterable[Problem]:
    problems = Problems()
    try:
        strict_sheet(row.answers(questionnaire, layout), about, questionnaire, problems)
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
        return f"Say under `values` in {layout.mapping} what it means."
    if code == Code.MISSING_ANSWER:
        return "Fill it in, skip it with dont-know, or say with `missing` in a mapping file what empty cells count as."
    hint = problem.hint.replace(SKIP_IT, SkipReason.RATHER_NOT_SAY)
    return hint.replace("delete this line", "empty this cell").replace("Delete this line", "Empty this cell")
