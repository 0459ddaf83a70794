"""What the keys of a noun demand of each other, as JSON Schema, as far as one file can tell."""

from iop_fit.domain.guidance import PointList
from iop_fit.domain.question import Kind
from iop_fit.loading.json_schema_values import Schema, flag, no_word, said, whole
from iop_fit.loading.loader import LANGUAGE
from iop_fit.loading.question_reader import MAX_OPTIONS

__all__ = ["narrower", "structure"]


def narrower(noun: str, key: str) -> Schema:
    """Return what a key of a noun demands beyond its shape."""
    match noun, key:
        case "head", "language":
            return {"pattern": f"^{LANGUAGE.pattern}$", **said("a language tag, such as `en` or `es-US`")}
        case "question", "dimension":
            return whole(1, 6)
        case "question", "id":
            return no_word()
        case "question", "options":
            return {"maxProperties": MAX_OPTIONS}
        case _:
            return {}


def structure(noun: str) -> Schema:
    """Return what the keys of a noun demand of each other."""
    match noun:
        case "head":
            return {"if": {"not": {"required": ["files"]}}, "then": _whole_questionnaire()}
        case "section":
            of_need = _each_question(_any_of(*_never_scored()))
            of_practice = _each_question(_any_of(*_never_scored(), {"not": _is("need", flag(True))}))
            return {"if": _is("kind", {"const": "need"}), "then": of_need, "else": of_practice}
        case "question":
            always_asked = {"if": _is("private", flag(True)), "then": _without("ask when")}
            return {"allOf": [_number_of_options(), always_asked]}
        case "alert":
            return {"if": _is("private", flag(True)), "then": {"properties": {"withholds": flag(False)}}}
        case "point":
            keys = ["why", "listen for"]
            return {"if": _is("list", {"const": PointList.ASK}), "then": {"required": keys}, "else": _without(*keys)}
        case _:
            return {}


def _whole_questionnaire() -> Schema:
    two_or_none = {"if": {"minItems": 1}, "then": {"minItems": 2, "maxItems": 2}}
    return {"required": ["directions"], "properties": {"directions": {"minItems": 2}, "programs": two_or_none}}


def _number_of_options() -> Schema:
    some = {"required": ["options"], "if": _is("kind", {"const": Kind.SEVERAL})}
    two = {"properties": {"options": {"minProperties": 2}}}
    return {"if": _is("kind", {"const": Kind.NOTE}), "then": _without("options"), "else": {**some, "else": two}}


def _never_scored() -> tuple[Schema, ...]:
    """Tell the questions whose options have no score, whatever their section is about."""
    return _is("kind", {"enum": [Kind.UNRANKED, Kind.NOTE]}), _is("private", flag(True)), _is("need", flag(False))


def _each_question(unscored: Schema) -> Schema:
    """Refuse scores without need, help from answers about need, and levels where nothing has a score."""
    each = {"if": unscored, "then": _options_without("score"), "else": _options_without("eases")}
    no_levels = {"properties": {"questions": {"not": {"contains": {"not": unscored}}}}}
    return {"properties": {"questions": {"items": each}}, "if": no_levels, "then": _without("levels")}


def _options_without(key: str) -> Schema:
    return {"properties": {"options": {"additionalProperties": _without(key)}}}


def _is(key: str, value: Schema) -> Schema:
    return {"required": [key], "properties": {key: value}}


def _any_of(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _without(*keys: str) -> Schema:
    return {"properties": dict.fromkeys(keys, False)}
