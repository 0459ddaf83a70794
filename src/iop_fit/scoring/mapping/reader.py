"""Read a mapping file, and check it against the questions and the columns of a table."""

from collections.abc import Iterable, Iterator
from typing import TypeGuard

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.files.parsing.file_kinds import FileKind, check_kind
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.loading.records import Problems, Record, read_record
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.tables import Table
from iop_fit.scoring.layout import ABOUT, ID, NO, SEPARATOR, YES, AnswerSource, Flag
from iop_fit.scoring.mapping.column_mapping import ColumnMapping
from iop_fit.text import did_you_mean, join, join_some, quote

__all__ = ["read_mapping"]

Cells = tuple[tuple[str, str], ...]

FLAG_CELLS = {
    **dict.fromkeys(("1", "1.0", "yes", "true", "checked"), YES),
    **dict.fromkeys(("0", "0.0", "no", "false", "unchecked"), NO),
}
"""What a flag may hold, in lowercase, unless a mapping says otherwise."""


def read_mapping(text: str, name: str, questionnaire: Questionnaire, table: Table) -> ColumnMapping:
    """Read a mapping file for a table, to a questionnaire with its private questions.

    Raises `IopFitError` with every problem in it, with line and column.
    """
    node = read_nodes(text, name)
    check_kind(node, name, FileKind.MAPPING)
    problems = Problems()
    record = read_record("mapping", node, problems)
    reader = _Reader(record, questionnaire, table, problems)
    sources = dict(reader.sources())
    left_out = frozenset(reader.left_out())
    reader.check_values()
    if problems:
        raise IopFitError.in_file(problems, name)
    return ColumnMapping(sources, reader.missing, left_out, name)


class _Reader:
    """Reads the parts of one mapping file."""

    def __init__(self, record: Record, questionnaire: Questionnaire, table: Table, problems: Problems) -> None:
        self._record, self._table, self._problems = record, table, problems
        self._questions = questionnaire.questions
        self._targets = [*self._questions, ID, ABOUT]
        self._values = dict(self._values_by_column())
        self._used: set[str] = set()
        """The columns whose values are asked for."""
        self.missing = SkipReason(record.text("missing")) if record.text("missing") else None

    def _values_by_column(self) -> Iterator[tuple[str, MappingNode]]:
        flagged = {question.text for question, _ in self._record.pairs("flags")}
        for column, cells in self._record.pairs("values"):
            if (column.text in flagged or self._has(column)) and isinstance(cells, MappingNode):
                yield column.text, cells
            elif not isinstance(cells, MappingNode):
                message = f"Expected what each cell means, not {describe(cells)}."
                self._problems.note(Code.WRONG_SHAPE, cells.place, message, "Write it like `{1: an-option}`.")

    def sources(self) -> Iterator[tuple[str, AnswerSource]]:
        """Yield the columns of each question, and of `id` and `for`, that the file maps or gives values for."""
        mapped: dict[str, ScalarNode] = {}
        for column, target in self._record.pairs("columns"):
            self._used.add(column.text)
            if self._has(column) and self._is_target(target) and self._is_first(target, column, mapped):
                yield target.text, self._one_column(column.text, target.text)
        for question, columns in self._record.pairs("flags"):
            self._used.add(question.text)
            if self._is_several(question) and self._is_first(question, question, mapped):
                flags = tuple(self._flags(self._questions[question.text], columns))
                if isinstance(columns, MappingNode) and len(flags) == len(columns.entries):
                    self._check_options(question, flags)
                yield question.text, AnswerSource(flags=flags, empty_flags=self._empty_flags)
        for name in self._targets:
            if name not in mapped and name in self._values:
                yield name, self._one_column(name, name)

    @property
    def _empty_flags(self) -> str:
        return self._record.text("empty flags") or self.missing or ""

    def left_out(self) -> Iterator[str]:
        """Yield the columns that the file leaves out."""
        node = self._record.nodes.get("leave out")
        for column in node.nodes if isinstance(node, SequenceNode) else ():
            if isinstance(column, ScalarNode) and self._has(column):
                yield column.text

    def check_values(self) -> None:
        """Report values of columns that answer no question."""
        for column, cells in self._values.items():
            if column not in self._used:
                message = f"The column {quote(column)} answers no question, so its values mean nothing."
                self._problems.note(Code.UNMAPPED_COLUMN, cells.place, message, "Name its question under `columns`.")

    def _has(self, column: ScalarNode) -> bool:
        if column.text in self._table.columns:
            return True
        message = f"The table has no column {quote(column.text)}."
        self._problems.note(
            Code.MISSING_COLUMN, column.place, message, did_you_mean(column.text, [*self._table.columns])
        )
        return False

    def _is_target(self, target: Node) -> TypeGuard[ScalarNode]:
        if not isinstance(target, ScalarNode) or not target.text:
            message = f"Expected the id of a question, not {describe(target)}."
            hint = "`iop-fit questions` lists them. Delete the line if the column answers none."
            self._problems.note(Code.WRONG_SHAPE, target.place, message, hint)
            return False
        if target.text not in self._targets:
            self._problems.unknown(target, self._targets, "question")
        return target.text in self._targets

    def _is_first(self, target: ScalarNode, source: ScalarNode, mapped: dict[str, ScalarNode]) -> bool:
        """Whether nothing else is mapped to a question; report it otherwise."""
        first = mapped.setdefault(target.text, source)
        own = target.text in self._table.columns and target.text != source.text and not self._is_left_out(target.text)
        if first is not source:
            message = f"{quote(target.text)} is mapped twice; the first time is on line {first.place.line}."
            self._problems.note(Code.MAPPED_TWICE, target.place, message, "Keep one of the two.")
        elif own:
            message = f"The table also has a column that is called {quote(target.text)}."
            self._problems.note(Code.MAPPED_TWICE, target.place, message, "Name the wrong one under `leave out`.")
        return first is source and not own

    def _is_left_out(self, column: str) -> bool:
        node = self._record.nodes.get("leave out")
        nodes = node.nodes if isinstance(node, SequenceNode) else ()
        return any(isinstance(each, ScalarNode) and each.text == column for each in nodes)

    def _is_several(self, question: ScalarNode) -> bool:
        if question.text not in self._questions:
            self._problems.unknown(question, [*self._questions], "question")
            return False
        if not self._questions[question.text].takes_several:
            message = f"{quote(question.text)} takes one answer, so it can't have a column for each option."
            self._problems.note(Code.NOT_SEVERAL, question.place, message, "Name its column under `columns`.")
            return False
        return True

    def _flags(self, question: Question, node: Node) -> Iterator[Flag]:
        if not isinstance(node, MappingNode):
            message = f"Expected columns with the option of each, not {describe(node)}."
            self._problems.note(Code.WRONG_SHAPE, node.place, message, "Write it like `{ALCFLG: alcohol}`.")
            return
        meanings = (YES, NO, *SkipReason)
        shared = dict(self._cells(question.id, meanings))
        for column, option in node.entries:
            if self._has(column) and self._means(option, question.options_by_id, "option"):
                own = {**shared, **dict(self._cells(column.text, meanings))}
                lower = {cell.lower(): meaning for cell, meaning in own.items()}
                yield Flag(column.text, option.text, tuple({**FLAG_CELLS, **lower}.items()))

    def _check_options(self, question: ScalarNode, flags: tuple[Flag, ...]) -> None:
        """Report options that nothing says anything about: they would count as not chosen."""
        named = {flag.option for flag in flags}
        others = [option for option in self._questions[question.text].options_by_id if option not in named]
        if others and self._record.text("other options") != NO:
            message = f"{quote(question.text)} has no column for {join_some([*map(quote, others)], 5)}."
            hint = "Add their columns. If they count as not chosen, add `other options: no`."
            self._problems.note(Code.MISSING_COLUMN, question.place, message, hint)

    def _one_column(self, column: str, target: str) -> AnswerSource:
        question = self._questions.get(target)
        known = (*question.options_by_id, *SkipReason) if question else tuple(Audience) if target == ABOUT else ()
        is_list = self._table.columns[column]
        if question and question.takes_several and not is_list:
            self._check_separators(column)
        return AnswerSource(column, is_list, tuple(self._cells(column, known)))

    def _check_separators(self, column: str) -> None:
        """Report values of several in one cell that hold what is between them."""
        node = self._values.get(column)
        for cell, _ in node.entries if node else ():
            if set(cell.text) & set(f"{SEPARATOR},"):
                message = f"{quote(cell.text)} holds a comma or a semicolon, which stand between several answers."
                hint = "Name each answer by itself, or use a column for each option, under `flags`."
                self._problems.note(Code.WRONG_SHAPE, cell.place, message, hint)

    def _cells(self, column: str, meanings: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield what the cells of a column mean; a whole number may be written as 1 or 1.0."""
        self._used.add(column)
        node = self._values.get(column)
        cells = {
            cell.text.strip(): meaning.text
            for cell, meaning in (node.entries if node else ())
            if self._is_text(cell) and self._means(meaning, tuple(meanings), "option")
        }
        yield from {**{f"{cell}.0": meaning for cell, meaning in cells.items() if _is_whole(cell)}, **cells}.items()

    def _is_text(self, cell: ScalarNode) -> bool:
        if not cell.text.strip():
            hint = "Say with `missing` or `empty flags` what empty cells count as."
            self._problems.note(Code.WRONG_SHAPE, cell.place, "An empty cell is no value.", hint)
        return bool(cell.text.strip())

    def _means(self, meaning: Node, known: Iterable[str], noun: str) -> TypeGuard[ScalarNode]:
        names = list(known)
        if not isinstance(meaning, ScalarNode):
            message = f"Expected the id of an {noun}, not {describe(meaning)}."
            self._problems.note(Code.WRONG_SHAPE, meaning.place, message, f"Use one of: {join(names, last='or')}.")
            return False
        if meaning.text not in names:
            self._problems.unknown(meaning, names, noun)
        return meaning.text in names


def _is_whole(cell: str) -> bool:
    return cell.removeprefix("-").isdecimal()
