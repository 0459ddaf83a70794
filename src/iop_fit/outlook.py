"""What may still come of a partly filled sheet on which a direction is to be given."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from iop_fit.answers import Chosen
from iop_fit.assembly import areas_reached
from iop_fit.condition import Condition, Need, Pair, named_by, truth
from iop_fit.decide import Decision
from iop_fit.guidance import Point
from iop_fit.question import AREAS, AreaLevel, Kind, Question, Section, level_reach
from iop_fit.questionnaire import Questionnaire

__all__ = ["Outlook", "Withholding"]


class Outlook(NamedTuple):
    """What is reached for certain and what may be, while some questions are not settled yet."""

    certain: Need
    possible: Need
    within_reach: Need
    """Of what may be reached, that which would not withhold the direction by itself."""
    unsettled: frozenset[str]


class Withholding:
    """The needs that withhold the direction, and what they leave open."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        withholding = {alert.id for alert in questionnaire.alerts if alert.withholds}
        self.needs = tuple(need for need, rule in questionnaire.needs if rule.raises in withholding)
        self._sections = {f"{AREAS}{section.id}": section for section in questionnaire.sections}

    def given(self, decision: Decision) -> bool:
        """Say whether no withholding alert is raised."""
        return not any(need <= decision.reached.certain for need in self.needs)

    def open_questions(self, points: Iterable[Point], outlook: Outlook) -> Iterator[str]:
        """Yield the questions that the conditions of points hang on, where it is not known yet whether these hold."""
        for point in points:
            if point.when and not self.always(point.when, outlook) and not self.never(point.when, outlook):
                yield from self._hangs_on(point.when)

    def _hangs_on(self, condition: Condition) -> Iterator[str]:
        """Yield the questions that a condition looks at; an area hangs on all questions of its section."""
        for name in sorted(named_by(condition)):
            if name in self._sections:
                yield from (question.id for question in self._sections[name].questions)
            else:
                yield name

    def outlook(self, decision: Decision, unsettled: frozenset[str]) -> Outlook:
        """Look at what may come when the unsettled questions, which count as skipped, are answered or skipped."""
        certain, possible = areas_reached(decision)
        within_reach = possible - self._forbidden(decision.reached.certain, unsettled)
        asked = decision.reached.asked_ids
        for section in self._leveled:
            scores = (
                _highest(each, decision, unsettled, within_reach) for each in section.questions if each.id in asked
            )
            highest = section.level_at(sum(scores))
            within_reach -= level_reach(section.id, AreaLevel.A_LOT) - level_reach(section.id, highest)
        return Outlook(certain, possible, within_reach, unsettled)

    @cached_property
    def _leveled(self) -> tuple[Section, ...]:
        """The sections whose level a point looks at."""
        named = {name for point in self.questionnaire.points if point.when for name in named_by(point.when)}
        return tuple(section for name, section in self._sections.items() if name in named)

    def _forbidden(self, certain: Need, unsettled: frozenset[str]) -> frozenset[Pair]:
        """Find the options that withhold the direction once they are chosen, with all that is certain already."""
        forbidden: set[Pair] = set()
        for need in self.needs:
            missing = need - certain
            names = {name for name, _ in missing}
            if len(names) == 1 and names <= unsettled:
                question = self.questionnaire.questions[names.pop()]
                if question.kind is Kind.RANKED:
                    forbidden.update(question.everything - question.reach[_below(question, missing)])
                elif len(missing) == 1:
                    forbidden |= missing
        return frozenset(forbidden)

    def never(self, condition: Condition | None, outlook: Outlook) -> bool:
        """Say whether a condition can't hold for certain any more, if a direction is to be given."""
        if condition is None:
            return False
        return truth(condition, outlook.certain, outlook.within_reach) is False or self._open_for_good(
            condition, outlook
        )

    def always(self, condition: Condition | None, outlook: Outlook) -> bool:
        """Say whether a condition holds whatever is answered."""
        return condition is None or truth(condition, outlook.certain, outlook.possible) is True

    def _open_for_good(self, condition: Condition, outlook: Outlook) -> bool:
        """Say whether a condition hangs on skipped questions alone."""
        return truth(condition, outlook.certain, outlook.possible) is None and outlook.unsettled.isdisjoint(
            self._hangs_on(condition)
        )


def _below(question: Question, missing: Need) -> str:
    """Return the highest option of a ranked question that does not reach all of these."""
    return [option for option, reach in question.reach.items() if not missing <= reach][-1]


def _highest(question: Question, decision: Decision, unsettled: frozenset[str], within_reach: Need) -> int:
    """Return the highest score that an asked question can still have."""
    if not question.need or question.private:
        return 0
    answer = decision.sheet.answers.get(question.id)
    if question.id in unsettled:
        options = [option for option in question.options if question.reach[option.id] <= within_reach]
    elif isinstance(answer, Chosen):
        options = [question.by_option[option] for option in answer.options]
    else:
        return question.max_score
    return max((option.score for option in options), default=0)
