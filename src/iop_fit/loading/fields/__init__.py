"""The table of fields of a questionnaire: every key, with its type and meaning."""

from iop_fit.loading.fields.guidance import GUIDANCE_FIELDS
from iop_fit.loading.fields.head import HEAD_FIELDS
from iop_fit.loading.fields.questions import QUESTION_FIELDS
from iop_fit.loading.fields.types import Field, FieldType, enum_values, second_wording

__all__ = ["QUESTIONNAIRE_FIELDS", "Field", "FieldType", "enum_values", "second_wording"]

QUESTIONNAIRE_FIELDS: dict[str, tuple[Field, ...]] = {**HEAD_FIELDS, **QUESTION_FIELDS, **GUIDANCE_FIELDS}
"""The fields of each noun, in the order in which a questionnaire has them."""
