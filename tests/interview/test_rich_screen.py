"""Whole interviews in real terminals: the screen, the scrollback and the saved files."""

import json
import os
import signal
import sys
import termios
import time
from pathlib import Path
from typing import cast

import pexpect
import pytest
from rich.cells import cell_len

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.session import ANSWER
from iop_fit.storage.answer_files import dump_sheet
from iop_fit.text import wrap
from support import Run, restarted
from support.faults import WarmTerminal
from support.scripted import calm, calm_sheet, calm_without_notes, typed_for
from support.terminal_answers import to_the_end
from support.terminals import DRAWN, ESCAPE, MORE, Terminal, unlike, words

SIZES = [(40, 15), (80, 24), (200, 50)]
MODES = [(), ("--plain",)]
sizes = pytest.mark.parametrize(("columns", "rows"), SIZES)
modes = pytest.mark.parametrize("mode", MODES, ids=["rich", "plain"])

QUESTIONNAIRE = iop_fit.load()
FAST_HEART = typed_for(QUESTIONNAIRE.questions["now"], Chosen(("racing",)))
"""Typed at `now` to raise an alert that doesn't end the interview."""
FAST_HEART_TITLE = next(alert.title for alert in QUESTIONNAIRE.alerts if alert.id == "racing-after-stopping")
AT_HOME = typed_for(QUESTIONNAIRE.questions["home-safety"], Chosen(("yes-now",)))
"""Typed at `home-safety` to raise another one."""
AT_HOME_TITLE = next(alert.title for alert in QUESTIONNAIRE.alerts if alert.id == "home-safety-help")
PREGNANT = typed_for(QUESTIONNAIRE.questions["health"], Chosen(("pregnant",)))
"""Typed at `health` to be asked `prenatal`."""
MARKS, NO_MARKS = b"\x1b[?2004h", b"\x1b[?2004l"
"""Codes that have pasted text marked, and that end this."""
AT_ONCE = 6
"""Terminals opened ahead, so that each has started before its turn."""


def answers_in(path: Path) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(path.read_text())["answers"])


def public(questionnaire: Questionnaire, names: list[str]) -> list[str]:
    return [name for name in names if not questionnaire.questions[name].private]


def write_draft(questionnaire: Questionnaire, path: Path, count: int, **changed: Answer) -> None:
    """Write a draft of the first least-concern answers, without private ones."""
    answers = {**calm_sheet(questionnaire).answers, **changed}
    names = public(questionnaire, list(answers)[:count])
    path.write_text(dump_sheet(AnswerSheet({name: answers[name] for name in names}), questionnaire))


# 1. Everything in one interview


@sizes
@modes
def test_whole_interview_from_kill_to_page(  # noqa: PLR0915 - one story
    questionnaire: Questionnaire, tmp_path: Path, columns: int, rows: int, mode: tuple[str, ...]
) -> None:
    draft = tmp_path / "draft.json"
    typed = calm_without_notes(questionnaire)
    names = list(typed)
    health, mood = names.index("health"), names.index("mood")
    asked = {name: question.ask for name, question in questionnaire.questions.items()}

    def shows(terminal: Terminal, text: str) -> bool:
        """Whether a text is on the page, or was printed since the last line."""
        seen = terminal.since_typed() if mode else "\n".join(terminal.screen())
        return words(text) in words(seen)

    def answer(terminal: Terminal, *some: str, **instead: str) -> None:
        for name in some:
            assert shows(terminal, asked[name])
            terminal.type((typed | instead)[name])

    with Terminal(tmp_path, "--save", "draft.json", *mode, columns=columns, rows=rows) as terminal:
        terminal.prompted().type("1")
        answer(terminal, *names[:health])
        terminal.type(PREGNANT)
        answer(terminal, "prenatal", *names[health + 1 : mood], prenatal="1")
        assert "prenatal" in answers_in(draft)

        # Back across the section, to an answer that closes a gate.
        for name in reversed(["health", "prenatal", *names[health + 1 : mood]]):
            terminal.type("b")
            assert shows(terminal, asked[name])
        terminal.type("0")
        assert shows(terminal, f"No longer asked, so the answer was removed: {asked['prenatal']}")
        assert "prenatal" not in answers_in(draft)
        assert rows == 15 or shows(terminal, asked["mood"])  # a notice shows only the end of a long page

        # Why, and both keys to skip.
        terminal.type("?")
        assert shows(terminal, questionnaire.questions["mood"].why)
        for name, key, reason in zip(names[mood : mood + 2], "sd", SkipReason, strict=True):
            terminal.type(key)
            assert answers_in(draft)[name] == {"skipped": reason.value}
        home_safety = names.index("home-safety")
        answer(terminal, *names[mood + 2 : home_safety + 3])
        terminal.stop(signal.SIGKILL)
        assert terminal.end() == -signal.SIGKILL

    before = draft.read_bytes()
    assert list(answers_in(draft)) == public(questionnaire, names[: home_safety + 3])
    assert draft.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["draft.json"]

    with Terminal(tmp_path, "--resume", "draft.json", *mode, columns=columns, rows=rows) as terminal:
        terminal.prompted().type("g")
        assert draft.read_bytes() == before
        answer(terminal, "home-safety", *names[home_safety + 3 :])
        assert list(answers_in(draft)) == public(questionnaire, names)
        if not mode:
            page = words(terminal.whole_page())
            assert all(words(f"{number} {asked[name]}") in page for number, name in enumerate(names, 1))
            assert words("skipped (don't know)") in page
            assert words("skipped (rather not say)") in page
        terminal.type("2")
        assert shows(terminal, asked["age"])
        terminal.type("70")
        assert answers_in(draft)["age"] == 70
        terminal.type("g")
        assert not terminal.on_alternate()
        terminal.type("p", "page.md", "Ana María", "").last("q")
        assert terminal.end() == 0
        result = terminal.normal()
        assert words("Who to call, and what to say") in words(result)
        assert words("Written: page.md") in words(result)
        kept = "The answers are still saved in draft.json, except private ones."
        assert " ".join(result.split()).endswith(f"q = done: q {kept}")
    page = (tmp_path / "page.md").read_text()
    assert "Ana María" in page
    assert (tmp_path / "page.md").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.json", "page.md"]


@sizes
def test_page_fits_the_window_and_loses_nothing(
    questionnaire: Questionnaire, tmp_path: Path, columns: int, rows: int
) -> None:
    with Terminal(tmp_path, columns=columns, rows=rows) as terminal:
        terminal.prompted()
        for name, typed in (("", "1"), *calm_without_notes(questionnaire).items()):
            question = questionnaire.questions.get(name)
            *lines, _prompt = terminal.whole_page().split("\n")
            assert all(len(line.rstrip()) <= columns for line in lines)
            assert len(terminal.screen()) <= rows
            page = words("\n".join(lines))
            for text in [question.ask, *(option.label for option in question.offered)] if question else []:
                assert words(text) in page
            terminal.type(typed)


def test_question_is_drawn_on_the_alternate_screen(questionnaire: Questionnaire, tmp_path: Path) -> None:
    living, of = questionnaire.questions["living"], len(questionnaire.without_notes().questions)
    place = list(questionnaire.questions).index("living") + 1
    filled = round(20 * place / of)
    page = [
        next(section.title for section in questionnaire.sections if living in section.questions),
        f"Question {place} of {of}  {'█' * filled}{'░' * (20 - filled)}",
        "",
        *wrap(living.ask, 80),
        *(f"  {number}  {option.label}" for number, option in enumerate(living.options, 1)),
    ]
    write_draft(questionnaire, tmp_path / "draft.json", list(calm_without_notes(questionnaire)).index("living"))
    with Terminal(tmp_path, "--for", "me", "--resume", "draft.json") as terminal:
        terminal.prompted().type("g")
        assert terminal.screen() == [*page, ANSWER.strip()]
        assert terminal.on_alternate()
        assert terminal.normal() == ""
        terminal.type("")
        wrong = f"Please type one number from 1 to {len(living.options)}."
        keys = "Keys: b back, ? why, s skip, d don't know, r review, q quit, x quit right away."
        assert terminal.screen() == [*page, "", wrong, keys, ANSWER.strip()]
        terminal.type("?")
        assert terminal.screen() == [*page, "", *wrap(living.why, 80), keys, ANSWER.strip()]
        terminal.type("2", "b")
        kept = f"Answered so far: {living.options[1].label}. Type k to keep it."
        assert terminal.screen() == [*page, kept, ANSWER.strip()]


def test_long_question_on_a_small_screen_is_paged(questionnaire: Questionnaire, tmp_path: Path) -> None:
    now = questionnaire.questions["now"]
    with Terminal(tmp_path, "--for", "me", columns=40, rows=15) as terminal:
        terminal.prompted().type("g")
        assert len(terminal.screen()) <= 15
        assert terminal.screen()[-1].startswith(MORE)
        shown = words(terminal.whole_page())
        numbered = [f"{number} {option.label}" for number, option in enumerate(now.options, 1)]
        assert words(" ".join([now.ask, *numbered, "0 None of these"])) in shown
        assert len(terminal.screen()) <= 15


def test_alert_gets_its_own_page_at_once(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g", FAST_HEART)
        shown = [line for line in terminal.screen() if line]
        assert shown[0].startswith(f"╭─ {FAST_HEART_TITLE} ─")
        assert shown[-2].startswith("╰")
        assert shown[-1] == "g = keep going, b = change this answer:"
        assert "Question" not in "\n".join(shown)
        assert "Question 1 of" in terminal.type("b").screen()[1]
        assert "Question 2 of" in terminal.type("0").screen()[1]


# 2. No answer is made up, and none is lost


@modes
def test_enter_typed_ahead_answers_nothing(tmp_path: Path, mode: tuple[str, ...]) -> None:
    with Terminal(tmp_path, "--for", "me", *mode) as terminal:
        terminal.send("\r" * 20).prompted().type("g", "\r" * 19)
        terminal.send("0" + "\r" * 20).prompted()
        time.sleep(0.2)
        terminal.type("k").last("q").prompted().last("1")
        assert terminal.end() == 0
        assert "Question 2 of" in terminal.transcript()
        assert "Question 3 of" not in terminal.transcript()


@modes
def test_answers_typed_ahead_answer_one_question(tmp_path: Path, mode: tuple[str, ...]) -> None:
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", *mode) as terminal:
        terminal.send("g\r" + "1\r" * 20).prompted()
        assert not (tmp_path / "draft.json").exists()
        if "Type g" in terminal.since_typed():
            terminal.type("g")
        terminal.send("0\r" + "1\r" * 20).prompted()
        time.sleep(0.2)
        assert list(answers_in(tmp_path / "draft.json")) == ["now"]
        terminal.last("q").end()


def test_piped_input_asks_and_scores_nothing(run: Run, tmp_path: Path) -> None:
    done = run("assess", "--save", "draft.json", typed="1\n1\n")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("The input ended before the last question, so nothing was scored.\n")
    assert list(tmp_path.iterdir()) == []


@modes
def test_ended_input_keeps_the_draft_unscored(tmp_path: Path, mode: tuple[str, ...]) -> None:
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", *mode) as terminal:
        terminal.prompted().type("g", FAST_HEART, "g", "40").send("\x04")
        assert terminal.end() == 3
        assert list(answers_in(tmp_path / "draft.json")) == ["now", "age"]
        assert FAST_HEART_TITLE in terminal.normal()
        command = restarted("assess", "--resume", "draft.json")
        assert f"To continue later: {command}" in terminal.transcript()
        assert "nothing was scored" in terminal.normal()


@modes
@pytest.mark.parametrize("count", [0, 1, 20])
def test_closed_terminal_keeps_the_draft(
    questionnaire: Questionnaire, tmp_path: Path, count: int, mode: tuple[str, ...]
) -> None:
    typed = calm_without_notes(questionnaire)
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", *mode) as terminal:
        terminal.prompted().type("g", *list(typed.values())[:count])
        assert terminal.hang_up() == 129
    kept = answers_in(tmp_path / "draft.json") if (tmp_path / "draft.json").exists() else {}
    assert list(kept) == public(questionnaire, list(typed)[:count])
    assert len(list(tmp_path.iterdir())) == bool(count)


@modes
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signal_keeps_the_draft_and_repeats_alerts(
    tmp_path: Path, number: signal.Signals, status: int, mode: tuple[str, ...]
) -> None:
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", *mode) as terminal:
        terminal.prompted().type("g", FAST_HEART, "g")
        if number is signal.SIGINT:
            terminal.send("\x03")
        else:
            terminal.send("").stop(number)
        assert terminal.end() == status
        assert list(answers_in(tmp_path / "draft.json")) == ["now"]
        assert FAST_HEART_TITLE in terminal.since_typed()
        assert FAST_HEART_TITLE in terminal.normal()
        assert "Traceback" not in terminal.transcript()
        assert mode or "Question 2" not in terminal.normal()
        assert [path.name for path in tmp_path.iterdir()] == ["draft.json"]


def test_leaving_offers_to_save_and_says_how_to_resume(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g", FAST_HEART, "g", "q", "2").last("my draft.json")
        assert terminal.end() == 0
        assert FAST_HEART_TITLE in terminal.normal()
        assert "Your answers are saved in my draft.json" in terminal.normal()
        assert list(answers_in(tmp_path / "my draft.json")) == ["now"]


def test_draft_called_saved_exists(questionnaire: Questionnaire, tmp_path: Path) -> None:
    write_draft(questionnaire, tmp_path / "old.json", 3)
    with Terminal(tmp_path, "--resume", "old.json", "--save", "new.json") as terminal:
        terminal.prompted().type("g").last("q")
        assert terminal.end() == 0
        assert "Your answers are saved in new.json" in terminal.normal()
        assert list(answers_in(tmp_path / "new.json")) == list(calm_without_notes(questionnaire))[:3]


# 3. The same words in both modes


def test_both_modes_say_the_same(questionnaire: Questionnaire, tmp_path: Path) -> None:
    typed = calm_without_notes(questionnaire)
    names = list(typed)
    place, home_safety = names.index("health"), names.index("home-safety")
    values = list(typed.values())
    lines = ["", "9", "1", "?", FAST_HEART, "y", "g", "", "s", "b", "999", "d", values[2], "x1", *values[3:place]]
    lines += [PREGNANT, "1", "b", "b", "0", "r", "99", "b", *values[place + 1 :]]
    lines += ["500", str(home_safety + 1), AT_HOME, "g", "g"]
    lines += ["", "z", "p", "page.doc", "page.md", "", "0", "1", ""]
    pages: dict[tuple[str, ...], list[str]] = {}
    for mode in MODES:
        folder = tmp_path / "-".join(("mode", *mode))
        folder.mkdir()
        with Terminal(folder, *mode, columns=200, rows=50) as terminal:
            pages[mode] = [terminal.prompted().since_typed()]
            for line in lines:
                result_comes = terminal.since_typed().endswith("g = go to the result: ") and line == "g"
                terminal.type(line)
                shown = terminal.whole_page()
                # The modes render the result differently, but not the keys below it.
                below = result_comes or "p = page for your visit" in shown
                pages[mode].append(shown[shown.rindex("p = page for your visit") :] if below else shown)
            terminal.last("q").end()
            pages[mode].append(terminal.since_typed())
    rich, plain = pages[()], pages["--plain",]
    assert unlike(rich, plain) == {"x quit right away this clears the screen"}
    assert unlike(plain, rich) == {"x quit right away this can't clear the screen in this mode"}


@pytest.mark.parametrize(
    ("mode", "known"),
    [
        (("--plain",), {}),
        ((), {"term": "dumb"}),
        ((), {"term": None}),
        ((), {"IOP_FIT_PLAIN": "1"}),
    ],
    ids=["option", "dumb", "no TERM", "variable"],
)
def test_plain_mode_only_appends_plain_text(
    questionnaire: Questionnaire, tmp_path: Path, mode: tuple[str, ...], known: dict[str, str]
) -> None:
    with Terminal(tmp_path, "--for", "me", *mode, columns=40, rows=15, **known) as terminal:  # type: ignore[arg-type]
        terminal.prompted().type("g", FAST_HEART, "g")
        terminal.type(*list(calm_without_notes(questionnaire).values())[1:], "?", "g", "p", "page.md", "0", "").last(
            "q"
        )
        assert terminal.end() == 0
        text = terminal.transcript()
    if "term" not in known:  # all but a simple terminal
        assert text.startswith(MARKS.decode())
        assert text.endswith(NO_MARKS.decode())
        text = text.removeprefix(MARKS.decode()).removesuffix(NO_MARKS.decode())
    assert "\x1b" not in text
    assert "\r" not in text
    assert "\b" not in text
    assert not DRAWN.search(text)
    assert {letter for letter in text if not letter.isprintable()} == {"\n"}


@pytest.mark.parametrize("known", [{"term": "dumb"}, {"IOP_FIT_PLAIN": "1"}], ids=["dumb", "variable"])
def test_plain_mode_works_with_redirected_output(
    questionnaire: Questionnaire, tmp_path: Path, known: dict[str, str]
) -> None:
    target = tmp_path / "result.txt"
    with Terminal(tmp_path, "--for", "me", output=target, **known) as terminal:  # type: ignore[arg-type]
        to_the_end(terminal, questionnaire).type("g").last("q")
        assert terminal.end() == 0
        assert ESCAPE.findall(terminal.transcript()) == ([] if "term" in known else ["\x1b[?2004h", "\x1b[?2004l"])
    assert "Who to call, and what to say" in target.read_text()


def test_page_fits_the_window_with_redirected_output(questionnaire: Questionnaire, tmp_path: Path) -> None:
    target = tmp_path / "result.txt"
    with Terminal(tmp_path, "--for", "me", columns=40, rows=15, output=target) as terminal:
        terminal.prompted().type("g")
        assert terminal.screen()[0] == questionnaire.sections[0].title
        assert max(map(len, terminal.whole_page().split("\n"))) <= 40
        assert "\x1b" not in target.read_text()


@modes
def test_no_color_disables_colors(tmp_path: Path, mode: tuple[str, ...]) -> None:
    with Terminal(tmp_path, "--for", "me", *mode, NO_COLOR="1") as terminal:
        terminal.prompted().type("g", FAST_HEART)
        assert "\x1b[3" not in terminal.transcript().replace("\x1b[3J", "")


# 4. Leaving at once


def test_x_at_each_question_leaves_nothing(questionnaire: Questionnaire, tmp_path: Path) -> None:
    typed = calm_without_notes(questionnaire)
    names = list(typed)
    for first in range(0, len(names), AT_ONCE):
        counts = range(first, min(first + AT_ONCE, len(names)))
        for count in counts:
            path = tmp_path / f"{count}.json"
            write_draft(questionnaire, path, max(0, count - 1), now=Chosen(("racing",)))
        terminals = [
            WarmTerminal(tmp_path, "--for", "me", "--resume", f"{count}.json", "--save", f"new-{count}.json")
            for count in counts
        ]
        for count, terminal in zip(counts, terminals, strict=True):
            with terminal:
                terminal.prompted().type("g")
                if "home-safety" in names[: max(0, count - 1)]:
                    terminal.type("1")
                if count == 1:
                    terminal.type(FAST_HEART, "g")
                elif count:
                    terminal.type(typed[names[count - 1]])
                assert words(questionnaire.questions[names[count]].ask) in words("\n".join(terminal.screen()))
                assert (tmp_path / f"new-{count}.json").exists() or not count
                terminal.last("x")
                assert terminal.end() == 0
                assert not terminal.on_alternate()
                assert terminal.normal() == ""
                assert bytes(terminal.raw).endswith(b"\x1b[2K\x1b[H\x1b[3J" + NO_MARKS)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "typed",
    [[], ["1"], ["1", FAST_HEART], ["1", "0", "r"], ["1", "3"], ["1", "3", "g"], ["1", "0", "?"]],
    ids=["first page", "question", "alert", "review", "emergency", "enough", "why"],
)
def test_x_works_on_every_page(tmp_path: Path, typed: list[str]) -> None:
    with Terminal(tmp_path, "--save", "draft.json") as terminal:
        terminal.prompted().type(*typed).last("x")
        assert terminal.end() == 0
        assert terminal.normal() == ""
        assert b"\x1b[3J" in terminal.raw
        assert list(tmp_path.iterdir()) == []


def test_x_works_on_the_leave_page(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g", FAST_HEART, "g", "q").last("x")
        assert terminal.end() == 0
        assert terminal.normal() == ""
        assert b"\x1b[3J" in terminal.raw


def test_x_prints_no_file_name(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g", "0", "q", "2").last("x")
        assert terminal.end() == 0
        assert list(tmp_path.iterdir()) == []


def test_x_after_the_result_wipes_it(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json") as terminal:
        to_the_end(terminal, questionnaire).type("g").last("x")
        assert terminal.end() == 0
        assert terminal.normal() == ""
        assert b"\x1b[3J" in terminal.raw
        assert list(tmp_path.iterdir()) == []


def test_x_in_plain_mode_deletes_drafts_silently(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", "--plain") as terminal:
        terminal.prompted().type("g", FAST_HEART, "g").last("x")
        assert terminal.end() == 0
        assert terminal.since_typed() == ""
        assert list(tmp_path.iterdir()) == []


# The window


def test_resize_draws_the_page_again(questionnaire: Questionnaire, tmp_path: Path) -> None:
    now = questionnaire.questions["now"]
    with Terminal(tmp_path, "--for", "me") as terminal:
        wide = terminal.prompted().type("g").screen()
        narrow = terminal.resize(40, 30).screen()
        assert max(map(len, narrow)) <= 40
        shown = words("\n".join(narrow))
        assert all(words(option.label) in shown for option in now.options)
        assert terminal.resize(80, 24).screen() == wide
        terminal.resize(40, 10)
        assert MORE in " ".join(terminal.screen())


def test_shrinking_the_window_loses_no_line(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g").resize(40, 15)
        seen = terminal.whole_page()
        labels = [f"{number} {option.label}" for number, option in enumerate(questionnaire.questions["now"].options, 1)]
        assert words(" ".join(labels)) in words(seen)
        assert "Please" not in seen


def test_growing_the_window_keeps_the_page(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", columns=40, rows=15) as terminal:
        terminal.prompted().type("g").resize(80, 40)
        whole = terminal.screen()
        assert whole[-1] == ANSWER.strip()
        terminal.type("")
        assert terminal.screen()[: len(whole) - 1] == whole[:-1]


def test_enter_at_the_end_pages_from_the_top(questionnaire: Questionnaire, tmp_path: Path) -> None:
    """With a notice, a long page opens at its end; Enter returns to its start."""
    with Terminal(tmp_path, "--for", "me", columns=40, rows=15) as terminal:
        terminal.prompted().type("g", "99")
        seen = ""
        for _ in range(3):
            terminal.type("")
            seen += "\n".join(terminal.screen())
        assert words(questionnaire.questions["now"].ask) in words(seen)


def test_many_resizes_at_once_do_no_harm(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g")
        for _ in range(300):
            terminal.stop(signal.SIGWINCH)
        terminal.resize(60, 30)
        time.sleep(0.1)
        terminal.prompted().type("0")
        assert "Question 2 of" in terminal.screen()[1]


def test_ctrl_z_without_a_shell_stops_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:  # as in a window without a shell
        asked = terminal.prompted().type("g", "0").screen()
        terminal.send("\x1a").prompted()
        assert terminal.screen() == asked
        terminal.type("40")
        assert "Question 3 of" in terminal.screen()[1]


def test_many_resizes_without_a_reader_lose_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        terminal.prompted().type("g", "0")
        for number in range(400):
            termios.tcsetwinsize(terminal.keys, (24, 60 + number % 40))
            time.sleep(0.005)
        terminal.resize(80, 24)
        assert "Question 2 of" in terminal.prompted().screen()[1]
        terminal.type("40")
        assert "Question 3 of" in terminal.screen()[1]


def test_ctrl_z_hides_the_page_until_foreground(tmp_path: Path) -> None:
    environment = {**os.environ, "TERM": "xterm-256color", "PS1": "SHELL$ "}
    options = ["--norc", "--noprofile", "--noediting", "-i"]
    shell = pexpect.spawn("/bin/bash", options, cwd=tmp_path, env=environment, encoding="utf-8", timeout=10)
    with shell:
        shell.expect_exact("SHELL$ ")
        shell.sendline(f"{sys.executable} -m iop_fit assess --for me")
        for typed in ("g", "0"):
            shell.expect_exact("Answer: " if typed == "0" else "begin: ")
            shell.sendline(typed)
        shell.expect_exact("How old are you?")
        shell.expect_exact("Answer: ")
        shell.send("\x1a")
        shell.expect_exact("\x1b[?1049l")
        shell.expect_exact("SHELL$ ")
        assert "How old" not in shell.before
        shell.sendline("bg")
        assert shell.expect_exact(["How old", pexpect.TIMEOUT], timeout=1) == 1
        assert "\x1b[?1049h" not in shell.before
        shell.sendline("fg")
        shell.expect_exact("\x1b[?1049h")
        shell.expect_exact("How old are you?")
        shell.expect_exact("Answer: ")
        shell.sendline("40")
        shell.expect_exact("Question 3 of")
        shell.expect("(?i)answer: ")  # a long page stops halfway
        shell.sendline("x")
        shell.expect_exact("SHELL$ ")


@sizes
@modes
def test_wide_characters_fit_the_window(
    questionnaire: Questionnaire, tmp_path: Path, columns: int, rows: int, mode: tuple[str, ...]
) -> None:
    note = "酒をやめたい。家族のために。" * 4 + " 🙂🍺👩‍👩‍👧 ok " + "é" * 30
    with Terminal(tmp_path, "--for", "me", "--export", "page.md", *mode, columns=columns, rows=rows) as terminal:
        *most, _ = calm(questionnaire).values()
        terminal.prompted().type("g", *most).type(note)
        seen = terminal.whole_page()
        *lines, _prompt = seen.split("\n")
        assert max(cell_len(line.rstrip()) for line in lines) <= columns
        assert "".join(note.split()) in "".join(seen.split())


@modes
def test_prompts_wrap_at_words(tmp_path: Path, mode: tuple[str, ...]) -> None:
    with Terminal(tmp_path, "--for", "me", *mode, columns=40, rows=15) as terminal:
        terminal.prompted().type("g")
        assert terminal.widest() <= 40
        terminal.type("0", "r")
        assert terminal.widest() <= 40


# What remains afterwards


def test_private_leaves_nothing_of_the_result(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", "--private") as terminal:
        to_the_end(terminal, questionnaire).type("g")
        assert terminal.on_alternate()
        assert "Who to call, and what to say" in terminal.whole_page()
        terminal.last("q")
        assert terminal.end() == 0
        assert not terminal.on_alternate()
        assert terminal.normal() == ""
    assert list(tmp_path.iterdir()) == []


def test_private_result_stays_until_q(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", "--private", rows=250) as terminal:
        result = to_the_end(terminal, questionnaire).type("g").screen()
        assert terminal.type("", "anything else").screen() == result
        terminal.last("q")
        assert (terminal.end(), terminal.normal()) == (0, "")


def test_x_after_a_private_result_clears_scrollback(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", "--private") as terminal:
        to_the_end(terminal, questionnaire).type("g").last("x")
        assert terminal.end() == 0
        assert bytes(terminal.raw).endswith(b"\x1b[2K\x1b[H\x1b[3J" + NO_MARKS)


@pytest.mark.parametrize("more", [["--export", "page.md"], ["--save", "draft.json"], ["--plain"], ["--format", "json"]])
def test_private_refuses_other_outputs(run: Run, tmp_path: Path, more: list[str]) -> None:
    assert run("assess", "--private", *more).returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_private_needs_a_terminal_that_can_clear(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--private", term="dumb") as terminal:
        assert terminal.end() == 2


@modes
@pytest.mark.parametrize("included", [False, True])
def test_home_safety_is_on_the_page_only_after_yes(
    questionnaire: Questionnaire, tmp_path: Path, included: bool, mode: tuple[str, ...]
) -> None:
    typed = calm_without_notes(questionnaire)
    names = list(typed)
    rest = names[names.index("home-safety") + 1 :]
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", *mode) as terminal:
        terminal.prompted().type("g", *(typed[name] for name in names[: names.index("home-safety")]))
        terminal.type(AT_HOME, "g", *(typed[name] for name in rest), "g", "p", "page.md", "0")
        assert "Should the page show your answer about safety at home?" in terminal.since_typed()
        terminal.type("", "2" if included else "1", "").last("q")
        assert terminal.end() == 0
        assert AT_HOME_TITLE in terminal.normal()
    page, draft = (tmp_path / "page.md").read_text(), (tmp_path / "draft.json").read_text()
    assert (AT_HOME_TITLE in page) is included
    assert "home-safety" not in draft
    assert "yes-now" not in draft


def test_home_safety_is_not_offered_when_unanswered(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me") as terminal:
        to_the_end(terminal, questionnaire).type("g", "p", "page.md", "0", "").last("q")
        assert terminal.end() == 0
        assert "safety at home" not in terminal.since_typed()


# Drafts


def test_resumed_draft_drops_misfits_and_says_so(questionnaire: Questionnaire, tmp_path: Path) -> None:
    draft = tmp_path / "draft.json"
    names = list(calm_without_notes(questionnaire))
    write_draft(questionnaire, draft, 10)
    whole = json.loads(draft.read_text())
    whole["digest"] = "0" * 64
    whole["answers"] |= {"age": "ancient", "no-such-question": "yes", "prenatal": "1"}
    draft.write_text(json.dumps(whole))
    with Terminal(tmp_path, "--resume", "draft.json") as terminal:
        shown = words("\n".join(terminal.prompted().screen()))
        assert words("2 saved answers no longer match the questions. We will ask again.") in shown
        assert words("1 saved answer is left out: its question is no longer asked.") in shown
        assert "Question 2 of" in terminal.type("g").screen()[1]
        terminal.type("40")
        assert words(questionnaire.questions[names[10]].ask) in words("\n".join(terminal.screen()))
        assert list(answers_in(draft)) == names[:10]


def test_resumed_draft_keeps_skipped_questions(questionnaire: Questionnaire, tmp_path: Path) -> None:
    write_draft(questionnaire, tmp_path / "draft.json", 3, age=Skipped(SkipReason.DONT_KNOW))
    fourth = questionnaire.questions[list(calm_without_notes(questionnaire))[3]]
    with Terminal(tmp_path, "--resume", "draft.json") as terminal:
        assert words(fourth.ask) in words("\n".join(terminal.prompted().type("g").screen()))


@pytest.mark.parametrize(
    "text", ['{"questionnaire": "another", "answers": {}}', '{"questionnaire": ', "", "[1]", "\udcff"]
)
def test_draft_of_another_questionnaire_is_refused(tmp_path: Path, text: str) -> None:
    draft = tmp_path / "draft.json"
    draft.write_bytes(text.encode(errors="surrogateescape"))
    before = draft.read_bytes()
    with Terminal(tmp_path, "--resume", "draft.json") as terminal:
        assert terminal.end() == 4
        assert "Who is this for?" not in terminal.transcript()
        assert "Traceback" not in terminal.transcript()
        assert draft.read_bytes() == before


def test_existing_file_is_no_draft_without_force(tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text("old")
    with Terminal(tmp_path, "--save", "draft.json") as terminal:
        assert terminal.end() == 4
        assert "This file already exists" in terminal.normal()
        assert (tmp_path / "draft.json").read_text() == "old"
    with Terminal(tmp_path, "--for", "me", "--save", "draft.json", "--force") as terminal:
        terminal.prompted().type("g", "0")
        assert list(answers_in(tmp_path / "draft.json")) == ["now"]


@pytest.mark.parametrize("option", ["--save", "--export"])
@modes
def test_existing_target_is_refused_before_asking(tmp_path: Path, option: str, mode: tuple[str, ...]) -> None:
    """Wherever it is among the targets, and before any question."""
    (tmp_path / "there.json").write_text("old")
    with Terminal(tmp_path, "--export", "page.md", option, "there.json", *mode) as terminal:
        assert terminal.end() == 4
        assert terminal.transcript() == (
            "there.json: This file already exists and was not changed.\n"
            "  Choose another name, or add --force to replace it.\n"
        )
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"there.json": "old"}


def test_unwritable_draft_is_reported_not_called_saved(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Terminal(tmp_path, "--for", "me", "--save", "folder/draft.json") as terminal:
        terminal.prompted().type("g")
        folder.rmdir()
        terminal.type("0")
        assert words("The answers could not be saved in folder/draft.json") in words("\n".join(terminal.screen()))
        terminal.type("q").last("1")
        assert terminal.end() == 0
        assert "Your answers are saved in" not in terminal.normal()


def test_unwritable_draft_can_be_saved_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Terminal(tmp_path, "--for", "me", "--save", "folder/draft.json") as terminal:
        terminal.prompted().type("g")
        folder.rmdir()
        terminal.type("0", "q", "2").last("answers.json")
        assert terminal.end() == 0
        assert "Your answers are saved in answers.json, except private ones." in terminal.normal()
    assert list(answers_in(tmp_path / "answers.json")) == ["now"]


# The note, asked with the page


@modes
def test_note_is_asked_with_the_page_and_survives_a_failed_write(
    questionnaire: Questionnaire, tmp_path: Path, mode: tuple[str, ...]
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    with Terminal(tmp_path, "--for", "me", *mode) as terminal:
        to_the_end(terminal, questionnaire).type("g", "p", "folder/page.md")
        folder.rmdir()
        terminal.type("0", "I can start on Monday.")
        assert words("The folder folder does not exist") in words(terminal.since_typed())
        terminal.type("p", "page.md", "0").last("q")
        assert terminal.end() == 0
        assert "Nothing was saved." not in terminal.normal()
    assert "I can start on Monday." in (tmp_path / "page.md").read_text()


def test_interview_without_a_page_says_that_nothing_was_saved(questionnaire: Questionnaire, tmp_path: Path) -> None:
    asked = next(each.ask for each in questionnaire.questions.values() if each.optional)
    with Terminal(tmp_path, "--for", "me") as terminal:
        to_the_end(terminal, questionnaire).type("g", "p", "0").last("q")
        assert terminal.end() == 0
        seen = words(ESCAPE.sub("", terminal.transcript()))
    assert words("No page was written.") in seen
    assert seen.endswith(words("Nothing was saved."))
    assert words(asked) not in seen
    assert list(tmp_path.iterdir()) == []
