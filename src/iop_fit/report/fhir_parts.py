"""A questionnaire as one audience is asked it, and the names that FHIR resources share about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import assert_never
from uuid import UUID, uuid5

from iop_fit.domain.answers import NONE_OF_THESE, SkipReason
from iop_fit.domain.question import Audience, Option, Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Callout, Heading, Items, Outline, Paragraph
from iop_fit.text import sanitize

__all__ = [
    "ABSENT",
    "NONE",
    "Form",
    "Json",
    "element",
    "extension",
    "made_uuid",
    "narrative",
    "opening_of",
    "section_link",
    "skip_coding",
    "why_link",
]

Json = dict[str, object]
"""A JSON object."""

NONE = Option("_none", NONE_OF_THESE.capitalize())
"""What stands for an empty list of options; no id in a questionnaire begins like this one."""

ABSENT = {
    SkipReason.RATHER_NOT_SAY: "asked-declined",
    SkipReason.DONT_KNOW: "asked-unknown",
    SkipReason.DOES_NOT_APPLY: "not-applicable",
}
"""The reasons for no answer, as FHIR has them."""

NAMESPACE = UUID("5b0b1c5e-0d0a-5c55-9a55-0f8a6a1d4c11")


def made_uuid(*parts: str) -> str:
    """Make a `urn:uuid:` that is the same whenever the parts are."""
    return f"urn:uuid:{uuid5(NAMESPACE, chr(0).join(parts))}"


def extension(name: str, **value: object) -> Json:
    """Write one of the extensions that FHIR itself defines."""
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", **value}


def skip_coding(reason: SkipReason) -> Json:
    """Write a reason for no answer as a code that FHIR itself defines."""
    system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    return {"system": system, "code": ABSENT[reason], "display": reason.words.capitalize()}


def section_link(section: Section) -> str:
    """Name the group of a section; a question may have the section's id."""
    return f"section.{section.id}"


def why_link(question: Question) -> str:
    """Name the help text of a question."""
    return f"why.{question.id}"


@dataclass(frozen=True)
class Form:
    """A questionnaire in the wording of one audience, without the questions that it is never asked."""

    questionnaire: Questionnaire
    about: Audience

    @cached_property
    def sections(self) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """The sections that have questions, with these."""
        asked = ((section, tuple(filter(self._is_asked, section.questions))) for section in self.questionnaire.sections)
        return tuple((section, questions) for section, questions in asked if questions)

    def _is_asked(self, question: Question) -> bool:
        return not (question.private and self.about is Audience.SOMEONE)

    @cached_property
    def url(self) -> str:
        """The canonical address; another one for every questionnaire, language, audience and set of questions."""
        questions = (question.id for _, questions in self.sections for question in questions)
        return made_uuid(self.questionnaire.digest, self.questionnaire.language, self.about.value, *questions)

    @cached_property
    def version(self) -> str:
        """The version, in the letters that may follow a canonical address."""
        return re.sub(r"[\s|#]+", "-", self.questionnaire.version)

    def options(self, question: Question) -> tuple[Option, ...]:
        """List what can be chosen: where several can, none can too, and that is an answer."""
        return (*question.options, NONE) if question.takes_several else question.options

    def coding(self, question: Question, option: Option) -> Json:
        """Write an option as a code of this questionnaire's own."""
        return {"system": self.url, "code": f"{question.id}.{option.id}", "display": option.label}


Said = Heading | Paragraph | Callout | Items
"""The blocks that only say something; the others compare or count."""


def narrative(language: str, *elements: str) -> dict[str, object]:
    """Put elements into the narrative of a resource."""
    lang = escape(language)
    start = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}">'
    return {"status": "additional", "div": f"{start}{''.join(elements)}</div>"}


def element(name: str, text: str) -> str:
    """Write a text as an element; XML has no way at all to hold some control characters."""
    shown = escape(sanitize(text), quote=False)
    return f"<{name}>{shown}</{name}>" if shown else ""


def opening_of(paper: Outline) -> Iterator[str]:
    """Write what a paper begins with, up to the first part that compares or counts."""
    yield element("h1", paper.title)
    yield element("p", paper.subtitle)
    for part in paper.pages[0]:
        said = [block for block in part.blocks if isinstance(block, Said)]
        if len(said) < len(part.blocks):
            return
        yield element("h2", part.title)
        for block in said:
            yield from _block(block)


def _block(block: Said) -> Iterator[str]:
    match block:
        case Heading(text):
            yield element("h3", text)
        case Paragraph(text, strong):
            yield f"<p>{element('b', text)}</p>" if strong else element("p", text)
        case Callout():
            yield element("h3", block.title)
            yield from (element("p", text) for text in (block.text, block.because))
            yield from _list("ul", *(element("li", contact) for contact in block.contacts))
        case Items(items, numbered):
            yield from _list("ol" if numbered else "ul", *(_item(item.text, item.details) for item in items))
        case _:
            assert_never(block)


def _list(name: str, *items: str) -> Iterator[str]:
    if items:
        yield f"<{name}>{''.join(items)}</{name}>"


def _item(text: str, details: tuple[str, ...]) -> str:
    return f"<li>{''.join(element('p', said) for said in (text, *details))}</li>"
