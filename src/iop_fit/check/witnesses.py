"""The sheets at the ends of what can be answered: the calmest, the one that says just this, the fullest."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Skipped, SkipReason
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.guidance import Rule
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["NeedsIndex", "by_size", "maximal_sheet", "minimal_sheet", "skip", "told_answers"]


def minimal_sheet(questionnaire: Questionnaire, need: OptionSet, skipped: frozenset[str] = frozenset()) -> AnswerSheet:
    """Return the calmest whole sheet that reaches these options; the named questions are skipped in it.

    On need questions nothing else is reached. The need must hold what its questions need to be asked, unless their
    gates are skipped.
    """
    answers = {
        question.id: skip() if question.id in skipped else question.least_answer(need)
        for question in questionnaire.questions.values()
    }
    return _asked_only(questionnaire, answers)


def maximal_sheet(questionnaire: Questionnaire) -> AnswerSheet:
    """Return the sheet with every answer of most concern: what it does not raise, no sheet raises."""
    questions = questionnaire.questions.values()
    return minimal_sheet(questionnaire, frozenset[tuple[str, str]]().union(*(each.all_options for each in questions)))


def told_answers(questionnaire: Questionnaire, sheet: AnswerSheet) -> dict[str, Answer]:
    """Return the answers that are not the calmest ones: what a sheet says."""
    return {
        name: answer
        for name, answer in sheet.answers.items()
        if answer != questionnaire.questions[name].least_answer(frozenset())
    }


def skip() -> Answer:
    """Skip a question; to the decision every reason is the same."""
    return Skipped(SkipReason.DONT_KNOW)


def by_size(need: OptionSet) -> tuple[int, int, list[tuple[str, str]]]:
    """Order needs by how many questions they name, then by how much they ask for."""
    return len({question for question, _ in need}), len(need), sorted(need)


def _asked_only(questionnaire: Questionnaire, answers: dict[str, Answer]) -> AnswerSheet:
    sheet = AnswerSheet(answers)
    return sheet.only(reached_by(questionnaire, sheet).asked_ids)


class NeedsIndex:
    """Needs with their rules, each kept under the rarest option that it names."""

    def __init__(self, needs: Iterable[tuple[OptionSet, Rule]]) -> None:
        needs = [*needs]
        named = Counter(pair for need, _ in needs for pair in need)
        self._under: defaultdict[OptionRef, list[tuple[OptionSet, Rule]]] = defaultdict(list)
        for need, rule in needs:
            self._under[min(need, key=lambda pair: (named[pair], pair))].append((need, rule))

    def within(self, reached: OptionSet) -> Iterator[Rule]:
        """Yield the rules that fire when these options are reached; one with several ways may come more than once."""
        for pair in reached:
            for need, rule in self._under.get(pair, ()):
                if need <= reached:
                    yield rule
