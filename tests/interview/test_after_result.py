"""The keys below the result, with scripted input."""

from pathlib import Path

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import InterviewQuit
from iop_fit.interview.after_result import Action, after_result
from iop_fit.interview.screen import Line
from iop_fit.storage.drafts import Draft
from support.scripted import Script

KEYS = "p = page, f = full, q = done: "


def pressed(questionnaire: Questionnaire, *typed: str, in_sight: bool = False) -> tuple[list[str], list[str]]:
    """Return the actions that were run, and the output."""
    run: list[str] = []
    script = Script(*typed)
    actions = {"p": Action("page", lambda: run.append("page")), "f": Action("full", lambda: run.append("full"))}
    after_result(script, Draft(questionnaire), actions, (Line("First, call."),), in_sight=in_sight)
    return run, script.output


def test_keys_run_their_actions_until_done(questionnaire: Questionnaire) -> None:
    assert pressed(questionnaire, "f", "P ", "f", "q", "p")[0] == ["full", "page", "full"]


@pytest.mark.parametrize("typed", [("q",), ("Q",), ("quit",), ()], ids=["q", "Q", "quit", "end of input"])
def test_done_runs_nothing(questionnaire: Questionnaire, typed: tuple[str, ...]) -> None:
    assert pressed(questionnaire, *typed)[0] == []


def test_reminder_is_above_the_prompt_unless_the_result_is_in_sight(questionnaire: Questionnaire) -> None:
    assert pressed(questionnaire, "q")[1] == ["First, call.", f"{KEYS}q"]
    assert pressed(questionnaire, "f", "q", in_sight=True)[1] == [f"{KEYS}f", "First, call.", f"{KEYS}q"]


def test_other_keys_and_enter_do_nothing(questionnaire: Questionnaire) -> None:
    run, output = pressed(questionnaire, "", "1", "q", in_sight=True)
    assert run == []
    assert output == [f"{KEYS}", "Please type p, f or q.", f"{KEYS}1", "Please type p, f or q.", f"{KEYS}q"]


def test_x_deletes_the_draft_and_leaves(questionnaire: Questionnaire, tmp_path: Path) -> None:
    draft = Draft(questionnaire, tmp_path / "draft.json")
    (tmp_path / "draft.json").touch()
    script = Script("x")
    with pytest.raises(InterviewQuit):
        after_result(script, draft, {}, (), in_sight=True)
    assert script.wiped
