"""Parse YAML or JSON text into nodes that know their position."""

import re
from typing import Protocol

import yaml

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.foreign import check_text
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
from iop_fit.files.parsing.signs import describe_sign, sign_in_lines, sign_problem
from iop_fit.limits import MAX_DEPTH, MAX_NODES
from iop_fit.problem_codes import Code

__all__ = ["STANDARD_INPUT", "is_json", "read_nodes", "read_yaml"]

STANDARD_INPUT = "standard input"
"""Name of standard input in messages."""

JSON_START = re.compile(r"\ufeff?[ \t\n\r]*[{\[]")

UNFINISHED = re.compile("could not find expected ':'|unexpected end of stream")
NO_SPACE = re.compile(r"[ -]*[a-z][a-z -]*:[^\s:/]")
"""A line like `minutes:3`, which is text, not a key and a value."""
TAG_HANDLE = re.compile(r"(tag handle) .*", re.DOTALL)
"""A PyYAML message that quotes text from the file, which may be an unquoted answer."""


def is_json(text: str, name: str) -> bool:
    """Whether a text is to be read as JSON: it begins with a bracket, or its name ends in `.json`."""
    return JSON_START.match(text) is not None or name.lower().endswith(".json")


def read_nodes(text: str, name: str) -> Node:
    """Parse text as JSON if it begins with a bracket or its name ends in `.json`, else as YAML.

    Raises `IopFitError` with every problem of the text: invalid syntax, duplicate keys, depth over `MAX_DEPTH`, more
    values than `MAX_NODES`, and in YAML anchors, aliases, tags and multiple documents. If it is an unreadable text that
    is recognized, such as a page or an interview of another program, that is the only problem.
    """
    if is_json(text, name):
        from iop_fit.files.parsing.json_reader import read_json

        return read_json(text, name)
    try:
        return read_yaml(text, name)
    except IopFitError:
        check_text(text, name)
        raise


def read_yaml(text: str, name: str) -> Node:
    """Parse one YAML document; see `read_nodes`.

    Builds nodes from parse events because PyYAML's composer overflows the stack on deep nesting, resolves aliases,
    turns `no` into false and keeps the last of two duplicate keys.
    """
    builder = _Builder(name)
    try:
        # The C parser is 20 times as fast but missing if PyYAML was built without libyaml.
        events = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        for event in iter(events.get_event, None):
            builder.add_event(event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, text, name))
    except yaml.reader.ReaderError as error:
        builder.problems.append(_unreadable_character(error, text, name))
    except _Stop:
        pass
    except (ValueError, OverflowError):  # the Python parser checks no ranges
        out_of_range = yaml.MarkedYAMLError(problem="a number or a character is out of range")
        builder.problems.append(_syntax_problem(out_of_range, text, name))
    if builder.problems:
        raise IopFitError.in_file(builder.problems, name)
    if not builder.nodes:
        raise IopFitError(
            [
                Problem(
                    code=Code.EMPTY,
                    place=Place(name),
                    message="This file is empty.",
                    hint="Is it the right file?",
                )
            ]
        )
    return builder.nodes[0]


class _Stop(Exception):
    """The rest of the file can't be read."""


class _Builder:
    """Builds nodes from parse events; uses a stack of open lists and mappings instead of recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems = Problems()
        self.count = 0
        self.nodes: list[Node] = []
        """The nodes of the innermost open list or mapping; outside of all, the root."""
        self.open: list[tuple[Place, list[Node], bool]] = []
        """Where each open list or mapping starts, the nodes around it, and whether it is a mapping."""

    def add_event(self, event: yaml.Event) -> None:
        """Add one event; called about 15,000 times when the bundled questionnaire is read, mostly with texts."""
        if isinstance(event, yaml.ScalarEvent):
            node = ScalarNode(event.value, self._begin(event))
            problem = None if node.text.isascii() else half_character_problem(node)
            if problem:
                self.problems.append(problem)
            self.nodes.append(node)
        elif isinstance(event, yaml.CollectionStartEvent):
            place = self._begin(event)
            if len(self.open) >= MAX_DEPTH:
                self._stop(too_deep(place))
            self.open.append((place, self.nodes, isinstance(event, yaml.MappingStartEvent)))
            self.nodes = []
        elif isinstance(event, yaml.CollectionEndEvent):
            place, around, is_mapping = self.open.pop()
            around.append(self._mapping(place) if is_mapping else SequenceNode(tuple(self.nodes), place))
            self.nodes = around
        elif isinstance(event, yaml.AliasEvent):
            place = _place(event.start_mark, self.name)
            self._stop(_unsupported(Code.ALIAS, 'Aliases ("*") are not supported.', place))
        elif isinstance(event, yaml.DocumentStartEvent) and self.nodes:
            place = _place(event.start_mark, self.name)
            self._stop(_unsupported(Code.SECOND_DOCUMENT, "A second document is not supported.", place))

    def _begin(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Place:
        """Count a node and check what it has beside its value; return its place."""
        place = _place(event.start_mark, self.name)
        self.count += 1
        if self.count > MAX_NODES:
            self._stop(too_many(place))
        if event.tag is not None or event.anchor is not None:
            self._check_extras(event, place)
        return place

    def _mapping(self, place: Place) -> MappingNode:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in zip(self.nodes[::2], self.nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self.problems.append(
                    _unsupported(Code.KEY_NOT_TEXT, "Lists and mappings are not supported as keys.", key.place)
                )
            elif key.text in entries:
                self.problems.append(duplicate_key(key, entries[key.text][0]))
            else:
                entries[key.text] = (key, value)
        return MappingNode(tuple(entries.values()), place)

    def _check_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        if event.tag is not None:
            self.problems.append(_unsupported(Code.TAG, 'Tags ("!") are not supported.', place))
        if event.anchor is not None:
            self.problems.append(_unsupported(Code.ANCHOR, 'Anchors ("&") are not supported.', place))

    def _stop(self, problem: Problem) -> None:
        self.problems.append(problem)
        raise _Stop


class _Mark(Protocol):
    """A position in both of PyYAML's parsers, counted from 0."""

    line: int
    column: int


def _place(mark: _Mark | None, name: str) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


def _unsupported(code: Code, message: str, place: Place) -> Problem:
    return Problem(
        code=code,
        place=place,
        message=message,
        hint="Write the value out in full, in a single document. Put quotes around text that starts with *, & or !.",
    )


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    # What is missing is missing where it began: the parser noticed it only later.
    unfinished = error.context_mark and UNFINISHED.search(str(error.problem))
    place = _place(error.context_mark if unfinished else error.problem_mark or error.context_mark, name)
    last = _place(error.problem_mark, name).line or place.line
    first = _place(error.context_mark, name).line or place.line - 1
    sign = sign_in_lines(text, min(first, last - 1), last)
    if sign:
        return sign_problem(Code.BROKEN_YAML, name, *sign)
    hint = "Check this line and the one above: indentation, a missing colon or quote, or a ': ' that needs quotes."
    if "tab" in str(error.problem):
        hint = "Indent with spaces only."
    elif unfinished and any(NO_SPACE.match(line) for line in text.split("\n")[place.line - 1 : place.line]):
        hint = "Put a space after the colon."
    details = TAG_HANDLE.sub(r"\1", str(error.problem or error.context))
    return Problem(
        code=Code.BROKEN_YAML,
        place=place,
        message=f"This is not valid YAML ({details}).",
        hint=hint,
    )


def _unreadable_character(error: yaml.reader.ReaderError, text: str, name: str) -> Problem:
    position = error.position if isinstance(error.position, int) else 0
    # The C parser counts bytes and the Python parser characters, so search for the character itself.
    character = chr(error.character) if isinstance(error.character, int) else str(error.character)
    found = text.find(character) if len(character) == 1 else -1
    before = text[: found if found >= 0 else position]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    named = describe_sign(character) if len(character) == 1 else "This character"
    return Problem(
        code=Code.CONTROL_CHARACTER,
        place=Place(name, line, column),
        message=f"{named} is not allowed in a text file.",
        hint="Delete it; it may be invisible.",
    )
