"""What answers lead to: alerts, directions, the rules that raise them, discussion points, contacts and sources."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from iop_fit.domain.condition import Condition, OptionSet
from iop_fit.domain.question import Wording

__all__ = [
    "Addition",
    "Alert",
    "AlertLevel",
    "Contact",
    "ContactGroup",
    "Direction",
    "Point",
    "PointList",
    "Program",
    "Rule",
    "Source",
]


class AlertLevel(StrEnum):
    """How soon an alert asks for something, soonest first; home safety and adults only stand apart from that order."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    SAME_DAY = "same day"
    MEDICAL_FIRST = "medical first"
    ADULTS_ONLY = "adults only"
    HOME_SAFETY = "home safety"
    ALWAYS = "always"


class Alert(NamedTuple):
    """A safety message that no other answer can silence."""

    id: str
    level: AlertLevel
    title: str
    text: Wording
    could_not_tell: str
    """One line for when skipped answers leave open whether it applies."""
    contacts: tuple[str, ...] = ()
    withholds: bool = False
    """Whether no direction is printed while this alert stands."""
    enough: tuple[str, ...] | None = None
    """With a withholding alert, the questions that must not stay unasked; None means all."""
    private: bool = False
    """Whether it stays out of every file unless the person says otherwise."""
    sources: tuple[str, ...] = ()


class Addition(NamedTuple):
    """Something that can stand around a program, such as recovery housing."""

    id: str
    text: str


class Direction(NamedTuple):
    """A kind of care that is worth raising with a provider."""

    id: str
    title: str
    sentence: str
    """The headline."""
    does_not_mean: str
    afterwards: str
    """The headline when an alert comes first, worded as what may come after that."""
    next: tuple[str, ...]
    """What to do next, in order."""
    additions: tuple[Addition, ...] = ()


class Rule(NamedTuple):
    """A reason to raise a direction or an alert; it can't lower anything."""

    id: str
    raises: str
    """The id of a direction or of an alert."""
    because: str
    gated_needs: frozenset[OptionSet]
    """Any one of these fires the rule; each includes what makes its questions be asked."""
    needs: frozenset[OptionSet]
    """The needs as written in the rule, without what makes its questions be asked."""
    adds: tuple[str, ...] = ()
    """What the rule calls for around a program."""
    sources: tuple[str, ...] = ()


class PointList(StrEnum):
    """Where a discussion point stands."""

    FITS = "fits"
    PLAN_FOR = "plan for"
    ASK = "ask"
    WARNING_SIGN = "warning sign"
    COST_HELP = "cost help"


class Point(NamedTuple):
    """Something to talk over with a provider."""

    id: str
    programs: tuple[str, ...]
    list: PointList
    text: str
    when: Condition | None = None
    """When it is shown; None means always."""
    why: str = ""
    """Why to ask; only for what is asked."""
    listen_for: str = ""
    """What a good reply holds; only for what is asked."""
    sources: tuple[str, ...] = ()


class Program(NamedTuple):
    """One of the programs that are compared."""

    id: str
    name: str
    short: str
    text: str


class ContactGroup(StrEnum):
    """What a contact is for; a crisis line and an information line are never put into one list."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    INFORMATION = "information"


class Contact(NamedTuple):
    """A line or a site to turn to, in the United States."""

    id: str
    name: str
    use: str
    group: ContactGroup
    call: str = ""
    text: str = ""
    web: str = ""
    also: tuple[str, ...] = ()
    hours: str = ""
    verified_on: date | None = None
    """The day it was last compared with its provider's own page; None when it never was."""

    @property
    def at_once(self) -> tuple[str, ...]:
        """The ways to reach it by telephone, in words."""
        if self.call and self.call == self.text:
            return (f"call or text {self.call}",)
        return (*([f"call {self.call}"] if self.call else []), *([f"text {self.text}"] if self.text else []))

    @property
    def ways(self) -> tuple[str, ...]:
        """Every way to reach it, in words."""
        return (*self.at_once, *([self.web] if self.web else []), *self.also)


class Source(NamedTuple):
    """Where a question or a rule comes from."""

    id: str
    cite: str
    link: str = ""
