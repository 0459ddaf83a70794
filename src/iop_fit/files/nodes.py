"""The tree of a YAML or JSON text: only text, lists and mappings, each with its place."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.limits import MAX_DEPTH, MAX_NODES, MAX_PROBLEMS, MAX_SUGGESTIONS
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, quote

__all__ = [
    "MappingNode",
    "Node",
    "Problems",
    "ScalarNode",
    "SequenceNode",
    "describe",
    "equal_keys",
    "half_character",
    "too_deep",
    "too_many",
]


class Problems(list[Problem]):
    """The problems found so far; one too many ends the reading with an `IopFitError` that tells them."""

    def note(self, code: Code, place: Place, message: str, hint: str = "") -> None:
        """Note one more."""
        self.append(Problem(code=code, place=place, message=message, hint=hint))

    def unknown(self, name: "ScalarNode", known: Sequence[str], noun: str) -> None:
        """Note an id that nothing is called."""
        message = f"There is no {noun} {quote(name.text)}."
        hint = did_you_mean(name.text, known) if len(self) < MAX_SUGGESTIONS else ""
        self.note(Code.UNKNOWN_REFERENCE, name.place, message, hint)

    def append(self, problem: Problem) -> None:
        """Note one more."""
        super().append(problem)
        if len(self) >= MAX_PROBLEMS:
            raise IopFitError([*sorted(self, key=lambda each: each.place or Place("")), MORE])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note some more."""
        for problem in problems:
            self.append(problem)


MORE = Problem(
    code=Code.TOO_MANY_PROBLEMS,
    message=f"These are {MAX_PROBLEMS} problems; whatever else is wrong was not looked for.",
    hint="Is it the right file? If so, mend these first.",
)


class ScalarNode(NamedTuple):
    """A text as it was written: `no`, `12:30` and `null` are text too."""

    text: str
    place: Place


class SequenceNode(NamedTuple):
    """A list."""

    nodes: tuple["Node", ...]
    place: Place


class MappingNode(NamedTuple):
    """Keys with their values, in the order of the file; no key stands in it twice."""

    entries: tuple[tuple[ScalarNode, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


type_of = {ScalarNode: "a single value", SequenceNode: "a list", MappingNode: "a mapping"}

Node = ScalarNode | SequenceNode | MappingNode


def describe(node: Node) -> str:
    """Name the kind of a node in a sentence."""
    if isinstance(node, ScalarNode) and not node.text:
        return "nothing"
    return type_of[type(node)]


def equal_keys(key: ScalarNode, first: ScalarNode) -> Problem:
    """Say that a key stands in one mapping twice; it is not repeated, since what stands as a key may be an answer."""
    return Problem(
        code=Code.EQUAL_KEYS,
        place=key.place,
        message=f"This key stands here twice; the first one is in line {first.place.line}.",
        hint="Keep one of the two.",
    )


def half_character(node: ScalarNode) -> Problem | None:
    """Say that a text holds half of a character, if it does."""
    if node.text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in node.text):
        return None
    return Problem(
        code=Code.HALF_CHARACTER,
        place=node.place,
        message="This text holds half of a character (a lone surrogate).",
        hint="Delete it; it can't be shown or saved.",
    )


def too_deep(place: Place) -> Problem:
    """Say that lists and mappings lie in each other too deeply to be meant."""
    return Problem(
        code=Code.TOO_DEEP,
        place=place,
        message=f"Lists and mappings lie in each other more than {MAX_DEPTH} deep here.",
        hint="Is it the right file? Nothing behind this place was read.",
    )


def too_many(place: Place) -> Problem:
    """Say that a text holds more values than any that is meant."""
    return Problem(
        code=Code.TOO_MANY_VALUES,
        place=place,
        message=f"There are more than {MAX_NODES:,} values in this file; they were read up to here.",
        hint="A questionnaire or an answers file has far fewer. Is it the right file?",
    )
