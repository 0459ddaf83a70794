"""A questionnaire as one audience is asked it, and the names that FHIR resources share about it."""

import re
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid5

from iop_fit.answers import NONE_OF_THESE, SkipReason
from iop_fit.question import Audience, Kind, Option, Question, Section
from iop_fit.questionnaire import Questionnaire

__all__ = ["ABSENT", "NONE", "Form", "Json", "extension", "made_uuid", "section_link", "skip_coding", "why_link"]

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
        return (*question.options, NONE) if question.kind is Kind.SEVERAL else question.options

    def coding(self, question: Question, option: Option) -> Json:
        """Write an option as a code of this questionnaire's own."""
        return {"system": self.url, "code": f"{question.id}.{option.id}", "display": option.label}
