"""Blocks for hotlines and other contacts."""

from collections.abc import Callable, Iterable, Iterator

from iop_fit.domain.guidance import Contact, ContactGroup
from iop_fit.outline.blocks import Block, Heading, Item, Items, Outline, Paragraph, Part
from iop_fit.text import format_date

__all__ = [
    "GLYPH_NOTE",
    "IN_A_CRISIS",
    "WHO_ANSWERED",
    "footer_line",
    "hotlines_outline",
    "numbers",
    "phone_line",
    "short_item",
]


WHO_ANSWERED = {"me": "the patient", "someone": "a family member or friend"}
"""Who filled in the answers, by `Audience`, whose import would slow down the list of numbers."""

GLYPH_NOTE = "Characters that can't be printed here are shown by name, in [brackets]."
"""The footnote of a printed page with a character replaced by its name."""


IN_A_CRISIS = "In a crisis, call or text 988."
"""The sentence on the crisis line, for the United States; questionnaires say it in the same words."""

ALWAYS_THERE = f"In the United States, call 911 if life is in danger. {IN_A_CRISIS}"
NOBODY_NAMED = f"This questionnaire lists no one to call. {ALWAYS_THERE}"
"""Shown if the questionnaire has no contacts."""
SOME_UNREAD = f"Some numbers of this questionnaire may be missing here. {ALWAYS_THERE}"
"""Shown first if contacts of the questionnaire could not be read."""


def hotlines_outline(contacts: Iterable[Contact], language: str, *, all_read: bool = True) -> Outline:
    """Return an outline of all contacts with what each is for; `all_read` is false if some could not be read."""
    known = tuple(numbers(contacts, _in_full))
    warning = () if all_read else (Paragraph(SOME_UNREAD),)
    return Outline(
        title="Who to call",
        subtitle="",
        pages=((Part("Phone numbers", (*warning, *known) or (Paragraph(NOBODY_NAMED),)),),),
        language=language,
    )


def numbers(contacts: Iterable[Contact], to_item: Callable[[Contact], Item]) -> Iterator[Block]:
    """Yield the contacts by group, formatted by `to_item`; crisis and information lines are never in one list."""
    titles = {
        ContactGroup.EMERGENCY: "If life is in danger",
        ContactGroup.CRISIS: "In a crisis, day or night",
        ContactGroup.INFORMATION: "To find treatment and ask questions",
    }
    known = tuple(contacts)
    for group, title in titles.items():
        items = tuple(to_item(contact) for contact in known if contact.group is group)
        if items:
            yield from (Heading(title), Items(items))
    if known:
        yield Paragraph("These numbers are for the United States. Anywhere else, call your local emergency number.")


def footer_line(contacts: Iterable[Contact]) -> str:
    """Return one line with the first emergency contact and the first crisis contact."""
    urgent = (ContactGroup.EMERGENCY, ContactGroup.CRISIS)
    first = {contact.group: contact for contact in reversed([*contacts]) if contact.group in urgent}
    return " ".join(f"{phone_line(first[group])}." for group in urgent if group in first)


def _in_full(contact: Contact) -> Item:
    hours = f", {contact.hours}" if contact.hours else ""
    others = contact.ways[len(contact.by_phone) :] if contact.by_phone else ()
    also = (f"Also: {', '.join(others)}",) if others else ()
    day = contact.verified_on
    verified = (f"Checked on {format_date(day)}",) if day else ()
    return Item(phone_line(contact), (f"For {contact.use}{hours}", *also, *verified))


def phone_line(contact: Contact) -> str:
    """Return a contact's name and phone numbers on one line; without a phone, every way to reach it."""
    return f"{contact.name}: {', '.join(contact.by_phone or contact.ways)}"


def short_item(contact: Contact) -> Item:
    """Return a contact as an item with only its phone line."""
    return Item(phone_line(contact))
