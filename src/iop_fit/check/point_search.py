"""Looks for a whole sheet of which something is true, and gives up only where nothing can be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from iop_fit.check.witnesses import answer_reaching, skip
from iop_fit.domain.answers import Answer, AnswerSheet, Chosen
from iop_fit.domain.assess import areas_reached
from iop_fit.domain.condition import Condition, Need, Pair, named_by, truth
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Point
from iop_fit.domain.question import AREAS, AreaLevel, Kind, Question, Section, level_reach
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["Outlook", "Search", "Sought", "Withholding"]

MAX_VISITS = 100_000
"""How many questions and points are gone through, over all sheets tried for one thing, before it is given up."""
MAX_VISITS_IN_ALL = 800_000
"""The same for all that is looked for in one questionnaire; then each thing left has only `FEW_TRIES`."""
FEW_TRIES = 6
NO_MORE_VISITS = 2 * MAX_VISITS_IN_ALL
"""And then none at all, some five seconds after the beginning."""


class Sought(NamedTuple):
    """What a sheet is looked for."""

    holds: Callable[[Decision], bool]
    """Whether it is true of a whole sheet."""
    hangs_on: Callable[[Decision, frozenset[str]], Iterable[str] | None]
    """The questions that it still hangs on, the ones that matter most first; None when it can't be true any more.

    It is given a partly filled sheet with its unsettled questions, which count as skipped so far.
    """


class Search:
    """Fills sheets question by question, and turns back where what is sought can't come any more.

    What is still unanswered counts as skipped while it is asked whether the goal may hold, since a skipped question may
    be anything; and each partly filled sheet is also tried whole, with the rest skipped or calm.
    """

    def __init__(self, questionnaire: Questionnaire, named: Mapping[str, frozenset[str]]) -> None:
        self.questionnaire = questionnaire
        self.named = named
        """By question, the options that anything names; of several-choice questions the others are alike."""
        questions = questionnaire.questions.values()
        self._calm = {each.id: answer_reaching(each, frozenset()) for each in questions}
        self._full = {each.id: answer_reaching(each, each.everything) for each in questions}
        self._visits = 0
        self._silent = dict.fromkeys(questionnaire.questions, skip())

    def find(self, sought: Sought) -> AnswerSheet | None:
        """Return a sheet of which it is true, or None when there is none; raises `LookupError` at a limit."""
        if self._visits > NO_MORE_VISITS:
            raise LookupError
        size = len(self.questionnaire.questions) + len(self.questionnaire.points)
        limit = self._visits + (MAX_VISITS if self._visits < MAX_VISITS_IN_ALL else FEW_TRIES * size)
        pending: list[Iterator[dict[str, Answer]]] = [iter([{}])]
        while pending:
            answers = next(pending[-1], None)
            if answers is None:
                pending.pop()
                continue
            self._visits += size
            if self._visits > limit:
                raise LookupError
            partly = decide(self.questionnaire, AnswerSheet({**self._silent, **answers}))
            for whole in (partly, *self._filled(answers)):  # cheaper than to look at what may come
                if sought.holds(whole):
                    return whole.sheet.only(whole.reached.asked_ids)
            unsettled = partly.reached.asked_ids - answers.keys()
            hangs_on = sought.hangs_on(partly, unsettled)
            if hangs_on is None:
                continue
            question = next((name for name in self._gates_first(hangs_on) if name in unsettled), None)
            if question:
                pending.append(self._continued(answers, self.questionnaire.questions[question]))
        return None

    def _continued(self, answers: dict[str, Answer], question: Question) -> Iterator[dict[str, Answer]]:
        return ({**answers, question.id: answer} for answer in self._answers_to(question))

    def _filled(self, answers: dict[str, Answer]) -> Iterator[Decision]:
        """Fill the rest of a sheet calmly, and to begin with also to the full."""
        for rest in (self._calm,) if answers else (self._calm, self._full):
            yield decide(self.questionnaire, AnswerSheet({**rest, **answers}))

    def _gates_first(self, names: Iterable[str]) -> Iterator[str]:
        """Put what decides whether a question is asked before it: an answer counts only once it is asked for sure."""
        for name in names:
            yield from sorted({each for way in self.questionnaire.questions[name].gate for each, _ in way})
            yield name

    def _answers_to(self, question: Question) -> Iterator[Answer]:
        """Yield every answer that can make a difference, that of most concern first; there may be very many."""
        match question.kind:
            case Kind.NOTE:
                pass
            case Kind.SEVERAL:
                named = [option.id for option in question.options if option.id in self.named.get(question.id, ())]
                alike = {option.score: option.id for option in question.options if option.id not in named}
                for number in dict.fromkeys((len(named), *range(1, len(named)), 0)):  # one alone is often enough
                    for chosen in combinations(named, number):
                        for also in ((), *((other,) for other in alike.values())):
                            yield Chosen(tuple(each for each in question.by_option if each in {*chosen, *also}))
            case _:
                yield from (Chosen((option.id,)) for option in reversed(question.options))
        yield skip()


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
