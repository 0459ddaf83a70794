"""Faults during an interview: no answer is lost, and the person sees where they are saved."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import cast

import pytest

import iop_fit
from iop_fit.cli import app, asking
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview import session
from iop_fit.interview.pages import question_page
from iop_fit.storage.answer_files import dump_sheet
from support import DAY, ROOT
from support.faults import WarmTerminal
from support.scripted import calm, calm_sheet, calm_without_notes, typed_for
from support.terminals import Terminal, words

ENDS = {
    "SIGINT": 130,
    "SIGTERM": 143,
    "SIGHUP": 129,
    "SIGQUIT": 131,
    "SIGKILL": -9,
    "end of input": 3,
    "closed terminal": 129,
}
"""What may interrupt a question, and the exit status."""
AT_EVERY_QUESTION = [how for how in ENDS if how != "SIGQUIT"]  # it ends like the other signals


FAST_HEART = typed_for(iop_fit.load().questions["now"], Chosen(("racing",)))
"""Typed at `now` to raise an alert that doesn't end the interview."""


class Panic(BaseException):
    """An error of native code, which isn't an `Exception`."""


def public(questionnaire: Questionnaire, names: list[str]) -> list[str]:
    return [name for name in names if not questionnaire.questions[name].private]


def answers_in(path: Path) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(path.read_text())["answers"])


def write_draft(questionnaire: Questionnaire, path: Path, count: int) -> bytes:
    answers = calm_sheet(questionnaire).answers
    names = public(questionnaire, list(answers)[:count])
    path.write_text(dump_sheet(AnswerSheet({name: answers[name] for name in names}), questionnaire))
    return path.read_bytes()


def end(terminal: Terminal, how: str) -> int:
    if how == "closed terminal":
        return terminal.hang_up()
    if how == "end of input":
        terminal.send("\x04")
    else:
        terminal.stop(signal.Signals[how])
    return terminal.end()


# At every question


@pytest.mark.parametrize("how", AT_EVERY_QUESTION)
def test_interruption_keeps_every_earlier_answer(
    questionnaire: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(asking, "load", lambda _: questionnaire)  # loaded once for all runs
    typed = calm_without_notes(questionnaire)
    names = list(typed)
    folder = tmp_path / "folder"
    folder.mkdir()
    for count, name in enumerate(names):
        write_draft(questionnaire, folder / "draft.json", count)
        with WarmTerminal(folder, "--for", "me", "--resume", "draft.json", "--plain") as terminal:
            terminal.prompted().type("g")
            if "home-safety" in names[:count]:
                terminal.type("1")
            terminal.type(typed[name])
            assert end(terminal, how) == ENDS[how], name
            assert "Traceback" not in terminal.transcript()
            if how not in ("SIGKILL", "closed terminal"):
                assert words("Your answers are saved in draft.json") in words(terminal.transcript()) or ENDS[how] == 3
        assert list(answers_in(folder / "draft.json")) == public(questionnaire, names[: count + 1])
        assert [path.name for path in folder.iterdir()] == ["draft.json"]


@pytest.mark.parametrize("how", ENDS)
def test_interruption_without_a_draft_leaves_no_file(questionnaire: Questionnaire, tmp_path: Path, how: str) -> None:
    for count in (0, 1, 20):
        with WarmTerminal(tmp_path, "--for", "me", "--export", "page.md") as terminal:
            terminal.prompted().type("g", *list(calm_without_notes(questionnaire).values())[:count])
            assert end(terminal, how) == ENDS[how]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "closed terminal"])
def test_second_signal_does_not_disturb_the_exit(questionnaire: Questionnaire, tmp_path: Path, how: str) -> None:
    with WarmTerminal(tmp_path, "--for", "me", "--save", "draft.json") as terminal:
        terminal.prompted().type("g", *list(calm_without_notes(questionnaire).values())[:3])
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
            os.kill(terminal.pid, number)
        assert end(terminal, how) in {130, 143, 129, 131}
    assert list(answers_in(tmp_path / "draft.json")) == list(calm_without_notes(questionnaire))[:3]


def test_signal_ignored_by_the_parent_stays_ignored(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", before=("/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh")) as terminal:
        terminal.prompted().type("g")
        terminal.send("").stop(signal.SIGHUP)
        terminal.send("0\r").prompted()
        assert "How old are you?" in "\n".join(terminal.screen())


def test_ctrl_c_ignored_by_the_parent_stays_ignored(tmp_path: Path) -> None:
    ignoring = ("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh", sys.executable, "-m", "iop_fit")
    os.mkfifo(tmp_path / "answers")
    with subprocess.Popen([*ignoring, "assess", "--answers", "answers"], cwd=tmp_path, stderr=subprocess.PIPE) as run:
        with (tmp_path / "answers").open("w") as answers:  # opens when the command reads
            run.send_signal(signal.SIGINT)
            answers.write("nonsense")
        assert run.communicate(timeout=10)[1].startswith(b"answers:1:1: ")
    assert run.returncode == 4


# Two processes


def test_draft_in_use_is_refused_until_released(questionnaire: Questionnaire, tmp_path: Path) -> None:
    typed = list(calm_without_notes(questionnaire).values())
    write_draft(questionnaire, tmp_path / "draft.json", 3)
    with WarmTerminal(tmp_path, "--for", "me", "--resume", "draft.json") as first:
        first.prompted().type("g", typed[3])
        for arguments in (("--resume", "draft.json"), ("--save", "draft.json", "--force")):
            with WarmTerminal(tmp_path, *arguments) as second:
                assert second.end() == 4
                assert second.transcript() == (
                    "draft.json: Another iop-fit process is using this file.\n"
                    "  Finish that interview first, or save these answers to another file.\n"
                )
        first.type(typed[4])
        first.stop(signal.SIGKILL)
        first.end()
    with WarmTerminal(tmp_path, "--for", "me", "--resume", "draft.json") as third:
        third.prompted().type("g", typed[5])
    assert list(answers_in(tmp_path / "draft.json")) == list(calm_without_notes(questionnaire))[:6]


def test_two_processes_never_share_a_new_draft(tmp_path: Path) -> None:
    with (
        WarmTerminal(tmp_path, "--for", "me", "--save", "draft.json") as first,
        WarmTerminal(tmp_path, "--for", "me", "--save", "draft.json") as second,
    ):
        second.prompted().type("g")
        first.prompted().type("g", "0")
        before = (tmp_path / "draft.json").read_bytes()
        second.type("0", "17")
        assert words("The answers could not be saved in draft.json: This file already exists") in words(
            "\n".join(second.screen())
        )
        assert (tmp_path / "draft.json").read_bytes() == before
        second.type("g", "q", "2").last("mine.json")
        assert second.end() == 0
        first.type("40").last("q")
        assert first.end() == 0
    assert answers_in(tmp_path / "draft.json") == {"now": [], "age": 40}
    assert answers_in(tmp_path / "mine.json") == {"now": [], "age": 17}


def test_x_keeps_the_draft_of_another_process(tmp_path: Path) -> None:
    with WarmTerminal(tmp_path, "--for", "me", "--save", "draft.json") as terminal:
        terminal.prompted().type("g")
        (tmp_path / "draft.json").write_text("of another run")
        terminal.type("0").last("x")
        assert terminal.end() == 0
    assert (tmp_path / "draft.json").read_text() == "of another run"


def test_draft_changed_by_others_is_left_alone(questionnaire: Questionnaire, tmp_path: Path) -> None:
    write_draft(questionnaire, tmp_path / "draft.json", 3)
    with WarmTerminal(tmp_path, "--for", "me", "--resume", "draft.json") as terminal:
        terminal.prompted().type("g")
        (tmp_path / "draft.json").write_text("an editor's")
        terminal.type("1")
        assert words("Another program changed this file, so it was not replaced.") in words(
            "\n".join(terminal.screen())
        )
        terminal.type("q", "2").last("mine.json")
        assert terminal.end() == 0
    assert (tmp_path / "draft.json").read_text() == "an editor's"
    assert list(answers_in(tmp_path / "mine.json")) == list(calm_without_notes(questionnaire))[:4]


def test_draft_that_a_sync_client_touched_is_ours(questionnaire: Questionnaire, tmp_path: Path) -> None:
    """After an upload, a sync client sets the time of the file, or puts an equal copy in its place."""
    draft = tmp_path / "draft.json"
    with WarmTerminal(tmp_path, "--for", "me", "--save", "draft.json") as terminal:
        terminal.prompted().type("g", "0")
        os.utime(draft, (1, 1))
        terminal.type("40")
        (tmp_path / "copy").write_bytes(draft.read_bytes())
        (tmp_path / "copy").replace(draft)
        terminal.type("1").last("q")
        assert terminal.end() == 0
        assert "could not be saved" not in terminal.transcript()
    assert list(answers_in(draft)) == list(calm_without_notes(questionnaire))[:3]


def test_finished_draft_is_still_on_disk(tmp_path: Path) -> None:
    starter = ROOT / "src" / "iop_fit" / "cli" / "starter.yaml"
    before = write_draft(iop_fit.load(starter), tmp_path / "draft.json", 9)
    with WarmTerminal(tmp_path, "--questions", str(starter), "--for", "me", "--resume", "draft.json") as terminal:
        terminal.prompted().type("g", "g").last("q")
        assert terminal.end() == 0
        assert terminal.normal().splitlines()[-1] == "Still on disk: draft.json."
    assert (tmp_path / "draft.json").read_bytes() == before


def test_draft_deleted_meanwhile_is_rewritten(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with WarmTerminal(tmp_path, "--for", "me", "--save", "draft.json") as terminal:
        terminal.prompted().type("g", "0")
        (tmp_path / "draft.json").unlink()
        terminal.type("1")
        assert list(answers_in(tmp_path / "draft.json")) == list(calm_without_notes(questionnaire))[:2]


def test_linked_draft_is_refused_before_asking(questionnaire: Questionnaire, tmp_path: Path) -> None:
    write_draft(questionnaire, tmp_path / "draft.json", 3)
    (tmp_path / "link.json").symlink_to("draft.json")
    with WarmTerminal(tmp_path, "--resume", "link.json") as terminal:
        assert terminal.end() == 4
        assert "This is a link, so it was not overwritten." in terminal.transcript()


# After the last question


def test_unwritable_page_loses_no_answers(questionnaire: Questionnaire, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with WarmTerminal(tmp_path, "--for", "me", "--export", "folder/page.md", "--plain") as terminal:
        terminal.prompted().type("g", *calm(questionnaire).values())
        folder.rmdir()
        terminal.type("g")
        assert "Who to call, and what to say" in terminal.transcript()
        assert words("The folder folder does not exist") in words(terminal.transcript())
        assert "iop-fit can't finish. Save your answers and continue later?" in terminal.transcript()
        terminal.type("2").last("answers.json")
        assert terminal.end() == 4
    with WarmTerminal(tmp_path, "--for", "me", "--resume", "answers.json", "--export", "page.md") as terminal:
        terminal.prompted().type("g", "1", "g").last("q")
        assert terminal.end() == 0
    assert (tmp_path / "page.md").exists()


@pytest.mark.parametrize("kind", [ValueError, Panic])
def test_internal_error_loses_no_answers(
    questionnaire: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    fourth = list(calm_without_notes(questionnaire))[3]

    def mistaken(*given: object) -> object:
        if cast("Question", given[1]).id == fourth:
            raise kind(given)
        return question_page(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "question_page", mistaken)
    with WarmTerminal(tmp_path, "--for", "me", "--plain") as terminal:
        terminal.prompted().type("g", *list(calm_without_notes(questionnaire).values())[:3])
        assert "iop-fit hit an internal error." in terminal.since_typed()
        terminal.type("2").last("answers.json")
        assert terminal.end() == 70
        assert "iop-fit hit an internal error at" in terminal.since_typed()
        assert "Traceback" not in terminal.transcript()
    assert list(answers_in(tmp_path / "answers.json")) == list(calm_without_notes(questionnaire))[:3]


def test_unwritable_page_names_the_saved_draft(questionnaire: Questionnaire, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with WarmTerminal(
        tmp_path, "--for", "me", "--save", "draft.json", "--export", "folder/page.md", "--plain"
    ) as terminal:
        terminal.prompted().type("g", *calm(questionnaire).values())
        folder.rmdir()
        terminal.last("g")
        assert terminal.end() == 4
        assert "Your answers are saved in draft.json, except private ones." in terminal.transcript()


def test_private_never_offers_a_file(tmp_path: Path) -> None:
    with WarmTerminal(tmp_path, "--for", "me", "--private") as terminal:
        terminal.prompted()
        assert "save your answers" not in "\n".join(terminal.screen())
        assert "Nothing is saved." in "\n".join(terminal.screen())
        terminal.type("g", FAST_HEART, "g", "q")
        assert "save" not in "\n".join(terminal.screen())
        terminal.last("1")
        assert terminal.end() == 0
        assert terminal.normal() == "Nothing was saved.\nFor phone numbers at any time: iop-fit hotlines"


def test_impossible_file_name_is_asked_for_again(tmp_path: Path) -> None:
    """Ctrl-@ types a null character, which ends a name for the system."""
    (tmp_path / "old.json").write_text("old")
    with WarmTerminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g", "0", "q", "2", "old.json\0", "2", "x" * 300, "2", "none/new.json", "2")
        terminal.last("\0new\0.json")
        assert terminal.end() == 0
    assert answers_in(tmp_path / "new.json") == {"now": []}
    assert (tmp_path / "old.json").read_text() == "old"


# The clock


@pytest.mark.parametrize("today", [date.min, date(1970, 1, 1), DAY, date.max])
def test_any_clock_day_gives_a_readable_result(
    questionnaire: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: date
) -> None:
    days = iter([today, date(2000, 1, 1), date(1999, 12, 31)])  # it jumps at each call

    class Clock(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return next(days)

    monkeypatch.setattr(app, "date", Clock)
    write_draft(questionnaire, tmp_path / "draft.json", 45)
    os.utime(tmp_path / "draft.json", (0, 2**33))
    with WarmTerminal(tmp_path, "--for", "me", "--resume", "draft.json", "--export", "page.json") as terminal:
        terminal.prompted().type("g", "1", "g").last("q")
        assert terminal.end() == 0
    assert json.loads((tmp_path / "page.json").read_text())["assessed_on"] == today.isoformat()
