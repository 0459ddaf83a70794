"""A draft whose questions say something else now: they are asked again, and nothing else is."""

from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import InterviewQuit
from iop_fit.interview.session import run_interview
from iop_fit.storage.answer_files import dump_sheet
from iop_fit.storage.drafts import Draft, resume
from support import TESTS
from support.rewordings import LATER, Rewording, reworded, with_questions
from support.scripted import Script, calm_sheet

SMALL = iop_fit.load(TESTS / "questionnaires" / "valid" / "folder")
SHEET = calm_sheet(SMALL)
LATER_SMALL = with_questions(
    SMALL,
    {
        "sleep": reworded(SMALL.questions["sleep"], Rewording.ASK),
        "used": reworded(SMALL.questions["used"], Rewording.OPTION, 1),
        "pay": reworded(SMALL.questions["pay"], Rewording.WHY),
    },
    digest=LATER,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a draft of the old questions."""
    draft = tmp_path / "draft.json"
    draft.write_text(dump_sheet(SHEET.only({"sleep", "used", "pay", "words"}), SMALL))
    return draft


def resumed(path: Path, questionnaire: Questionnaire, *typed: str) -> tuple[AnswerSheet, list[str]]:
    script = Script("g", *typed)
    sheet = run_interview(
        questionnaire, script, Draft(questionnaire, path, path), resume(path, questionnaire), about=Audience.ME
    )
    return sheet, script.output


def test_resumed_draft_asks_reworded_questions_again(path: Path) -> None:
    sheet, output = resumed(path, LATER_SMALL, "2", "0", "1", "g")
    assert [line for line in output if "you started" in line or "saved answer" in line] == [
        "The questions have changed since you started this draft.",
        "2 saved answers no longer match the questions. We will ask again.",
    ]
    assert [line for line in output if "You answered" in line] == [
        f"Before, this asked: “{SMALL.questions['sleep'].ask}” You answered: “Good”",
        "The options have changed. You answered: “none of these”",
    ]
    assert sheet.answers["sleep"] == Chosen(("restless",))
    assert sheet.answers["pay"] == SHEET.answers["pay"]
    assert resume(path, LATER_SMALL).earlier == ()


def test_unchanged_draft_is_asked_nothing_again(path: Path) -> None:
    same = with_questions(SMALL, {"pay": reworded(SMALL.questions["pay"], Rewording.WHY)}, digest=LATER)
    begun = resume(path, same)
    assert (begun.earlier, begun.changed, {*begun.sheet.answers}) == ((), True, {"sleep", "used", "pay", "words"})


def test_draft_left_as_it_was_keeps_its_words(path: Path) -> None:
    """Nothing was answered, so saving would only lose what was answered in other words."""
    before = path.read_text()
    with pytest.raises(InterviewQuit):
        resumed(path, LATER_SMALL, "q")
    assert path.read_text() == before


def test_answers_behind_a_reworded_gate_are_kept(tmp_path: Path) -> None:
    gated = SHEET.with_answer("used", Chosen(("pills",))).with_answer("pills-daily", Chosen(("daily",)))
    gated = gated.with_answer("sleep", Chosen(("restless",)))  # good nights would contradict it
    draft = tmp_path / "draft.json"
    draft.write_text(dump_sheet(gated.only({"sleep", "used", "pills-daily"}), SMALL))
    later = with_questions(SMALL, {"used": reworded(SMALL.questions["used"], Rewording.ASK)}, digest=LATER)
    assert {*resume(draft, later).sheet.answers} == {"sleep", "pills-daily"}
    sheet, output = resumed(draft, later, "2", "1", "1", "Thanks.", "g")
    assert sheet.answers["pills-daily"] == Chosen(("daily",))
    assert not [line for line in output if "No longer asked" in line]


def test_note_to_other_words_can_be_kept(tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text(dump_sheet(SHEET.only({*SHEET.answers} - {"home-safe"}), SMALL))
    later = with_questions(SMALL, {"words": reworded(SMALL.questions["words"], Rewording.ASK)}, digest=LATER)
    sheet, output = resumed(draft, later, "1", "k", "g")
    assert sheet.answers["words"] == SHEET.answers["words"]
    asked = SMALL.questions["words"].ask
    assert f"Before, this asked: “{asked}” You answered: “Thank you.” Type k to keep it." in output
