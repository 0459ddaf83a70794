"""Looks for a whole sheet of which something is true, and gives up only where nothing can be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from iop_fit.answers import Answer, AnswerSheet, Chosen
from iop_fit.decide import Decision, decide
from iop_fit.question import Kind, Question
from iop_fit.questionnaire import Questionnaire
from iop_fit.smallest import answer_reaching, skip

__all__ = ["Search", "Sought"]

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
