"""The contacts of any questionnaire, even of one with problems."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from iop_fit.domain.guidance import Contact, ContactGroup
from iop_fit.errors import IopFitError, Problem
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode
from iop_fit.loading.questionnaire_files import read_source
from iop_fit.loading.records import Problems, Record, read_record, unique

__all__ = ["ReadableContacts", "contact_of", "read_contacts"]


class ReadableContacts(NamedTuple):
    """The contacts that could be read of a questionnaire."""

    contacts: tuple[Contact, ...]
    language: str
    """The language tag that the questionnaire states, as written; empty if there is none."""
    problems: tuple[Problem, ...]
    """Why some contacts may be missing; empty if these are all. Problems elsewhere are not looked for."""


def read_contacts(path: Path) -> ReadableContacts:
    """Read only the contacts of a questionnaire, so that a problem elsewhere in it keeps no number from anyone."""
    try:
        source = read_source(path)
    except IopFitError as error:  # not even the head is readable
        return ReadableContacts((), "", error.problems)
    try:
        problems = Problems(source.problems)
        found = [record for node in (source.head, *source.parts) for record in _records(node, problems)]
        unique(found, problems)  # only reports: of two with one id, both are shown
    except IopFitError as error:  # too many problems to continue
        return ReadableContacts((), "", error.problems)
    contacts = tuple(contact_of(record) for record in found if _is_usable(record))
    language = source.head.get("language") if isinstance(source.head, MappingNode) else None
    tag = language.text if isinstance(language, ScalarNode) else ""
    return ReadableContacts(contacts, tag, tuple(problems))


def _records(node: Node, problems: Problems) -> Iterator[Record]:
    """Yield the contacts of one file; a file without any, such as a section, has no key for them."""
    entries = node.entries if isinstance(node, MappingNode) else ()
    contacts = tuple(entry for entry in entries if entry[0].text == "contacts")
    yield from read_record("part", MappingNode(contacts, node.place), problems).records("contacts")


def _is_usable(record: Record) -> bool:
    """Whether a contact says what it is for and how to reach it, whatever else is wrong with it."""
    needed = {"name", "use", "group"} <= record.values.keys()
    return needed and not {"call", "text", "web", "also"}.isdisjoint(record.values)


def contact_of(record: Record) -> Contact:
    """Build a contact from its record."""
    return Contact(
        id=record.id,
        name=record.text("name"),
        use=record.text("use"),
        group=ContactGroup(record.text("group", ContactGroup.INFORMATION)),
        call=record.text("call"),
        text=record.text("text"),
        web=record.text("web"),
        also=record.texts("also"),
        hours=record.text("hours"),
        verified_on=record.day("verified on"),
    )
