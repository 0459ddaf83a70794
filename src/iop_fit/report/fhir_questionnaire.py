"""The questionnaire of a result as a FHIR R4 Questionnaire."""

from collections.abc import Iterator, Mapping

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.question import Option, Question
from iop_fit.report.fhir_parts import (
    NONE,
    Form,
    Json,
    element,
    extension,
    narrative,
    section_link,
    skip_coding,
    why_link,
)

__all__ = ["questionnaire_resource"]

ALONE = extension("questionnaire-optionExclusive", valueBoolean=True)
"""Marks an option that no other one can stand beside."""


def questionnaire_resource(form: Form) -> Json:
    """Write what is asked, with its scores and its conditions."""
    asked = form.questionnaire
    groups = [
        {
            "linkId": section_link(section),
            "text": section.title,
            "type": "group",
            "item": [_question(form, question) for question in questions],
        }
        for section, questions in form.sections
    ]
    return {
        "resourceType": "Questionnaire",
        "language": asked.language,
        "text": narrative(asked.language, element("h1", asked.title), element("p", asked.notice)),
        "url": form.url,
        "version": form.version,
        "title": asked.title,
        "status": "active",
        "subjectType": ["Patient"],
        "description": asked.notice,
        "item": groups,
    }


def _question(form: Form, question: Question) -> Json:
    help_text = {
        "linkId": why_link(question),
        "text": question.why.for_(form.about),
        "type": "display",
        "extension": [_control("help")],
    }
    return {
        "linkId": question.id,
        "text": question.ask.for_(form.about),
        **_kind(form, question),
        **_enable_when(form, question),
        "item": [help_text],
    }


def _kind(form: Form, question: Question) -> Json:
    """Say how a question is answered, and with what."""
    if not question.options:
        return {"type": question.fhir_type}
    several = {"repeats": True} if question.takes_several else {}
    return {
        "type": question.fhir_type,
        "extension": [
            _control(question.fhir_control),
            extension("questionnaire-choiceOrientation", valueCode="vertical"),
        ],
        **several,
        "answerOption": [
            *(_option(form, question, option) for option in form.options(question)),
            *(_skip(question, reason) for reason in SkipReason),
        ],
    }


def _option(form: Form, question: Question, option: Option) -> Json:
    """Offer an option; some clients read its score here, and some inside the coding."""
    scored = question.need and not question.private
    score = [extension("ordinalValue", valueDecimal=option.score)] if scored else []
    alone = [ALONE] if option is NONE else []
    return {**_extended(*score, *alone), "valueCoding": {**_extended(*score), **form.coding(question, option)}}


def _skip(question: Question, reason: SkipReason) -> Json:
    """Offer a way to skip; it has no score, as what is unknown is not nothing."""
    alone = [ALONE] if question.takes_several else []
    return {**_extended(*alone), "valueCoding": skip_coding(reason)}


def _extended(*extensions: Json) -> Json:
    return {"extension": list(extensions)} if extensions else {}


def _control(code: str) -> Json:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return extension("questionnaire-itemControl", valueCodeableConcept={"coding": [coding]})


def _enable_when(form: Form, question: Question) -> Json:
    """Say when a question is asked: also when a question that decides it was skipped."""
    if not question.asked_if:
        return {}
    known = form.questionnaire.questions
    opening = dict.fromkeys(pair for way in question.asked_if for pair in _opening(way, known))
    names = dict.fromkeys(name for name, _ in opening)
    deciding = [
        *((name, form.coding(known[name], known[name].options_by_id[option])) for name, option in opening),
        *((name, skip_coding(reason)) for name in names for reason in SkipReason),
    ]
    conditions = [{"question": name, "operator": "=", "answerCoding": coding} for name, coding in deciding]
    return {"enableWhen": conditions, "enableBehavior": "any"}


def _opening(way: OptionSet, questions: Mapping[str, Question]) -> Iterator[OptionRef]:
    """Find the answers that reach one way to open a gate."""
    (name,) = {name for name, _ in way}  # the loader takes one question a line, as FHIR does
    return ((name, option) for option, reached in questions[name].reach.items() if way <= reached)
