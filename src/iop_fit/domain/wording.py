"""Texts worded for two audiences."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from operator import is_
from typing import Self, TypeVar, cast

__all__ = ["Audience", "Wording", "worded"]


class Audience(StrEnum):
    """Who the questions are about, relative to the person who answers."""

    ME = "me"
    SOMEONE = "someone"


class Wording(str):
    """A text with two wordings: the string is one of them, and `for_` returns either.

    A text with only one wording is an ordinary string.
    """

    __slots__ = ("me", "someone")
    me: str
    someone: str

    def __new__(cls, me: str, someone: str, audience: Audience = Audience.ME) -> Self:
        """Make a text from its wordings, as the one for this audience."""
        wording = super().__new__(cls, me if audience is Audience.ME else someone)
        wording.me, wording.someone = me, someone
        return wording

    def __reduce__(self) -> tuple[type["Wording"], tuple[str, str, Audience]]:
        """Return how to make it again, for pickle and copy."""
        return Wording, (self.me, self.someone, Audience.ME if self == self.me else Audience.SOMEONE)

    def for_(self, audience: Audience) -> "Wording":
        """Return the wording for this audience."""
        wording = Wording(self.me, self.someone, audience)
        return self if wording == self else wording


T = TypeVar("T")


def worded(thing: T, audience: Audience) -> T:
    """Return a text, or a frozen object with all the texts in it, in the wording for this audience.

    Returns the same object if no text changes.
    """
    return cast("T", _worded(thing, audience))


def _worded(thing: object, audience: Audience) -> object:
    if isinstance(thing, str):  # the most frequent case first
        return thing.for_(audience) if isinstance(thing, Wording) else thing
    if isinstance(thing, tuple):
        parts = [_worded(part, audience) for part in thing]
        if all(map(is_, parts, thing)):
            return thing
        return getattr(thing, "_make", tuple)(parts)
    if is_dataclass(thing) and not isinstance(thing, type):
        changed = dict(_changed_fields(thing, audience))
        return replace(thing, **changed) if changed else thing
    return thing


def _changed_fields(thing: object, audience: Audience) -> Iterator[tuple[str, object]]:
    for field in fields(thing):  # type: ignore[arg-type]  # `object` is a dataclass here
        value = getattr(thing, field.name)
        now = _worded(value, audience)
        if now is not value:
            yield field.name, now
