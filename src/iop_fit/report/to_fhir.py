"""A result as FHIR R4, for health records: what was asked and what was answered, and no diagnosis."""

from itertools import groupby

from iop_fit.domain.answers import Chosen, Skipped, Written
from iop_fit.domain.assessment import Assessment, Reply
from iop_fit.domain.question import Audience
from iop_fit.outline.contacts import WHO_ANSWERED
from iop_fit.outline.result import paper_of
from iop_fit.report.fhir_parts import (
    ABSENT,
    NONE,
    Form,
    Json,
    extension,
    made_uuid,
    narrative,
    opening_of,
    section_link,
    skip_coding,
)
from iop_fit.report.fhir_questionnaire import questionnaire_resource
from iop_fit.text import json_text, sanitize

__all__ = ["response_resource", "to_fhir"]


def to_fhir(assessment: Assessment) -> str:
    """Return the result as a Bundle of a Questionnaire and a QuestionnaireResponse, in FHIR's JSON."""
    form = Form(assessment.questionnaire, assessment.about)
    response = response_resource(form, assessment)
    bundle: Json = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": form.url, "resource": questionnaire_resource(form)},
            {"fullUrl": made_uuid(_written(response)), "resource": response},
        ],
    }
    return _written(bundle)


def _written(resource: Json) -> str:
    # nested this deep, a second blank for each level would make the file a third larger
    return json_text(resource, indent=1)


def response_resource(form: Form, assessment: Assessment) -> Json:
    """Write what was answered, in the groups of the questionnaire, and nothing that was concluded."""
    language = assessment.questionnaire.language
    name = sanitize(assessment.name)
    groups = groupby(assessment.replies, lambda reply: reply.section)
    by_someone = assessment.about is Audience.SOMEONE
    return {
        "resourceType": "QuestionnaireResponse",
        "language": language,
        "text": narrative(language, *opening_of(paper_of(assessment))),
        "questionnaire": f"{form.url}|{form.version}",
        "status": "completed",
        **({"subject": {"display": name}} if name else {}),
        "authored": assessment.assessed_on.isoformat(),
        **({"source": {"type": "RelatedPerson", "display": WHO_ANSWERED[Audience.SOMEONE]}} if by_someone else {}),
        "item": [
            {
                "linkId": section_link(section),
                "text": section.title,
                "item": [_item(form, reply) for reply in replies],
            }
            for section, replies in groups
        ],
    }


def _item(form: Form, reply: Reply) -> Json:
    item: Json = {"linkId": reply.question.id, "text": reply.ask}
    match reply.answer:
        case Skipped(reason) if not reply.question.options:  # a text has no options to skip it with
            return {**item, "extension": [extension("data-absent-reason", valueCode=ABSENT[reason])]}
        case Skipped(reason):
            return {**item, "answer": [{"valueCoding": skip_coding(reason)}]}
        case Written(text):
            # a note of nothing but control characters is no answer
            return {**item, "answer": [{"valueString": sanitize(text)}]} if sanitize(text) else item
        case Chosen(options):
            known = reply.question.options_by_id
            chosen = [known[option] for option in options] or [NONE]
            return {**item, "answer": [{"valueCoding": form.coding(reply.question, option)} for option in chosen]}
