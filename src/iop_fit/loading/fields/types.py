"""Fields and their types, as the tables and the messages use them."""

from enum import Enum
from typing import NamedTuple

__all__ = ["SOURCES", "Field", "FieldType", "enum_values", "second_wording", "two_wordings"]


class FieldType(Enum):
    """The type of a field's value, as messages name it."""

    TEXT = "text"
    ID = "an id: lowercase letters, digits and hyphens, starting with a letter"
    WORD = "one of the allowed words"
    FLAG = "yes or no"
    WHOLE = "a whole number"
    NUMBER = "a number, such as 4 or 7.5"
    DAY = "a date as YYYY-MM-DD"
    TEXTS = "a list of texts"
    IDS = "an id or a list of ids"
    OPTIONS = "a mapping of option ids to labels"
    OPTIONS_OR_LIST = "a mapping of option ids to labels, or the id of an option list"
    LEVELS = "a mapping of `some` and `a lot` to whole numbers"
    ANSWERS = "a mapping of question ids to answers"
    MAPPING = "a mapping with at least one entry"
    ITEMS = "a list"
    CONDITION = "a condition"
    CONDITIONS = "a list of conditions"
    NOUN = "a mapping"
    NOUNS = "a list of mappings"


class Field(NamedTuple):
    """One key of a mapping."""

    name: str
    shape: FieldType
    about: str
    required: bool = False
    words: tuple[str, ...] = ()
    """The values allowed for `WORD`."""
    meanings: tuple[str, ...] = ()
    """What each of the words means, for editors; empty if the words say it."""
    noun: str = ""
    """For `NOUN` and `NOUNS`: the entry of the table that describes each mapping."""


def enum_values(kind: type[Enum]) -> tuple[str, ...]:
    """Return the values of an enumeration."""
    return tuple(member.value for member in kind)


def second_wording(key: str) -> str:
    """Return the key of a text's wording for someone who answers for the person."""
    return "about someone" if key == "label" else f"{key} about someone"


def two_wordings(
    key: str, about: str, *, required: bool = False, shape: FieldType = FieldType.TEXT
) -> tuple[Field, Field]:
    """Return the keys of a text that has two wordings; the first wording serves as the second if that is missing."""
    same = "The same texts, each worded" if shape is FieldType.TEXTS else "The same text, worded"
    second = Field(second_wording(key), shape, f"{same} for someone who answers for the person.")
    return Field(key, shape, about, required), second


SOURCES = Field("sources", FieldType.IDS, "The sources that support it.")
