"""The form of a questionnaire in FHIR: its URL, its links, and the codings of its answers."""

import re
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid5

from iop_fit.domain.answers import NONE_OF_THESE, SkipReason
from iop_fit.domain.question import Option, Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience

__all__ = [
    "ABSENT",
    "ABSENT_SYSTEM",
    "NONE",
    "SKIP_IT",
    "Form",
    "Json",
    "code_of",
    "extension",
    "lead_in_link",
    "made_uuid",
    "scores",
    "section_link",
    "skip_coding",
    "skip_link",
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

ABSENT_SYSTEM = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

SKIP_IT = "To skip the question above, choose a reason:"
"""The text of the item that skips a number."""

NAMESPACE = UUID("5b0b1c5e-0d0a-5c55-9a55-0f8a6a1d4c11")


def made_uuid(*parts: str) -> str:
    """Return a `urn:uuid:` derived from the parts: the same parts give the same one."""
    return f"urn:uuid:{uuid5(NAMESPACE, chr(0).join(parts))}"


def extension(name: str, **value: object) -> Json:
    """Return an extension that the FHIR standard defines."""
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", **value}


def code_of(question: Question, option: Option) -> str:
    """Return the code of an option, unique in the questionnaire."""
    return f"{question.id}.{option.id}"


def scores(question: Question, option: Option) -> list[Json]:
    """Return the score of an option as an extension; an empty list if its question is not scored."""
    scored = question.need and not question.private
    return [extension("ordinalValue", valueDecimal=option.score)] if scored else []


def skip_coding(reason: SkipReason) -> Json:
    """Return a skip reason as a coding of data-absent-reason."""
    return {"system": ABSENT_SYSTEM, "code": ABSENT[reason], "display": reason.words.capitalize()}


def section_link(section: Section) -> str:
    """Return the linkId of a section's group, prefixed since a question can have the same id."""
    return f"section.{section.id}"


def skip_link(question: Question) -> str:
    """Return the linkId of the item that skips a number: numbers have no options, and clients drop extensions."""
    return f"skip.{question.id}"


def why_link(question: Question) -> str:
    """Return the linkId of a question's help text."""
    return f"why.{question.id}"


def lead_in_link(question: Question) -> str:
    """Return the linkId of the lead-in that comes before a question."""
    return f"lead-in.{question.id}"


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
        """Return an option as a coding in this questionnaire's code system, with its score.

        Options, answers and conditions all use it: some clients recognize an answer only if the whole coding is equal.
        """
        coding: Json = {"system": self.url, "code": code_of(question, option), "display": option.label}
        score = scores(question, option)
        return {"extension": score, **coding} if score else coding
