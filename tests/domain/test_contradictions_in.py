"""Contradictions: which answers raise them, and that they decide nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess, contradictions_in
from iop_fit.domain.condition import evaluate
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.loading.loader import load_questionnaire
from support import DAY, EXAMPLES
from support.disagreeing import disagreeing
from support.questionnaires_at_random import questionnaire_at_random, written
from support.sheets import sheets

SKIPPED = Skipped(SkipReason.DONT_KNOW)


def found(questionnaire: Questionnaire, sheet: AnswerSheet) -> list[str]:
    return [each.contradiction.id for each in contradictions_in(decide(questionnaire, sheet))]


@pytest.mark.parametrize(
    ("opioids", "medicine", "holds"),
    [
        (Chosen(("never",)), Chosen(("taken",)), True),
        (Chosen(("never",)), Chosen(("helping",)), True),
        (Chosen(("never",)), Chosen(("none",)), False),
        (Chosen(("some",)), Chosen(("helping",)), False),
        (SKIPPED, Chosen(("helping",)), False),
        (Chosen(("never",)), SKIPPED, False),
        (None, Chosen(("helping",)), False),
    ],
)
def test_contradiction_needs_both_answers(
    tmp_path: Path, opioids: Answer | None, medicine: Answer, holds: bool
) -> None:
    sheet = AnswerSheet({"medicine": medicine} | ({"opioids": opioids} if opioids else {}))
    assert found(disagreeing(tmp_path), sheet) == ["medicine-without-opioids"] * holds


PAID_FOR_ANYWAY = """
  - id: paid-for-anyway
    questions: [medicine, pay]
    when: {any: [{medicine: {at least: taken}}, {pay: {any of: [cash]}}]}
    ask: Which is right?
"""


def test_contradiction_ignores_unasked_questions(tmp_path: Path) -> None:
    questionnaire = disagreeing(tmp_path, PAID_FOR_ANYWAY)
    answers = {"opioids": Chosen(("some",)), "medicine": Chosen(("taken",)), "pay": Chosen(("cash",))}
    assert found(questionnaire, AnswerSheet(answers)) == ["paid-for-anyway"]
    assert found(questionnaire, AnswerSheet(answers | {"opioids": Chosen(("never",))})) == []


@pytest.mark.parametrize("withholds", [False, True])
def test_assessment_holds_contradictions_in_full(tmp_path: Path, withholds: bool) -> None:
    questionnaire = disagreeing(tmp_path, withholds=withholds)
    answers = {"alone": Chosen(("always",)), "opioids": Chosen(("never",)), "medicine": Chosen(("taken",))}
    assessment = assess(questionnaire, AnswerSheet(answers, Audience.SOMEONE), on=DAY)
    assert (assessment.withheld_by is not None) is withholds
    (only,) = assessment.contradictions
    assert only.contradiction.id == questionnaire.contradictions[0].id
    assert only.ask == "Earlier you said that they use no opioids. Which is right?"
    assert [(reply.topic, reply.words) for reply in only.replies] == [
        ("Opioids", "Never"),
        ("Do they take medicine for opioid use?", "Yes"),
    ]


def test_contradictions_keep_the_order_of_the_file(tmp_path: Path) -> None:
    first, second = (PAID_FOR_ANYWAY.replace("paid-for-anyway", name) for name in ("zebra", "ant"))
    answers = {"opioids": Chosen(("some",)), "medicine": Chosen(("taken",)), "pay": Chosen(("cash",))}
    assert found(disagreeing(tmp_path, first, second), AnswerSheet(answers)) == ["zebra", "ant"]


# Random questionnaires and sheets


@pytest.fixture(scope="module")
def at_random(tmp_path_factory: pytest.TempPathFactory) -> list[Questionnaire]:
    folder = tmp_path_factory.mktemp("random")
    loaded = []
    for seed in range(700, 725):
        path = folder / f"{seed}.yaml"
        path.write_text(written(questionnaire_at_random(seed)), encoding="utf-8")
        loaded.append(load_questionnaire(path))
    return [questionnaire for questionnaire in loaded if questionnaire.contradictions]


@settings(max_examples=EXAMPLES * 2)
@given(st.data())
def test_random_contradictions_match_their_condition(at_random: list[Questionnaire], data: st.DataObject) -> None:
    questionnaire = data.draw(st.sampled_from(at_random))
    sheet = data.draw(sheets(questionnaire))
    decision = decide(questionnaire, sheet)
    certain, possible = decision.reached.certain, decision.reached.possible
    answered = {name for name in decision.reached.asked_ids if isinstance(sheet.answers.get(name), Chosen)}
    expected = [
        each.id
        for each in questionnaire.contradictions
        if answered.issuperset(each.questions) and evaluate(each.when, certain, possible) is True
    ]
    assert found(questionnaire, sheet) == expected
    assessed = assess(questionnaire, sheet, on=DAY).contradictions
    assert [each.contradiction.id for each in assessed] == expected


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_contradictions_decide_nothing(at_random: list[Questionnaire], data: st.DataObject) -> None:
    questionnaire = data.draw(st.sampled_from(at_random))
    sheet = data.draw(sheets(questionnaire))
    without = replace(questionnaire, contradictions=())
    with_, plain = (assess(each, sheet, on=DAY, include_private=True) for each in (questionnaire, without))
    assert with_._replace(questionnaire=without, contradictions=()) == plain


def test_random_questionnaires_hold_contradictions(at_random: list[Questionnaire]) -> None:
    assert len(at_random) >= 20
