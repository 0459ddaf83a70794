"""What the table of keys is made of."""

from enum import Enum
from typing import NamedTuple

__all__ = ["Key", "Shape", "words"]


class Shape(Enum):
    """What may stand behind a key."""

    TEXT = "a text"
    ID = "an id: lower-case letters, digits and hyphens, a letter first"
    WORD = "one of the words listed"
    FLAG = "yes or no"
    WHOLE = "a whole number"
    DAY = "a day, as YYYY-MM-DD"
    TEXTS = "a list of texts"
    IDS = "a list of ids, or one id"
    OPTIONS = "a mapping of option ids to labels"
    LEVELS = "a mapping of `some` and `a lot` to whole numbers"
    ANSWERS = "a mapping of question ids to answers"
    CONDITION = "a condition"
    CONDITIONS = "a list of conditions"
    NOUN = "a mapping"
    NOUNS = "a list of mappings"


class Key(NamedTuple):
    """One key of a noun."""

    name: str
    shape: Shape
    about: str
    required: bool = False
    words: tuple[str, ...] = ()
    """The words that a `WORD` may be."""
    noun: str = ""
    """The noun that the mapping of `NOUN`, or each one of `NOUNS`, is."""


def words(kind: type[Enum]) -> tuple[str, ...]:
    """List the words that an enumeration stands for."""
    return tuple(member.value for member in kind)
