"""Skipped questions: which would help most, and which alerts the answers given point to."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.skips import MOST_HELPFUL, most_helpful, pointed_to
from iop_fit.storage.saved_result import with_skips
from support import EXAMPLES as TRIES
from support import ROOT
from support.example_results import each_example, read
from support.people import person

SKIPPED = Skipped(SkipReason.RATHER_NOT_SAY)


def without_answers(questionnaire: Questionnaire, name: str, *skipped: str) -> AnswerSheet:
    """Return the sheet of an example with some questions skipped."""
    sheet = read(ROOT / "examples" / f"{name}.yaml", questionnaire).sheet
    for question in skipped:
        sheet = sheet.with_answer(question, SKIPPED)
    return with_skips(questionnaire, sheet)


def skipped_at_random(questionnaire: Questionnaire, seed: int) -> AnswerSheet:
    rng = Random(seed)
    sheet = person(questionnaire, rng)
    for name in [name for name in sheet.answers if rng.random() < 0.4]:
        sheet = sheet.with_answer(name, SKIPPED)
    return with_skips(questionnaire, sheet)


# The questions that would help most


def results_of(decision: Decision) -> set[str]:
    """Return the cards of the raised public alerts, and the direction with all below it."""
    rank = decision.questionnaire.rank
    reached = {each.id for each in decision.questionnaire.directions if rank[each.id] <= rank[decision.lowest.id]}
    return reached | {f"{alert.id} on {alert.card}" for alert in decision.alerts if not alert.private}


def answers_to(questionnaire: Questionnaire, name: str) -> Iterator[Chosen]:
    """Yield each option as an answer, and for a question that takes several, all options together."""
    question = questionnaire.questions[name]
    yield from (Chosen((option.id,)) for option in question.options)
    if question.takes_several:
        yield Chosen(tuple(option.id for option in question.options))


def changed_by(decision: Decision, name: str) -> int:
    """Return how many cards and directions single answers to a question add, by deciding with each of them."""
    questionnaire, before = decision.questionnaire, results_of(decision)
    added: set[str] = set()
    for answer in answers_to(questionnaire, name):
        added |= results_of(decide(questionnaire, decision.sheet.with_answer(name, answer))) - before
    return len({each.rpartition(" on ")[2] for each in added})


@pytest.mark.parametrize("seed", range(TRIES // 10))
def test_most_helpful_can_change_most_by_trying_each_answer(questionnaire: Questionnaire, seed: int) -> None:
    decision = decide(questionnaire, skipped_at_random(questionnaire, seed))
    named = most_helpful(decision)
    changes = {name: changed_by(decision, name) for name in decision.undecided_questions}
    assert set(named) <= decision.undecided_questions
    assert len(named) == min(MOST_HELPFUL, len(changes))
    best = sorted(changes.values(), reverse=True)[: len(named)]
    assert [changes[name] for name in named] == best


@each_example
def test_firm_result_needs_no_more_answers(questionnaire: Questionnaire, path: Path) -> None:
    decision = decide(questionnaire, read(path, questionnaire).sheet)
    assert bool(most_helpful(decision)) is not decision.firm


# The alerts that answers point to


def test_daily_drinking_points_to_withdrawal(questionnaire: Questionnaire) -> None:
    sheet = without_answers(questionnaire, "everyday-drinking", "drinks", "without", "ever-stopping")
    found = {alert.id: met for alert, met in pointed_to(decide(questionnaire, sheet))}
    assert {name for name, _ in found["alcohol-withdrawal"]} == {"alcohol-days"}


def test_unknown_pregnancy_is_not_pointed_to(questionnaire: Questionnaire) -> None:
    sheet = without_answers(questionnaire, "everyday-drinking", "health")
    decision = decide(questionnaire, sheet)
    assert "pregnancy-stop-safely" in {alert.id for alert in decision.open_alerts}
    assert {alert.id for alert, _ in pointed_to(decision)}.isdisjoint({"pregnancy-stop-safely", "pregnancy-care"})


@pytest.mark.parametrize("seed", range(TRIES // 5))
def test_only_open_alerts_of_other_cards_are_pointed_to(questionnaire: Questionnaire, seed: int) -> None:
    decision = decide(questionnaire, skipped_at_random(questionnaire, seed))
    found = pointed_to(decision)
    open_ones = [alert.id for alert in decision.open_alerts]
    places = [open_ones.index(alert.id) for alert, _ in found]
    assert places == sorted(places)
    assert {alert.card for alert, _ in found}.isdisjoint({alert.card for alert in decision.alerts})
    assert all(met and met <= decision.reached.certain for _, met in found)


def test_nothing_known_points_to_nothing(questionnaire: Questionnaire) -> None:
    assert pointed_to(decide(questionnaire, with_skips(questionnaire, AnswerSheet()))) == ()
