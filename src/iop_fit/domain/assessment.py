"""Types of a result: everything a renderer needs, with all references resolved."""

from datetime import date
from enum import Enum
from typing import NamedTuple

from iop_fit.domain.answers import Answer, Skipped
from iop_fit.domain.decision import Area
from iop_fit.domain.guidance import (
    Addition,
    Alert,
    AlertLevel,
    Contact,
    Contradiction,
    Direction,
    Point,
    PointList,
    Program,
    Rule,
    Source,
)
from iop_fit.domain.question import Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.whatif import Change
from iop_fit.domain.wording import Audience
from iop_fit.text import hides_fields

__all__ = [
    "Assessment",
    "Card",
    "Caution",
    "ChosenPoint",
    "EarlierReply",
    "EarlierResult",
    "FoundContradiction",
    "Practical",
    "RaisedAlert",
    "Reason",
    "Reply",
    "Uncounted",
]


@hides_fields
class Reply(NamedTuple):
    """A question that was asked, with its answer."""

    question: Question
    section: Section
    ask: str
    answer: Answer
    labels: tuple[str, ...]
    """Labels of the chosen options."""

    @property
    def topic(self) -> str:
        """Short topic of the question, or the question itself."""
        return self.question.topic or self.ask

    @property
    def words(self) -> str:
        """The answer in plain words."""
        return self.question.words_for(self.answer)

    @property
    def concern(self) -> int:
        """The score of the answer."""
        return self.question.concern(self.answer)

    @property
    def brief(self) -> str:
        """The answer in a few words that fit any reader; may be empty."""
        return self.question.brief_for(self.answer)


@hides_fields
class RaisedAlert(NamedTuple):
    """An alert with its contacts and the reasons that raised it."""

    alert: Alert
    text: str
    contacts: tuple[Contact, ...]
    because: tuple[str, ...] = ()
    """The `because` of each rule that raised it."""


@hides_fields
class Card(NamedTuple):
    """Raised alerts with the same first step, shown as one."""

    alert: RaisedAlert
    """The strongest of them, which gives the title, the text and the contacts."""
    reason: Rule
    """The rule that gives the one reason."""
    others: tuple[str, ...] = ()
    """The titles of the strongest other alerts that can't wait for another day."""


@hides_fields
class Reason(NamedTuple):
    """A rule that fired, with the answers that fired it."""

    rule: Rule
    raises: Direction | Alert
    replies: tuple[Reply, ...]
    shown: bool
    """Whether a page gives it as a reason: a card gives one, and a direction those that no other one implies."""


@hides_fields
class ChosenPoint(NamedTuple):
    """A discussion point that applies; not shown if one of its lists is full."""

    point: Point
    shown: bool


@hides_fields
class FoundContradiction(NamedTuple):
    """Two answers of a sheet that don't agree."""

    contradiction: Contradiction
    ask: str
    """What to ask about them, worded for this sheet."""
    replies: tuple[Reply, Reply]
    """The two answers, in the order asked."""


@hides_fields
class Caution(NamedTuple):
    """An alert that answers point to, but that skipped questions leave open."""

    alert: Alert
    replies: tuple[Reply, ...]
    """The answers that point to it."""


@hides_fields
class Practical(NamedTuple):
    """The practical answers that make one program easier to keep up; a count, not advice."""

    program: Program
    replies: tuple[Reply, ...]
    of: int
    """How many of the asked practical questions have an option that eases it."""


class Uncounted(Enum):
    """Why an answer of a file doesn't count today."""

    REWORDED = "reworded"
    """Its question or an option of it says something else now."""
    GONE = "gone"
    """Its question is no longer asked."""
    MISFIT = "misfit"
    """It is not a valid answer to its question, whose words are the same."""
    WORDLESS = "wordless"
    """The questions have changed, and the file doesn't keep the words of this one."""


class EarlierReply(NamedTuple):
    """An answer of a file that doesn't count today, in the words of its day."""

    id: str
    """The id of the question then."""
    why: Uncounted
    ask: str = ""
    """The question as it was asked; empty if the file doesn't keep it."""
    words: str = ""
    """The answer as it was given; empty if the file doesn't keep its words."""
    note: bool = False
    """Whether the answer is free text."""


class EarlierResult(NamedTuple):
    """What a saved result said on its day, in its own words: for a result with answers that don't count today."""

    directions: tuple[str, ...]
    """The title of its direction, or both ends of its range; empty if it gave none."""
    firm: bool
    alerts: tuple[str, ...]
    """The titles of its alerts, strongest first."""
    reasons: tuple[str, ...]
    """Its reasons, those of alerts first."""
    replies: tuple[EarlierReply, ...]
    """Its answers that don't count today."""


class Assessment(NamedTuple):
    """The result of one interview."""

    questionnaire: Questionnaire
    """The questionnaire, with its texts worded for `about`, as everywhere in this result."""
    about: Audience
    assessed_on: date
    replies: tuple[Reply, ...]
    alerts: tuple[RaisedAlert, ...]
    cards: tuple[Card, ...]
    """The raised alerts as they are shown: one card per first step, and only emergencies if there is one."""
    open_alerts: tuple[RaisedAlert, ...]
    """Alerts that skipped questions leave open."""
    withheld_by: Alert | None
    """The alert that withholds the direction; if set, direction, range, areas, changes and points are empty."""
    direction: Direction | None
    """The lowest direction of the range: what the answers given support."""
    highest: Direction | None
    """The highest direction of the range."""
    firm: bool
    additions: tuple[Addition, ...]
    """The additions that fired rules call for."""
    areas: tuple[Area, ...]
    reasons: tuple[Reason, ...]
    points: tuple[ChosenPoint, ...]
    contradictions: tuple[FoundContradiction, ...]
    """The answers that don't agree; they decide nothing, and are listed even if the direction is withheld."""
    changes: tuple[Change, ...]
    search_completed: bool
    """Whether every answer that could change was tried for `changes`, so that empty means none exists."""
    undecided_questions: frozenset[str]
    """Ids of the skipped questions that could change the direction or raise an alert."""
    most_helpful: tuple[Reply, ...]
    """The skipped questions whose answers could change most, the most helpful first; empty if the result is firm."""
    cautions: tuple[Caution, ...]
    """The open alerts that answers point to, strongest first."""
    practical: tuple[Practical, ...]
    wishes_given: tuple[Reply, ...]
    """What the person wants."""
    barriers: tuple[Reply, ...]
    """The practical answers that "plan for" points are about."""
    hotlines: tuple[Contact, ...]
    """Contacts to list in every result: emergency, crisis, then information."""
    sources: tuple[Source, ...]
    name: str = ""
    """The name to print; may be empty."""
    notes: tuple[str, ...] = ()
    """Notes about a saved result whose recomputed result differs."""
    unasked: frozenset[str] = frozenset()
    """Ids of the questions that count as skipped because the saved result has no valid answer to them."""
    earlier: EarlierResult | None = None
    """What the saved result said, if some of its answers don't count today."""

    def __repr__(self) -> str:
        """Return what was assessed when, without the answers and without what they point to."""
        return f"{type(self).__name__}({self.questionnaire!r}, {self.assessed_on.isoformat()}, ...)"

    @property
    def emergency(self) -> bool:
        """Whether an emergency is raised; nothing less urgent is then shown beside it."""
        return any(raised.alert.level is AlertLevel.EMERGENCY for raised in self.alerts)

    def shown_points(self, kind: PointList) -> tuple[Point, ...]:
        """The points of one list that fit in it, in order."""
        return tuple(each.point for each in self.points if each.point.list is kind and each.shown)

    @property
    def skipped(self) -> tuple[Reply, ...]:
        """The questions that were asked and skipped; a note that was left out is no skip."""
        return tuple(each for each in self.replies if isinstance(each.answer, Skipped) and not each.question.optional)
