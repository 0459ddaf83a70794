"""From the text of a JSON file to nodes with places."""

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.nodes import (
    MAX_DEPTH,
    MAX_NODES,
    MappingNode,
    Node,
    Problems,
    ScalarNode,
    SequenceNode,
    equal_keys,
    half_character,
    too_deep,
    too_many,
)
from iop_fit.problem_codes import Code

__all__ = ["read_json"]

BLANK = re.compile(r"[ \t\n\r]*")
BRACKETS_AND_STRINGS = re.compile(r'[\[\]{},]|"[^"\\]*(?:\\.[^"\\]*)*"?', re.DOTALL)
PLAIN = re.compile(r"[^\s,\]}]+")


def read_json(text: str, name: str) -> Node:
    """Read a JSON text; raises `IopFitError` with the place of broken syntax, of equal keys or of too much depth."""
    _refuse_depth_and_number(text, name)
    try:
        json.loads(text, parse_int=str, parse_float=str)  # a number is text to us, however long
    except json.JSONDecodeError as error:
        problem = Problem(
            code=Code.BROKEN_JSON,
            place=Place(name, error.lineno, error.colno),
            message=f"This is not well-formed JSON ({error.msg}).",
            hint="Look at this place and just before it: a comma, a quote or a bracket.",
        )
        raise IopFitError([problem]) from None
    walk = _Walk(text, name)
    root, _ = walk.node(BLANK.match(text, 0).end())  # type: ignore[union-attr]
    if walk.problems:
        raise IopFitError.in_file(walk.problems, name)
    return root


def _refuse_depth_and_number(text: str, name: str) -> None:
    """Look at the brackets and commas alone, since the decoder would run out of stack, or of time."""
    depth = number = 0
    for found in BRACKETS_AND_STRINGS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found.group(), 0)
        if depth > MAX_DEPTH:
            raise IopFitError([too_deep(_Walk(text, name).place(found.start()))])
        number += found.group() not in "]}"
        if number > 2 * MAX_NODES:  # a value comes with a comma or a bracket, and a text with its quotes
            raise IopFitError([too_many(_Walk(text, name).place(found.start()))])


class _Walk:
    """Finds the places in a text that is known to be JSON, so each step may trust what comes next."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.problems = Problems()
        self.line_starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def node(self, at: int) -> tuple[Node, int]:
        """Return the node that begins at an index, and the index behind it."""
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
        written, end = scanstring(self.text, at + 1)
        node = ScalarNode(written, self.place(at))
        half = half_character(node)
        if half:
            self.problems.append(half)
        return node, end

    def mapping(self, at: int, place: Place) -> tuple[MappingNode, int]:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        at = self.skip(at + 1)
        while self.text[at] != "}":
            key, end = self.string(at)
            value, at = self.node(self.skip(self.skip(end) + 1))
            if key.text in entries:
                self.problems.append(equal_keys(key, entries[key.text][0]))
            else:
                entries[key.text] = (key, value)
            at = self.past_comma(at)
        return MappingNode(tuple(entries.values()), place), at + 1

    def sequence(self, at: int, place: Place) -> tuple[SequenceNode, int]:
        nodes = []
        at = self.skip(at + 1)
        while self.text[at] != "]":
            node, at = self.node(at)
            nodes.append(node)
            at = self.past_comma(at)
        return SequenceNode(tuple(nodes), place), at + 1

    def skip(self, at: int) -> int:
        blank = BLANK.match(self.text, at)
        assert blank
        return blank.end()

    def past_comma(self, at: int) -> int:
        at = self.skip(at)
        return self.skip(at + 1) if self.text[at] == "," else at

    def place(self, at: int) -> Place:
        line = bisect_right(self.line_starts, at)
        return Place(self.name, line, at - self.line_starts[line - 1] + 1)
