"""Nodes of a YAML or JSON document: text, lists and mappings, each with its position."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS, MAX_SUGGESTIONS
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, hides_fields, quote

__all__ = [
    "MappingNode",
    "Node",
    "Problems",
    "ScalarNode",
    "SequenceNode",
    "describe",
    "duplicate_key",
    "half_character_problem",
    "too_deep",
    "too_many",
]


class Problems(list[Problem]):
    """The problems found so far. Raises `IopFitError` with all of them when there are `MAX_PROBLEMS`."""

    def note(self, code: Code, place: Place, message: str, hint: str = "") -> None:
        """Add a problem, given its parts."""
        self.append(Problem(code=code, place=place, message=message, hint=hint))

    def unknown(self, name: "ScalarNode", known: Sequence[str], noun: str) -> None:
        """Add a problem about an unknown id."""
        message = f"There is no {noun} {quote(name.text)}."
        hint = did_you_mean(name.text, known) if len(self) < MAX_SUGGESTIONS else ""
        self.note(Code.UNKNOWN_REFERENCE, name.place, message, hint)

    def append(self, problem: Problem) -> None:
        """Add a problem."""
        super().append(problem)
        if len(self) >= MAX_PROBLEMS:
            raise IopFitError([*sorted(self, key=lambda each: each.place or Place("")), MORE])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add several problems."""
        for problem in problems:
            self.append(problem)


MORE = Problem(
    code=Code.TOO_MANY_PROBLEMS,
    message=f"Stopped after {MAX_PROBLEMS} problems; the rest of the file was not checked.",
    hint="Is it the right file? If so, fix these first.",
)


@hides_fields
class ScalarNode(NamedTuple):
    """Text as written in the file: `no`, `12:30` and `null` stay text too."""

    text: str
    place: Place


@hides_fields
class SequenceNode(NamedTuple):
    """A list."""

    nodes: tuple["Node", ...]
    place: Place


@hides_fields
class MappingNode(NamedTuple):
    """Keys and values in file order; keys are unique."""

    entries: tuple[tuple[ScalarNode, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


TYPE_NAMES: dict[type, str] = {ScalarNode: "a single value", SequenceNode: "a list", MappingNode: "a mapping"}

Node = ScalarNode | SequenceNode | MappingNode


def describe(node: Node) -> str:
    """Return the type of a node for a message, such as `a list`."""
    if isinstance(node, ScalarNode) and not node.text:
        return "nothing"
    return TYPE_NAMES[type(node)]


def duplicate_key(key: ScalarNode, first: ScalarNode) -> Problem:
    """Return the problem of a duplicate key; its text is left out because it may be an answer."""
    return Problem(
        code=Code.EQUAL_KEYS,
        place=key.place,
        message=f"Duplicate key; the first one is on line {first.place.line}.",
        hint="Keep one of the two.",
    )


def half_character_problem(node: ScalarNode) -> Problem | None:
    """Return a problem if the text contains a lone surrogate, else None."""
    if node.text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in node.text):
        return None
    return Problem(
        code=Code.HALF_CHARACTER,
        place=node.place,
        message="This text contains half of a character (a lone surrogate).",
        hint="Delete it; it can't be shown or saved.",
    )


def too_deep(place: Place) -> Problem:
    """Return the problem of nesting deeper than `MAX_DEPTH`."""
    return Problem(
        code=Code.TOO_DEEP,
        place=place,
        message=f"Lists and mappings are nested more than {MAX_DEPTH} levels deep here.",
        hint="Is it the right file? Nothing after this point was read.",
    )


def too_many(place: Place) -> Problem:
    """Return the problem of more values than `MAX_NODES`."""
    return Problem(
        code=Code.TOO_MANY_VALUES,
        place=place,
        message=f"This file has more than {MAX_NODES:,} values; reading stopped here.",
        hint="A questionnaire or an answers file has far fewer. Is it the right file?",
    )
