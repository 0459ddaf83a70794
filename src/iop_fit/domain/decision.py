"""The rules engine: the strongest need wins, and nothing is averaged."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet, Reached, reached_by
from iop_fit.domain.answers import Chosen
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import Alert, Direction, Rule
from iop_fit.domain.question import AreaLevel, Question, Section
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["Area", "Decision", "FiredRule", "OpenRule", "decide"]


class FiredRule(NamedTuple):
    """A rule that holds, and the options that made it hold."""

    rule: Rule
    by: OptionSet


class OpenRule(NamedTuple):
    """A rule that skipped questions leave open, and the ids of those questions."""

    rule: Rule
    waits_for: frozenset[str]


class Area(NamedTuple):
    """How much concern the answers of one section add up to; it explains and decides nothing."""

    section: Section
    score: int
    """The sum of what was answered, from 0 to `maximum`."""
    maximum: int
    level: AreaLevel
    highest_level: AreaLevel
    """The level if every skipped question had its answer of most concern."""
    answered: int
    """How many of the asked questions that count here were answered."""
    asked: int


@dataclass(frozen=True)
class Decision:
    """What the rules say of one sheet; each part is worked out when it is first looked at."""

    questionnaire: Questionnaire
    sheet: AnswerSheet
    reached: Reached

    @cached_property
    def _within_reach(self) -> tuple[tuple[Rule, list[OptionSet]], ...]:
        """The rules that hold or may hold, with their needs within reach; this one pass serves all the rest."""
        ways: dict[str, tuple[Rule, list[OptionSet]]] = {}
        possible = self.reached.possible
        for need, rule in self.questionnaire.needs:
            if need <= possible:
                ways.setdefault(rule.id, (rule, []))[1].append(need)
        return tuple(ways.values())

    @cached_property
    def fired(self) -> tuple[FiredRule, ...]:
        """The rules that hold, with the options that made them: alerts first, then from the most support down."""
        certain = self.reached.certain
        return tuple(
            FiredRule(rule, frozenset().union(*met))
            for rule, needs in self._within_reach
            if (met := [need for need in needs if need <= certain])
        )

    @cached_property
    def open(self) -> tuple[OpenRule, ...]:
        """The rules that hold or not depending on skipped questions."""
        certain = self.reached.certain
        fired = {each.rule.id for each in self.fired}
        return tuple(
            OpenRule(rule, frozenset(question for need in needs for question, _ in need - certain))
            for rule, needs in self._within_reach
            if rule.id not in fired
        )

    @cached_property
    def lowest(self) -> Direction:
        """The direction that the answers support already."""
        return self._highest_of(each.rule for each in self.fired)

    @cached_property
    def highest(self) -> Direction:
        """The direction if every skipped question had its answer of most concern."""
        return self._highest_of(rule for rule, _ in self._within_reach)

    def _highest_of(self, rules: Iterable[Rule]) -> Direction:
        rank = self.questionnaire.rank
        return self.questionnaire.directions[max((rank.get(rule.raises, 0) for rule in rules), default=0)]

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """All raised alerts, strongest first."""
        raised = {each.rule.raises for each in self.fired}
        return tuple(alert for alert in self.questionnaire.alerts_strongest_first if alert.id in raised)

    @cached_property
    def open_alerts(self) -> tuple[Alert, ...]:
        """The alerts that skipped questions leave open; a private one never stands here: that would tell of it."""
        may_be_raised = {each.rule.raises for each in self.open} - {each.rule.raises for each in self.fired}
        return tuple(
            alert
            for alert in self.questionnaire.alerts_strongest_first
            if alert.id in may_be_raised and not alert.private
        )

    @cached_property
    def withheld_by(self) -> Alert | None:
        """The strongest alert under which no direction is printed."""
        return next((alert for alert in self.alerts if alert.withholds), None)

    @cached_property
    def still_needed(self) -> tuple[Question, ...]:
        """The questions that must still be answered or skipped before there can be a result.

        Under an alert that withholds the direction only those that the alert names are needed.
        """
        open_ones = [question for question in self.reached.asked if question.id not in self.sheet.answers]
        enough = self.withheld_by.enough if self.withheld_by else None
        return tuple(question for question in open_ones if enough is None or question.id in enough)

    @cached_property
    def firm(self) -> bool:
        """Whether no skipped question can change the direction or raise an alert, but for private ones."""
        return self.lowest is self.highest and not self.open_alerts

    @cached_property
    def could_still_matter(self) -> frozenset[str]:
        """The skipped questions whose answer could change the direction or raise an alert."""
        above = self.questionnaire.directions[self.questionnaire.rank[self.lowest.id] + 1 :]
        undecided = {alert.id for alert in self.open_alerts} | {direction.id for direction in above}
        return frozenset(question for each in self.open if each.rule.raises in undecided for question in each.waits_for)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The sections that have levels, with what their answers add up to."""
        return tuple(self._area(section) for section in self.questionnaire.sections if section.levels)

    def _area(self, section: Section) -> Area:
        asked_ids = self.reached.asked_ids
        counted = [q for q in section.questions if q.need and not q.private and q.id in asked_ids]
        score = highest = answered = 0
        for question in counted:
            match self.sheet.answers.get(question.id):
                case Chosen(options):
                    scored = max((question.options_by_id[option].score for option in options), default=0)
                    score, highest, answered = score + scored, highest + scored, answered + 1
                case _:
                    highest += question.max_score
        return Area(
            section=section,
            score=score,
            maximum=section.max_score,
            level=section.level_at(score),
            highest_level=section.level_at(highest),
            answered=answered,
            asked=len(counted),
        )


def decide(questionnaire: Questionnaire, sheet: AnswerSheet) -> Decision:
    """Decide on a sheet, complete or not; every answer in it must be one that its question offers."""
    return Decision(questionnaire, sheet, reached_by(questionnaire, sheet))
