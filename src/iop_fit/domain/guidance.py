"""Guidance: alerts, directions, rules, discussion points, contradictions, contacts and sources."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from iop_fit.domain.condition import Condition, OptionSet
from iop_fit.text import named_by_id

__all__ = [
    "Addition",
    "Alert",
    "AlertLevel",
    "Contact",
    "ContactGroup",
    "Contradiction",
    "Direction",
    "Point",
    "PointList",
    "Program",
    "Rule",
    "Source",
    "Strength",
]


class AlertLevel(StrEnum):
    """Urgency of an alert, most urgent first; "adults only" and "home safety" are not ordered by urgency."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    SAME_DAY = "same day"
    MEDICAL_FIRST = "medical first"
    ADULTS_ONLY = "adults only"
    HOME_SAFETY = "home safety"
    ALWAYS = "always"


@named_by_id
class Alert(NamedTuple):
    """A safety message that no other answer can suppress."""

    id: str
    level: AlertLevel
    title: str
    text: str
    could_not_tell: str
    """One line to show if skipped questions leave the alert open."""
    card: str
    """Id of its card; raised alerts with the same card are shown as one."""
    contacts: tuple[str, ...] = ()
    withholds: bool = False
    """Whether the direction is withheld while this alert is raised."""
    enough: tuple[str, ...] | None = None
    """For a withholding alert, ids of the questions that must still be asked; None means all."""
    private: bool = False
    """Whether it is left out of files unless the person opts in."""
    sources: tuple[str, ...] = ()


@named_by_id
class Addition(NamedTuple):
    """A service alongside a program, such as recovery housing."""

    id: str
    text: str


@named_by_id
class Direction(NamedTuple):
    """A kind of care to raise with a provider."""

    id: str
    title: str
    sentence: str
    """The headline."""
    does_not_mean: str
    afterwards: str
    """The headline below an alert, worded as what may come afterwards."""
    next: tuple[str, ...]
    """What to do next, in order."""
    additions: tuple[Addition, ...] = ()
    short: str = ""
    """A name of one to three words; may be empty."""


@named_by_id
class Rule(NamedTuple):
    """A reason to raise a direction or an alert; rules never lower anything."""

    id: str
    raises: str
    """The id of a direction or of an alert."""
    because: str
    gated_needs: frozenset[OptionSet]
    """The needs with the options that open the gates of their questions, so that a sheet can reach them."""
    needs: frozenset[OptionSet]
    """The needs, any one of which fires the rule.

    They name no gates: a question that is asked because its gate is not known, and is answered, counts as answered.
    """
    adds: tuple[str, ...] = ()
    """Ids of the additions that the rule calls for."""
    rewords: tuple[str, ...] = ()
    """Ids of the rules for which it only gives a more exact reason, if it raises nothing that they don't."""
    sources: tuple[str, ...] = ()


class PointList(StrEnum):
    """The list that a discussion point belongs to."""

    FITS = "fits"
    PLAN_FOR = "plan for"
    ASK = "ask"
    BRING = "bring"
    WARNING_SIGN = "warning sign"
    COST_HELP = "cost help"
    FAMILY = "family"
    """For family and friends; shown only to someone who answers for the person."""
    CALL = "call"
    """What to say first on the telephone."""


@named_by_id
class Point(NamedTuple):
    """Something to discuss with a provider."""

    id: str
    programs: tuple[str, ...]
    list: PointList
    text: str
    when: Condition | None = None
    """When it is shown; None means always."""
    why: str = ""
    """Why to ask; only for "ask" points."""
    listen_for: str = ""
    """What a good reply includes; only for "ask" points."""
    sources: tuple[str, ...] = ()


@named_by_id
class Contradiction(NamedTuple):
    """Two answers that don't agree; the interview asks which one is right, and nothing is decided by it."""

    id: str
    questions: tuple[str, str]
    """The ids of the two questions, in the order asked."""
    when: Condition
    """True if the answers to the two questions don't agree; it names no other question."""
    ask: str


@named_by_id
class Program(NamedTuple):
    """One of the programs compared."""

    id: str
    name: str
    short: str
    text: str
    sources: tuple[str, ...] = ()


class ContactGroup(StrEnum):
    """Purpose of a contact; crisis and information lines are never listed together."""

    EMERGENCY = "emergency"
    CRISIS = "crisis"
    INFORMATION = "information"


@named_by_id
class Contact(NamedTuple):
    """A telephone line or website in the United States."""

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
    """Date it was last verified against the provider's own page; None if never."""

    @property
    def by_phone(self) -> tuple[str, ...]:
        """The ways to reach it by telephone, in words."""
        if self.call and self.call == self.text:
            return (f"call or text {self.call}",)
        return (*([f"call {self.call}"] if self.call else []), *([f"text {self.text}"] if self.text else []))

    @property
    def ways(self) -> tuple[str, ...]:
        """Every way to reach it, in words."""
        return (*self.by_phone, *([self.web] if self.web else []), *self.also)


class Strength(StrEnum):
    """Kind of evidence that a source is, which says how far it can be relied on."""

    GUIDELINE = "guideline"
    REVIEW = "review"
    TRIAL = "trial"
    STUDY = "study"
    REPORT = "report"
    LAW = "law"
    DATA = "data"
    JUDGMENT = "judgment"

    @property
    def words(self) -> str:
        """The kind in plain words."""
        return {
            "guideline": "a guideline of a professional body or a public agency",
            "review": "a review of many studies",
            "trial": "a trial that assigned people by chance",
            "study": "a study that compared or followed people, without chance",
            "report": "a report on a few people, or experts' advice",
            "law": "a law or an official rule",
            "data": "published counts",
            "judgment": "judgment, not evidence",
        }[self]


@named_by_id
class Source(NamedTuple):
    """A source of a question, an alert, a rule, a program or a point."""

    id: str
    cite: str
    link: str = ""
    year: int | None = None
    shows: str = ""
    """What it shows, in one sentence."""
    strength: Strength | None = None
    """None if the questionnaire does not say."""
