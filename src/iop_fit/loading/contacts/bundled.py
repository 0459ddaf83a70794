"""The contacts of the bundled questionnaire, read at once: one file, without the checks of the loader."""

from datetime import date

import yaml

from iop_fit.domain.guidance import Contact, ContactGroup
from iop_fit.files.data_folder import data_folder

__all__ = ["bundled_contacts"]

FILE = "questions/program-fit/contacts.yaml"
KEYS = {"id", "name", "use", "group", "call", "text", "web", "also", "hours", "verified on"}


def bundled_contacts() -> tuple[Contact, ...] | None:
    """Return the contacts of the bundled questionnaire in order, as the loader does.

    Returns None if the file is missing or is not as expected: then the loader can say what is wrong with it.
    """
    try:
        with open(f"{data_folder()}/{FILE}", encoding="utf-8") as file:
            content = yaml.load(file.read(), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  # it makes only text
        return _contacts(content)
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _contacts(content: object) -> tuple[Contact, ...]:
    if not isinstance(content, dict) or content.keys() != {"contacts"}:
        raise ValueError("expected nothing but contacts")
    records = content["contacts"]
    if not isinstance(records, list) or not records:
        raise ValueError("expected a list of contacts")
    return tuple(map(_contact, records))


def _contact(record: object) -> Contact:
    if not isinstance(record, dict) or not record.keys() <= KEYS:
        raise ValueError("expected the keys of a contact")

    def text(key: str) -> str:
        return _text(record[key]) if key in record else ""

    if not (text("id") and text("name") and text("use")):
        raise ValueError("expected an id, a name and a use")
    also, verified_on = record.get("also", []), text("verified on")
    if not isinstance(also, list):
        raise ValueError("expected a list of texts")
    return Contact(
        id=text("id"),
        name=text("name"),
        use=text("use"),
        group=ContactGroup(text("group")),
        call=text("call"),
        text=text("text"),
        web=text("web"),
        also=tuple(map(_text, also)),
        hours=text("hours"),
        verified_on=date.fromisoformat(verified_on) if verified_on else None,
    )


def _text(value: object) -> str:
    """Return a text that the loader would leave as it is."""
    if not isinstance(value, str) or not value.isprintable() or not value or value != " ".join(value.split()):
        raise ValueError("expected a text")
    return value
