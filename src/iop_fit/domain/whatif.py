"""What would change a direction: tries other answers to what the person could change."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from iop_fit.domain.answers import Chosen
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Direction
from iop_fit.domain.question import Question
from iop_fit.limits import MAX_CHANGES, MAX_TRIAL_VISITS

__all__ = ["Change", "Step", "find_changes", "search_completed"]


class Step(NamedTuple):
    """One question answered otherwise."""

    question: Question
    now: tuple[str, ...]
    then: tuple[str, ...]
    distance: int
    """How many options further; below 0 towards less concern."""


class Change(NamedTuple):
    """One step, or two together, that would lead to another direction."""

    steps: tuple[Step, ...]
    direction: Direction


def find_changes(decision: Decision) -> tuple[Change, ...]:
    """Return at most `MAX_CHANGES` changes, those towards less support first.

    Only answers that the person could change within weeks are tried, and none that an alert hangs on. Of each
    question the nearest option counts; two are changed together only where neither alone can lead to less support.
    In a very large questionnaire the tries end before all are made.
    """
    steps = _all_steps(decision)
    trials = _Budget(decision)
    singles = [change for tried in steps.values() for change in _nearest_each_way(trials, tried)]
    rank = decision.questionnaire.rank
    lighter = [change for change in singles if rank[change.direction.id] < rank[decision.lowest.id]]
    more = [change for change in singles if change not in lighter]
    alone = {step.question.id for change in lighter for step in change.steps}
    held_by = _held_by(decision)
    paired = {name: tried for name, tried in steps.items() if name not in alone and name in held_by}
    return (*lighter, *_pairs(trials, paired), *more)[:MAX_CHANGES]


def search_completed(decision: Decision) -> bool:
    """Say whether `find_changes` tries each answer that could change; in a very large questionnaire it stops before."""
    return sum(map(len, _all_steps(decision).values())) <= _most_tries(decision)


def _all_steps(decision: Decision) -> dict[str, tuple[Step, ...]]:
    return {question.id: tuple(_steps(question, decision)) for question in _could_change(decision)}


def _could_change(decision: Decision) -> Iterator[Question]:
    for question in decision.reached.asked:
        if (
            question.changeable
            and question.need
            and question.id not in decision.questionnaire.named_by_alerts
            and isinstance(decision.sheet.answers.get(question.id), Chosen)
        ):
            yield question


def _steps(question: Question, decision: Decision) -> Iterator[Step]:
    answer = decision.sheet.answers[question.id]
    assert isinstance(answer, Chosen)
    for then, distance in question.other_answers(answer.options):
        yield Step(question, answer.options, then, distance)


def _most_tries(decision: Decision) -> int:
    return MAX_TRIAL_VISITS // (len(decision.questionnaire.questions) + len(decision.questionnaire.needs))


class _Budget:
    """Decides on changed sheets, a bounded number of times."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.left = _most_tries(decision)

    def after(self, steps: Iterable[Step]) -> Direction:
        """Return the direction after some steps; once no try is left, the one there is."""
        if not self.left:
            return self.decision.lowest
        self.left -= 1
        sheet = self.decision.sheet
        for step in steps:
            sheet = sheet.with_answer(step.question.id, Chosen(step.then))
        return decide(self.decision.questionnaire, sheet).lowest


def _nearest_each_way(trials: _Budget, steps: tuple[Step, ...]) -> Iterator[Change]:
    for way in (lambda step: step.distance < 0, lambda step: step.distance > 0):
        for step in filter(way, steps):
            direction = trials.after([step])
            if direction is not trials.decision.lowest:
                yield Change((step,), direction)
                break


def _held_by(decision: Decision) -> frozenset[str]:
    """The questions named by the rules that hold the direction up: no pair can lower it without one of them."""
    return frozenset(
        question for fired in decision.fired if fired.rule.raises == decision.lowest.id for question, _ in fired.by
    )


def _pairs(trials: _Budget, steps: dict[str, tuple[Step, ...]]) -> Iterator[Change]:
    lowering = {name: [step for step in tried if step.distance < 0] for name, tried in steps.items()}
    for first, second in combinations(lowering, 2):
        if not trials.left:
            return
        both = sorted(product(lowering[first], lowering[second]), key=lambda pair: -sum(step.distance for step in pair))
        for pair in both:
            direction = trials.after(pair)
            if direction is not trials.decision.lowest:
                yield Change(pair, direction)
                break
