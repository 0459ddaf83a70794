"""`iop-fit show`: every format, and the comparison with a recomputed result."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import pexpect
import pytest
from typer.models import ArgumentInfo, CommandInfo, OptionInfo

import iop_fit
from iop_fit.cli.app import app
from iop_fit.domain.answers import Chosen, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.report.formats import export, render
from iop_fit.report.registry import REPORTS
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import recomputed
from iop_fit.text import join
from support import DAY, ROOT, Run
from support.changed_questions import LOWER_THRESHOLDS, OPTION_RENAMED, QUESTION_ADDED, QUESTION_GONE, changed
from support.example_results import EXAMPLES, private_title, public_result_of, read
from support.refused_results import FILES, QUESTIONNAIRE, REFUSED, refusals, saved
from support.side_by_side import Case, Command, Done, run_side_by_side

SUFFIXES = {report.suffix: name for name, report in REPORTS.items()}

SAME = "Recomputing gives the same result.\n"
TEXT_FORMATS = ("text", *(name for name, report in REPORTS.items() if not report.binary))
EXAMPLE = ROOT / "examples" / "not-safe-at-home.yaml"


def public(name: str) -> Assessment:
    return public_result_of(ROOT / "examples" / f"{name}.yaml", QUESTIONNAIRE)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


# The same again

SHOWN = {
    **{(path.stem, "text"): ["show", "result.json"] for path in EXAMPLES},
    **{("for-a-mother", each): ["show", "result.json", "--format", each] for each in TEXT_FORMATS},
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    cases = {
        " ".join(key): Case(arguments, Done(0, SAME), files={"result.json": saved(key[0])})
        for key, arguments in SHOWN.items()
    }
    return run_side_by_side(cases, tmp_path_factory)


@pytest.mark.parametrize(("name", "kind"), SHOWN)
def test_show_gives_every_format_and_says_same(shown: dict[str, Done], name: str, kind: str) -> None:
    assert shown[f"{name} {kind}"] == Done(0, SAME, render(public(name), kind))


def test_show_reads_standard_input(command: Command) -> None:
    done = command("show", "-", given=saved("pregnant"))
    assert done == Done(0, SAME, render(public("pregnant")))


def test_show_with_plain_prints_plain_lines(command: Command) -> None:
    command.write("result.json", saved("pregnant"))
    assert command("show", "result.json", "--plain") == Done(0, SAME, render(public("pregnant"), plain=True))


def test_show_writes_the_same_files_as_assess(command: Command) -> None:
    command.write("result.json", saved("many-signs"))
    names = [f"again{suffix}" for suffix in SUFFIXES]
    exports = [part for name in names for part in ("--export", name)]
    written = "".join(f"Written: {name}\n" for name in names)
    done = command("show", "result.json", *exports, "--paper", "a4")
    assert done == Done(0, written + SAME, render(public("many-signs")))
    for suffix, kind in SUFFIXES.items():
        path = command.folder / f"again{suffix}"
        assert path.read_bytes() == export(public("many-signs"), kind, paper="a4")
        assert path.stat().st_mode & 0o777 == 0o600
    assert (command.folder / "again.json").read_text() == saved("many-signs")


def test_show_writes_pdf_bytes(command: Command) -> None:
    command.write("result.json", saved("emergency"))
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", "show", "result.json", "--format", "pdf"],
        capture_output=True,
        check=False,
        cwd=command.folder,
    )
    assert (done.returncode, done.stderr) == (0, SAME.encode())
    assert done.stdout == export(public("emergency"), "pdf")


def test_show_refuses_pdf_on_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(saved("emergency"))
    terminal = pexpect.spawn(
        sys.executable, ["-m", "iop_fit", "show", "result.json", "--format", "pdf"], cwd=tmp_path, encoding="utf-8"
    )
    said = terminal.read()
    terminal.close()
    assert terminal.exitstatus == 2
    message = "a PDF can't be shown on a terminal: use --export page.pdf"
    assert said.endswith(f"Error: Invalid value for --format: {message}\r\n")


# Not the same

EDITED = (
    "Recomputing gives another result. Different now: the direction, the range, the areas, the reasons, "
    "the points to talk over, what would change it and the sources.\n"
    f"The questions are the same, and so is iop-fit (version {iop_fit.__version__}). So the file was changed later.\n"
)


def test_show_recomputes_an_edited_result(command: Command) -> None:
    command.write("result.json", saved("steady-home").replace('"hold-off": "mostly"', '"hold-off": "hours"'))
    sheet = read(ROOT / "examples" / "steady-home.yaml", QUESTIONNAIRE).sheet
    result = assess(QUESTIONNAIRE, sheet.with_answer("hold-off", Chosen(("hours",))), on=DAY)
    expected = render(result._replace(notes=tuple(EDITED.splitlines())))
    assert command("show", "result.json") == Done(0, EDITED, expected)


CHANGED = (
    "Recomputing gives another result. Different now: the answers, what it could not tell, the direction, "
    "whether it is firm, the range, the areas, the reasons, the points to talk over, what would change it, "
    "what was skipped and the sources.\n"
    "The questions have changed since this result was made "
    f"(version {QUESTIONNAIRE.version} then, 9.9.9 now).\n"
    "2 answers do not fit any more and were left out.\n"
    "1 question has no answer in the file and counts as skipped.\n"
)


def test_show_recomputes_with_changed_questions(command: Command) -> None:
    folder = command.folder / "questions"
    later = changed(folder, LOWER_THRESHOLDS, QUESTION_GONE, QUESTION_ADDED, OPTION_RENAMED)
    command.write("result.json", saved("steady-home"))
    old = load_result(saved("steady-home"), "result.json", later)
    unasked = frozenset((*old.dropped, *old.new))
    expected = render(recomputed(old)._replace(notes=tuple(CHANGED.splitlines()), unasked=unasked))
    assert command("show", "result.json", "--questions", "questions") == Done(0, CHANGED, expected)


# Private answers


@pytest.mark.parametrize("kind", TEXT_FORMATS)
def test_show_writes_no_private_answer_to_files(command: Command, kind: str) -> None:
    command.write("result.json", saved("not-safe-at-home", private=True))
    done = command("show", "result.json", "--format", kind, "--export", f"page.{kind}.txt")
    assert done == Done(0, f"Written: page.{kind}.txt\n{SAME}", render(public("not-safe-at-home"), kind))
    assert (command.folder / f"page.{kind}.txt").read_bytes() == export(public("not-safe-at-home"), "plain")


def test_show_includes_private_answers_if_asked(command: Command) -> None:
    whole = assess(QUESTIONNAIRE, read(EXAMPLE, QUESTIONNAIRE).sheet, on=DAY, include_private=True)
    command.write("result.json", saved("not-safe-at-home", private=True))
    exports = ("--export", "page.md", "--export", "again.json")
    done = command("show", "result.json", "--include-home-safety", *exports)
    assert done == Done(0, f"Written: page.md\nWritten: again.json\n{SAME}", render(whole))
    assert (command.folder / "page.md").read_bytes() == export(whole, "markdown")
    assert (command.folder / "again.json").read_text() == saved("not-safe-at-home", private=True)


def test_show_cannot_include_missing_answers(command: Command) -> None:
    command.write("result.json", saved("not-safe-at-home"))
    done = command("show", "result.json", "--include-home-safety")
    assert done == Done(0, SAME, render(public("not-safe-at-home")))


def test_show_has_private_answers_on_a_screen(tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text(saved("not-safe-at-home", private=True))
    terminal = pexpect.spawn(
        sys.executable, ["-m", "iop_fit", "show", "result.json"], cwd=tmp_path, encoding="utf-8", dimensions=(40, 80)
    )
    said = terminal.read()
    terminal.close()
    assert terminal.exitstatus == 0
    assert private_title(QUESTIONNAIRE) in said
    assert said.endswith(SAME.replace("\n", "\r\n"))


# Refused files


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    return run_side_by_side(refusals("show", REFUSED), tmp_path_factory)


@pytest.mark.parametrize("name", REFUSED)
def test_show_says_why_it_refuses_a_file(refused: dict[str, Done], name: str) -> None:
    assert refused[name] == Done(4, REFUSED[name][1])


USAGE = "Usage: iop-fit show [OPTIONS] {RESULT.json}\nTry 'iop-fit show --help' for help.\n\nError: "
MISUSED = {
    "no-result": (
        [],
        "Missing argument 'RESULT.json'.\n  For example: iop-fit show result.json --export for-the-provider.pdf",
    ),
    "unknown-ending": (
        ["questions.json", "--export", "page.doc"],
        f"Invalid value for --export: page.doc must end in {join(SUFFIXES, last='or')}",
    ),
    "over-itself": (
        ["questions.json", "--export", "./questions.json", "--force"],
        "Invalid value for --export: questions.json is an input file and would be overwritten",
    ),
    "one-file-twice": (
        ["questions.json", "--export", "page.pdf", "--export", "./page.pdf"],
        "Invalid value for --export: page.pdf is given twice",
    ),
    "unknown-paper": (
        ["questions.json", "--paper", "a3"],
        "Invalid value for '--paper': 'a3' is not one of 'letter', 'a4'.",
    ),
}


@pytest.fixture(scope="module")
def misused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    cases = {
        name: Case(["show", *arguments], Done(2, said), files=FILES) for name, (arguments, said) in MISUSED.items()
    }
    return run_side_by_side(cases, tmp_path_factory)


@pytest.mark.parametrize("name", MISUSED)
def test_show_explains_wrong_usage(misused: dict[str, Done], name: str) -> None:
    assert misused[name] == Done(2, f"{USAGE}{MISUSED[name][1]}\n")


# Help


COMMANDS = {str(each.name): each for each in app.registered_commands if not each.hidden}


def parameters(known: CommandInfo) -> Iterator[OptionInfo | ArgumentInfo]:
    assert known.callback
    for hint in get_type_hints(known.callback, include_extras=True).values():
        yield from getattr(hint, "__metadata__", ())


@pytest.mark.parametrize("name", COMMANDS)
def test_help_covers_every_option_with_an_example(name: str, run: Run) -> None:
    done = run(name, "--help", COLUMNS="80")
    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    for parameter in parameters(COMMANDS[name]):
        assert parameter.help
        assert parameter.help.endswith(".")
        assert parameter.help in said
        shown = parameter.metavar if isinstance(parameter, ArgumentInfo) else parameter.default
        assert re.search(rf"\n  (-\w, )?{re.escape(str(shown))} ", done.stdout)
    assert re.search(rf"\n\n  Example: (source <\()?iop-fit {name}( .*)?\n$", done.stdout)


def test_help_examples_with_results_run_as_written(run: Run, tmp_path: Path) -> None:
    for name in ("result", "spring", "autumn"):
        (tmp_path / f"{name}.json").write_text(saved("steady-home"))
    for name in ("show", "compare"):
        example = str(COMMANDS[name].epilog).removeprefix("Example: iop-fit ")
        assert run(*shlex.split(example)).returncode == 0
    assert (tmp_path / "for-the-provider.pdf").read_bytes().startswith(b"%PDF")


def test_show_prints_differences_on_paper(command: Command) -> None:
    """It names an alert that is no longer raised, and reports no question as "don't know"."""
    text = saved("after-overdose").replace(QUESTIONNAIRE.digest, "sha256:00").replace('"month"', '"mnth"')
    command.write("result.json", text)
    page = command("show", "result.json", "--format", "plain").stdout
    alert = json.loads(text)["alerts"][0]["title"]
    assert f"The file also said: “{alert}”" in " ".join(page.split())
    skipped = page[page.index("\nSkipped questions\n") :]
    heading = "Not answered"
    assert f"{heading} {QUESTIONNAIRE.questions['overdose'].topic}." in " ".join(skipped.split())
    for name in ("json", "fhir"):
        refused = command("show", "result.json", "--format", name)
        assert (refused.status, refused.stdout) == (4, "")
        assert refused.stderr.startswith("Some answers of this result no longer fit the questions")


def test_page_names_skips_under_a_withheld_direction() -> None:
    sheet = read(ROOT / "examples" / "under-18.yaml", QUESTIONNAIRE).sheet
    for question in ("thoughts", "tried"):
        sheet = sheet.with_answer(question, Skipped(SkipReason.RATHER_NOT_SAY))
    result = assess(QUESTIONNAIRE, sheet, on=DAY)
    assert result.direction is None
    page = export(result, "plain").decode()
    assert "\nBecause some questions were skipped\n" in page
    topic = QUESTIONNAIRE.questions["thoughts"].topic
    assert f"{topic} (rather not say)" in " ".join(page[page.index("Skipped, so we don't know") :].split())
