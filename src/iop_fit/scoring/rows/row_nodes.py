"""A row of a table as the nodes of an answers file, so that the same words say what is wrong with it."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.scoring.layout import BLANKS, NO, SEPARATOR, YES, AnswerSource, Flag, Layout
from iop_fit.scoring.sql.answers.one import NUMBER

__all__ = ["RowNodes"]

SKIPPED = "skipped"
"""The key of a skip in an answers file."""

Cells = Mapping[str, object]


class RowNodes:
    """Turns the cells of a row into nodes; their places name the file, the row and the column."""

    def __init__(self, path: Path, row: int, cells: Cells) -> None:
        self._row, self._cells = f"{path}, row {row:,}", cells

    def place(self, column: str = "") -> Place:
        """Return the place of a cell, or of the row."""
        return Place(f"{self._row}, column {column}" if column else self._row)

    def answers(self, questionnaire: Questionnaire, layout: Layout) -> MappingNode:
        """Return the answers; of a question with a column for each option, nothing if one of them is unclear."""
        entries = []
        for question, source in ((questionnaire.questions[name], source) for name, source in layout.answers.items()):
            column = source.columns[0]
            node = self._flagged(source) if source.flags else self._answer(question, source)
            entries.append((ScalarNode(question.id, self.place(column)), node))
        return MappingNode(tuple(entries), self.place())

    def text(self, column: str) -> str:
        """Return a cell as a text; empty if there is nothing in it."""
        cell = self._cells[column]
        return "" if cell is None else str(cell).strip(BLANKS)

    def unclear_flags(self, source: AnswerSource) -> Iterator[Flag]:
        """Yield the flags of a question that say neither yes nor no; none if a skip makes them idle."""
        texts = {flag.column: self.text(flag.column).lower() for flag in source.flags}
        if any(texts.values()) and not any(self._skips(flag, source) for flag in source.flags):
            for flag in source.flags:
                if texts[flag.column] not in dict(flag.values) and (texts[flag.column] or source.empty_flags != NO):
                    yield flag

    def is_bracketed(self, question: Question, source: AnswerSource) -> bool:
        """Whether there is a text in brackets where one answer belongs."""
        one = not (question.takes_several or question.optional or question.number_range)
        return one and not source.is_list and self.text(source.column).startswith("[")

    def has_worded_number(self, question: Question, source: AnswerSource) -> bool:
        """Whether there is a number with words, such as `34 years`, as an answers file may have, but not a table."""
        text = self.text(source.column)
        is_number = question.number_range and not source.values and text not in list(SkipReason)
        return bool(is_number and question.parse(text)) and not re.fullmatch(NUMBER, text)

    def _skips(self, flag: Flag, source: AnswerSource) -> bool:
        text = self.text(flag.column).lower()
        return (dict(flag.values).get(text) if text else source.empty_flags) in list(SkipReason)

    def _flagged(self, source: AnswerSource) -> Node:
        place = self.place(source.columns[0])
        if not any(self.text(flag.column) for flag in source.flags):
            return ScalarNode("", place)
        if any(self._skips(flag, source) for flag in source.flags):
            return self._skip(SkipReason.DONT_KNOW, place)
        chosen = (each for each in source.flags if dict(each.values).get(self.text(each.column).lower()) == YES)
        return self._list(dict.fromkeys(each.option for each in chosen), place)

    def _answer(self, question: Question, source: AnswerSource) -> Node:
        place, cell = self.place(source.column), self._cells[source.column]
        text, meanings = self.text(source.column), dict(source.values)
        if question.optional:
            return ScalarNode(text, place)
        if question.takes_several or isinstance(cell, list) or text.startswith("[") or SEPARATOR in text:
            if isinstance(cell, list) or text:
                return self._several([meanings.get(item, item) for item in _items(cell)], place)
            return ScalarNode("", place)
        meaning = meanings.get(text, text)
        if meaning in list(SkipReason):
            return self._skip(meaning, place)
        return ScalarNode(meaning, place)

    def _several(self, items: list[str], place: Place) -> Node:
        if len(items) == 1 and items[0] in list(SkipReason):
            return self._skip(items[0], place)
        return self._list(items, place)

    def _list(self, items: "list[str] | dict[str, None]", place: Place) -> Node:
        return SequenceNode(tuple(ScalarNode(item, place) for item in items), place)

    def _skip(self, reason: str, place: Place) -> Node:
        return MappingNode(((ScalarNode(SKIPPED, place), ScalarNode(reason, place)),), place)


def _items(cell: object) -> list[str]:
    """Return the items of a list, of a list in JSON, or of a text with semicolons."""
    if isinstance(cell, list):
        return [_item(item) for item in cell]
    text = str(cell).strip(BLANKS)
    try:
        found = json.loads(text) if text.startswith("[") else None
    except ValueError:
        found = None
    if isinstance(found, list):
        return [_item(item) for item in found]
    return (
        [item.strip(BLANKS) for item in text.strip("[]").replace(",", SEPARATOR).split(SEPARATOR)]
        if text != "[]"
        else []
    )


def _item(item: object) -> str:
    return "null" if item is None else str(item)
