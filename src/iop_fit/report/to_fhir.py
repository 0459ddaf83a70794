"""A result as FHIR R4 for health records: questions and answers, without any conclusion."""

from collections.abc import Iterator
from itertools import groupby

from iop_fit.domain.answers import Chosen, Skipped, Written
from iop_fit.domain.assessment import Assessment, Reply
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.contacts import WHO_ANSWERED
from iop_fit.outline.result import full_of
from iop_fit.report.fhir_narrative import narrative, opening_of
from iop_fit.report.fhir_questionnaire import questionnaire_resource
from iop_fit.storage.fhir.form import (
    ABSENT,
    NONE,
    SKIP_IT,
    Form,
    Json,
    extension,
    made_uuid,
    section_link,
    skip_coding,
    skip_link,
)
from iop_fit.text import json_text, sanitize

__all__ = ["blank_form", "response_resource", "to_fhir"]


def to_fhir(assessment: Assessment) -> str:
    """Return the result as a Bundle of a Questionnaire and a QuestionnaireResponse, in FHIR's JSON."""
    form = Form(assessment.questionnaire, assessment.about)
    response = response_resource(form, assessment)
    bundle: Json = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": form.url, "resource": questionnaire_resource(form)},
            {"fullUrl": made_uuid(_serialize(response)), "resource": response},
        ],
    }
    return _serialize(bundle)


def blank_form(questionnaire: Questionnaire) -> str:
    """Return the Questionnaire to fill in for oneself, without private questions, in FHIR's JSON."""
    return _serialize(questionnaire_resource(Form(questionnaire.public().worded_for(Audience.ME), Audience.ME)))


def _serialize(resource: Json) -> str:
    # An indent of 2 would make this deeply nested file a third larger.
    return json_text(resource, indent=1)


def response_resource(form: Form, assessment: Assessment) -> Json:
    """Return the QuestionnaireResponse resource: the answers by section, without any conclusion."""
    language = assessment.questionnaire.language
    name = sanitize(assessment.name)
    groups = groupby(assessment.replies, lambda reply: reply.section)
    by_someone = assessment.about is Audience.SOMEONE
    return {
        "resourceType": "QuestionnaireResponse",
        "language": language,
        "text": narrative(language, *opening_of(full_of(assessment))),
        "questionnaire": f"{form.url}|{form.version}",
        "status": "completed",
        **({"subject": {"display": name}} if name else {}),
        "authored": assessment.assessed_on.isoformat(),
        **({"source": {"type": "RelatedPerson", "display": WHO_ANSWERED[Audience.SOMEONE]}} if by_someone else {}),
        "item": [
            {
                "linkId": section_link(section),
                "text": section.title,
                "item": [item for reply in replies for item in _items(form, reply)],
            }
            for section, replies in groups
        ],
    }


def _items(form: Form, reply: Reply) -> Iterator[Json]:
    """Yield the item of an answer; a skipped number has one more, as clients drop the extension that says so."""
    yield _item(form, reply)
    if isinstance(reply.answer, Skipped) and reply.question.number_range:
        coding = skip_coding(reply.answer.reason)
        yield {"linkId": skip_link(reply.question), "text": SKIP_IT, "answer": [{"valueCoding": coding}]}


def _item(form: Form, reply: Reply) -> Json:
    item: Json = {"linkId": reply.question.id, "text": reply.ask}
    match reply.answer:
        case Skipped(reason) if not reply.question.offered:  # text and numbers have no answer options for skip reasons
            return {**item, "extension": [extension("data-absent-reason", valueCode=ABSENT[reason])]}
        case Skipped(reason):
            return {**item, "answer": [{"valueCoding": skip_coding(reason)}]}
        case Written(text):
            # A note of only control characters is no answer.
            return {**item, "answer": [{reply.question.fhir_value: sanitize(text)}]} if sanitize(text) else item
        case Chosen(_, float() | int()):
            return {**item, "answer": [{reply.question.fhir_value: reply.question.value_of(reply.answer)}]}
        case Chosen(options):
            known = reply.question.options_by_id
            chosen = [known[option] for option in options] or [NONE]
            return {**item, "answer": [{"valueCoding": form.coding(reply.question, option)} for option in chosen]}
