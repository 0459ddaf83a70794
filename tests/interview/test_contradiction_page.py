"""The page that asks which of two answers is right."""

from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import InterviewQuit
from iop_fit.interview.contradiction_page import PROMPT, WHAT_TO_TYPE, WHY
from iop_fit.interview.session import ANSWER, run_interview
from iop_fit.storage.drafts import Draft, ResumedDraft
from support.disagreeing import EARLIER_NONE, disagreeing
from support.scripted import Script

ASK = "Earlier you said no opioids. Which is right?"
CHOICES = ["Change: Opioids (Never)", "Change: Is medicine for opioid use taken? (Yes)", "Both are right"]


def run(questionnaire: Questionnaire, *typed: str, sheet: AnswerSheet | None = None) -> tuple[list[str], list[str]]:
    """Return the chosen options after `alone`, and the output; the script must be used up."""
    script = Script("g", *typed)
    resumed = ResumedDraft(sheet or AnswerSheet())
    answered = run_interview(questionnaire, script, Draft(questionnaire), resumed, Audience.ME)
    assert next(script.typed, None) is None
    answers = [answer for name, answer in answered.answers.items() if name != "alone"]
    return [answer.options[0] for answer in answers if isinstance(answer, Chosen)], script.output


def test_page_follows_the_answer_that_disagrees(tmp_path: Path) -> None:
    answers, output = run(disagreeing(tmp_path), "1", "1", "2", "3", "g")
    place = output.index(ASK)
    assert output[place - 1] == f"{ANSWER}2"
    choices = [f"  {number}  {choice}" for number, choice in enumerate(CHOICES, 1)]
    assert output[place : place + 5] == [ASK, *choices, f"{PROMPT}3"]
    assert answers == ["never", "taken"]


def test_page_is_not_shown_if_answers_agree(tmp_path: Path) -> None:
    _, output = run(disagreeing(tmp_path), "1", "1", "1", "g")
    assert ASK not in output


def test_first_choice_changes_the_earlier_answer(tmp_path: Path) -> None:
    answers, output = run(disagreeing(tmp_path), "1", "1", "2", "1", "2", "1", "g")
    assert answers == ["some", "taken", "plan"]  # the question that is asked now comes next
    assert "Answered so far: Never. Type k to keep it." in output


def test_second_choice_changes_the_later_answer(tmp_path: Path) -> None:
    answers, output = run(disagreeing(tmp_path), "1", "1", "2", "2", "1", "g")
    assert answers == ["never", "none"]
    assert "Answered so far: Yes. Type k to keep it." in output


@pytest.mark.parametrize("choice", ["1", "2", "b"])
def test_page_is_shown_once_even_if_answers_stay(tmp_path: Path, choice: str) -> None:
    answers, output = run(disagreeing(tmp_path), "1", "1", "2", choice, "k", "g")
    assert output.count(ASK) == 1
    assert answers == ["never", "taken"]


def test_page_is_not_shown_again_for_new_answers(tmp_path: Path) -> None:
    """The answers agree for a while, and then disagree again."""
    _, output = run(disagreeing(tmp_path), "1", "1", "2", "2", "1", "3", "3", "g")
    assert output.count(ASK) == 1


def test_page_follows_a_change_of_the_earlier_answer(tmp_path: Path) -> None:
    answers, output = run(disagreeing(tmp_path), "1", "2", "3", "1", "2", "1", "3", "g")
    assert output.count(ASK) == 1
    assert answers == ["never", "helping"]


def test_back_leads_to_the_question_just_answered(tmp_path: Path) -> None:
    answers, _ = run(disagreeing(tmp_path), "1", "1", "2", "b", "1", "g")
    assert answers == ["never", "none"]


def test_question_mark_and_other_keys_explain_the_page(tmp_path: Path) -> None:
    _, output = run(disagreeing(tmp_path), "1", "1", "2", "?", "", "3", "g")
    assert {WHY, WHAT_TO_TYPE} <= {*output}
    assert output.count(ASK) == 1


def test_review_leads_back_to_the_page_or_an_answer(tmp_path: Path) -> None:
    answers, output = run(disagreeing(tmp_path), "1", "1", "2", "r", "b", "r", "2", "3", "1", "g")
    assert output.count(ASK) == 2
    assert answers == ["steady", "taken", "plan"]


@pytest.mark.parametrize("key", ["q", "x"])
def test_page_can_be_left(tmp_path: Path, key: str) -> None:
    questionnaire = disagreeing(tmp_path)
    script = Script("g", "1", "1", "2", key, "1")
    with pytest.raises(InterviewQuit):
        run_interview(questionnaire, script, Draft(questionnaire), about=Audience.ME)
    assert script.wiped is (key == "x")


def test_every_contradiction_gets_its_own_page(tmp_path: Path) -> None:
    second = EARLIER_NONE.replace("without-opioids", "twice").replace("no opioids", "none at all")
    _, output = run(disagreeing(tmp_path, EARLIER_NONE, second), "1", "1", "2", "3", "3", "g")
    assert output.index(ASK) < output.index("Earlier you said none at all. Which is right?")


def test_second_contradiction_waits_for_the_change(tmp_path: Path) -> None:
    """A change that settles both is not followed by the second page."""
    second = EARLIER_NONE.replace("without-opioids", "twice").replace("no opioids", "none at all")
    _, output = run(disagreeing(tmp_path, EARLIER_NONE, second), "1", "1", "2", "2", "1", "g")
    assert "Earlier you said none at all. Which is right?" not in output


def test_resumed_answers_are_not_asked_about_again(tmp_path: Path) -> None:
    answers = {"opioids": Chosen(("never",)), "medicine": Chosen(("taken",))}
    _, output = run(disagreeing(tmp_path), "1", "g", sheet=AnswerSheet(answers))
    assert ASK not in output


def test_resumed_answer_and_a_new_one_are_asked_about(tmp_path: Path) -> None:
    answers = {"alone": Chosen(("rarely",)), "opioids": Chosen(("never",))}
    _, output = run(disagreeing(tmp_path), "2", "3", "g", sheet=AnswerSheet(answers))
    assert ASK in output


ALONE_AND_OPIOIDS = """
  - id: alone-and-opioids
    questions: [alone, opioids]
    when: {alone: {at least: always}, opioids: {at least: some}}
    ask: Which is right?
"""


def test_page_waits_for_a_withholding_alert(tmp_path: Path) -> None:
    """The same answer raises the alert, so it is asked about only if the person goes on all the same."""
    questionnaire = disagreeing(tmp_path, ALONE_AND_OPIOIDS, withholds=True)
    sheet = AnswerSheet({"opioids": Chosen(("some",))})
    _, output = run(questionnaire, "3", "g", "f", sheet=sheet)
    assert "Which is right?" not in output
    _, output = run(questionnaire, "3", "g", "g", "1", "3", "1", "g", sheet=sheet)
    assert output.count("Which is right?") == 1
    assert output.index("Which is right?") > output.index("f = finish, g = keep going anyway: g")
