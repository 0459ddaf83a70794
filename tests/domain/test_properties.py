"""Properties of decisions on random sheets of the bundled questionnaire."""

from copy import deepcopy
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.decision import decide
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.flow import next_question
from iop_fit.report.formats import render
from iop_fit.storage.answer_files import dump_sheet, load_sheet
from support import DAY
from support.sheets import answers_to, sheets

QUESTIONNAIRE = iop_fit.load()
MAX_COMBINATIONS = 800
any_sheet = sheets(QUESTIONNAIRE)


def direction_rank(sheet: AnswerSheet) -> int:
    return QUESTIONNAIRE.rank[decide(QUESTIONNAIRE, sheet).lowest.id]


def alert_ids(sheet: AnswerSheet) -> set[str]:
    return {alert.id for alert in decide(QUESTIONNAIRE, sheet).alerts}


def more_concern(question: Question, answer: Chosen) -> list[Chosen]:
    """Return every answer of more concern: a higher option, or one more of several."""
    ids = [option.id for option in question.options]
    if question.kind == "several":
        return [
            Chosen(tuple(each for each in ids if each in answer.options or each == added))
            for added in ids
            if added not in answer.options
        ]
    return [question.choose((higher,)) for higher in ids[ids.index(answer.options[0]) + 1 :]]


@given(any_sheet)
def test_more_concern_never_lowers_the_result(sheet: AnswerSheet) -> None:
    before_rank, before_alerts = direction_rank(sheet), alert_ids(sheet)
    for name, answer in sheet.answers.items():
        question = QUESTIONNAIRE.questions[name]
        if question.need and isinstance(answer, Chosen):
            for more in more_concern(question, answer):
                raised = sheet.with_answer(name, more)
                assert direction_rank(raised) >= before_rank
                assert alert_ids(raised) >= before_alerts


@given(any_sheet, st.data())
def test_practical_answers_never_change_the_decision(sheet: AnswerSheet, data: st.DataObject) -> None:
    practical = [name for name in sheet.answers if not QUESTIONNAIRE.questions[name].need]
    other = sheet
    for name in practical:
        other = other.with_answer(name, data.draw(answers_to(QUESTIONNAIRE.questions[name])))
    before, after = decide(QUESTIONNAIRE, sheet), decide(QUESTIONNAIRE, other)
    assert (before.lowest, before.highest, before.alerts, before.open_alerts, before.firm) == (
        after.lowest,
        after.highest,
        after.alerts,
        after.open_alerts,
        after.firm,
    )


@pytest.mark.parametrize("name", ["text", "markdown", "json"])
@settings(max_examples=25)
@given(any_sheet, st.data())
def test_private_answers_never_change_a_file(name: str, sheet: AnswerSheet, data: st.DataObject) -> None:
    private = [question for question in QUESTIONNAIRE.questions.values() if question.private]
    assert private
    other = sheet
    for question in private:
        if question.id in sheet.answers:
            other = other.with_answer(question.id, data.draw(answers_to(question)))
    assert for_file(sheet, name) == for_file(other, name)


def for_file(sheet: AnswerSheet, name: str) -> str:
    return render(iop_fit.assess(QUESTIONNAIRE, sheet, on=DAY), name)


def test_private_answer_raises_only_its_alert() -> None:
    sheet = AnswerSheet({"home-safety": Chosen(("yes-now",))})
    assert alert_ids(sheet) == {"home-safety-help"}
    assert "home-safety" not in QUESTIONNAIRE.public().questions


def every_answer(question: Question) -> list[Answer]:
    ids = [option.id for option in question.options]
    if question.kind == "several":
        return [Chosen(chosen) for number in range(len(ids) + 1) for chosen in combinations(ids, number)]
    return [question.choose((option,)) for option in ids]


@settings(max_examples=50)
@given(sheets(QUESTIONNAIRE, skipping=False), st.data())
def test_range_and_alerts_match_exhaustive_search(sheet: AnswerSheet, data: st.DataObject) -> None:
    """Skip some need questions, and try every combination of answers to them."""
    open_names: list[str] = []
    choices: list[list[Answer]] = []
    combination_count = 1
    for name in data.draw(st.permutations([name for name in sheet.answers if QUESTIONNAIRE.questions[name].need])):
        choice = every_answer(QUESTIONNAIRE.questions[name])
        if combination_count * len(choice) <= MAX_COMBINATIONS and len(open_names) < 6:
            combination_count *= len(choice)
            open_names.append(name)
            choices.append(choice)
    for name in open_names:
        sheet = sheet.with_answer(name, Skipped(SkipReason.DONT_KNOW))
    while question := next_question(QUESTIONNAIRE, sheet):  # behind a gate that may be open now
        sheet = sheet.with_answer(question.id, data.draw(answers_to(question, skipping=False)))
    found = []
    for answers in product(*choices):
        filled = sheet
        for name, answer in zip(open_names, answers, strict=True):
            filled = filled.with_answer(name, answer)
        found.append(decide(QUESTIONNAIRE, filled))
    decision = decide(QUESTIONNAIRE, sheet)
    ranks = [QUESTIONNAIRE.rank[each.lowest.id] for each in found]
    assert QUESTIONNAIRE.rank[decision.lowest.id] == min(ranks)
    assert QUESTIONNAIRE.rank[decision.highest.id] == max(ranks)
    raised: list[set[str]] = [{alert.id for alert in each.alerts} for each in found]
    private = {alert.id for alert in QUESTIONNAIRE.alerts if alert.private}
    assert {alert.id for alert in decision.alerts} == set[str].intersection(*raised)
    open_ids = {alert.id for alert in decision.open_alerts}
    assert open_ids == set.union(*raised) - set[str].intersection(*raised) - private
    assert decision.firm == (min(ranks) == max(ranks) and not open_ids)


def is_skip(answer: Answer) -> bool:
    return isinstance(answer, Skipped)


@given(any_sheet)
def test_undecided_questions_were_skipped(sheet: AnswerSheet) -> None:
    """The undecided questions were skipped, and a decision with none of them is firm."""
    decision = decide(QUESTIONNAIRE, sheet)
    assert decision.undecided_questions <= {name for name, answer in sheet.answers.items() if is_skip(answer)}
    if not decision.undecided_questions:
        assert decision.firm


def test_rules_are_never_redundant() -> None:
    """A rule is redundant if each of its needs contains a need of a rule that raises at least as high."""
    rank = QUESTIONNAIRE.rank
    redundant = []
    for rule in (rule for rule in QUESTIONNAIRE.rules if not rule.rewords):
        others = [
            need
            for other in QUESTIONNAIRE.rules
            if other is not rule
            and (
                other.raises == rule.raises or (rule.raises in rank and rank.get(other.raises, -1) >= rank[rule.raises])
            )
            for need in other.gated_needs
        ]
        if all(any(other <= need for other in others) for need in rule.gated_needs):
            redundant.append(rule.id)
    assert redundant == []


@given(any_sheet)
def test_sheet_survives_writing_and_reading(sheet: AnswerSheet) -> None:
    assert load_sheet(dump_sheet(sheet, QUESTIONNAIRE), "answers.json", QUESTIONNAIRE).sheet == sheet


@settings(max_examples=30)
@given(any_sheet)
def test_renderers_have_no_side_effects(sheet: AnswerSheet) -> None:
    result = iop_fit.assess(QUESTIONNAIRE, sheet, on=DAY)
    before = deepcopy(result)
    for name in ("text", "markdown", "json"):
        assert render(result, name) == render(result, name)
    assert result == before


@settings(max_examples=30)
@given(any_sheet, st.integers(min_value=40, max_value=120))
def test_text_is_never_wider_than_the_window(sheet: AnswerSheet, width: int) -> None:
    from rich.cells import cell_len

    text = render(iop_fit.assess(QUESTIONNAIRE, sheet, on=DAY), "text", width=width)
    assert max(map(cell_len, text.splitlines())) <= min(width, 100)


@given(any_sheet)
def test_caps_hold_and_every_program_has_points(sheet: AnswerSheet) -> None:
    from iop_fit.domain.selection.points import CAPS

    result = iop_fit.assess(QUESTIONNAIRE, sheet, on=DAY)
    for program in QUESTIONNAIRE.programs:
        shown = [each.point for each in result.points if each.shown and program.id in each.point.programs]
        assert all(sum(point.list is kind for point in shown) <= cap for kind, cap in CAPS.items())
        if result.direction:
            assert {"fits", "plan for", "ask"} <= {point.list.value for point in shown}


@given(any_sheet)
def test_withheld_result_reveals_no_direction(sheet: AnswerSheet) -> None:
    result = iop_fit.assess(QUESTIONNAIRE, sheet, on=DAY)
    if result.withheld_by:
        whole = render(result, "json") + render(result, "markdown")
        assert all(f'"{direction.id}"' not in whole for direction in QUESTIONNAIRE.directions)
        assert all(direction.title not in whole for direction in QUESTIONNAIRE.directions)
        assert (result.direction, result.highest, result.areas, result.points, result.changes) == (
            None,
            None,
            (),
            (),
            (),
        )


@given(any_sheet)
def test_changes_lead_to_their_direction(sheet: AnswerSheet) -> None:
    result = iop_fit.assess(QUESTIONNAIRE, sheet, on=DAY)
    for change in result.changes:
        changed = sheet
        for step in change.steps:
            assert step.question.changeable
            assert step.question.id not in QUESTIONNAIRE.alert_questions
            changed = changed.with_answer(step.question.id, step.question.choose(step.after))
        assert decide(QUESTIONNAIRE, changed).lowest.id == change.direction.id
        assert result.direction is None or change.direction.id != result.direction.id
    ranks = [QUESTIONNAIRE.rank[change.direction.id] for change in result.changes]
    lowest = QUESTIONNAIRE.rank[result.direction.id] if result.direction else 0
    assert [rank < lowest for rank in ranks] == sorted((rank < lowest for rank in ranks), reverse=True)


def test_digest_ignores_line_endings(tmp_path: object) -> None:
    from pathlib import Path

    from iop_fit.loading.loader import load_questionnaire
    from iop_fit.loading.questionnaire_files import bundled

    copy = Path(str(tmp_path)) / "copy"
    copy.mkdir()
    for path in bundled().iterdir():
        (copy / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_questionnaire(copy).digest == QUESTIONNAIRE.digest


def test_load_returns_the_bundled_questionnaire(questionnaire: Questionnaire) -> None:
    assert questionnaire == QUESTIONNAIRE
