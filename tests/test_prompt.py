"""The interview against a scripted person: what is asked, said and kept."""

from collections.abc import Iterator

import pytest

from iop_fit.answers import AnswerSheet, Chosen, Skipped, SkipReason, Written
from iop_fit.blocks import Callout
from iop_fit.errors import IopFitError, Left
from iop_fit.prompt import interview
from iop_fit.question import Audience, Kind
from iop_fit.questionnaire import Questionnaire


class Script:
    """A screen on which a scripted person types; it remembers what was said, in order."""

    def __init__(self, *typed: str) -> None:
        self.typed = iter(typed)
        self.said: list[str] = []
        self.alerts: list[str] = []

    def say(self, text: str = "", *, mark: str = "", strong: bool = False) -> None:
        del strong
        self.said.append(mark + text)

    def alert(self, callout: Callout) -> None:
        self.alerts.append(callout.title)
        self.said.append(f"! {callout.title}: {callout.text}")

    def ask(self, prompt: str) -> str | None:
        typed = next(self.typed, None)
        self.said.append(f"{prompt}{typed}")
        return typed


def calm(questionnaire: Questionnaire, about: Audience = Audience.ME) -> Iterator[str]:
    """Type the answer of least concern to each question that is asked of somebody calm."""
    for question in questionnaire.questions.values():
        if not question.gate and not (question.private and about is Audience.SOMEONE):
            yield {Kind.SEVERAL: "0", Kind.NOTE: "Thank you."}.get(question.kind, "1")


def run(questionnaire: Questionnaire, script: Script) -> AnswerSheet:
    return interview(questionnaire, script, Audience.ME)


def test_interview_returns_what_was_typed(questionnaire: Questionnaire) -> None:
    sheet = run(questionnaire, Script(*calm(questionnaire)))
    assert sheet == AnswerSheet(
        {
            question.id: Written("Thank you.")
            if question.kind is Kind.NOTE
            else Chosen(() if question.kind is Kind.SEVERAL else (question.options[0].id,))
            for question in questionnaire.questions.values()
            if not question.gate
        }
    )


def test_interview_asks_first_whom_it_is_for(questionnaire: Questionnaire) -> None:
    script = Script("", "3", "2", *calm(questionnaire, Audience.SOMEONE))
    sheet = interview(questionnaire, script)
    assert sheet.about is Audience.SOMEONE
    assert script.said.count("Please type 1 or 2, or q to leave.") == 2
    assert "home-safety" not in sheet.answers
    assert questionnaire.questions["now"].ask.someone in script.said


@pytest.mark.parametrize("typed", ["", " ", "0", "4", "-1", "1 2", "x1", "1.5", "²", "1" * 400, "none"])
def test_what_is_not_an_answer_answers_nothing(questionnaire: Questionnaire, typed: str) -> None:
    script = Script("0", typed, "1", "q")
    with pytest.raises(Left):
        run(questionnaire, script)
    assert script.said.count("Question 2 of 45") == 1
    assert "Please type one number from 1 to 3, or b, ?, s or q." in script.said


@pytest.mark.parametrize("typed", ["", "0 1", "13", "1 13", "1 x", "-1"])
def test_what_is_not_a_list_of_numbers_answers_nothing(questionnaire: Questionnaire, typed: str) -> None:
    script = Script(typed, "q")
    with pytest.raises(Left):
        run(questionnaire, script)
    assert "Please type numbers from 1 to 12, like: 1 3. Or 0 for none of these." in script.said
    assert script.alerts == []


def test_several_numbers_are_taken_in_any_order_and_with_commas(questionnaire: Questionnaire) -> None:
    script = Script("0", "1", "5, 1,5", *list(calm(questionnaire))[3:])
    assert run(questionnaire, script).answers["where"] == Chosen(("home", "jail"))


def test_skip_asks_for_the_reason_and_back_takes_it_back(questionnaire: Questionnaire) -> None:
    script = Script("0", "s", "b", "s", "4", "2", *list(calm(questionnaire))[2:])
    assert run(questionnaire, script).answers["age"] == Skipped(SkipReason.DONT_KNOW)
    assert "Please type 1, 2 or 3, or b for back." in script.said


def test_why_is_told_without_answering(questionnaire: Questionnaire) -> None:
    script = Script("?", "q")
    with pytest.raises(Left):
        run(questionnaire, script)
    assert questionnaire.questions["now"].why.me in script.said


def test_back_keeps_what_was_answered(questionnaire: Questionnaire) -> None:
    script = Script("0", "2", "b", "k", *list(calm(questionnaire))[2:])
    assert run(questionnaire, script).answers["age"] == Chosen(("older",))
    assert "Answered so far: 65 or older. Type k to keep it." in script.said


def test_back_at_the_first_question_says_so(questionnaire: Questionnaire) -> None:
    script = Script("b", "k", *calm(questionnaire))
    run(questionnaire, script)
    assert "This is the first question." in script.said


def test_an_answer_that_hides_a_question_drops_its_answer_and_says_so(questionnaire: Questionnaire) -> None:
    """`prenatal` is asked only after `pregnancy`; going back and changing that takes the answer out."""
    before = [name for name, question in questionnaire.questions.items() if not question.gate]
    place = before.index("pregnancy")
    answers = list(calm(questionnaire))
    script = Script(*answers[:place], "1", "1", "b", "b", "0", *answers[place + 1 :])
    sheet = run(questionnaire, script)
    assert "prenatal" not in sheet.answers
    asked = questionnaire.questions["prenatal"].ask.me
    assert f"Not asked any more, so its answer was taken out: “{asked}”" in script.said


def test_an_alert_shows_the_moment_its_answer_is_given(questionnaire: Questionnaire) -> None:
    script = Script("3", "x", "g", "f")
    sheet = run(questionnaire, script)
    assert script.alerts == ["Call 911 now"]
    assert sheet.answers == {"now": Chosen(("chest-pain",))}
    answered = script.said.index("Answer: 3")
    shown = next(place for place, said in enumerate(script.said) if said.startswith("! Call 911 now"))
    assert script.said[answered + 1 : shown] == [""]


def test_an_answer_given_by_a_slip_can_be_changed_at_the_alert(questionnaire: Questionnaire) -> None:
    script = Script("3", "b", *calm(questionnaire))
    assert run(questionnaire, script).answers["now"] == Chosen(())


def test_an_alert_is_not_shown_twice(questionnaire: Questionnaire) -> None:
    script = Script("3", "g", "g", *list(calm(questionnaire))[1:])
    run(questionnaire, script)
    assert script.alerts == ["Call 911 now"]


def test_under_18_only_what_is_needed_is_asked(questionnaire: Questionnaire) -> None:
    needed = ("now", "ending-life", "ever-tried", "hurting-someone")
    answers = {"now": "0", "age": "3"}
    order = [name for name, question in questionnaire.questions.items() if not question.gate]
    typed = []
    for name, answer in zip(order, calm(questionnaire), strict=True):
        typed.append(answers.get(name, answer))
        if name == "age":
            typed.append("g")
        if name == "hurting-someone":
            break
    sheet = run(questionnaire, Script(*typed, "f"))
    assert all(name in sheet.answers for name in needed)
    assert "mood" not in sheet.answers


def test_leaving_shows_the_raised_alerts_again(questionnaire: Questionnaire) -> None:
    script = Script("3", "g", "g", "q")
    with pytest.raises(Left):
        run(questionnaire, script)
    assert script.alerts == ["Call 911 now", "Call 911 now"]
    assert script.said[-1] == "Nothing was scored or kept. For numbers at any time: iop-fit lines"


def test_input_that_ends_is_never_scored(questionnaire: Questionnaire) -> None:
    answers = list(calm(questionnaire))
    for number in range(len(answers)):
        with pytest.raises(IopFitError) as raised:
            run(questionnaire, Script(*answers[:number]))
        assert [problem.code for problem in raised.value.problems] == ["input-ended"]
