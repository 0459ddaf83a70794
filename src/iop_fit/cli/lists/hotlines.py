"""The `hotlines` command: the numbers of a questionnaire, even of one with problems."""

from pathlib import Path
from typing import NamedTuple

from iop_fit.domain.guidance import Contact
from iop_fit.errors import Problem
from iop_fit.files.output_target import OutputTarget
from iop_fit.loading.contacts.reader import ReadableContacts, read_contacts
from iop_fit.loading.questionnaire_files import bundled
from iop_fit.outline.contacts import hotlines_outline
from iop_fit.report.formats import draw_on_screen
from iop_fit.text import json_text

__all__ = ["HOTLINES_FORMAT", "Hotlines", "hotlines"]

HOTLINES_FORMAT = "iop-fit hotlines 1"
"""The name and version of the JSON format."""


class Hotlines(NamedTuple):
    """The output of `hotlines`, and the problems that may have kept some numbers out of it."""

    output: str
    problems: tuple[Problem, ...]


def hotlines(path: Path | None, output: str, view: OutputTarget) -> Hotlines:
    """Return the crisis and information numbers as `text` or `json`; without a path, the bundled ones."""
    found = read_contacts(path or bundled())
    text = _json(found) if output == "json" else _text(found, view)
    return Hotlines(text, found.problems)


def _text(found: ReadableContacts, view: OutputTarget) -> str:
    outline = hotlines_outline(found.contacts, found.language, all_read=not found.problems)
    return draw_on_screen(outline, width=view.width, color=view.color, plain=view.plain)


def _json(found: ReadableContacts) -> str:
    """Return the numbers as JSON; `complete` is false if some may be missing."""
    contacts = [_contact(contact) for contact in found.contacts]
    return json_text({"format": HOTLINES_FORMAT, "complete": not found.problems, "hotlines": contacts})


def _contact(contact: Contact) -> dict[str, object]:
    """Return a contact; a way to reach it that it doesn't have is null."""
    return {
        "id": contact.id,
        "name": contact.name,
        "use": contact.use,
        "group": contact.group,
        "call": contact.call or None,
        "text": contact.text or None,
        "web": contact.web or None,
        "also": list(contact.also),
        "hours": contact.hours or None,
        "verified_on": contact.verified_on.isoformat() if contact.verified_on else None,
    }
