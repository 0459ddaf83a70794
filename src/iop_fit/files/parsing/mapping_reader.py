"""Turn a Python mapping into nodes whose places name its keys."""

from collections.abc import Container, Iterator, Mapping
from math import isnan
from numbers import Integral, Real

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.nodes import (
    MappingNode,
    Node,
    Problems,
    ScalarNode,
    SequenceNode,
    half_character_problem,
    too_deep,
    too_many,
)
from iop_fit.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES
from iop_fit.problem_codes import Code

__all__ = ["MAPPING", "read_mapping"]

MAPPING = "mapping"
"""Name of a whole mapping in places, where a file has its path."""


def read_mapping(mapping: Mapping[str, object], known: Container[str]) -> MappingNode:
    """Return a mapping of texts, numbers, lists and mappings as nodes, as if it had been read from JSON.

    `None` and NaN are blank, as a line without a value. A place names a key only if it is in `known`, and counts
    others: an answer can be in the place of a key by mistake. Raises `IopFitError` with all problems: other types of
    keys or values, and more levels, values or text than a file may have.
    """
    reader = _Reader(known)
    node = reader.mapping(mapping, Place(MAPPING), 0)
    if reader.problems:
        raise IopFitError(reader.problems)
    return node


class _Reader:
    def __init__(self, known: Container[str]) -> None:
        self.known = known
        self.problems = Problems()
        self.values = self.characters = 0

    def mapping(self, mapping: Mapping[str, object], place: Place, depth: int) -> MappingNode:
        return MappingNode(tuple(self.entries(mapping, place, depth)), place)

    def entries(self, mapping: Mapping[str, object], place: Place, depth: int) -> Iterator[tuple[ScalarNode, Node]]:
        for number, (key, value) in enumerate(mapping.items(), 1):
            at = self.place_of(key, number, place)
            if isinstance(key, str):
                yield self.text(key, at), self.node(value, at, depth + 1)
            else:
                message = f"A key must be text, not {type(key).__name__}."
                self.problems.note(Code.KEY_NOT_TEXT, at, message, "Write the id of the question as text.")

    def place_of(self, key: object, number: int, above: Place) -> Place:
        if isinstance(key, str) and key in self.known:
            return Place(key if above.file == MAPPING else f"{above.file}.{key}")
        return Place(f"key {number} of {above.file}")

    def node(self, value: object, place: Place, depth: int) -> Node:
        self.values += 1
        if self.values > MAX_NODES:
            raise IopFitError([*self.problems, too_many(place)])
        if depth > MAX_DEPTH:  # also the end of a mapping that holds itself
            raise IopFitError([*self.problems, too_deep(place)])
        match value:
            case Mapping():
                return self.mapping(value, place, depth)
            case list() | tuple() | set() | frozenset():
                items = enumerate(value)
                nodes = (self.node(each, Place(f"{place.file}[{at}]"), depth + 1) for at, each in items)
                return SequenceNode(tuple(nodes), place)
            case _:
                return self.text(self.scalar(value, place), place)

    def scalar(self, value: object, place: Place) -> str:
        match value:
            case str():
                return str(value)
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case Integral():  # also those of NumPy
                return str(int(value)) if int(value).bit_length() <= 64 else "out-of-range"
            case Real():
                number = float(value)
                return "" if isnan(number) else str(int(number) if number.is_integer() else number)
            case _:
                message = f"This must be text, a number, a list or a mapping, not {type(value).__name__}."
                self.problems.note(Code.WRONG_SHAPE, place, message, "Convert it first.")
                return ""

    def text(self, text: str, place: Place) -> ScalarNode:
        self.characters += len(text)
        if self.characters > MAX_BYTES:
            message = f"This mapping holds more than {MAX_BYTES:,} characters, so it was not read."
            hint = "Answers are far shorter. Is it the right mapping?"
            raise IopFitError([Problem(Code.TOO_LARGE, message, place, hint)])
        node = ScalarNode(str(text), place)
        problem = half_character_problem(node)
        if problem:
            self.problems.append(problem)
        return node
