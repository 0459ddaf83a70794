"""Find contradictions that no answers can raise.

There are no false positives. The only false negatives: a question with so many named options that their combinations
exceed `MAX_COMBINATIONS`.
"""

from collections.abc import Iterator
from itertools import combinations, product

from iop_fit.checking.findings import Violation
from iop_fit.domain.condition import OptionSet, evaluate, options_in
from iop_fit.domain.guidance import Contradiction
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_COMBINATIONS
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["hidden_contradictions"]


def hidden_contradictions(questionnaire: Questionnaire) -> Iterator[Violation]:
    """Yield the contradictions whose condition is true for no answers to its two questions."""
    for contradiction in questionnaire.contradictions:
        if not _can_hold(contradiction, questionnaire):
            yield Violation(
                code=Code.HIDDEN_CONTRADICTION,
                noun="contradiction",
                id=contradiction.id,
                key="when",
                message=f"No answers raise the contradiction {quote(contradiction.id)}.",
                hint="Its condition can't hold, or `ask when` never asks both questions then. Fix either one.",
            )


def _can_hold(contradiction: Contradiction, questionnaire: Questionnaire) -> bool:
    earlier, later = (questionnaire.questions[name] for name in contradiction.questions)
    named = options_in(contradiction.when) | _gate_options(later)
    pairs = product(_reaches(earlier, named), _reaches(later, named))
    for tried, (first, second) in enumerate(pairs):
        certain = first | second
        if tried >= MAX_COMBINATIONS or (_may_be_asked(later, earlier, first) and _holds(contradiction, certain)):
            return True
    return False


def _holds(contradiction: Contradiction, certain: OptionSet) -> bool:
    return evaluate(contradiction.when, certain, certain) is True


def _gate_options(question: Question) -> OptionSet:
    return frozenset().union(*question.asked_if)


def _reaches(question: Question, named: OptionSet) -> Iterator[OptionSet]:
    """Yield what each answer reaches; of several options, only the named ones matter."""
    if not question.takes_several:
        yield from question.reach.values()
        return
    options = sorted(named & question.all_options)
    for number in range(len(options) + 1):
        yield from map(frozenset, combinations(options, number))


def _may_be_asked(question: Question, earlier: Question, reached: OptionSet) -> bool:
    """Whether a question may be asked after this answer to an earlier one, with any answers to the others."""
    return not question.asked_if or any(
        alternative & earlier.all_options <= reached for alternative in question.asked_if
    )
