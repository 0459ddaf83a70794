"""The questionnaire, and its provenance."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from iop_fit.domain.care_option import CareOption
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import (
    Alert,
    AlertLevel,
    Contact,
    Contradiction,
    Direction,
    Point,
    Program,
    Rule,
    Source,
)
from iop_fit.domain.question import Question, Section
from iop_fit.domain.wording import Audience, worded
from iop_fit.text import hides_fields

__all__ = ["Provenance", "Questionnaire"]

STRONGEST_FIRST = tuple(AlertLevel)


@hides_fields
class Provenance(NamedTuple):
    """Where a questionnaire comes from, in its authors' words; an empty text or None if they don't say."""

    published: date | None = None
    review_by: date | None = None
    """Date by which the content should be reviewed again; not before `published`."""
    updates: str = ""
    """Update policy."""
    funding: str = ""
    authors: str = ""
    """The authors and their credentials."""
    interests: str = ""
    """The authors' competing interests."""
    evidence: str = ""
    """How the evidence was chosen, and how good it is."""
    reading_level: str = ""
    """The reading level, as measured."""

    def overdue(self, on: date) -> bool:
        """Whether the date of review has passed on the day `on`."""
        return self.review_by is not None and self.review_by < on

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of the head that are not given."""
        return tuple(name.replace("_", " ") for name, value in self._asdict().items() if not value)


UNKNOWN = Provenance()


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """A questionnaire; the loader has checked that every reference resolves.

    Its texts are those for people who answer for themselves, unless `worded_for` chose others.
    """

    id: str
    title: str
    version: str
    language: str
    audience: str
    notice: str
    """Disclaimer."""
    minutes: int
    """Approximate time to answer."""
    digest: str
    """SHA-256 of its files with normalized line ends, as `sha256:` and 64 hexadecimal digits."""
    sections: tuple[Section, ...]
    alerts: tuple[Alert, ...]
    directions: tuple[Direction, ...]
    """From least to most support."""
    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    points: tuple[Point, ...]
    contradictions: tuple[Contradiction, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]
    provenance: Provenance = UNKNOWN
    care_options: tuple[CareOption, ...] = ()
    """The options of care, described in equal length; results mark them, but nothing is decided by them."""
    condition: str = ""
    """What the condition is; may be empty."""
    not_asked: str = ""
    """What a provider may look for that no question asks; may be empty."""
    removed: tuple[str, ...] = ()
    """Ids of questions of older editions that are no longer asked."""
    about: Audience = field(default=Audience.ME, compare=False)
    """Whom its texts are worded for; those with only one wording are for both."""

    def __repr__(self) -> str:
        """Return the id and the version."""
        return f"{type(self).__name__}({self.id!r}, {self.version!r})"

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Questions by id, in the order asked."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def replacements(self) -> dict[str, tuple[Question, ...]]:
        """The questions that replace each question of an older edition, by its id."""
        found: dict[str, tuple[Question, ...]] = {}
        for question in self.questions.values():
            for former in dict.fromkeys(question.formerly):
                found[former] = (*found.get(former, ()), question)
        return found

    @cached_property
    def rank(self) -> dict[str, int]:
        """Rank of each direction by id, from 0 for the least support."""
        return {direction.id: place for place, direction in enumerate(self.directions)}

    @cached_property
    def alerts_strongest_first(self) -> tuple[Alert, ...]:
        """Alerts by level, then in file order."""
        return tuple(sorted(self.alerts, key=lambda alert: STRONGEST_FIRST.index(alert.level)))

    @cached_property
    def direction_rules(self) -> tuple[Rule, ...]:
        """Rules that raise a direction, most support first."""
        rules = [rule for rule in self.rules if rule.raises in self.rank]
        return tuple(sorted(rules, key=lambda rule: -self.rank[rule.raises]))

    @cached_property
    def alert_rules(self) -> tuple[Rule, ...]:
        """Rules that raise an alert, strongest alert first."""
        place = {alert.id: place for place, alert in enumerate(self.alerts_strongest_first)}
        return tuple(sorted((rule for rule in self.rules if rule.raises in place), key=lambda rule: place[rule.raises]))

    @cached_property
    def needs(self) -> tuple[tuple[OptionSet, Rule], ...]:
        """Each need with its rule: alerts first, then from most to least support."""
        return tuple((need, rule) for rule in (*self.alert_rules, *self.direction_rules) for need in rule.needs)

    @cached_property
    def alert_questions(self) -> frozenset[str]:
        """Ids of the questions that alerts depend on, leaving out alerts that are always worth knowing."""
        calm = {alert.id for alert in self.alerts if alert.level is AlertLevel.ALWAYS}
        urgent = (rule for rule in self.alert_rules if rule.raises not in calm)
        return frozenset(question for rule in urgent for need in rule.gated_needs for question, _ in need)

    def worded_for(self, audience: Audience) -> "Questionnaire":
        """Return the questionnaire with each text in the wording for this audience."""
        if audience is self.about:
            return self
        if audience not in self._by_audience:
            self._by_audience[audience] = replace(worded(self, audience), about=audience)
        return self._by_audience[audience]

    @cached_property
    def _by_audience(self) -> "dict[Audience, Questionnaire]":
        return {}

    def without_notes(self, but: Container[str] = ()) -> "Questionnaire":
        """Return a copy without optional questions, `but` those with these ids."""
        return replace(
            self,
            sections=tuple(
                section._replace(
                    questions=tuple(each for each in section.questions if not each.optional or each.id in but)
                )
                for section in self.sections
            ),
        )

    def public(self) -> "Questionnaire":
        """Return a copy without private questions and alerts, and without the rules of private alerts."""
        hidden = {alert.id for alert in self.alerts if alert.private}
        return replace(
            self,
            sections=tuple(
                section._replace(questions=tuple(question for question in section.questions if not question.private))
                for section in self.sections
            ),
            alerts=tuple(alert for alert in self.alerts if alert.id not in hidden),
            rules=tuple(rule for rule in self.rules if rule.raises not in hidden),
        )
