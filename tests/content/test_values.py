"""What a person wants, and daily life, change points and nothing else."""

from collections.abc import Iterator
from random import Random

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.decision import decide
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of
from iop_fit.domain.selection.points import points_of
from support.example_results import AT_THE_LINES, EXAMPLES, read
from support.people import people

PRACTICAL = {"in-the-way", "pay", "wish", "matters", "note"}
RANDOM_SHEETS = 300


def other_answers(question: Question, random: Random) -> Iterator[Answer]:
    """Yield answers of every kind: each option, all that may be chosen, none, and both ways of skipping."""
    yield from map(Skipped, SkipReason)
    if question.kind == "note":
        yield Written("I'd rather sleep at home. I want to stop. I think of suicide.")
        return
    yield from (Chosen((option.id,)) for option in question.options)
    if question.kind == "several":
        yield Chosen(())
        ids = [option.id for option in question.options]
        yield Chosen(tuple(name for name in ids if name in random.sample(ids, 3)))


def outcome(questionnaire: Questionnaire, sheet: AnswerSheet) -> object:
    """Return everything that the answers about need decide."""
    decision = decide(questionnaire, sheet)
    return (
        (decision.lowest.id, decision.highest.id, decision.firm, decision.withheld_by),
        [alert.id for alert in decision.alerts],
        [alert.id for alert in decision.open_alerts],
        [(card.alert.alert.id, card.reason.id) for card in cards_of(decision)],
        [fired.rule.id for fired in decision.fired],
        {addition for fired in decision.fired for addition in fired.rule.adds},
        [question.id for question in reached_by(questionnaire, sheet).asked],
    )


def chosen_points(questionnaire: Questionnaire, sheet: AnswerSheet) -> list[tuple[str, bool]]:
    """Return the points that apply, in order, and whether there is room for each."""
    return [(chosen.point.id, chosen.shown) for chosen in points_of(decide(questionnaire, sheet))]


@pytest.fixture(scope="module")
def sheets(questionnaire: Questionnaire) -> list[tuple[AnswerSheet, object]]:
    """The examples and random people, with what their answers decide."""
    examples = [*EXAMPLES, *AT_THE_LINES]
    drawn = people(questionnaire, Random(14))
    found = [read(path, questionnaire).sheet for path in examples]
    found += [next(drawn)[1] for _ in range(RANDOM_SHEETS)]
    return [(sheet, outcome(questionnaire, sheet)) for sheet in found]


def test_practical_questions_are_the_listed_ones(questionnaire: Questionnaire) -> None:
    assert {question.id for question in questionnaire.questions.values() if not question.need} == PRACTICAL


@pytest.mark.parametrize("name", sorted(PRACTICAL))
def test_practical_answers_decide_nothing(
    questionnaire: Questionnaire, sheets: list[tuple[AnswerSheet, object]], name: str
) -> None:
    random, question = Random(name), questionnaire.questions[name]
    for sheet, before in sheets:
        for answer in random.sample(list(other_answers(question, random)), 2):
            assert outcome(questionnaire, sheet.with_answer(name, answer)) == before


@pytest.mark.parametrize("name", sorted(PRACTICAL - {"note"}))
def test_practical_answers_choose_points(
    questionnaire: Questionnaire, sheets: list[tuple[AnswerSheet, object]], name: str
) -> None:
    question = questionnaire.questions[name]
    for option in question.options:
        changed = [sheet.with_answer(name, Chosen((option.id,))) for sheet, _ in sheets[-3:]]
        without = [sheet.with_answer(name, Skipped(SkipReason.DONT_KNOW)) for sheet, _ in sheets[-3:]]
        pairs = zip(changed, without, strict=True)
        assert any(chosen_points(questionnaire, one) != chosen_points(questionnaire, two) for one, two in pairs), (
            option.id
        )
