"""JSON Schemas of questionnaires and answers files, for editors."""

from iop_fit.loading.json_schema.answers import answers_schema_of, answers_schema_text
from iop_fit.loading.json_schema.files import answers_schema, schema, schema_text

__all__ = ["answers_schema", "answers_schema_of", "answers_schema_text", "schema", "schema_text"]
