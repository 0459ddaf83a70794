"""JSON Schemas of questionnaires and answers files, generated from the table of fields, for editors."""

from collections.abc import Iterator

from iop_fit.limits import MAX_OPTIONS
from iop_fit.loading.fields import Field, FieldType
from iop_fit.loading.json_schema.values import (
    AREA_LEVELS,
    FORBIDDEN,
    Schema,
    condition,
    decimal,
    expected,
    flag,
    gates,
    id_or_ids,
    mapping,
    mapping_of,
    of_condition,
    one_answer,
    one_id,
    one_text,
    question_id,
    whole,
)
from iop_fit.loading.loader import LANGUAGE
from iop_fit.loading.records import FIELDS
from iop_fit.text import indefinite, json_text

__all__ = ["answers_schema", "schema", "schema_text"]

DRAFT = "http://json-schema.org/draft-07/schema#"  # the best supported by yaml-language-server
DAY_PATTERN = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

PLAIN: dict[FieldType, Schema] = {
    FieldType.TEXT: one_text(),
    FieldType.ID: one_id(),
    FieldType.FLAG: flag(),
    FieldType.WHOLE: whole(),
    FieldType.NUMBER: decimal(),
    FieldType.DAY: {"type": "string", "format": "date", "pattern": DAY_PATTERN, **expected(FieldType.DAY.value)},
    FieldType.TEXTS: {"type": "array", "items": one_text()},
    FieldType.IDS: id_or_ids(),
    FieldType.ANSWERS: mapping_of(FieldType.ANSWERS.value, one_answer()),
    FieldType.CONDITIONS: gates(),
}
"""The types whose schema is the same for every key."""

NARROWER: dict[tuple[str, str], Schema] = {
    ("head", "language"): {"pattern": f"^{LANGUAGE.pattern}$", **expected("a language tag, such as `en` or `es-US`")},
    ("question", "dimension"): whole(1, 6),
    ("question", "at most"): whole(1),
    ("question", "id"): question_id(),
}
"""Restrictions of single keys beyond their type."""


def schema_text() -> str:
    """Return the schema of questionnaires as the text of a file."""
    return json_text(schema())


def schema() -> Schema:
    """Return the schema of any file of a questionnaire: the head, a section or another part.

    It validates a single file; only `check` validates references to ids.
    """
    section_or_part = _either(_only_in("section"), "section", _to("part"))
    return {
        "$schema": DRAFT,
        "title": "A questionnaire of iop-fit, or one file of it",
        "properties": {key.name: {"description": key.about} for key in (FIELDS["head"][0], FIELDS["section"][0])},
        **_either(["section"], "section", _either(_only_in("head"), "head", section_or_part)),
        "definitions": _definitions("head", "section", "part"),
    }


def answers_schema(
    *,
    title: str = "Answers to a questionnaire of iop-fit",
    narrower: Schema | None = None,
    definitions: Schema | None = None,
) -> Schema:
    """Return the schema of answers files: to any questionnaire, unless some keys have a `narrower` schema."""
    general = _definitions("answers file")
    whole = _noun("answers file", narrower)
    return {
        "$schema": DRAFT,
        "title": title,
        "allOf": [_to("answers file")],
        "definitions": {**general, "answers-file": whole, **(definitions or {})},
    }


def _only_in(noun: str) -> list[str]:
    """Return the keys that occur only in this type of file, to recognize it even without its id."""
    others = {key.name for other in ("head", "section", "part") if other != noun for key in FIELDS[other]}
    return [key.name for key in FIELDS[noun] if key.name not in others]


def _either(keys: list[str], noun: str, otherwise: Schema) -> Schema:
    return {"if": {"anyOf": [{"required": [key]} for key in keys]}, "then": _to(noun), "else": otherwise}


def _to(noun: str) -> Schema:
    return {"$ref": f"#/definitions/{noun.replace(' ', '-')}"}


def _definitions(*nouns: str) -> Schema:
    reached = list(dict.fromkeys(each for noun in nouns for each in _reached(noun)))
    conditions = {f"condition-of-a-{noun}": condition(noun) for noun in reached if noun in FORBIDDEN}
    return {**{noun.replace(" ", "-"): _noun(noun) for noun in reached}, **conditions}


def _reached(noun: str) -> Iterator[str]:
    yield noun
    for key in FIELDS[noun]:
        inner = "option" if key.shape in (FieldType.OPTIONS, FieldType.OPTIONS_OR_LIST) else key.noun
        if inner:
            yield from _reached(inner)


def _noun(noun: str, instead: Schema | None = None) -> Schema:
    keys = {
        key.name: {"description": key.about, **_value(key, noun), **NARROWER.get((noun, key.name), {})}
        for key in FIELDS[noun]
    }
    keyed = mapping({**keys, **(instead or {})}, [key.name for key in FIELDS[noun] if key.required])
    return {"title": indefinite(noun).capitalize(), **keyed}


def _value(key: Field, noun: str) -> Schema:
    match key.shape:
        case FieldType.WORD:
            return {"enum": [*key.words], **({"enumDescriptions": [*key.meanings]} if key.meanings else {})}
        case FieldType.CONDITION:
            return {"allOf": [of_condition(noun)]}
        case FieldType.NOUN:
            return {"allOf": [_to(key.noun)]}
        case FieldType.NOUNS:
            return {"type": "array", "items": _to(key.noun)}
        case FieldType.OPTIONS | FieldType.OPTIONS_OR_LIST:
            option = {"if": {"type": "object"}, "then": _to("option"), "else": one_text()}
            options = {**mapping_of(key.shape.value, option, least=1), "maxProperties": MAX_OPTIONS}
            return options if key.shape is FieldType.OPTIONS else {**options, **one_id("object")}
        case FieldType.LEVELS:
            return {"minProperties": 1, **mapping(dict.fromkeys(AREA_LEVELS, whole(1)))}
        case _:
            return PLAIN[key.shape]
