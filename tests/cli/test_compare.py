"""`iop-fit compare`: whole outputs in every drawn format."""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pexpect
import pytest
from rich.cells import cell_len

from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Outline
from iop_fit.outline.comparison import comparison_of
from iop_fit.report.formats import draw, draw_on_screen
from iop_fit.report.registry import DRAWN, REPORTS
from iop_fit.report.to_json import to_json
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult
from iop_fit.text import join
from support import DAY, ROOT, TESTS
from support.changed_questions import LOWER_THRESHOLDS, OPTION_RENAMED, QUESTION_ADDED, QUESTION_GONE, changed
from support.example_results import private_title, read
from support.html_pages import Page
from support.refused_results import FILES, NO_FOLDER, NOT_A_RESULT, NOT_JSON, QUESTIONNAIRE, refusals, saved
from support.sentence_checks import check
from support.side_by_side import QUESTIONS, Case, Command, Done, run_side_by_side
from support.unruly_text import HOSTILE, invisible_characters

LATER = date(2026, 4, 6)
COMPARISONS = TESTS / "comparisons"
SUFFIXES = {name: REPORTS[name].suffix for name in DRAWN}


def opened(text: str) -> SavedResult:
    return load_result(text, "result.json", QUESTIONNAIRE)


def compared(old: str, new: str, questionnaire: Questionnaire = QUESTIONNAIRE) -> Outline:
    """Return the comparison of two saved results for files, without private answers."""
    before, after = (load_result(text, "result.json", questionnaire).public() for text in (old, new))
    return comparison_of(difference_of(before, after))


def on_screen(outline: Outline, *, plain: bool = False) -> str:
    return draw_on_screen(outline, width=80, color=False, plain=plain)


SPRING, AUTUMN = saved("everyday-drinking"), saved("steady-home", on=LATER)
CHANGE = compared(SPRING, AUTUMN)
TITLE = json.loads(SPRING)["direction"]["title"]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    made = Command(tmp_path)
    made.write("old.json", SPRING)
    made.write("new.json", AUTUMN)
    return made


def compare(command: Command, *arguments: str, given: str = "") -> Done:
    return command("compare", "old.json", "new.json", *arguments, given=given)


# Every format


def test_compare_says_what_changed(command: Command) -> None:
    assert compare(command) == Done(0, "", on_screen(CHANGE))


def test_compare_plain_matches_its_golden_file(command: Command) -> None:
    done = compare(command, "--plain")
    assert done == Done(0, "", on_screen(CHANGE, plain=True))
    golden = (COMPARISONS / "everyday-drinking to steady-home.txt").read_text()
    assert re.sub(r"sha256:\w{12}…", "sha256:…", done.stdout) == golden


@pytest.mark.parametrize("kind", [each for each in DRAWN if each != "pdf"])
def test_compare_prints_every_drawn_format(command: Command, kind: str) -> None:
    assert compare(command, "--format", kind) == Done(0, "", draw(CHANGE, kind).decode())


def test_compare_writes_pdf_bytes(command: Command) -> None:
    arguments = [sys.executable, "-m", "iop_fit", "compare", "old.json", "new.json", "--format", "pdf", "--paper", "a4"]
    done = subprocess.run(arguments, capture_output=True, check=False, cwd=command.folder)
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", draw(CHANGE, "pdf", paper="a4"))


def test_compare_refuses_pdf_on_a_terminal(command: Command) -> None:
    arguments = ["-m", "iop_fit", "compare", "old.json", "new.json", "--format", "pdf"]
    terminal = pexpect.spawn(sys.executable, arguments, cwd=command.folder, encoding="utf-8")
    said = terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2
    message = "a PDF can't be shown on a terminal: use --export page.pdf"
    assert said.endswith(f"Error: Invalid value for --format: {message}\r\n")


def test_compare_writes_every_drawn_file(command: Command) -> None:
    exports = [part for suffix in SUFFIXES.values() for part in ("--export", f"change{suffix}")]
    written = "".join(f"Written: change{suffix}\n" for suffix in SUFFIXES.values())
    assert compare(command, *exports, "--paper", "a4") == Done(0, written, on_screen(CHANGE))
    for kind, suffix in SUFFIXES.items():
        path = command.folder / f"change{suffix}"
        assert path.read_bytes() == draw(CHANGE, kind, paper="a4")
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("names", [("-", "new.json"), ("old.json", "-")])
def test_compare_reads_one_result_from_stdin(command: Command, names: tuple[str, str]) -> None:
    given = SPRING if names[0] == "-" else AUTUMN
    assert command("compare", *names, given=given) == Done(0, "", on_screen(CHANGE))


# What changed


def test_compare_with_itself_says_nothing_changed(command: Command) -> None:
    done = command("compare", "old.json", "old.json")
    assert done == Done(0, "", on_screen(compared(SPRING, SPRING)))
    said = " ".join(done.stdout.split())
    for sentence in (
        "What you changed: nothing. The answers are the same.",
        "Both results are scored with today's questions.",
        "No alert is new, and none is gone.",
        "No area changed.",
        "No answer changed.",
        "Both results answer the same questions.",
    ):
        assert sentence in said


def test_compare_scores_old_results_with_new_questions(command: Command) -> None:
    later = changed(command.folder / "questions", LOWER_THRESHOLDS, QUESTION_GONE, QUESTION_ADDED, OPTION_RENAMED)
    done = command("compare", "new.json", "old.json", "--questions", "questions")
    assert done == Done(0, "", on_screen(compared(AUTUMN, SPRING, later)))
    assert "\nWhat you changed: " in done.stdout
    assert "The questions have changed since both files were made." in " ".join(done.stdout.split())
    assert "Today's questions: program-fit, version 9.9.9" in done.stdout


# Private answers


def both_private(command: Command) -> tuple[str, str]:
    """Write two results that differ only in private answers."""
    sheet = read(ROOT / "examples" / "not-safe-at-home.yaml", QUESTIONNAIRE).sheet
    silent = sheet.with_answer("home-safety", Skipped(SkipReason.RATHER_NOT_SAY))
    texts = [to_json(assess(QUESTIONNAIRE, each, on=DAY, include_private=True)) for each in (silent, sheet)]
    command.write("old.json", texts[0])
    command.write("new.json", texts[1])
    return texts[0], texts[1]


@pytest.mark.parametrize("kind", ["text", "plain", "markdown", "html"])
def test_compare_writes_no_private_answer_to_files(command: Command, kind: str) -> None:
    public = compared(*both_private(command))
    done = compare(command, "--format", kind, "--export", "page.txt")
    expected = on_screen(public) if kind == "text" else draw(public, kind).decode()
    assert done == Done(0, "Written: page.txt\n", expected)
    assert (command.folder / "page.txt").read_bytes() == draw(public, "plain")
    assert private_title(QUESTIONNAIRE) not in done.stdout
    assert "No answer changed." in done.stdout


def test_compare_includes_private_answers_if_asked(command: Command) -> None:
    before, after = (load_result(text, "result.json", QUESTIONNAIRE) for text in both_private(command))
    whole = comparison_of(difference_of(before, after))
    done = compare(command, "--include-home-safety", "--export", "page.txt")
    assert done == Done(0, "Written: page.txt\n", on_screen(whole))
    assert (command.folder / "page.txt").read_bytes() == draw(whole, "plain")
    assert private_title(QUESTIONNAIRE) in done.stdout


def test_compare_has_private_answers_on_a_screen(command: Command) -> None:
    both_private(command)
    arguments = ["-m", "iop_fit", "compare", "old.json", "new.json"]
    terminal = pexpect.spawn(sys.executable, arguments, cwd=command.folder, encoding="utf-8")
    said = terminal.read()
    terminal.close()
    assert terminal.exitstatus == 0
    assert private_title(QUESTIONNAIRE) in said


def test_compare_omits_private_answers_of_one_result(command: Command) -> None:
    _, after = both_private(command)
    without = saved("not-safe-at-home")
    command.write("old.json", without)
    done = compare(command, "--include-home-safety")
    one_private = difference_of(opened(without), opened(after))
    assert done == Done(0, "", on_screen(comparison_of(one_private)))
    assert comparison_of(one_private._replace(one_private=False)) == compared(without, after)
    assert "One file alone holds private answers." in done.stdout
    assert private_title(QUESTIONNAIRE) not in done.stdout


# Hostile files


def claiming(said: str) -> str:
    """Return a result whose versions, digest and titles are this text, as in a forged file."""
    data = json.loads(saved("pregnant"))
    data["tool"]["version"] = data["questionnaire"]["version"] = data["questionnaire"]["digest"] = said
    for titled in (data["direction"], *data["range"].values(), *data["alerts"], *data["areas"]):
        titled["title"] = said
    return json.dumps(data)


@pytest.mark.parametrize("name", HOSTILE)
def test_compare_shows_hostile_text_unchanged(name: str) -> None:
    outline, first = (compared(claiming(said), AUTUMN) for said in (HOSTILE[name], "Innocent"))
    for kind in ("plain", "markdown", "html"):
        drawn = draw(outline, kind).decode()
        assert invisible_characters(drawn) == set()
        check(outline, kind)
    page, innocent = (Page(draw(each, "html").decode()) for each in (outline, first))
    assert (page.elements, page.malformed) == (innocent.elements, [])
    assert max(map(cell_len, on_screen(outline).split("\n"))) <= 80
    assert invisible_characters(on_screen(outline)) == set()


# Refused files

MISSING = "There is no such file.\n  Check the spelling and the folder.\n"
ANSWERS_FILE = (
    "answers.yaml: This is an answers file or a draft, not a result.\n  Use `iop-fit assess --answers answers.yaml`.\n"
)
REFUSED: dict[str, tuple[list[str], str]] = {
    "both-missing": (["none.json", "neither.json"], f"none.json: {MISSING}neither.json: {MISSING}"),
    "one-file-missing-twice": (["none.json", "none.json"], f"none.json: {MISSING}"),
    "an-answers-file-and-a-list": (["answers.yaml", "list.json"], f"{ANSWERS_FILE}list.json:1:1: {NOT_A_RESULT}"),
    "not-json-and-broken": (["text.json", "broken.json"], f"text.json:1:1: {NOT_JSON}broken.json:1:12: {NOT_JSON}"),
    "a-folder": (["questions.json", "."], ".: This is a folder, not a file.\n  Name a file in it.\n"),
    "only-the-first-is-wrong": (["none.json", "questions.json"], f"none.json: {MISSING}"),
    "nowhere-to-write-either": (
        ["none.json", "list.json", "--export", "none/page.md"],
        f"{NO_FOLDER}none.json: {MISSING}list.json:1:1: {NOT_A_RESULT}",
    ),
    "of-another-questionnaire": (
        ["questions.json", "questions.json", "--questions", str(QUESTIONS)],
        (
            'questions.json:8:11: These answers are for the questionnaire "program-fit", not "small".\n'
            "  Name the right questionnaire with --questions.\n"
        ),
    ),
    "nothing-on-standard-input": (
        ["questions.json", "-"],
        "standard input: This file is empty.\n  Is it the right file?\n",
    ),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    return run_side_by_side(refusals("compare", REFUSED), tmp_path_factory)


@pytest.mark.parametrize("name", REFUSED)
def test_compare_says_why_it_refuses_files(refused: dict[str, Done], name: str) -> None:
    assert refused[name] == Done(4, REFUSED[name][1])


USAGE = "Usage: iop-fit compare [OPTIONS] {OLD.json} {NEW.json}\nTry 'iop-fit compare --help' for help.\n\nError: "
FILE_ENDINGS = f"must end in {join((*SUFFIXES.values(), '.json'), last='or')}"
FORMAT_NAMES = f"is not one of {', '.join(map(repr, ('text', *DRAWN, 'json')))}"
EXAMPLE = "  For example: iop-fit compare spring.json autumn.json"
BOTH = ["questions.json", "questions.json"]
MISUSED = {
    "one-result": (["questions.json"], f"Missing argument 'NEW.json'.\n{EXAMPLE}"),
    "three-results": ([*BOTH, "questions.json"], f"Got unexpected extra argument(s) (questions.json)\n{EXAMPLE}"),
    "standard-input-twice": (["-", "-"], "Invalid value: only one of the two results can be read from standard input"),
    "fhir": ([*BOTH, "--export", "page.fhir.json"], f"Invalid value for --export: page.fhir.json {FILE_ENDINGS}"),
    "format-fhir": ([*BOTH, "--format", "fhir"], f"Invalid value for '--format' / '-f': 'fhir' {FORMAT_NAMES}."),
}


@pytest.fixture(scope="module")
def misused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    cases = {
        name: Case(["compare", *arguments], Done(2, said), files=FILES) for name, (arguments, said) in MISUSED.items()
    }
    return run_side_by_side(cases, tmp_path_factory)


@pytest.mark.parametrize("name", MISUSED)
def test_compare_explains_wrong_usage(misused: dict[str, Done], name: str) -> None:
    assert misused[name] == Done(2, f"{USAGE}{MISUSED[name][1]}\n")


@pytest.mark.parametrize("name", ["old.txt", "new.txt"])
def test_compare_never_overwrites_its_inputs(command: Command, name: str) -> None:
    command.write("old.txt", SPRING)
    command.write("new.txt", AUTUMN)
    done = command("compare", "old.txt", "new.txt", "--export", f"./{name}", "--force")
    assert done == Done(2, f"{USAGE}Invalid value for --export: {name} is an input file and would be overwritten\n")


def test_compare_takes_titles_from_the_questionnaire(command: Command) -> None:
    assert TITLE in SPRING
    command.write("old.json", SPRING.replace(TITLE, "No treatment is needed"))
    command.write("new.json", AUTUMN)
    done = command("compare", "old.json", "new.json")
    assert (done.status, "No treatment is needed" in done.stdout) == (0, False)
    assert TITLE in " ".join(done.stdout.split())


def test_compare_json_has_the_documented_shape(command: Command) -> None:
    command.write("old.json", SPRING)
    command.write("new.json", AUTUMN)
    shown = json.loads(command("compare", "old.json", "new.json", "--format", "json").stdout)
    old, new = json.loads(SPRING), json.loads(AUTUMN)
    for side, result in (("old", old), ("new", new)):
        outcome = {
            "direction": result["direction"] and result["direction"]["id"],
            "highest": result["range"]["highest"] and result["range"]["highest"]["id"],
            "withheld_by": None,
            "firm": result["firm"],
            "alerts": [alert["id"] for alert in result["alerts"]],
        }
        assert shown.pop(side) == {
            "assessed_on": result["assessed_on"],
            "for": result["for"],
            "in_file": outcome,
            "scored_now": outcome,
            "no_longer_fit": [],
            "not_answered": [],
        }
    then, now = old["answers"], new["answers"]
    assert shown == {
        "format": "iop-fit comparison 1",
        "tool": old["tool"],
        "questionnaire": {key: old["questionnaire"][key] for key in ("id", "version", "digest")},
        "private_left_out": False,
        "changed": [
            {"id": name, "old": then[name], "new": now[name]}
            for name in QUESTIONNAIRE.questions
            if name in then and name in now and then[name] != now[name]
        ],
        "only_old": [name for name in QUESTIONNAIRE.questions if name in then and name not in now],
        "only_new": [name for name in QUESTIONNAIRE.questions if name in now and name not in then],
    }
    assert shown["changed"]


def test_compare_json_leaves_private_answers_out(command: Command) -> None:
    old, new = both_private(command)
    command.write("old.json", old)
    command.write("new.json", new)
    done = command("compare", "old.json", "new.json", "--format", "json", "--export", "file.json")
    assert "home-safety" not in done.stdout
    assert (command.folder / "file.json").read_text() == done.stdout
    asked = command("compare", "old.json", "new.json", "--format", "json", "--include-home-safety")
    assert '"id": "home-safety"' in asked.stdout
