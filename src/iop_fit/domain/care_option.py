"""The options of care that a questionnaire describes, from nothing for now to live-in care."""

from enum import StrEnum
from typing import NamedTuple

from iop_fit.text import hides_fields, named_by_id

__all__ = ["CareOption", "CareRow", "Study"]


class CareRow(StrEnum):
    """What is said about every option, in the order shown; each value is a field of `CareOption`."""

    WHAT = "what"
    WEEK = "week"
    ASKS = "asks"
    GOOD = "good"
    DRAWBACKS = "drawbacks"
    STUDIES = "studies"
    SURE = "sure"
    COSTS = "costs"
    UNSUITED = "unsuited"


@hides_fields
class Study(NamedTuple):
    """What studies found, in a sentence or two with the same sources."""

    text: str
    sources: tuple[str, ...] = ()


@named_by_id
class CareOption(NamedTuple):
    """An option of care, described in the same rows as every other one."""

    id: str
    name: str
    what: str
    """What it is."""
    week: str
    """A usual day or week."""
    asks: str
    """What it asks of the person."""
    good: str
    """Its good sides."""
    drawbacks: str
    studies: tuple[Study, ...]
    sure: str
    """How sure the studies make it."""
    costs: str
    """What it costs the person besides money."""
    unsuited: str
    """Who it suits less."""
    marked_for: tuple[str, ...] = ()
    """Ids of the directions and alerts for which a result marks it."""
    sources: tuple[str, ...] = ()
    """The sources of what it is and of the usual week."""
