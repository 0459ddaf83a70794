"""The command line: outputs, messages and exit statuses."""

import json
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.questionnaire import Questionnaire
from support import ROOT, Run
from support.example_results import private_title

EXAMPLE = ROOT / "examples" / "not-safe-at-home.yaml"
KEYS = [
    *(
        "format",
        "tool",
        "questionnaire",
        "private",
        "assessed_on",
        "for",
        "answers",
        "asked",
        "alerts",
        "open_alerts",
        "direction",
    ),
    *("withheld_by", "firm", "range", "areas", "fired", "points"),
    *("contradictions", "changes", "skipped", "practical", "sources"),
]


@pytest.mark.parametrize("arguments", [("--version",), ("--version", "hotlines")])
def test_version_option_prints_the_version(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"iop-fit {iop_fit.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("assess",),
        ("show",),
        ("compare",),
        ("questions",),
        ("hotlines",),
        ("about",),
        ("check",),
        ("new",),
        ("schema",),
    ],
)
def test_help_fits_80_columns(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments, "--help", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "--nonsense"),
        ("nonsense",),
        ("assess", "--format", "docx", "--answers", str(EXAMPLE)),
        ("assess", "--export", "page.doc"),
        ("assess", "--export", "page.md", "--export", "page.md"),
        ("assess", "--export", "page.md", "--export", "./page.md"),
        ("assess", "--answers", str(EXAMPLE), "--for", "someone"),
        ("assess", "--for", "everybody"),
        ("questions", "--format", "markdown"),
        ("questions", "--format", "json", "--blank"),
        ("assess", "--answers", str(EXAMPLE), "--save", "draft.json"),
        ("assess", "--private", "--export", "page.md"),
        ("assess", "--private", "--save", "draft.json"),
        ("assess", "--private", "--plain"),
    ],
)
def test_wrong_usage_exits_2_with_a_message(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
    assert list(tmp_path.iterdir()) == []


def test_result_never_overwrites_its_answers(run: Run, tmp_path: Path) -> None:
    answers = tmp_path / "me.json"
    answers.write_text("{}")
    done = run("assess", "--answers", "me.json", "--export", "me.json", "--force")
    assert done.returncode == 2
    assert "me.json is an input file and would be" in done.stderr
    assert answers.read_text() == "{}"


@pytest.mark.parametrize(("read", "written"), [("link.json", "me.json"), ("me.json", "link.json")])
def test_result_never_overwrites_answers_by_alias(run: Run, tmp_path: Path, read: str, written: str) -> None:
    (tmp_path / "me.json").write_text("{}")
    (tmp_path / "link.json").symlink_to("me.json")
    done = run("assess", "--answers", read, "--export", written, "--force")
    assert done.returncode in (2, 4)
    assert (tmp_path / "me.json").read_text() == "{}"
    assert (tmp_path / "link.json").is_symlink()


WITHOUT_ID = {"", ".answers", ".range", ".questionnaire.provenance"}
"""The objects of a result that name nothing, so that they need no id."""


def test_json_has_the_documented_keys_and_ids(run: Run) -> None:
    result = json.loads(run("assess", "--answers", EXAMPLE, "--format", "json").stdout)
    assert list(result) == KEYS

    def objects_without_id(value: object, place: str) -> list[str]:
        if isinstance(value, dict):
            own = [] if "id" in value or place in WITHOUT_ID or ".answers." in place else [place]
            return own + [found for key, each in value.items() for found in objects_without_id(each, f"{place}.{key}")]
        if isinstance(value, list):
            return [found for each in value for found in objects_without_id(each, f"{place}[]")]
        return []

    assert objects_without_id(result, "") == []


@pytest.mark.parametrize("output", ["text", "plain", "markdown", "html", "json"])
def test_private_answer_stays_out_of_files(run: Run, questionnaire: Questionnaire, output: str) -> None:
    title = private_title(questionnaire)
    without = unescape(run("assess", "--answers", EXAMPLE, "--format", output).stdout)
    assert "home-safety" not in without
    assert title not in without
    included = run("assess", "--answers", EXAMPLE, "--format", output, "--include-home-safety").stdout
    assert title in unescape(included)


def test_exports_are_private_and_named_on_stderr(run: Run, tmp_path: Path) -> None:
    done = run("assess", "--answers", EXAMPLE, "--export", "a.md", "--export", "b.JSON")
    assert (done.returncode, done.stderr) == (0, "Written: a.md\nWritten: b.JSON\n")
    assert (tmp_path / "a.md").read_text() == run("assess", "--answers", EXAMPLE, "--format", "markdown").stdout
    assert (tmp_path / "b.JSON").read_text() == run("assess", "--answers", EXAMPLE, "--format", "json").stdout
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_result_is_the_same_from_file_and_stdin(run: Run) -> None:
    from_file = run("assess", "--answers", EXAMPLE, "--format", "json").stdout
    assert run("assess", "--answers", "-", "--format", "json", typed=EXAMPLE.read_text()).stdout == from_file


def test_questions_json_has_what_programs_need(run: Run, questionnaire: Questionnaire) -> None:
    listed = json.loads(run("questions", "--format", "json").stdout)
    assert [each["id"] for each in listed["questions"]] == list(questionnaire.questions)
    by_id = {each["id"]: each for each in listed["questions"]}
    assert by_id["prenatal"] == {
        "id": "prenatal",
        "section": "health",
        "kind": "ranked",
        "need": True,
        "options": ["seen", "not-yet"],
        "ask_when": [[["health", "pregnant"]]],
    }


def test_questions_can_be_listed_by_id(run: Run) -> None:
    listed = json.loads(run("questions", "prenatal", "age", "--format", "json").stdout)
    assert [each["id"] for each in listed["questions"]] == ["age", "prenatal"]
    text = run("questions", "prenatal").stdout
    assert ("prenatal: " in text, "\nage: " in text, text.count("=====") > 0) == (True, False, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("agee",), 'Invalid value for ID: there is no question "agee". Did you mean "age"?'),
        (("nonsense",), 'Invalid value for ID: there is no question "nonsense". For all ids: iop-fit questions'),
        (("mine.yaml",), 'there is no question "mine.yaml". For another questionnaire: --questions PATH'),
        (("age", "--blank"), "--blank lists all questions, so no ID can be given"),
    ],
)
def test_questions_explain_a_wrong_id(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("questions", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_blank_sheet_has_every_question_unanswered(run: Run, questionnaire: Questionnaire) -> None:
    blank = run("questions", "--blank").stdout
    assert all(f"\n  {name}:\n" in blank for name in questionnaire.questions)
    done = run("assess", "--answers", "-", typed=blank)
    needed = [each for each in questionnaire.questions.values() if not each.asked_if and not each.optional]
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 2)
    assert f": {len(needed)} questions have no answer yet: " in done.stderr


def test_hotlines_are_printed_in_groups(run: Run, questionnaire: Questionnaire) -> None:
    done = run("hotlines", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    assert all(contact.name in done.stdout for contact in questionnaire.contacts)
    crisis, information = done.stdout.index("In a crisis"), done.stdout.index("To find treatment")
    assert crisis < done.stdout.index("call or text 988") < information < done.stdout.index("1-800-662-4357")


@pytest.mark.parametrize("kind", ["ValueError", "OSError"])
def test_internal_error_shows_a_line_but_no_answer(run: Run, tmp_path: Path, kind: str) -> None:
    """A renderer that fails on an answer must not print it."""
    (tmp_path / "sitecustomize.py").write_text(
        "import iop_fit.report.formats\n"
        f"def broken(*a, **k): raise {kind}('a very private answer')\n"
        "iop_fit.report.formats.render = broken\n"
    )
    done = run("assess", "--answers", EXAMPLE, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (70, "")
    assert "private answer" not in done.stderr
    assert done.stderr.startswith("iop-fit hit an internal error at outputs.py:")
    assert f"({kind})" in done.stderr


def test_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m iop_fit assess --answers {EXAMPLE} | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_output_survives_a_limited_encoding(run: Run) -> None:
    done = run("assess", "--answers", EXAMPLE, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("redirection", ["| true", "> /dev/full"])
def test_exports_are_written_despite_broken_stdout(tmp_path: Path, redirection: str) -> None:
    command = f"{sys.executable} -m iop_fit assess --answers {EXAMPLE} --export page.md {redirection}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (tmp_path / "page.md").stat().st_size > 1000
    assert done.stderr.startswith("Written: page.md\n")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("redirection", ["2> /dev/full", "2>&-"])
def test_success_does_not_need_stderr(run: Run, tmp_path: Path, redirection: str) -> None:
    (tmp_path / "result.json").write_text(run("assess", "--answers", EXAMPLE, "--format", "json").stdout)
    expected = run("show", "result.json").stdout
    command = f"{sys.executable} -m iop_fit show result.json --export page.md --export page.pdf {redirection}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")
    assert all((tmp_path / name).stat().st_size > 1000 for name in ("page.md", "page.pdf"))


def test_full_output_is_a_clear_problem() -> None:
    command = f"{sys.executable} -m iop_fit assess --answers {EXAMPLE} > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        4,
        "Can't write to standard output: No space left on device.\n  Free up space, or use --export.\n",
    )


WITHOUT_ANSWERS = [("--version",), ("--version", "hotlines"), ("--help",), ("assess", "--help"), ("hotlines",)]


@pytest.mark.parametrize("arguments", WITHOUT_ANSWERS, ids=" ".join)
def test_full_output_is_a_problem_for_every_command(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "iop_fit", *arguments]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        4,
        "Can't write to standard output: No space left on device.\n  Free up space, or use --export.\n",
    )


@pytest.mark.parametrize("arguments", WITHOUT_ANSWERS, ids=" ".join)
def test_closed_pipe_is_no_problem_for_any_command(arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "iop_fit", *arguments]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_written_file_is_named_before_full_output(tmp_path: Path) -> None:
    command = f"{sys.executable} -m iop_fit assess --answers {EXAMPLE} --export page.md > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=tmp_path)
    full = "Can't write to standard output: No space left on device.\n  Free up space, or use --export.\n"
    assert (done.returncode, done.stderr) == (4, f"Written: page.md\n{full}")


@pytest.mark.parametrize("closing", [">&-", "<&-", "2>&-"])
def test_closed_streams_cause_no_traceback(closing: str) -> None:
    command = f"{sys.executable} -m iop_fit assess --answers {EXAMPLE} {closing}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 4)


def test_message_never_repeats_a_private_answer(run: Run) -> None:
    for answer in ("something secret", "{skipped: something secret}"):
        done = run("assess", "--answers", "-", typed=f"answers: {{home-safety: {answer}}}")
        assert "secret" not in done.stderr
        assert done.returncode == 4


def test_lines_still_prints_the_hotlines(run: Run) -> None:
    assert run("lines").stdout == run("hotlines").stdout != ""
    assert not re.search(r"^ *lines ", run("--help").stdout, re.MULTILINE)
