"""Contradictions that no answers can raise."""

from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest

from iop_fit.checking.advice import unused_options
from iop_fit.checking.contradictions import hidden_contradictions
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.assess import contradictions_in
from iop_fit.domain.decision import decide
from iop_fit.domain.guidance import Contradiction
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.flow import next_question
from iop_fit.loading.loader import load_questionnaire
from support.disagreeing import disagreeing
from support.questionnaires_at_random import questionnaire_at_random, written


def hidden(questionnaire: Questionnaire) -> list[str]:
    return [each.id for each in hidden_contradictions(questionnaire)]


@pytest.mark.parametrize(
    ("questions", "when", "is_hidden"),
    [
        ("[opioids, medicine]", "{opioids: {at least: some}, medicine: {at least: taken}}", False),
        ("[opioids, medicine]", "{not: {any: [{opioids: {at least: some}}, {medicine: {at least: taken}}]}}", False),
        (
            "[opioids, medicine]",
            "{all: [{opioids: {at least: steady}}, {not: {opioids: {at least: some}}}, {medicine: {at least: taken}}]}",
            True,
        ),
        ("[opioids, pay]", "{opioids: {at least: some}, pay: {any of: [cash]}}", False),
        ("[opioids, pay]", "{not: {opioids: {at least: some}}, pay: {any of: [cash]}}", True),  # pay is not asked then
        ("[medicine, pay]", "{not: {medicine: {at least: taken}}, pay: {any of: [cash]}}", False),
    ],
)
def test_check_finds_hidden_contradictions(tmp_path: Path, questions: str, when: str, is_hidden: bool) -> None:
    one = f"\n  - {{id: one, questions: {questions}, when: {when}, ask: Which is right?}}\n"
    assert hidden(disagreeing(tmp_path, one)) == ["one"] * is_hidden


def test_contradiction_uses_the_options_it_names(tmp_path: Path) -> None:
    cash = "{opioids: {at least: some}, pay: {any of: [cash]}}"
    one = f"\n  - {{id: one, questions: [opioids, pay], when: {cash}, ask: Which is right?}}\n"
    questionnaire = disagreeing(tmp_path, one)
    without = replace(questionnaire, contradictions=())
    unused, before = ([option.id for _, option in unused_options(each)] for each in (questionnaire, without))
    assert (before, unused) == (["plan", "cash"], [])


def every_answer(question: Question) -> list[Chosen]:
    ids = [option.id for option in question.options]
    sizes = range(len(ids) + 1) if question.takes_several else [1]
    return [Chosen(chosen) for size in sizes for chosen in combinations(ids, size)]


def can_be_raised(questionnaire: Questionnaire, contradiction: Contradiction) -> bool:
    """Try all answers to the two questions; all others are skipped, which opens every gate on them."""
    choices = [every_answer(questionnaire.questions[name]) for name in contradiction.questions]
    for answers in product(*choices):
        sheet = AnswerSheet(dict(zip(contradiction.questions, answers, strict=True)))
        while question := next_question(questionnaire, sheet):
            sheet = sheet.with_answer(question.id, Skipped(SkipReason.DONT_KNOW))
        raised = contradictions_in(decide(questionnaire, sheet))
        if contradiction in [each.contradiction for each in raised]:
            return True
    return False


def test_hidden_contradictions_match_exhaustive_search(tmp_path: Path) -> None:
    path = tmp_path / "it.yaml"
    expected, total = [], 0
    for seed in range(800, 900):
        path.write_text(written(questionnaire_at_random(seed)), encoding="utf-8")
        questionnaire = load_questionnaire(path)
        names = [each.id for each in questionnaire.contradictions if not can_be_raised(questionnaire, each)]
        assert hidden(questionnaire) == names, seed
        expected += names
        total += len(questionnaire.contradictions)
    assert 0 < len(expected) < total / 4
