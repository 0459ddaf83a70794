"""The rules engine: the highest raised direction wins; nothing is averaged."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet, Reached, reached_by
from iop_fit.domain.answers import Chosen
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import Alert, Direction, Rule
from iop_fit.domain.question import AreaLevel, Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.text import hides_fields

__all__ = ["Area", "Decision", "FiredRule", "OpenNeed", "OpenRule", "decide"]


@hides_fields
class FiredRule(NamedTuple):
    """A rule that fired, with the reached options that fired it."""

    rule: Rule
    by: OptionSet


@hides_fields
class OpenNeed(NamedTuple):
    """A need that skipped questions could still meet."""

    met: OptionSet
    """Its options that the answers reach."""
    missing: OptionSet
    """Its options that only skipped questions could reach."""


@hides_fields
class OpenRule(NamedTuple):
    """A rule that skipped questions leave open."""

    rule: Rule
    needs: tuple[OpenNeed, ...]

    @property
    def open_questions(self) -> frozenset[str]:
        """The ids of the skipped questions that its needs depend on."""
        return frozenset(name for need in self.needs for name, _ in need.missing)


@hides_fields
class Area(NamedTuple):
    """Score and level of one section; explains the result but decides nothing."""

    section: Section
    score: int
    """Sum of the scores of the answers, from 0 to `maximum`."""
    maximum: int
    level: AreaLevel
    highest_level: AreaLevel
    """Level if every skipped question had its highest score."""
    answered: int
    """How many of the `asked` questions were answered."""
    asked: int
    """How many scored questions were asked."""


@hides_fields
@dataclass(frozen=True)
class Decision:
    """The outcome of the rules for one sheet; each property is computed on first access."""

    questionnaire: Questionnaire
    sheet: AnswerSheet
    reached: Reached

    @cached_property
    def _within_reach(self) -> tuple[tuple[Rule, list[OptionSet]], ...]:
        """The fired and open rules, each with its possible needs; computed once for all other properties."""
        reachable: dict[str, tuple[Rule, list[OptionSet]]] = {}
        possible = self.reached.possible
        for need, rule in self.questionnaire.needs:
            if need <= possible:
                reachable.setdefault(rule.id, (rule, []))[1].append(need)
        return tuple(reachable.values())

    @cached_property
    def fired(self) -> tuple[FiredRule, ...]:
        """The fired rules: those of alerts first, then from most to least support."""
        certain = self.reached.certain
        return tuple(
            FiredRule(rule, frozenset().union(*met))
            for rule, needs in self._within_reach
            if (met := [need for need in needs if need <= certain])
        )

    @cached_property
    def open(self) -> tuple[OpenRule, ...]:
        """The rules that fire or not depending on skipped questions."""
        certain = self.reached.certain
        fired = {each.rule.id for each in self.fired}
        return tuple(
            OpenRule(rule, tuple(OpenNeed(need & certain, need - certain) for need in needs))
            for rule, needs in self._within_reach
            if rule.id not in fired
        )

    @cached_property
    def lowest(self) -> Direction:
        """The direction that the answers given support."""
        certain, directions = self.reached.certain, self.questionnaire.directions
        fires = (rule for rule in self.questionnaire.direction_rules if any(need <= certain for need in rule.needs))
        first = next(fires, None)  # they are sorted, so no other rule has to be looked at
        return directions[self.questionnaire.rank[first.raises]] if first else directions[0]

    @cached_property
    def highest(self) -> Direction:
        """The direction if every skipped question had its answer of most concern."""
        rank = self.questionnaire.rank
        within_reach = (rank.get(rule.raises, 0) for rule, _ in self._within_reach)
        return self.questionnaire.directions[max(within_reach, default=0)]

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """The raised alerts, strongest first."""
        raised = {each.rule.raises for each in self.fired}
        return tuple(alert for alert in self.questionnaire.alerts_strongest_first if alert.id in raised)

    @cached_property
    def open_alerts(self) -> tuple[Alert, ...]:
        """The alerts that skipped questions leave open; private alerts are left out, to reveal nothing."""
        may_be_raised = {each.rule.raises for each in self.open} - {each.rule.raises for each in self.fired}
        return tuple(
            alert
            for alert in self.questionnaire.alerts_strongest_first
            if alert.id in may_be_raised and not alert.private
        )

    @cached_property
    def withheld_by(self) -> Alert | None:
        """The strongest raised alert that withholds the direction, if any."""
        return next((alert for alert in self.alerts if alert.withholds), None)

    @cached_property
    def still_needed(self) -> tuple[Question, ...]:
        """The questions that must be answered or skipped before there is a result; notes never must.

        If an alert withholds the direction, only those that it lists under `enough`.
        """
        open_ones = [each for each in self.reached.asked if each.id not in self.sheet.answers and not each.optional]
        enough = self.withheld_by.enough if open_ones and self.withheld_by else None
        return tuple(question for question in open_ones if enough is None or question.id in enough)

    @cached_property
    def firm(self) -> bool:
        """Whether no skipped question can change the direction or raise a public alert."""
        return self.lowest is self.highest and not self.open_alerts

    @cached_property
    def undecided_questions(self) -> frozenset[str]:
        """Ids of the skipped questions that could change the direction or raise an alert."""
        above = self.questionnaire.directions[self.questionnaire.rank[self.lowest.id] + 1 :]
        undecided = {alert.id for alert in self.open_alerts} | {direction.id for direction in above}
        return frozenset(
            question for each in self.open if each.rule.raises in undecided for question in each.open_questions
        )

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The scores of the sections that have levels."""
        return tuple(self._area(section) for section in self.questionnaire.sections if section.levels)

    def _area(self, section: Section) -> Area:
        asked_ids = self.reached.asked_ids
        counted = [q for q in section.questions if q.need and not q.private and q.id in asked_ids]
        score = highest = answered = 0
        for question in counted:
            match self.sheet.answers.get(question.id):
                case Chosen(options):
                    points = max((question.options_by_id[option].score for option in options), default=0)
                    score, highest, answered = score + points, highest + points, answered + 1
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
    """Return the decision on a sheet, complete or not; each answer must fit its question."""
    return Decision(questionnaire, sheet, reached_by(questionnaire, sheet))
