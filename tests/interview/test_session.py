"""The interview with scripted input: questions, output and saved answers."""

import os
from itertools import chain
from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason, Written
from iop_fit.domain.assessment import EarlierReply, Uncounted
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import InterviewQuit, IopFitError
from iop_fit.interview.keys import KEYS
from iop_fit.interview.session import ANSWER, run_interview
from iop_fit.loading.loader import load
from iop_fit.storage.drafts import Draft, ResumedDraft, resume
from support import TESTS
from support.scripted import Script, calm, calm_sheet, typed_for


def all_calm(questionnaire: Questionnaire, about: Audience = Audience.ME, *, after: int = 0) -> list[str]:
    """Return the input that answers the rest with least concern, from a question to the last review."""
    return [*list(calm(questionnaire, about).values())[after:], "g"]


def run(questionnaire: Questionnaire, script: Script) -> AnswerSheet:
    script.typed = chain("g", script.typed)
    return run_interview(questionnaire, script, Draft(questionnaire), about=Audience.ME)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """Return a questionnaire with a ranked question, `alone`, and a note, `words`."""
    path = tmp_path_factory.mktemp("small") / "small.yaml"
    note = "      - {id: words, kind: note, ask: What else?, why: It helps to plan., dimension: 6}\n\nalerts:"
    path.write_text((TESTS / "questionnaires" / "valid" / "minimal.yaml").read_text().replace("\nalerts:", note))
    return load(path)


def test_interview_returns_what_was_typed(questionnaire: Questionnaire) -> None:
    assert run(questionnaire, Script(*all_calm(questionnaire))) == calm_sheet(questionnaire)


def test_interview_first_asks_who_it_is_for(questionnaire: Questionnaire) -> None:
    script = Script("", "3", "2", *all_calm(questionnaire, Audience.SOMEONE))
    sheet = run_interview(questionnaire, script, Draft(questionnaire))
    assert sheet.about is Audience.SOMEONE
    assert script.output.count("Please type 1 or 2, or q to quit.") == 2
    assert "home-safety" not in sheet.answers
    assert questionnaire.worded_for(Audience.SOMEONE).questions["now"].ask in script.output


@pytest.mark.parametrize("typed", ["", " ", "0", "4", "-1", "1 2", "x1", "1.5", "²", "1" * 400, "none"])
def test_invalid_text_is_no_answer(small: Questionnaire, typed: str) -> None:
    script = Script(typed, "1", "x1", "g")
    sheet = run(small, script)
    assert sheet.answers["alone"] == Chosen(("rarely",))
    assert script.output.count(f"Question 1 of {len(small.questions)}") == 1
    assert "Please type one number from 1 to 3." in script.output


@pytest.mark.parametrize("typed", ["", " ", "-1", "121", "30 40", "x1", "²", "1" * 400, "often"])
def test_invalid_number_is_no_answer(questionnaire: Questionnaire, typed: str) -> None:
    script = Script("0", typed, "40", "q")
    with pytest.raises(InterviewQuit):
        run(questionnaire, script)
    assert script.output.count(f"Question 2 of {len(questionnaire.questions)}") == 1
    assert "Please type one number from 0 to 120, such as 34." in script.output


@pytest.mark.parametrize("typed", ["", "0 1", "99", "1 99", "1 x", "-1"])
def test_invalid_list_of_numbers_is_no_answer(questionnaire: Questionnaire, typed: str) -> None:
    script = Script(typed, "q")
    with pytest.raises(InterviewQuit):
        run(questionnaire, script)
    last = len(questionnaire.questions["now"].options)
    assert f"Please type numbers from 1 to {last}, like: 1 3. Or 0 alone for none of these." in script.output
    assert script.alerts == []


def test_numbers_work_in_any_order_and_with_commas(questionnaire: Questionnaire) -> None:
    place = list(calm(questionnaire)).index("health")
    first, second, *_ = questionnaire.questions["health"].options
    answers = all_calm(questionnaire)
    script = Script(*answers[:place], "2, 1,2", "g", *answers[place + 1 :])
    assert run(questionnaire, script).answers["health"] == Chosen((first.id, second.id))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("s", SkipReason.RATHER_NOT_SAY),
        ("Skip", SkipReason.RATHER_NOT_SAY),
        ("rather  not say", SkipReason.RATHER_NOT_SAY),
        ("d", SkipReason.DONT_KNOW),
        ("Dont know", SkipReason.DONT_KNOW),
        ("don't know", SkipReason.DONT_KNOW),
        ("don\N{RIGHT SINGLE QUOTATION MARK}t know", SkipReason.DONT_KNOW),
    ],
)
def test_skip_keys_and_words_skip_at_once(small: Questionnaire, typed: str, reason: SkipReason) -> None:
    assert run(small, Script(typed, "x1", "done", "g")).answers["alone"] == Skipped(reason)


def test_words_for_keys_work_at_a_question(small: Questionnaire) -> None:
    script = Script("why", "Review", "back", "2", "b", "back", "1", "x1", "g")
    sheet = run(small, script)
    assert sheet.answers == {"alone": Chosen(("often",)), "words": Written("x1")}
    why = script.output.index(small.questions["alone"].why)
    assert script.output[why + 1] == KEYS.text
    assert script.output.count("Your answers so far") == 2
    assert "Who is this for?" in script.output


def test_word_quit_leaves_at_a_question(small: Questionnaire) -> None:
    with pytest.raises(InterviewQuit):
        run(small, Script("quit"))


@pytest.mark.parametrize("typed", ["skip", "back", "Don't know", "quit", "review", "why"])
def test_words_for_keys_are_text_in_a_note(small: Questionnaire, typed: str) -> None:
    assert run(small, Script("1", typed, "g")).answers["words"] == Written(typed)


def test_letters_are_keys_in_a_note(small: Questionnaire) -> None:
    script = Script("1", "b", "2", "?", "D", "g")
    sheet = run(small, script)
    assert sheet.answers == {"alone": Chosen(("often",)), "words": Skipped(SkipReason.DONT_KNOW)}
    assert small.questions["words"].why in script.output


def test_question_mark_shows_why_without_answering(questionnaire: Questionnaire) -> None:
    script = Script("?", "q")
    with pytest.raises(InterviewQuit):
        run(questionnaire, script)
    assert questionnaire.questions["now"].why in script.output


def test_start_page_repeats_which_key_begins(questionnaire: Questionnaire) -> None:
    script = Script("begin", "g", *all_calm(questionnaire))
    assert run_interview(questionnaire, script, Draft(questionnaire), about=Audience.ME) == calm_sheet(questionnaire)
    assert "Type g and press Enter to begin, or q to quit." in script.output


def test_review_changes_an_answer_from_any_question(questionnaire: Questionnaire) -> None:
    script = Script("0", "40", "r", "2", "70", *all_calm(questionnaire, after=2))
    assert run(questionnaire, script).answers["age"] == Chosen(("older",), 70)


def test_back_keeps_the_answers(questionnaire: Questionnaire) -> None:
    script = Script("0", "70", "b", "k", *all_calm(questionnaire, after=2))
    assert run(questionnaire, script).answers["age"] == Chosen(("older",), 70)
    assert "Answered so far: 70 years old. Type k to keep it." in script.output


def test_back_at_first_question_asks_who_it_is_for(questionnaire: Questionnaire) -> None:
    """What was answered in the other wording is asked again."""
    script = Script("0", "b", "b", "2", *all_calm(questionnaire, Audience.SOMEONE))
    assert run(questionnaire, script) == calm_sheet(questionnaire, Audience.SOMEONE)
    assert "1 question will be asked again in other words." in script.output
    asked = questionnaire.questions["now"].ask
    assert f"Before, this asked: “{asked}” You answered: “none of these”" in script.output


def test_closing_a_gate_drops_the_answer_and_says_so(questionnaire: Questionnaire) -> None:
    """`prenatal` depends on `health`; changing that answer removes this one."""
    place = list(calm(questionnaire)).index("health")
    answers = all_calm(questionnaire)
    pregnant = typed_for(questionnaire.questions["health"], Chosen(("pregnant",)))
    script = Script(*answers[:place], pregnant, "1", "b", "b", "0", *answers[place + 1 :])
    sheet = run(questionnaire, script)
    assert "prenatal" not in sheet.answers
    asked = questionnaire.questions["prenatal"].ask
    assert f"No longer asked, so the answer was removed: “{asked}”" in script.output


def test_alert_shows_right_after_its_answer(questionnaire: Questionnaire) -> None:
    chest_pain = typed_for(questionnaire.questions["now"], Chosen(("collapse",)))
    script = Script(chest_pain, "z", "g", "f")
    sheet = run(questionnaire, script)
    assert script.alerts == ["Call 911 now"]
    assert sheet.answers == {"now": Chosen(("collapse",))}
    answered = script.output.index(f"{ANSWER}{chest_pain}")
    shown = next(place for place, line in enumerate(script.output) if line.startswith("! Call 911 now"))
    assert script.output[answered + 1 : shown] == []


def test_alert_lets_the_answer_be_changed(questionnaire: Questionnaire) -> None:
    script = Script("3", "b", *all_calm(questionnaire))
    assert run(questionnaire, script).answers["now"] == Chosen(())


def test_alert_is_not_shown_twice(questionnaire: Questionnaire) -> None:
    script = Script("3", "g", "g", *all_calm(questionnaire, after=1))
    run(questionnaire, script)
    assert script.alerts == ["Call 911 now"]


def test_under_18_asks_only_what_is_needed(questionnaire: Questionnaire) -> None:
    needed = ("now", "thoughts", "tried")
    answers = {"now": "0", "age": "17"}
    typed = []
    for name, answer in calm(questionnaire).items():
        typed.append(answers.get(name, answer))
        if name == "age":
            typed.append("g")
        if name == needed[-1]:
            break
    script = Script(*typed, "yes", "f")
    sheet = run(questionnaire, script)
    assert "Please type f or g, or q to quit." in script.output
    assert all(name in sheet.answers for name in needed)
    assert "mood" not in sheet.answers


def test_under_18_ends_when_no_question_is_left(questionnaire: Questionnaire) -> None:
    begun = calm_sheet(questionnaire).with_answer("age", Chosen(("under-18",), 17))
    script = Script("g")
    sheet = run_interview(questionnaire, script, Draft(questionnaire), ResumedDraft(begun, (), Audience.ME))
    assert sheet == begun
    assert not any("no more questions are needed" in line for line in script.output)


def test_leaving_shows_the_raised_alerts_again(questionnaire: Questionnaire) -> None:
    script = Script("3", "g", "g", "q")
    with pytest.raises(InterviewQuit):
        run(questionnaire, script)
    assert script.alerts == ["Call 911 now", "Call 911 now"]
    assert script.output[-1] == "For phone numbers at any time: iop-fit hotlines"
    assert "Nothing was saved." in script.output


def test_ended_input_is_not_scored(questionnaire: Questionnaire) -> None:
    answers = all_calm(questionnaire)
    for number in range(len(answers)):
        with pytest.raises(IopFitError) as raised:
            run(questionnaire, Script(*answers[:number]))
        assert [problem.code for problem in raised.value.problems] == ["input-ended"]


def test_one_letter_keys_work_in_upper_case(questionnaire: Questionnaire) -> None:
    place = list(calm(questionnaire)).index("mood")
    answers = all_calm(questionnaire)
    script = Script(*answers[:place], "2", "B", "K", "S", "R", "B", *answers[place + 2 :])
    sheet = run(questionnaire, script)
    assert sheet.answers["mood"] == Chosen((questionnaire.questions["mood"].options[1].id,))
    assert sheet.answers["mind"] == Skipped(SkipReason.RATHER_NOT_SAY)


def test_review_numbers_answers_for_changing_them(questionnaire: Questionnaire) -> None:
    typed = [*all_calm(questionnaire)[:-1], "2", "70", "g"]
    script = Script(*typed)
    assert run(questionnaire, script).answers["age"] == Chosen(("older",), 70)
    assert "  2  How old are you?" in script.output
    assert script.output.count("Your answers so far") == 2


def test_review_says_if_a_skipped_answer_matters(questionnaire: Questionnaire) -> None:
    """A thought of suicide raises an alert; without use, a low mood raises nothing."""
    skipped = {"thoughts": "d", "mood": "s"}
    typed = [skipped.get(name, answer) for name, answer in calm(questionnaire).items()]
    script = Script(*typed, "g")
    run(questionnaire, script)
    said = [line.strip() for line in script.output if line.strip().startswith("skipped (")]
    assert said == ["skipped (don't know). Answering it could change the result", "skipped (rather not say)"]


def test_x_wipes_and_deletes_the_drafts(questionnaire: Questionnaire, tmp_path: Path) -> None:
    resumed, kept = tmp_path / "resumed.json", tmp_path / "kept.json"
    resumed.write_text("{}")
    script = Script("g", "0", "x")
    with pytest.raises(InterviewQuit):
        run_interview(questionnaire, script, Draft(questionnaire, kept, resumed), about=Audience.ME)
    assert script.wiped
    assert f"  x  quit right away: this clears the screen and deletes {kept} and {resumed}" in script.output
    assert list(tmp_path.iterdir()) == []
    assert not any(line.startswith("!") for line in script.output)


def test_x_empties_and_names_an_undeletable_file(
    questionnaire: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.json"
    script = Script("g", "0", "x")

    def refuse(path: Path) -> None:
        if path.exists():
            raise PermissionError

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(InterviewQuit):
        run_interview(questionnaire, script, Draft(questionnaire, kept), about=Audience.ME)
    assert script.output[-1] == f"This file could not be deleted: {kept}"
    assert kept.read_bytes() == b""


def test_draft_holds_all_but_private_answers(questionnaire: Questionnaire, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    script = Script("g", *all_calm(questionnaire))
    sheet = run_interview(questionnaire, script, Draft(questionnaire, kept), about=Audience.ME)
    begun = resume(kept, questionnaire)
    private = {name for name, question in questionnaire.questions.items() if question.private}
    assert begun == ResumedDraft(sheet.only(set(sheet.answers) - private), (), Audience.ME)
    assert kept.stat().st_mode & 0o777 == 0o600


def unknown(*names: str) -> tuple[EarlierReply, ...]:
    return tuple(EarlierReply(name, Uncounted.MISFIT) for name in names)


def test_resumed_interview_asks_only_open_questions(questionnaire: Questionnaire) -> None:
    begun = calm_sheet(questionnaire).only(set(calm_sheet(questionnaire).answers) - {"home-safety", "age"})
    script = Script("g", "18", "1", "g")
    sheet = run_interview(
        questionnaire,
        script,
        Draft(questionnaire),
        ResumedDraft(begun, unknown("age", "home-safety", "mood"), Audience.ME),
    )
    assert sheet == calm_sheet(questionnaire)
    assert "3 saved answers no longer match the questions. We will ask again." in script.output


def test_leaving_offers_to_save_the_answers(questionnaire: Questionnaire, tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.write_text("old")
    script = Script("0", "q", "9", "2", str(there), "2", str(tmp_path / "new.json"))
    with pytest.raises(InterviewQuit):
        run(questionnaire, script)
    assert there.read_text() == "old"
    assert resume(tmp_path / "new.json", questionnaire).sheet == AnswerSheet({"now": Chosen(())})
    assert f"To continue later: iop-fit assess --resume {tmp_path / 'new.json'}" in script.output


def test_draft_of_own_questions_is_resumed_with_them(questionnaire: Questionnaire) -> None:
    draft = Draft(questionnaire, Path("my draft.json"), questions=Path("mine.yaml"))
    assert draft.resume_command == "iop-fit assess --questions mine.yaml --resume 'my draft.json'"


def test_draft_of_changed_questions_says_so(questionnaire: Questionnaire, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text(
        '{"questionnaire": "program-fit", "digest": "sha256:0", "for": "someone",'
        ' "answers": {"now": [], "age": "ancient", "gone": "yes", "home-safety": "none"}}'
    )
    begun = resume(kept, questionnaire)
    earlier = tuple(EarlierReply(name, Uncounted.WORDLESS) for name in ("now", "age", "gone", "home-safety"))
    assert begun == ResumedDraft(AnswerSheet(about=Audience.SOMEONE), earlier, Audience.SOMEONE, changed=True)
    script = Script("g", "q", "1")
    with pytest.raises(InterviewQuit):
        run_interview(questionnaire, script, Draft(questionnaire), begun)
    assert "The questions have changed since you started this draft." in script.output
    assert "3 saved answers no longer match the questions. We will ask again." in script.output
    assert "1 saved answer is left out: its question is no longer asked." in script.output


def test_leaving_names_a_draft_where_nothing_fits(questionnaire: Questionnaire, tmp_path: Path) -> None:
    old = tmp_path / "old.json"
    old.write_text('{"questionnaire": "program-fit", "for": "me", "answers": {"gone": "yes"}}')
    script = Script("g", "q")
    with pytest.raises(InterviewQuit):
        run_interview(questionnaire, script, Draft(questionnaire, old), resume(old, questionnaire))
    assert f"Still on disk: {old}." in script.output
    assert "gone" in old.read_text()


def test_leaving_can_be_canceled(questionnaire: Questionnaire) -> None:
    script = Script("0", "q", "3", *all_calm(questionnaire, after=1))
    assert run(questionnaire, script) == calm_sheet(questionnaire)
