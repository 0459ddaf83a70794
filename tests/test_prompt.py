"""The interview against a scripted person: what is asked, said and kept."""

import pytest

from iop_fit.answers import Answer, AnswerSheet, Chosen, Skipped, SkipReason, Written
from iop_fit.blocks import Callout
from iop_fit.errors import IopFitError, Left
from iop_fit.interview import next_question
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


def calm_sheet(questionnaire: Questionnaire, about: Audience = Audience.ME) -> AnswerSheet:
    """Answer each question that is asked with what is of least concern."""
    sheet = AnswerSheet(about=about)
    while question := next_question(questionnaire, sheet):
        match question.kind:
            case Kind.NOTE:
                sheet = sheet.with_answer(question.id, Written("Thank you."))
            case Kind.SEVERAL:
                sheet = sheet.with_answer(question.id, Chosen(()))
            case _:
                sheet = sheet.with_answer(question.id, Chosen((question.options[0].id,)))
    return sheet


def typed_for(answer: Answer) -> str:
    match answer:
        case Written(text):
            return text
        case Chosen(()):
            return "0"
        case _:
            return "1"


def calm(questionnaire: Questionnaire, about: Audience = Audience.ME) -> dict[str, str]:
    """What somebody calm types at each question, in order."""
    return {name: typed_for(answer) for name, answer in calm_sheet(questionnaire, about).answers.items()}


def run(questionnaire: Questionnaire, script: Script) -> AnswerSheet:
    return interview(questionnaire, script, Audience.ME)


def test_interview_returns_what_was_typed(questionnaire: Questionnaire) -> None:
    assert run(questionnaire, Script(*calm(questionnaire).values())) == calm_sheet(questionnaire)


def test_interview_asks_first_whom_it_is_for(questionnaire: Questionnaire) -> None:
    script = Script("", "3", "2", *calm(questionnaire, Audience.SOMEONE).values())
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
    assert script.said.count(f"Question 2 of {len(questionnaire.questions)}") == 1
    assert "Please type one number from 1 to 3, or b, ?, s or q." in script.said


@pytest.mark.parametrize("typed", ["", "0 1", "13", "1 13", "1 x", "-1"])
def test_what_is_not_a_list_of_numbers_answers_nothing(questionnaire: Questionnaire, typed: str) -> None:
    script = Script(typed, "q")
    with pytest.raises(Left):
        run(questionnaire, script)
    assert "Please type numbers from 1 to 12, like: 1 3. Or 0 for none of these." in script.said
    assert script.alerts == []


def test_several_numbers_are_taken_in_any_order_and_with_commas(questionnaire: Questionnaire) -> None:
    script = Script("0", "1", "5, 1,5", *list(calm(questionnaire).values())[3:])
    assert run(questionnaire, script).answers["where"] == Chosen(("home", "jail"))


def test_skip_asks_for_the_reason_and_back_takes_it_back(questionnaire: Questionnaire) -> None:
    script = Script("0", "s", "b", "s", "4", "2", *list(calm(questionnaire).values())[2:])
    assert run(questionnaire, script).answers["age"] == Skipped(SkipReason.DONT_KNOW)
    assert "Please type 1, 2 or 3, or b for back." in script.said


def test_why_is_told_without_answering(questionnaire: Questionnaire) -> None:
    script = Script("?", "q")
    with pytest.raises(Left):
        run(questionnaire, script)
    assert questionnaire.questions["now"].why.me in script.said


def test_back_keeps_what_was_answered(questionnaire: Questionnaire) -> None:
    script = Script("0", "2", "b", "k", *list(calm(questionnaire).values())[2:])
    assert run(questionnaire, script).answers["age"] == Chosen(("older",))
    assert "Answered so far: 65 or older. Type k to keep it." in script.said


def test_back_at_the_first_question_says_so(questionnaire: Questionnaire) -> None:
    script = Script("b", "k", *calm(questionnaire).values())
    run(questionnaire, script)
    assert "This is the first question." in script.said


def test_an_answer_that_hides_a_question_drops_its_answer_and_says_so(questionnaire: Questionnaire) -> None:
    """`prenatal` is asked only after `pregnancy`; going back and changing that takes the answer out."""
    place = list(calm(questionnaire)).index("pregnancy")
    answers = list(calm(questionnaire).values())
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
    script = Script("3", "b", *calm(questionnaire).values())
    assert run(questionnaire, script).answers["now"] == Chosen(())


def test_an_alert_is_not_shown_twice(questionnaire: Questionnaire) -> None:
    script = Script("3", "g", "g", *list(calm(questionnaire).values())[1:])
    run(questionnaire, script)
    assert script.alerts == ["Call 911 now"]


def test_under_18_only_what_is_needed_is_asked(questionnaire: Questionnaire) -> None:
    needed = ("now", "ending-life", "ever-tried", "hurting-someone")
    answers = {"now": "0", "age": "3"}
    typed = []
    for name, answer in calm(questionnaire).items():
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
    answers = list(calm(questionnaire).values())
    for number in range(len(answers)):
        with pytest.raises(IopFitError) as raised:
            run(questionnaire, Script(*answers[:number]))
        assert [problem.code for problem in raised.value.problems] == ["input-ended"]
