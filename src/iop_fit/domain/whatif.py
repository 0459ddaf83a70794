"""What-if search: other answers that would change the direction."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from iop_fit.domain.answers import Chosen
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Direction
from iop_fit.domain.question import Question
from iop_fit.limits import MAX_CHANGES, MAX_TRIAL_VISITS
from iop_fit.text import hides_fields

__all__ = ["Change", "Step", "find_changes", "search_completed"]


NEEDS_PER_QUESTION = 10
"""How many needs are compared in the time that one question takes."""


@hides_fields
class Step(NamedTuple):
    """A different answer to one question."""

    question: Question
    before: tuple[str, ...]
    after: tuple[str, ...]
    distance: int
    """Distance in options; negative means less concern."""


@hides_fields
class Change(NamedTuple):
    """One or two steps that would lead to another direction."""

    steps: tuple[Step, ...]
    direction: Direction


def find_changes(decision: Decision) -> tuple[Change, ...]:
    """Return at most `MAX_CHANGES` changes, those toward less support first.

    Tries only answers that the person could change within weeks and that no urgent alert depends on, the nearest option
    first, and nothing below the goal of a question.
    Pairs are tried only for questions that alone don't lead to less support. In a very large questionnaire the search
    stops early; see `search_completed`.
    """
    steps = _all_steps(decision)
    budget = _Budget(decision)
    singles = [change for options in steps.values() for change in _nearest_each_way(budget, options)]
    rank = decision.questionnaire.rank
    lighter = [change for change in singles if rank[change.direction.id] < rank[decision.lowest.id]]
    more = [change for change in singles if change not in lighter]
    sufficient = {step.question.id for change in lighter for step in change.steps}
    decisive = _decisive_questions(decision)
    paired = {name: options for name, options in steps.items() if name not in sufficient and name in decisive}
    return (*lighter, *_pairs(budget, paired), *more)[:MAX_CHANGES]


def search_completed(decision: Decision) -> bool:
    """Whether `find_changes` tries every answer that could change."""
    return sum(map(len, _all_steps(decision).values())) <= _max_trials(decision)


def _all_steps(decision: Decision) -> dict[str, tuple[Step, ...]]:
    return {question.id: tuple(_steps(question, decision)) for question in _changeable_questions(decision)}


def _changeable_questions(decision: Decision) -> Iterator[Question]:
    for question in decision.reached.asked:
        if (
            question.changeable
            and question.need
            and question.id not in decision.questionnaire.alert_questions
            and isinstance(decision.sheet.answers.get(question.id), Chosen)
        ):
            yield question


def _steps(question: Question, decision: Decision) -> Iterator[Step]:
    answer = decision.sheet.answers[question.id]
    assert isinstance(answer, Chosen)
    place = {option: place for place, option in enumerate(question.options_by_id)}
    for after, distance in question.other_answers(answer.options):
        beyond_goal = bool(question.goal) and distance < 0 and place[after[0]] < place[question.goal]
        if not beyond_goal:
            yield Step(question, answer.options, after, distance)


def _max_trials(decision: Decision) -> int:
    questions, needs = len(decision.questionnaire.questions), len(decision.questionnaire.needs)
    return MAX_TRIAL_VISITS // (questions + needs // NEEDS_PER_QUESTION)


class _Budget:
    """Decides on changed sheets, a limited number of times."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.left = _max_trials(decision)

    def direction_after(self, steps: Iterable[Step]) -> Direction:
        """Return the direction after some steps; the current direction if the budget is spent."""
        if not self.left:
            return self.decision.lowest
        self.left -= 1
        sheet = self.decision.sheet
        for step in steps:
            sheet = sheet.with_answer(step.question.id, step.question.choose(step.after))
        return decide(self.decision.questionnaire, sheet).lowest


def _nearest_each_way(budget: _Budget, steps: tuple[Step, ...]) -> Iterator[Change]:
    for toward in (lambda step: step.distance < 0, lambda step: step.distance > 0):
        for step in filter(toward, steps):
            direction = budget.direction_after([step])
            if direction is not budget.decision.lowest:
                yield Change((step,), direction)
                break


def _decisive_questions(decision: Decision) -> frozenset[str]:
    """Return the questions that fired rules of the current direction; lowering it takes a change to one of them."""
    return frozenset(
        question for fired in decision.fired if fired.rule.raises == decision.lowest.id for question, _ in fired.by
    )


def _pairs(budget: _Budget, steps: dict[str, tuple[Step, ...]]) -> Iterator[Change]:
    lowering = {name: [step for step in options if step.distance < 0] for name, options in steps.items()}
    for first, second in combinations(lowering, 2):
        if not budget.left:
            return
        both = sorted(product(lowering[first], lowering[second]), key=lambda pair: -sum(step.distance for step in pair))
        for pair in both:
            direction = budget.direction_after(pair)
            if direction is not budget.decision.lowest:
                yield Change(pair, direction)
                break
