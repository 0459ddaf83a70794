"""What the FHIR Questionnaire and QuestionnaireResponse share: links, codings and the narrative."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import assert_never
from uuid import UUID, uuid5

from iop_fit.domain.answers import NONE_OF_THESE, SkipReason
from iop_fit.domain.question import Option, Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Callout, Heading, Items, Ladder, Outline, Paragraph
from iop_fit.outline.citations import uncited
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
"""The option that codes an empty list of options; its id can't collide, as no id starts with an underscore."""

ABSENT = {
    SkipReason.RATHER_NOT_SAY: "asked-declined",
    SkipReason.DONT_KNOW: "asked-unknown",
}
"""Skip reasons as codes of FHIR's data-absent-reason."""

NAMESPACE = UUID("5b0b1c5e-0d0a-5c55-9a55-0f8a6a1d4c11")


def made_uuid(*parts: str) -> str:
    """Return a `urn:uuid:` derived from the parts: the same parts give the same one."""
    return f"urn:uuid:{uuid5(NAMESPACE, chr(0).join(parts))}"


def extension(name: str, **value: object) -> Json:
    """Return an extension that the FHIR standard defines."""
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", **value}


def skip_coding(reason: SkipReason) -> Json:
    """Return a skip reason as a coding of data-absent-reason."""
    system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    return {"system": system, "code": ABSENT[reason], "display": reason.words.capitalize()}


def section_link(section: Section) -> str:
    """Return the linkId of a section's group, prefixed since a question can have the same id."""
    return f"section.{section.id}"


def why_link(question: Question) -> str:
    """Return the linkId of a question's help text."""
    return f"why.{question.id}"


@dataclass(frozen=True)
class Form:
    """A questionnaire worded for one audience, without the questions that audience never gets."""

    questionnaire: Questionnaire
    about: Audience

    @cached_property
    def sections(self) -> tuple[tuple[Section, tuple[Question, ...]], ...]:
        """The sections with at least one question, each with its questions."""
        asked = ((section, tuple(filter(self._is_asked, section.questions))) for section in self.questionnaire.sections)
        return tuple((section, questions) for section, questions in asked if questions)

    def _is_asked(self, question: Question) -> bool:
        return not (question.private and self.about is Audience.SOMEONE)

    @cached_property
    def url(self) -> str:
        """The canonical URL, unique to the questionnaire's digest, language, audience and set of questions."""
        questions = (question.id for _, questions in self.sections for question in questions)
        return made_uuid(self.questionnaire.digest, self.questionnaire.language, self.about.value, *questions)

    @cached_property
    def version(self) -> str:
        """The version without characters that a canonical URL can't hold."""
        return re.sub(r"[\s|#]+", "-", self.questionnaire.version)

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return the options to choose from; multiple choice adds “none of these”, which is an answer."""
        return (*question.offered, NONE) if question.takes_several else question.offered

    def coding(self, question: Question, option: Option) -> Json:
        """Return an option as a coding in this questionnaire's code system."""
        return {"system": self.url, "code": f"{question.id}.{option.id}", "display": option.label}


TextBlock = Heading | Paragraph | Callout | Items | Ladder
"""The blocks of plain text; the others are charts, tables and comparisons."""


def narrative(language: str, *elements: str) -> dict[str, object]:
    """Return elements as the narrative of a resource."""
    lang = escape(language)
    start = f'<div xmlns="http://www.w3.org/1999/xhtml" lang="{lang}" xml:lang="{lang}">'
    return {"status": "additional", "div": f"{start}{''.join(elements)}</div>"}


def element(name: str, text: str) -> str:
    """Return text as an XHTML element, or an empty string; without marks, as there is no list of sources.

    It is sanitized, as XML can't hold some control characters.
    """
    shown = escape(sanitize(uncited(text)), quote=False)
    return f"<{name}>{shown}</{name}>" if shown else ""


def opening_of(report: Outline) -> Iterator[str]:
    """Yield the first parts of the full report as XHTML, up to the first that is not plain text."""
    yield element("h1", report.title)
    if report.lead:
        yield f"<p>{element('b', report.lead)}</p>"
    yield element("p", report.subtitle)
    for part in report.pages[0]:
        blocks = [block for block in part.blocks if isinstance(block, TextBlock)]
        if len(blocks) < len(part.blocks):
            return
        yield element("h2", part.title)
        for block in blocks:
            yield from _block(block)


def _block(block: TextBlock) -> Iterator[str]:
    match block:
        case Heading(text):
            yield element("h3", text)
        case Paragraph(text, strong):
            yield f"<p>{element('b', text)}</p>" if strong else element("p", text)
        case Ladder(_, words):
            yield element("p", words)
        case Callout():
            yield element("h3", block.title)
            yield from (element("p", text) for text in (block.because, block.text))
            yield from _list("ul", *(element("li", contact) for contact in block.contacts))
        case Items(items, numbered):
            yield from _list("ol" if numbered else "ul", *(_item(item.text, item.details) for item in items))
        case _:
            assert_never(block)


def _list(name: str, *items: str) -> Iterator[str]:
    if items:
        yield f"<{name}>{''.join(items)}</{name}>"


def _item(text: str, details: tuple[str, ...]) -> str:
    return f"<li>{''.join(element('p', each) for each in (text, *details))}</li>"
