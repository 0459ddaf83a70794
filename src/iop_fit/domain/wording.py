"""Texts worded for two audiences."""

from enum import StrEnum
from typing import NamedTuple

__all__ = ["Audience", "Wording"]


class Audience(StrEnum):
    """Who the questions are about, relative to the person who answers."""

    ME = "me"
    SOMEONE = "someone"


class Wording(NamedTuple):
    """A text worded for each audience."""

    me: str
    someone: str

    def for_(self, audience: Audience) -> str:
        """Return the wording for this audience."""
        return self.me if audience is Audience.ME else self.someone
