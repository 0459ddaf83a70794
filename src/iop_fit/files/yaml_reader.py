"""From the text of a YAML or JSON file to nodes with places."""

import re
from typing import Protocol

import yaml

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

__all__ = ["STANDARD_INPUT", "read_nodes", "read_yaml"]

STANDARD_INPUT = "standard input"
"""The name under which standard input is read; it has no ending, so its first characters tell JSON from YAML."""

NAMED = re.compile(r"(tag handle) .*", re.DOTALL)
"""Where PyYAML repeats a name of the file; it may be an answer that lacks its quotes."""


def read_nodes(text: str, name: str) -> Node:
    """Read a text as JSON when its name ends in `.json` (standard input: when it begins like JSON), else as YAML.

    Raises `IopFitError` with every problem of the text itself: broken syntax, equal keys, depth over `MAX_DEPTH`,
    more values than `MAX_NODES`, and in YAML aliases, tags and further documents.
    """
    if name.lower().endswith(".json") or (name == STANDARD_INPUT and text.lstrip().startswith('{"')):
        from iop_fit.files.json_reader import read_json

        return read_json(text, name)
    return read_yaml(text, name)


def read_yaml(text: str, name: str) -> Node:
    """Read one YAML document; see `read_nodes`.

    Nodes are built from parse events because PyYAML's composer crashes on deep texts, follows aliases, turns `no` into
    false and lets the last of two equal keys win.
    """
    builder = _Builder(name)
    try:
        # The C parser is twenty times as fast; it is missing where PyYAML was built without libyaml.
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_broken(error, name))
    except yaml.reader.ReaderError as error:
        builder.problems.append(_unreadable_character(error, text, name))
    except _Stop:
        pass
    except (ValueError, OverflowError):  # from the Python parser, whose numbers have no bounds
        beyond = yaml.MarkedYAMLError(problem="a number or a character in it is out of bounds")
        builder.problems.append(_broken(beyond, name))
    if builder.problems:
        raise IopFitError.in_file(builder.problems, name)
    if builder.root is None:
        raise IopFitError(
            [
                Problem(
                    code=Code.EMPTY,
                    place=Place(name),
                    message="There is nothing in this file.",
                    hint="Is it the right file?",
                )
            ]
        )
    return builder.root


class _Stop(Exception):
    """What follows in the file can't be read any more."""


class _Builder:
    """Puts events together; the open lists and mappings lie on a stack, so depth costs no recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.problems = Problems()
        self.number = 0
        self.open: list[tuple[Place, list[Node], bool]] = []

    def take(self, event: yaml.Event) -> None:
        """Add one event; this runs some 7,000 times at each start."""
        mark = event.start_mark
        place = Place(self.name, mark.line + 1, mark.column + 1) if mark else Place(self.name)
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            self._begin(event, place)
        elif isinstance(event, yaml.CollectionEndEvent):
            start, nodes, is_mapping = self.open.pop()
            self._add(self._mapping(start, nodes) if is_mapping else SequenceNode(tuple(nodes), start))
        elif isinstance(event, yaml.AliasEvent):
            self._stop(_not_taken(Code.ALIAS, 'A "*" stands for a part written elsewhere', place))
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._stop(_not_taken(Code.SECOND_DOCUMENT, "A second document begins here", place))

    def _begin(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        self.number += 1
        if self.number > MAX_NODES:
            self._stop(too_many(place))
        if event.tag is not None or event.anchor is not None:
            self._refuse_extras(event, place)
        if isinstance(event, yaml.ScalarEvent):
            node = ScalarNode(event.value, place)
            half = half_character(node)
            if half:
                self.problems.append(half)
            self._add(node)
        else:
            if len(self.open) >= MAX_DEPTH:
                self._stop(too_deep(place))
            self.open.append((place, [], isinstance(event, yaml.MappingStartEvent)))

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def _mapping(self, place: Place, nodes: list[Node]) -> MappingNode:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self.problems.append(
                    _not_taken(Code.KEY_NOT_TEXT, "A list or mapping is used as a key here", key.place)
                )
            elif key.text in entries:
                self.problems.append(equal_keys(key, entries[key.text][0]))
            else:
                entries[key.text] = (key, value)
        return MappingNode(tuple(entries.values()), place)

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place) -> None:
        if event.tag is not None:
            self.problems.append(_not_taken(Code.TAG, 'A "!" asks for a special type', place))
        if event.anchor is not None:
            self.problems.append(_not_taken(Code.ANCHOR, 'A "&" names a part for use elsewhere', place))

    def _stop(self, problem: Problem) -> None:
        self.problems.append(problem)
        raise _Stop


class _Mark(Protocol):
    """A place as PyYAML's two parsers say it, counted from 0."""

    line: int
    column: int


def _place(mark: _Mark | None, name: str) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


def _not_taken(code: Code, what: str, place: Place) -> Problem:
    return Problem(
        code=code,
        place=place,
        message=f"{what}, which is not taken here.",
        hint="Write it out plainly, in one document. Put a text that begins with * & or ! in quotes.",
    )


def _broken(error: yaml.MarkedYAMLError, name: str) -> Problem:
    place = _place(error.problem_mark or error.context_mark, name)
    said = NAMED.sub(r"\1", str(error.problem or error.context))
    return Problem(
        code=Code.BROKEN_YAML,
        place=place,
        message=f"This is not well-formed YAML ({said}).",
        hint="Indent with spaces only."
        if "tab" in str(error.problem)
        else "Look at this line and the one above: indentation, a missing colon or quote, a ': ' that needs quotes.",
    )


def _unreadable_character(error: yaml.reader.ReaderError, text: str, name: str) -> Problem:
    position = error.position if isinstance(error.position, int) else 0
    # The C parser counts bytes and the Python one characters; look for the character itself.
    character = chr(error.character) if isinstance(error.character, int) else str(error.character)
    found = text.find(character) if len(character) == 1 else -1
    before = text[: found if found >= 0 else position]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return Problem(
        code=Code.CONTROL_CHARACTER,
        place=Place(name, line, column),
        message="A character that has no place in a text stands here.",
        hint="Delete it; it is often invisible.",
    )
