"""Turn nodes into records: check the keys of each mapping against the table of fields, and collect all problems."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from iop_fit.domain.wording import Words
from iop_fit.errors import Place
from iop_fit.files.parsing.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode, describe
from iop_fit.limits import MAX_RECORDS, MAX_TEXT, MAX_WHOLE
from iop_fit.loading.answer_fields import ANSWER_FIELDS
from iop_fit.loading.fields import QUESTIONNAIRE_FIELDS, Field, FieldType
from iop_fit.problem_codes import Code
from iop_fit.text import closest, did_you_mean, hides_fields, indefinite, join, quote, quote_leading_name, sanitize

__all__ = [
    "FIELDS",
    "ID_HINT",
    "NUMBER",
    "Problems",
    "Record",
    "decimal_number",
    "read_record",
    "unique",
    "whole_number",
]

FIELDS = {**QUESTIONNAIRE_FIELDS, **ANSWER_FIELDS}
"""The fields of each noun."""
FIELDS_BY_NAME = {noun: {key.name: key for key in fields} for noun, fields in FIELDS.items()}

ID = re.compile(r"[a-z][a-z0-9-]*")
ID_HINT = "Use lowercase letters, digits and hyphens, starting with a letter."
NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,3})?")
FLAGS = {"yes": True, "true": True, "no": False, "false": False}
NOUNS_BESIDE_ANSWERS = {"answers file", "expectation"}
"""Nouns in which an answer may be read as a key if a colon is missing; such a key is not repeated."""

ONE_VALUE = {FieldType.TEXT, FieldType.ID, FieldType.WORD, FieldType.FLAG}
ONE_VALUE |= {FieldType.WHOLE, FieldType.NUMBER, FieldType.DAY, FieldType.OPTIONS_OR_LIST}
"""Types that are written as one value, or can be."""

NAME_TYPES = {FieldType.ID, FieldType.WORD, FieldType.FLAG}
"""Types whose wrong values are quoted only up to the end of the first word: an answer may follow by mistake."""


@hides_fields
@dataclass
class Record:
    """One checked mapping; a missing or invalid key has no value."""

    noun: str
    place: Place
    values: dict[str, object] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id; empty if it is missing or invalid."""
        return self.text("section" if self.noun == "section" else "questionnaire" if self.noun == "head" else "id")

    def text(self, key: str, default: str = "") -> str:
        """Return a text, an id or a word."""
        value = self.values.get(key, default)
        assert isinstance(value, str)
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a flag."""
        value = self.values.get(key, default)
        assert isinstance(value, bool)
        return value

    def whole(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        value = self.values.get(key, default)
        assert isinstance(value, int)
        return value

    def number(self, key: str) -> float | None:
        """Return a number, or None."""
        value = self.values.get(key)
        assert value is None or isinstance(value, float)
        return value

    def day(self, key: str) -> date | None:
        """Return a day, or None."""
        value = self.values.get(key)
        assert value is None or isinstance(value, date)
        return value

    def scalars(self, key: str) -> tuple[ScalarNode, ...]:
        """Return the texts or ids of a list, with their places."""
        value = self.values.get(key, ())
        assert isinstance(value, tuple)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts or ids of a list."""
        return tuple(scalar.text for scalar in self.scalars(key))

    def records(self, key: str) -> tuple["Record", ...]:
        """Return the records of a list."""
        value = self.values.get(key, ())
        assert isinstance(value, tuple)
        return value

    def pairs(self, key: str) -> tuple[tuple[ScalarNode, Node], ...]:
        """Return the entries of a mapping."""
        node = self.nodes.get(key)
        return node.entries if isinstance(node, MappingNode) and key in self.values else ()

    def place_of(self, key: str) -> Place:
        """Return the place of the value of a key, or of the record if the key is missing."""
        return self.nodes[key].place if key in self.nodes else self.place


def read_record(noun: str, node: Node, problems: Problems) -> Record:
    """Check one mapping against the fields of its noun; report and leave out what is wrong."""
    record = Record(noun, node.place)
    if not isinstance(node, MappingNode):
        message = f"{indefinite(noun).capitalize()} must be a mapping, not {describe(node)}."
        problems.note(Code.NOT_A_MAPPING, node.place, message, "Write keys with their values, like `id: ...`.")
        return record
    keys = FIELDS_BY_NAME[noun]
    meant: set[str | None] = set()
    for name, value in node.entries:
        key = keys.get(name.text)
        if key is None:
            near = closest(name.text, list(keys))
            named = f"key {quote(name.text)}" if near or noun not in NOUNS_BESIDE_ANSWERS else "such key"
            hint = did_you_mean(name.text, list(keys))
            problems.note(Code.UNKNOWN_KEY, name.place, f"{indefinite(noun).capitalize()} has no {named}.", hint)
            meant.add(near)
            continue
        record.nodes[key.name] = value
        read = _read(key, value, problems)
        if read is not None:
            record.values[key.name] = read
    for key in keys.values():
        if key.required and key.name not in record.nodes and key.name not in meant:
            hint = f"Add `{key.name}:` with {key.shape.value}. {_meaning(key)}"
            problems.note(Code.MISSING_KEY, node.place, f"This {noun} has no {quote(key.name)}.", hint)
    return record


def _meaning(key: Field) -> str:
    return f"Meaning: {key.about[0].lower()}{key.about[1:]}"


def _read(key: Field, node: Node, problems: Problems) -> object | None:
    """Return the value of a field, or None if it is invalid."""
    match key.shape, node:
        case _, ScalarNode(text) if key.shape in ONE_VALUE and text.strip():  # the most frequent case first
            return _scalar(key, node, problems)
        case FieldType.NOUNS, SequenceNode(nodes):
            return tuple(read_record(key.noun, each, problems) for each in nodes)
        case FieldType.NOUN, MappingNode():
            return (read_record(key.noun, node, problems),)
        case FieldType.TEXTS, SequenceNode():
            return _scalars(key, node, problems)
        case FieldType.IDS, SequenceNode() | ScalarNode():
            return _scalars(key, node, problems)
        case FieldType.OPTIONS | FieldType.OPTIONS_OR_LIST, MappingNode(entries) if entries:
            return node
        case FieldType.LEVELS | FieldType.CONDITION, MappingNode(entries) if entries:
            return node
        case FieldType.ANSWERS, MappingNode():
            return node
        case FieldType.CONDITIONS, SequenceNode(nodes) if nodes:
            return node
        case _:
            found = describe(node)
            empty = found == "nothing" or (isinstance(node, MappingNode) and not node.entries)
            problem = "but is empty" if empty else f"not {found}"
            message = f"{quote(key.name)} must be {key.shape.value}, {problem}."
            problems.note(Code.WRONG_SHAPE, node.place, message, _meaning(key))
            return None


def _scalars(key: Field, node: SequenceNode | ScalarNode, problems: Problems) -> tuple[ScalarNode, ...]:
    return tuple(_each_scalar(key, (node,) if isinstance(node, ScalarNode) else node.nodes, problems))


def _each_scalar(key: Field, nodes: tuple[Node, ...], problems: Problems) -> Iterator[ScalarNode]:
    for node in nodes:
        text = _text(key, node, problems) if isinstance(node, ScalarNode) else ""
        if text:
            yield ScalarNode(text, node.place)
        else:
            item = "an empty item" if isinstance(node, ScalarNode) else describe(node)
            message = f"{quote(key.name)} must be {key.shape.value}, but contains {item}."
            problems.note(Code.WRONG_SHAPE, node.place, message, _meaning(key))


def _text(key: Field, node: ScalarNode, problems: Problems) -> str:
    """Return a text on one line; texts for display lose control characters and direction marks."""
    text = " ".join(node.text.split())
    if len(text) > MAX_TEXT:
        message = f"This text has {len(text):,} characters; the limit is {MAX_TEXT:,}."
        problems.note(Code.TOO_LONG, node.place, message, "Shorten it.")
        text = text[:MAX_TEXT]
    if key.shape not in (FieldType.TEXT, FieldType.TEXTS):
        return text
    return Words(text if text.isprintable() else sanitize(text))


def _scalar(key: Field, node: ScalarNode, problems: Problems) -> object | None:
    text = _text(key, node, problems)
    value: object | None = text or None
    match key.shape:
        case FieldType.TEXT:  # most values are
            pass
        case FieldType.ID | FieldType.OPTIONS_OR_LIST:
            value = text if ID.fullmatch(text) else None
        case FieldType.WORD:
            value = text if text in key.words else None
        case FieldType.FLAG:
            value = FLAGS.get(text.lower())
        case FieldType.WHOLE:
            value = whole_number(text)
        case FieldType.NUMBER:
            value = decimal_number(text)
        case _:  # a day, the only other type that is one value
            value = _day(text)
    if value is None:
        hint = f"Use one of: {join(key.words, last='or')}." if key.words else _meaning(key)
        quoted = quote_leading_name if key.shape in NAME_TYPES else quote
        message = f"{quote(key.name)} must be {key.shape.value}, not {quoted(text or node.text)}."
        problems.note(Code.WRONG_SHAPE, node.place, message, hint)
    return value


def unique(records: Iterable[Record], problems: Problems) -> tuple[Record, ...]:
    """Return the records with distinct ids; report duplicates, and stop at `MAX_RECORDS`."""
    kept: dict[str, Record] = {}
    for record in records:
        if len(kept) >= MAX_RECORDS:
            message = f"There are more than {MAX_RECORDS:,} {record.noun}s; all from here on were ignored."
            problems.note(Code.TOO_MANY_OF_A_KIND, record.place, message, "Split it into several questionnaires.")
            break
        if record.id in kept:
            message = f"The {record.noun} id {quote(record.id)} is already used in {kept[record.id].place}."
            problems.note(Code.ID_TWICE, record.place, message, "Give one of the two another id.")
        elif record.id:
            kept[record.id] = record
    return tuple(kept.values())


def whole_number(text: str) -> int | None:
    """Return a whole number in ASCII digits, up to `MAX_WHOLE`, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= MAX_WHOLE else None


def decimal_number(text: str) -> float | None:
    """Return a number in ASCII digits with at most three decimals, up to `MAX_WHOLE`, or None."""
    return float(text) if NUMBER.fullmatch(text) and float(text) <= MAX_WHOLE else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
