"""A whole questionnaire, ready to be asked and decided on."""

from dataclasses import dataclass, replace
from functools import cached_property

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import Alert, AlertLevel, Contact, Direction, Point, Program, Rule, Source
from iop_fit.domain.question import Question, Section

__all__ = ["Questionnaire"]

STRONGEST_FIRST = tuple(AlertLevel)


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """Everything that one questionnaire says; the loader has proved that every id in it refers to something."""

    id: str
    title: str
    version: str
    language: str
    audience: str
    notice: str
    """The plain statement of what it is not."""
    minutes: int
    """About how long it takes to answer."""
    digest: str
    """SHA-256 of its files with line ends normalised, as `sha256:` and 64 hexadecimal digits."""
    sections: tuple[Section, ...]
    alerts: tuple[Alert, ...]
    directions: tuple[Direction, ...]
    """From least to most support."""
    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    points: tuple[Point, ...]
    contacts: tuple[Contact, ...]
    sources: tuple[Source, ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by id, in the order in which they are asked."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each direction among them, 0 for the least support."""
        return {direction.id: place for place, direction in enumerate(self.directions)}

    @cached_property
    def alerts_strongest_first(self) -> tuple[Alert, ...]:
        """The alerts by level; those of one level stay in the order of the file."""
        return tuple(sorted(self.alerts, key=lambda alert: STRONGEST_FIRST.index(alert.level)))

    @cached_property
    def direction_rules(self) -> tuple[Rule, ...]:
        """The rules that raise a direction, those to the most support first."""
        rules = [rule for rule in self.rules if rule.raises in self.rank]
        return tuple(sorted(rules, key=lambda rule: -self.rank[rule.raises]))

    @cached_property
    def alert_rules(self) -> tuple[Rule, ...]:
        """The rules that raise an alert, those of the strongest first."""
        place = {alert.id: place for place, alert in enumerate(self.alerts_strongest_first)}
        return tuple(sorted((rule for rule in self.rules if rule.raises in place), key=lambda rule: place[rule.raises]))

    @cached_property
    def needs(self) -> tuple[tuple[OptionSet, Rule], ...]:
        """Every need with its rule, in one flat list: alerts first, then from the most support to the least."""
        return tuple((need, rule) for rule in (*self.alert_rules, *self.direction_rules) for need in rule.gated_needs)

    @cached_property
    def named_by_alerts(self) -> frozenset[str]:
        """The ids of the questions that an alert hangs on."""
        return frozenset(question for rule in self.alert_rules for need in rule.gated_needs for question, _ in need)

    def public(self) -> "Questionnaire":
        """Return the same questionnaire without its private questions and all that hangs on them."""
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
