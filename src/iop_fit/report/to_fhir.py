"""A result as FHIR R4, for health records: what was asked and what was answered, and no diagnosis."""

from iop_fit.assessment import Assessment
from iop_fit.json_text import json_text
from iop_fit.report.fhir_form import Form, Json, made_uuid
from iop_fit.report.fhir_questionnaire import questionnaire_resource
from iop_fit.report.fhir_response import response_resource

__all__ = ["to_fhir"]


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
