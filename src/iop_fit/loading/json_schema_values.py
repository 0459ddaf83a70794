"""Values and conditions of a questionnaire, as JSON Schema.

A keyword that speaks of one type says nothing about the others: `pattern` holds for texts only, `items` for lists only.
So one schema without branches can take a text or a list, and editors name what is wrong instead of "none of these".
"""

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel
from iop_fit.limits import MAX_WHOLE
from iop_fit.loading.condition_reader import RESERVED
from iop_fit.loading.fields import FieldType, enum_values
from iop_fit.loading.records import FLAGS, ID

__all__ = [
    "AREA_LEVELS",
    "REFUSED",
    "Schema",
    "condition",
    "flag",
    "gates",
    "id_or_ids",
    "mapping",
    "mapping_of",
    "no_word",
    "of_condition",
    "one_answer",
    "one_id",
    "one_text",
    "said",
    "whole",
]

Schema = dict[str, object]

ID_PATTERN = f"^{ID.pattern}$"
AREA_LEVELS = list(enum_values(AreaLevel)[1:])

REFUSED = {
    "point": frozenset[str](),
    "rule": frozenset({"not", "areas"}),
    "sign": frozenset({"not", "areas", "alert", "alert-level"}),
}
"""The words that the conditions of a noun can't use: only a point decides nothing, and no alert hangs on alerts."""


def one_text() -> Schema:
    """Take any single value that is not empty: to the reader `version: 1` is a text."""
    return {"type": ["string", "number", "boolean"], "pattern": r"\S", **said("a text")}


def one_id() -> Schema:
    """Take an id. YAML reads some of them as booleans: `no` in its older version, `true` in both."""
    return {"type": ["string", "boolean"], **_name()}


def _name() -> Schema:
    """Take an id as the name of a key."""
    return {"pattern": ID_PATTERN, **said(FieldType.ID.value)}


def id_or_ids(least: int = 0) -> Schema:
    """Take one id, or a list of them with at least so many."""
    many = {"minItems": least} if least else {}
    types = ["string", "boolean", "array"]
    return {"type": types, "pattern": ID_PATTERN, "items": one_id(), **many, **said("an id, or a list of ids")}


def flag() -> Schema:
    """Take yes or no, in any spelling that the reader takes."""
    in_any_case = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in text) for text in FLAGS)
    spelling = {"type": ["boolean", "string"], "pattern": f"^({in_any_case})$"}
    return {**spelling, "examples": ["yes", "no"], **said(FieldType.FLAG.value)}


def whole(least: int = 0, most: int = MAX_WHOLE) -> Schema:
    """Take a whole number; in quotes too, as the reader does."""
    bounds = {"minimum": least, "maximum": most, "pattern": "^[0-9]{1,7}$"}
    return {"type": ["integer", "string"], **bounds, **said(f"a whole number from {least} to {most}")}


def mapping(properties: Schema, required: list[str] | None = None) -> Schema:
    """Take a mapping of these keys and no others."""
    needed = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def mapping_of(title: str, values: Schema, least: int = 0) -> Schema:
    """Take a mapping of ids to such values, with at least so many; its title is what editors say is expected."""
    some = {"minProperties": least} if least else {}
    return {"title": title, "type": "object", **some, "propertyNames": _name(), "additionalProperties": values}


def one_answer() -> Schema:
    """Take an option, a list of options, a note, the reason for skipping, or nothing yet."""
    reason = {"enum": list(SkipReason), "description": "Why it was left without an answer."}
    return {
        "type": ["string", "number", "boolean", "null", "array", "object"],
        "items": one_id(),
        **{name: each for name, each in mapping({"skipped": reason}, ["skipped"]).items() if name != "type"},
    }


def of_condition(noun: str) -> Schema:
    """Refer to the condition of a noun."""
    return {"$ref": f"#/definitions/condition-of-a-{noun}"}


def condition(noun: str) -> Schema:
    """Take a condition of a noun; what is no word of conditions is the id of a question."""
    known = {word: False if word in REFUSED[noun] else schema for word, schema in _words(noun).items()}
    return {"properties": known, **mapping_of("a condition", _test(), least=1)}


def gates() -> Schema:
    """Take what `ask when` holds: a list of conditions of one earlier question each."""
    one = {
        **mapping_of("a condition of one question", _test(), least=1),
        "maxProperties": 1,
        "propertyNames": no_word(),
    }
    return {"type": "array", "minItems": 1, "items": one}


def no_word() -> Schema:
    """Take the id of a question, which is no word of conditions."""
    pattern = f"^(?!({'|'.join(sorted(RESERVED))})$){ID.pattern}$"
    return {"pattern": pattern, **said(f"{FieldType.ID.value}; and no word of conditions")}


def _words(noun: str) -> Schema:
    several = {"type": "array", "minItems": 1, "items": of_condition(noun)}
    number = {**whole(1), "description": "How many of them, from 1."}
    some = mapping({"at least": number, "of": {**several, "description": "The conditions."}}, ["at least", "of"])
    level = {"enum": list(AlertLevel)}
    levels = {"if": {"type": "array"}, "then": {"minItems": 1, "items": level}, "else": level}
    return {
        "all": {"description": "All of these conditions.", **several},
        "any": {"description": "At least one of these conditions.", **several},
        "some": {"description": "At least so many of these conditions.", **some},
        "not": {"description": "The opposite of this condition.", "allOf": [of_condition(noun)]},
        "sign": {"description": "The conditions with these names, all of them.", **id_or_ids(1)},
        "alert": {"description": "One of these alerts is raised.", **id_or_ids(1)},
        "alert-level": {"description": "An alert of one of these levels is raised.", **levels},
        "areas": {
            "description": "These sections are at these levels, or above.",
            **mapping_of("a mapping of sections to levels", {"enum": AREA_LEVELS}, least=1),
        },
    }


def _test() -> Schema:
    lowest = {**one_id(), "description": "Of a ranked question: this option, or one after it."}
    options = {**id_or_ids(1), "description": "Of any other question: one of these options."}
    one = {"title": "`at least` or `any of`", "minProperties": 1, "maxProperties": 1}
    return {**one, **mapping({"at least": lowest, "any of": options})}


def said(what: str) -> Schema:
    """Say what a text must be: for editors that know VS Code's own keyword, and others pass over it."""
    return {"patternErrorMessage": f"This must be {what}."}
