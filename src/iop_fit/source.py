"""From the text of a YAML or JSON file to nodes with places."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.nodes import MAX_DEPTH, MappingNode, Node, ScalarNode, SequenceNode, equal_keys, too_deep

if TYPE_CHECKING:
    from typing import Protocol

    import yaml

    class Mark(Protocol):
        """A place as PyYAML's two parsers say it, counted from 0."""

        line: int
        column: int


__all__ = ["read_nodes", "read_yaml"]


def read_nodes(text: str, name: str) -> Node:
    """Read a text as JSON when its name ends in `.json`, else as YAML.

    Raises `IopFitError` with every problem of the text itself: broken syntax, equal keys, depth over `MAX_DEPTH`,
    and in YAML aliases, tags and further documents.
    """
    if name.lower().endswith(".json"):
        from iop_fit.json_source import read_json

        return read_json(text, name)
    return read_yaml(text, name)


def read_yaml(text: str, name: str) -> Node:
    """Read one YAML document; see `read_nodes`.

    Nodes are built from parse events because PyYAML's composer crashes on deep texts, follows aliases, turns `no` into
    false and lets the last of two equal keys win.
    """
    import yaml

    builder = _Builder(name)
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_broken(error, name))
    except yaml.reader.ReaderError as error:
        builder.problems.append(_unreadable_character(error, text, name))
    except _Stop:
        pass
    if builder.problems:
        raise IopFitError(builder.problems)
    if builder.root is None:
        raise IopFitError(
            [
                Problem(
                    code="empty",
                    place=Place(name),
                    message="There is nothing in this file.",
                    hint="Is it the right file?",
                )
            ]
        )
    return builder.root


def _events(text: str) -> Iterator["yaml.Event"]:
    import yaml

    # The C parser is twenty times as fast; it is missing where PyYAML was built without libyaml.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.parse(text, Loader=loader)


class _Stop(Exception):
    """What follows in the file can't be read any more."""


class _Builder:
    """Puts events together; the open lists and mappings lie on a stack, so depth costs no recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.open: list[tuple[Place, list[Node], bool]] = []

    def take(self, event: "yaml.Event") -> None:
        import yaml

        place = _place(event.start_mark, self.name)
        match event:
            case yaml.ScalarEvent():
                self._refuse_extras(event, place)
                self._add(ScalarNode(event.value, place))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._refuse_extras(event, place)
                if len(self.open) >= MAX_DEPTH:
                    self._stop(too_deep(place))
                self.open.append((place, [], isinstance(event, yaml.MappingStartEvent)))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                start, nodes, is_mapping = self.open.pop()
                self._add(self._mapping(start, nodes) if is_mapping else SequenceNode(tuple(nodes), start))
            case yaml.AliasEvent():
                self._stop(
                    _not_taken("alias", f'"*{str(event.anchor)[:40]}" stands for a part written elsewhere', place)
                )
            case yaml.DocumentStartEvent() if self.root is not None:
                self._stop(_not_taken("second-document", "A second document begins here", place))

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        else:
            self.root = node

    def _mapping(self, place: Place, nodes: list[Node]) -> MappingNode:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            if not isinstance(key, ScalarNode):
                self.problems.append(_not_taken("key-not-text", "A list or mapping is used as a key here", key.place))
            elif key.text in entries:
                self.problems.append(equal_keys(key, entries[key.text][0]))
            else:
                entries[key.text] = (key, value)
        return MappingNode(tuple(entries.values()), place)

    def _refuse_extras(self, event: "yaml.NodeEvent", place: Place) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.problems.append(_not_taken("tag", f'"{str(tag)[:40]}" asks for a special type', place))
        if event.anchor is not None:
            self.problems.append(_not_taken("anchor", f'"&{event.anchor[:40]}" names a part for use elsewhere', place))

    def _stop(self, problem: Problem) -> None:
        self.problems.append(problem)
        raise _Stop


def _place(mark: "Mark | None", name: str) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)


def _not_taken(code: str, what: str, place: Place) -> Problem:
    return Problem(
        code=code,
        place=place,
        message=f"{what}, which is not taken here.",
        hint="Write it out plainly, in one document. Put a text that begins with * & or ! in quotes.",
    )


def _broken(error: "yaml.MarkedYAMLError", name: str) -> Problem:
    place = _place(error.problem_mark or error.context_mark, name)
    return Problem(
        code="broken-yaml",
        place=place,
        message=f"This is not well-formed YAML ({error.problem or error.context}).",
        hint="Look at this line and the one above: indentation, a missing colon or quote, a ': ' that needs quotes.",
    )


def _unreadable_character(error: "yaml.reader.ReaderError", text: str, name: str) -> Problem:
    position = error.position if isinstance(error.position, int) else 0
    # The C parser counts bytes and the Python one characters; look for the character itself.
    character = chr(error.character) if isinstance(error.character, int) else str(error.character)
    found = text.find(character) if len(character) == 1 else -1
    before = text[: found if found >= 0 else position]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return Problem(
        code="control-character",
        place=Place(name, line, column),
        message="A character that has no place in a text stands here.",
        hint="Delete it; it is often invisible.",
    )
