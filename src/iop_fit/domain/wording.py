"""Texts in the words of a questionnaire, some of them worded for two audiences."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from operator import is_
from typing import Self, TypeVar, cast

__all__ = ["Audience", "Wording", "Words", "changed_texts", "worded"]


class Audience(StrEnum):
    """Who the questions are about, relative to the person who answers."""

    ME = "me"
    SOMEONE = "someone"


class Words(str):
    """A text that people read, in the words and the language of a questionnaire; ids and keys are ordinary strings."""

    __slots__ = ()


class Wording(Words):
    """A text with two wordings: the string is one of them, and `for_` returns either.

    A text with only one wording is `Words`.
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
    return changed_texts(thing, lambda text: text.for_(audience) if isinstance(text, Wording) else text)


def changed_texts(thing: T, change: Callable[[str], str]) -> T:
    """Return a text changed, or a frozen object with all the texts in it changed.

    Returns the same object if no text changes. Parts that were one object stay one object.
    """
    return cast("T", _Changes(change).of(thing))


class _Changes:
    """The changed objects, by the identity of the originals."""

    def __init__(self, change: Callable[[str], str]) -> None:
        self.change = change
        self.known: dict[int, tuple[object, object]] = {}

    def of(self, thing: object) -> object:
        if isinstance(thing, str):  # the most frequent case first
            return self.change(thing)
        if not isinstance(thing, tuple) and not is_dataclass(thing):
            return thing
        if id(thing) not in self.known:
            # The original is kept too, so that its identity is not used again.
            self.known[id(thing)] = (thing, self._changed(thing))
        return self.known[id(thing)][1]

    def _changed(self, thing: object) -> object:
        if isinstance(thing, tuple):
            parts = [self.of(part) for part in thing]
            if all(map(is_, parts, thing)):
                return thing
            return getattr(thing, "_make", tuple)(parts)
        if isinstance(thing, type):
            return thing
        changed = dict(self._changed_fields(thing))
        return replace(thing, **changed) if changed else thing  # type: ignore[type-var]  # a dataclass

    def _changed_fields(self, thing: object) -> Iterator[tuple[str, object]]:
        for field in fields(thing):  # type: ignore[arg-type]  # `object` is a dataclass here
            value = getattr(thing, field.name)
            now = self.of(value)
            if now is not value:
                yield field.name, now
