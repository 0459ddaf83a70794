"""The nouns of a result: all that a renderer needs, with nothing left to look up."""

from datetime import date
from typing import NamedTuple

from iop_fit.domain.answers import Answer, Skipped
from iop_fit.domain.decision import Area
from iop_fit.domain.guidance import (
    Addition,
    Alert,
    Contact,
    Direction,
    Point,
    Program,
    Rule,
    Source,
)
from iop_fit.domain.question import Audience, Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.whatif import Change

__all__ = ["Assessment", "ChosenPoint", "Practical", "RaisedAlert", "Reason", "Reply"]


class Reply(NamedTuple):
    """A question that was asked, and what was answered."""

    question: Question
    section: Section
    ask: str
    answer: Answer
    labels: tuple[str, ...]
    """The labels of the chosen options."""

    @property
    def topic(self) -> str:
        """A few words for the question, or the question itself."""
        return self.question.topic or self.ask

    @property
    def words(self) -> str:
        """The answer as a person would say it."""
        return self.question.words_for(self.answer)


class RaisedAlert(NamedTuple):
    """An alert, said in the wording of this sheet, with the contacts it names."""

    alert: Alert
    text: str
    contacts: tuple[Contact, ...]
    because: tuple[str, ...] = ()
    """The reasons that raised it."""


class Reason(NamedTuple):
    """A rule that fired, and the answers that made it fire."""

    rule: Rule
    raises: Direction | Alert
    replies: tuple[Reply, ...]


class ChosenPoint(NamedTuple):
    """A discussion point that applies; where a list that it belongs to is full, it is kept but not shown."""

    point: Point
    shown: bool


class Practical(NamedTuple):
    """The answers about practical life that make one program easier to keep up; a count, not advice."""

    program: Program
    replies: tuple[Reply, ...]
    of: int
    """How many practical questions could have spoken for it."""


class Assessment(NamedTuple):
    """What is known and said after one interview."""

    questionnaire: Questionnaire
    about: Audience
    assessed_on: date
    replies: tuple[Reply, ...]
    alerts: tuple[RaisedAlert, ...]
    open_alerts: tuple[RaisedAlert, ...]
    """Alerts that skipped questions leave open."""
    withheld_by: Alert | None
    """The alert under which no direction is given; then direction, range, areas, changes and points are empty."""
    direction: Direction | None
    """What the answers support already: the lowest end of the range."""
    highest: Direction | None
    """The highest end of the range."""
    firm: bool
    additions: tuple[Addition, ...]
    """What the fired rules call for around the direction."""
    areas: tuple[Area, ...]
    reasons: tuple[Reason, ...]
    points: tuple[ChosenPoint, ...]
    changes: tuple[Change, ...]
    search_completed: bool
    """Whether each answer that could change was tried for `changes`, so that none of them means that there is none."""
    undecided_questions: frozenset[str]
    """The ids of the skipped questions that could change the direction or raise an alert."""
    practical: tuple[Practical, ...]
    wishes_given: tuple[Reply, ...]
    """What the person said that they want."""
    barriers: tuple[Reply, ...]
    """The answers about practical life that the points on what to plan for speak of."""
    lines: tuple[Contact, ...]
    """The contacts that are always given: emergency, crisis and information, in that order."""
    sources: tuple[Source, ...]
    name: str = ""
    """The name to print, if one was given."""
    notes: tuple[str, ...] = ()
    """What must be said of a saved result that does not come out as it did."""
    unasked: frozenset[str] = frozenset()
    """The ids of the questions that count as skipped only because a saved result has no answer that fits them."""

    @property
    def skipped(self) -> tuple[Reply, ...]:
        """What was asked and skipped."""
        return tuple(reply for reply in self.replies if isinstance(reply.answer, Skipped))
