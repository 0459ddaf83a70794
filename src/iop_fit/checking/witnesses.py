"""Minimal and maximal answer sheets, and an index of needs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Skipped, SkipReason
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.expansion import with_gate_options
from iop_fit.domain.guidance import Rule
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["NeedsIndex", "by_size", "maximal_sheet", "minimal_sheet", "notable_answers", "ways_to_answer"]

SKIPPED = Skipped(SkipReason.DONT_KNOW)
"""All skip reasons have the same effect on the decision."""


def minimal_sheet(questionnaire: Questionnaire, need: OptionSet, skipped: frozenset[str] = frozenset()) -> AnswerSheet:
    """Return the complete sheet of least concern that reaches these options and skips the named questions.

    It reaches no other options of need questions. The need must open the gates of its questions, unless they are
    skipped.
    """
    answers = {
        question.id: SKIPPED if question.id in skipped else question.least_answer(need)
        for question in questionnaire.questions.values()
    }
    return _asked_only(questionnaire, answers)


def maximal_sheet(questionnaire: Questionnaire) -> AnswerSheet:
    """Return the sheet with every answer of most concern; no sheet raises more."""
    questions = questionnaire.questions.values()
    return minimal_sheet(questionnaire, frozenset[tuple[str, str]]().union(*(each.all_options for each in questions)))


def notable_answers(questionnaire: Questionnaire, sheet: AnswerSheet) -> dict[str, Answer]:
    """Return the answers that are not those of least concern."""
    return {
        name: answer
        for name, answer in sheet.answers.items()
        if answer != questionnaire.questions[name].least_answer(frozenset())
    }


def by_size(need: OptionSet) -> tuple[int, int, list[tuple[str, str]]]:
    """Return a sort key: by number of questions, then by number of options."""
    return len({question for question, _ in need}), len(need), sorted(need)


def _asked_only(questionnaire: Questionnaire, answers: dict[str, Answer]) -> AnswerSheet:
    sheet = AnswerSheet(answers)
    return sheet.only(reached_by(questionnaire, sheet).asked_ids)


def ways_to_answer(questionnaire: Questionnaire, need: OptionSet) -> Iterator[tuple[OptionSet, frozenset[str]]]:
    """Yield the minimal options with which all questions of a need are asked, and the questions skipped for that.

    A gated question is asked if the questions that could open its gate are skipped. Where an alternative of the gate
    also names questions that the need answers, those answers must reach its options.
    """
    answered = {name for name, _ in need}
    skipped: set[str] = set()
    closed: dict[str, tuple[OptionSet, ...]] = {}
    for name in sorted(answered):
        gate = questionnaire.questions[name].asked_if
        if not gate or any(alternative <= need for alternative in gate):
            continue
        skipped |= {each for alternative in gate for each, _ in alternative} - answered
        closed[name] = tuple(frozenset(ref for ref in alternative if ref[0] in answered) for alternative in gate)
    for reached in sorted(with_gate_options([need], closed), key=by_size):
        yield reached, frozenset(skipped)


class NeedsIndex:
    """Index of needs and their rules by the rarest option of each need."""

    def __init__(self, needs: Iterable[tuple[OptionSet, Rule]]) -> None:
        needs = [*needs]
        frequency = Counter(pair for need, _ in needs for pair in need)
        self._by_option: defaultdict[OptionRef, dict[str, tuple[Rule, list[OptionSet]]]] = defaultdict(dict)
        for need, rule in needs:
            rarest = min(need, key=lambda pair: (frequency[pair], pair))
            self._by_option[rarest].setdefault(rule.id, (rule, []))[1].append(need)

    def within(self, reached: OptionSet) -> Iterator[Rule]:
        """Yield each rule that fires if these options are reached."""
        found: set[str] = set()
        for pair in reached:
            for name, (rule, needs) in self._by_option.get(pair, {}).items():
                if name not in found and any(need <= reached for need in needs):
                    found.add(name)
                    yield rule
