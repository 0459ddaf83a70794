"""JSON Schemas of values and conditions.

A keyword applies to one type only: `pattern` to strings, `items` to arrays. So a schema without branches can accept a
string or an array, and editors report the exact problem instead of "no alternative matches".
"""

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel
from iop_fit.limits import MAX_WHOLE
from iop_fit.loading.condition_reader import RESERVED
from iop_fit.loading.fields import FieldType, enum_values
from iop_fit.loading.records import FLAGS, ID, NUMBER

__all__ = [
    "AREA_LEVELS",
    "FORBIDDEN",
    "Schema",
    "condition",
    "decimal",
    "expected",
    "flag",
    "gates",
    "id_or_ids",
    "mapping",
    "mapping_of",
    "of_condition",
    "one_answer",
    "one_id",
    "one_text",
    "question_id",
    "whole",
]

Schema = dict[str, object]

ID_PATTERN = f"^{ID.pattern}$"
AREA_LEVELS = list(enum_values(AreaLevel)[1:])

FORBIDDEN = {
    "point": frozenset[str](),
    "contradiction": frozenset({"areas"}),
    "rule": frozenset({"not", "areas"}),
    "sign": frozenset({"not", "areas", "alert", "alert-level"}),
}
"""The keywords that the conditions of a noun can't use."""


def one_text() -> Schema:
    """Accept any single value that is not empty: the loader reads `version: 1` as text."""
    return {"type": ["string", "number", "boolean"], "pattern": r"\S", **expected(FieldType.TEXT.value)}


def one_id(*other_types: str) -> Schema:
    """Accept an id, or other types. Some ids are read as booleans: `no` in YAML 1.1, `true` in 1.1 and 1.2."""
    return {"type": ["string", "boolean", *other_types], **_name()}


def _name() -> Schema:
    """Accept an id as a key."""
    return {"pattern": ID_PATTERN, **expected(FieldType.ID.value)}


def id_or_ids(least: int = 0) -> Schema:
    """Accept an id or a list of at least `least` ids."""
    many = {"minItems": least} if least else {}
    types = ["string", "boolean", "array"]
    return {"type": types, "pattern": ID_PATTERN, "items": one_id(), **many, **expected("an id or a list of ids")}


def flag() -> Schema:
    """Accept yes or no, in every spelling that the loader accepts."""
    in_any_case = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in text) for text in FLAGS)
    spelling = {"type": ["boolean", "string"], "pattern": f"^({in_any_case})$"}
    return {**spelling, "examples": ["yes", "no"], **expected(FieldType.FLAG.value)}


def whole(least: int = 0, most: int = MAX_WHOLE) -> Schema:
    """Accept a whole number, with or without quotes, as the loader does."""
    bounds = {"minimum": least, "maximum": most, "pattern": "^[0-9]{1,7}$"}
    return {"type": ["integer", "string"], **bounds, **expected(f"a whole number from {least} to {most}")}


def decimal() -> Schema:
    """Accept a number, with or without quotes, as the loader does."""
    bounds = {"minimum": 0, "maximum": MAX_WHOLE, "pattern": f"^{NUMBER.pattern}$"}
    return {"type": ["number", "string"], **bounds, **expected(f"a number from 0 to {MAX_WHOLE}")}


def mapping(properties: Schema, required: list[str] | None = None) -> Schema:
    """Accept a mapping with only these keys."""
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def mapping_of(title: str, values: Schema, least: int = 0) -> Schema:
    """Accept a mapping of at least `least` ids to these values; editors show the title as the expected type."""
    some = {"minProperties": least} if least else {}
    return {"title": title, "type": "object", **some, "propertyNames": _name(), "additionalProperties": values}


def one_answer() -> Schema:
    """Accept an option, a list of options, a note, a reason for skipping, or null."""
    reason = {"enum": list(SkipReason), "description": "Why the question was skipped."}
    return {
        "type": ["string", "number", "boolean", "null", "array", "object"],
        "items": one_id(),
        **{name: each for name, each in mapping({"skipped": reason}, ["skipped"]).items() if name != "type"},
    }


def of_condition(noun: str) -> Schema:
    """Return a reference to the condition of a noun."""
    return {"$ref": f"#/definitions/condition-of-a-{noun}"}


def condition(noun: str) -> Schema:
    """Accept a condition of a noun; every other key is the id of a question."""
    known = {word: False if word in FORBIDDEN[noun] else schema for word, schema in _words(noun).items()}
    return {"properties": known, **mapping_of("a condition", _test(), least=1)}


def gates() -> Schema:
    """Accept the value of `ask when`: a list of conditions, each on one question, or `all` with such a list."""
    one = {**mapping_of("a condition of one question", _test(), least=1), "maxProperties": 1}
    inner = {"type": "array", "minItems": 1, "items": {**one, "propertyNames": question_id()}}
    every = {"description": "All of these conditions, each on another question.", **inner}
    either = {**question_id(), "pattern": f"^all$|{question_id()['pattern']}"}
    return {"type": "array", "minItems": 1, "items": {**one, "properties": {"all": every}, "propertyNames": either}}


def question_id() -> Schema:
    """Accept the id of a question, but no keyword of conditions."""
    pattern = f"^(?!({'|'.join(sorted(RESERVED))})$){ID.pattern}$"
    return {"pattern": pattern, **expected(f"{FieldType.ID.value}, but not a keyword of conditions")}


def _words(noun: str) -> Schema:
    several = {"type": "array", "minItems": 1, "items": of_condition(noun)}
    number = {**whole(1), "description": "The number of conditions that must hold, from 1."}
    some = mapping({"at least": number, "of": {**several, "description": "The conditions."}}, ["at least", "of"])
    level = {"enum": list(AlertLevel)}
    levels = {"if": {"type": "array"}, "then": {"minItems": 1, "items": level}, "else": level}
    return {
        "all": {"description": "All of these conditions.", **several},
        "any": {"description": "At least one of these conditions.", **several},
        "some": {"description": "At least this number of the conditions.", **some},
        "not": {"description": "The opposite of this condition.", "allOf": [of_condition(noun)]},
        "sign": {"description": "All of these signs.", **id_or_ids(1)},
        "alert": {"description": "One of these alerts is raised.", **id_or_ids(1)},
        "alert-level": {"description": "An alert of one of these levels is raised.", **levels},
        "areas": {
            "description": "These sections are at or above these levels.",
            **mapping_of("a mapping of sections to levels", {"enum": AREA_LEVELS}, least=1),
        },
    }


def _test() -> Schema:
    lowest = {**one_id(), "description": "For a ranked question: this option or a later one."}
    options = {**id_or_ids(1), "description": "For other questions: one of these options."}
    one = {"title": "`at least` or `any of`", "minProperties": 1, "maxProperties": 1}
    return {**one, **mapping({"at least": lowest, "any of": options})}


def expected(what: str) -> Schema:
    """Return the error message for a pattern, in a keyword of VS Code that other editors ignore."""
    return {"patternErrorMessage": f"This must be {what}."}
