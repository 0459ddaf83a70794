"""Parse JSON text into nodes that know their position."""

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.nodes import (
    MappingNode,
    Node,
    Problems,
    ScalarNode,
    SequenceNode,
    duplicate_key,
    half_character_problem,
    too_deep,
    too_many,
)
from iop_fit.files.parsing.signs import is_sign, sign_problem
from iop_fit.limits import MAX_DEPTH, MAX_NODES
from iop_fit.problem_codes import Code

__all__ = ["read_json"]

BLANK = re.compile(r"[ \t\n\r]*")
BRACKETS_AND_STRINGS = re.compile(r'[\[\]{},]|"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
PLAIN = re.compile(r"[^\s,\]}]+")


def read_json(text: str, name: str) -> Node:
    """Parse JSON text. Raises `IopFitError` on invalid syntax, duplicate keys, or too many levels or values."""
    text = text.removeprefix("\ufeff")
    _check_size(text, name)
    try:
        json.loads(text, parse_int=str, parse_float=str)  # numbers stay text, whatever their length
    except json.JSONDecodeError as error:
        sign = text[error.pos : error.pos + 1].strip("\r\n")  # a line end in a string lacks its closing quote
        if sign and is_sign(sign):
            raise IopFitError([sign_problem(Code.BROKEN_JSON, name, sign, error.lineno, error.colno)]) from None
        problem = Problem(
            code=Code.BROKEN_JSON,
            place=Place(name, error.lineno, error.colno),
            message=f"This is not valid JSON ({error.msg}).",
            hint=_hint(name),
        )
        raise IopFitError([problem]) from None
    parser = _Parser(text, name)
    root, _ = parser.node(BLANK.match(text, 0).end())  # type: ignore[union-attr]
    if parser.problems:
        raise IopFitError.in_file(parser.problems, name)
    return root


def _hint(name: str) -> str:
    check = "Check here and just before: a missing or extra comma, quote or bracket."
    if name.lower().endswith(".json"):
        return check
    return f"It begins with a bracket, so it is read as JSON. {check} YAML begins with a key, such as `answers:`."


def _check_size(text: str, name: str) -> None:
    """Check depth and number of values from brackets and commas alone: the decoder would overflow or take too long."""
    depth = count = 0
    for found in BRACKETS_AND_STRINGS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth > MAX_DEPTH:
            raise IopFitError([too_deep(_Parser(text, name).place(found.start()))])
        count += found.group() not in "]}"
        if count > 2 * MAX_NODES:  # each value has a comma or a bracket, and each string counts once more
            raise IopFitError([too_many(_Parser(text, name).place(found.start()))])


class _Parser:
    """Recursive-descent parser for text that `json.loads` accepted, so it checks no syntax."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.problems = Problems()
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def node(self, at: int) -> tuple[Node, int]:
        """Return the node that starts at an index, and the index after it."""
        place = self.place(at)
        match self.text[at]:
            case "{":
                return self.mapping(at, place)
            case "[":
                return self.sequence(at, place)
            case '"':
                return self.string(at)
            case _:
                plain = PLAIN.match(self.text, at)
                assert plain
                return ScalarNode("" if plain.group() == "null" else plain.group(), place), plain.end()

    def string(self, at: int) -> tuple[ScalarNode, int]:
        value, end = scanstring(self.text, at + 1)
        node = ScalarNode(value, self.place(at))
        problem = half_character_problem(node)
        if problem:
            self.problems.append(problem)
        return node, end

    def mapping(self, at: int, place: Place) -> tuple[MappingNode, int]:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        at = self.skip_blank(at + 1)
        while self.text[at] != "}":
            key, end = self.string(at)
            value, at = self.node(self.skip_blank(self.skip_blank(end) + 1))
            if key.text in entries:
                self.problems.append(duplicate_key(key, entries[key.text][0]))
            else:
                entries[key.text] = (key, value)
            at = self.skip_comma(at)
        return MappingNode(tuple(entries.values()), place), at + 1

    def sequence(self, at: int, place: Place) -> tuple[SequenceNode, int]:
        nodes = []
        at = self.skip_blank(at + 1)
        while self.text[at] != "]":
            node, at = self.node(at)
            nodes.append(node)
            at = self.skip_comma(at)
        return SequenceNode(tuple(nodes), place), at + 1

    def skip_blank(self, at: int) -> int:
        blank = BLANK.match(self.text, at)
        assert blank
        return blank.end()

    def skip_comma(self, at: int) -> int:
        at = self.skip_blank(at)
        return self.skip_blank(at + 1) if self.text[at] == "," else at

    def place(self, at: int) -> Place:
        line = bisect_right(self.line_starts, at)
        return Place(self.name, line, at - self.line_starts[line - 1] + 1)
