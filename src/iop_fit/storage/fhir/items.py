"""The items of a FHIR QuestionnaireResponse, wherever a client put them, with their places."""

from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.files.parsing.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode, describe
from iop_fit.problem_codes import Code
from iop_fit.storage.fhir.form import extension
from iop_fit.text import plural, quote

__all__ = ["Item", "absent_reason", "items_in", "response_in", "text_of"]

RESPONSE = "QuestionnaireResponse"
ABSENT_REASON = extension("data-absent-reason")["url"]


class Item(NamedTuple):
    """One item, without the items in it."""

    link: ScalarNode
    """The linkId, which names a question or a section."""
    text: ScalarNode
    """The words of the question; empty if the client left them out."""
    answers: tuple[MappingNode, ...]
    absent: ScalarNode | None
    """The code of why there is no answer, if the item says so."""

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer, or says why not."""
        return bool(self.answers or self.absent)


def response_in(node: Node, problems: Problems) -> MappingNode | None:
    """Return the only response in a file; report none, or several."""
    assert isinstance(node, MappingNode)
    found = [each for each in (node, *_entries(node, problems)) if text_of(each, "resourceType").text == RESPONSE]
    if len(found) == 1:
        return found[0]
    message = f"This Bundle holds {plural(len(found), RESPONSE)}; one is needed."
    place = found[1].place if found else node.place
    problems.note(Code.NUMBER_OF_RESPONSES, place, message, "Save the filled-in form of one person to a file.")
    return None


def _entries(bundle: MappingNode, problems: Problems) -> Iterator[MappingNode]:
    for entry in _elements(bundle, "entry", problems):
        resource = entry.get("resource")
        if isinstance(resource, MappingNode):
            yield resource


def items_in(parent: MappingNode, problems: Problems) -> Iterator[Item]:
    """Yield all items below a response, an item or an answer, at any depth: some clients flatten or nest them."""
    for node in _elements(parent, "item", problems):
        given = _elements(node, "answer", problems)
        link = text_of(node, "linkId")
        if link.text:
            yield Item(link, text_of(node, "text"), tuple(each for each in given if _holds(each)), absent_reason(node))
        else:
            hint = "It names the question that the item answers."
            problems.note(Code.MISSING_KEY, node.place, 'This item has no "linkId".', hint)
        for each in (node, *given):
            yield from items_in(each, problems)


def _holds(answer: MappingNode) -> bool:
    """Whether an answer holds more than further items and ids; clients leave empty ones behind."""
    return any(not _is_empty(value) for key, value in answer.entries if key.text not in ("item", "id"))


def _is_empty(node: Node) -> bool:
    match node:
        case ScalarNode(text):
            return not text.strip()
        case SequenceNode(nodes):
            return not nodes
        case MappingNode(entries):
            return not entries


def absent_reason(node: MappingNode) -> ScalarNode | None:
    """Return the code of why a value is absent, from the extension on an item, an answer or a value."""
    nodes = [node, *(value for key, value in node.entries if key.text.startswith("_value"))]
    for each in nodes:
        for found in _elements(each, "extension", Problems()) if isinstance(each, MappingNode) else ():
            if text_of(found, "url").text == ABSENT_REASON:
                return text_of(found, "valueCode")
    return None


def text_of(node: MappingNode, key: str) -> ScalarNode:
    """Return a text, or an empty one at the place of the mapping."""
    found = node.get(key)
    return found if isinstance(found, ScalarNode) else ScalarNode("", node.place)


def _elements(node: MappingNode, key: str, problems: Problems) -> tuple[MappingNode, ...]:
    """Return the mappings of a list; report anything else."""
    found = node.get(key)
    if found is None:
        return ()
    nodes = found.nodes if isinstance(found, SequenceNode) else (found,)
    listed = tuple(each for each in nodes if isinstance(each, MappingNode) and isinstance(found, SequenceNode))
    for each in nodes:
        if each not in listed:
            message = f"{quote(key)} must be a list of mappings, not {describe(each)}."
            problems.note(Code.WRONG_SHAPE, each.place, message, "Is it FHIR R4? Save it again from the client.")
    return listed
