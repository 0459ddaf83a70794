"""Slips on the command line: each gets one sentence with the right way, and nothing is run."""

import shutil
from pathlib import Path

import pytest
from typer._click.exceptions import UsageError
from typer.main import get_command

from iop_fit.cli.app import app
from iop_fit.cli.help.given_file import looks_like_a_file, use_of
from iop_fit.cli.help.slips import hint_for
from iop_fit.limits import MAX_BYTES
from support import ROOT, TESTS, Run

PROGRAM = get_command(app)
VALID = TESTS / "questionnaires" / "valid"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of each kind."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copy(ROOT / "examples" / "emergency.yaml", folder / "answers.yaml")
    shutil.copy(VALID / "minimal.yaml", folder / "mine.yaml")
    shutil.copytree(VALID / "folder", folder / "questions")
    (folder / "my result.json").write_text('{"format": "iop-fit result 1", "answers": {}}')
    (folder / "draft.json").write_text('{"questionnaire": "x", "digest": "sha256:0", "answers": {}}')
    (folder / "response.fhir.json").write_text('{"resourceType": "QuestionnaireResponse"}')
    (folder / "page.txt").write_text("A page.")
    return folder


SLIPS = {
    "assess --output page.pdf": "To write to a file: iop-fit assess --export FILE",
    "assess --json": "For this format: iop-fit assess --format json, or --export page.json for a file",
    "assess --pdf": "To write to a file: iop-fit assess --export page.pdf",
    "assess --text": "For this format: iop-fit assess --format text",
    "check --json": "For this format: iop-fit check --format json",
    "show x.json --output page.md": "To write to a file: --export FILE",
    "assess --input answers.yaml": "To read answers from a file: iop-fit assess --answers FILE",
    "assess --no-color": "For screen readers, and without colors: iop-fit assess --plain",
    "assess --answrs answers.yaml": "Did you mean --answers?",
    "assess --version": "It comes without a command: iop-fit --version",
    "--plain assess": "Options come after the command: iop-fit assess --plain",
    "--output page.pdf assess": "To write to a file: iop-fit assess --export FILE",
    "--hotlines": "Commands have no hyphens: iop-fit hotlines",
    "--start": "To answer the questions: iop-fit assess",
    "hotlines --export numbers.pdf": "It belongs to another command: iop-fit assess --export",
    "assess -export page.pdf": "Options of more than one letter start with two hyphens: --export",
    "assess -format json": "Options of more than one letter start with two hyphens: --format",
    "assess \N{EM DASH}export page.pdf": "Options start with two hyphens: --export",
    "assess \N{EN DASH}x": "Options start with two hyphens: --help",
    "assess answers.yaml": "To score these answers: iop-fit assess --answers answers.yaml",
    "assess response.fhir.json": "To score these answers: iop-fit assess --answers response.fhir.json",
    "assess draft.json": "To continue from this draft: iop-fit assess --resume draft.json",
    "assess mine.yaml": "To use this questionnaire: iop-fit assess --questions mine.yaml",
    "assess my_result.json": "To show this result: iop-fit show 'my result.json'",
    "assess page.pdf": "To write to this file: iop-fit assess --export page.pdf",
    "show x.json page.pdf": "To write to this file: --export page.pdf",
    "assess json": "For this format: iop-fit assess --format json, or --export page.json for a file",
    "assess plain": "Options start with two hyphens: --plain",
    "assess someone": "To say who it is about: iop-fit assess --for someone",
    "assess show": "Run one command at a time.",
    "assess nonsense": "For example: iop-fit assess --export for-the-provider.pdf",
    "hotlines mine.yaml": "To use this questionnaire: iop-fit hotlines --questions mine.yaml",
    "options my_result.json": "To mark what this result points to: iop-fit options --result 'my result.json'",
    "compare a.json b.json c.json": "For example: iop-fit compare spring.json autumn.json",
    "my_result.json": "To show this result: iop-fit show 'my result.json'",
    "nowhere.json": "To show this result: iop-fit show nowhere.json",
    "nowhere.yaml": "To score these answers: iop-fit assess --answers nowhere.yaml",
    "./questions": "To use this questionnaire: iop-fit assess --questions ./questions",
    "asess": "Did you mean assess?",
    "help asess": "Did you mean assess?",
    "start": "To answer the questions: iop-fit assess",
    "version": "For the version: iop-fit --version",
    "988": "For the phone numbers: iop-fit hotlines",
    "Export": "To write a saved result to a file: iop-fit show RESULT.json --export page.pdf",
    "--": "For all commands: iop-fit --help",
    "show": "For example: iop-fit show result.json --export for-the-provider.pdf",
    "assess --save": "For example: --save draft.json",
    "assess --format md": "Did you mean markdown?",
    "assess --format PDF": "Did you mean pdf?",
    "assess -f jsn": "Did you mean json?",
    "assess --for mom": "For anyone but yourself: --for someone",
}
"""Each slip and its hint; `_` stands for a space in a file name."""


def hint(*words: str) -> str:
    """Return the hint for a command line that is wrong."""
    with pytest.raises(UsageError) as wrong:
        PROGRAM.main([*words], prog_name="iop-fit", standalone_mode=False)
    return hint_for(wrong.value, words)


@pytest.mark.parametrize("slip", SLIPS)
def test_slip_gets_the_right_way(monkeypatch: pytest.MonkeyPatch, files: Path, slip: str) -> None:
    monkeypatch.chdir(files)
    assert hint(*(word.replace("_", " ") for word in slip.split())) == SLIPS[slip]


@pytest.mark.parametrize(
    "words", ["nonsense", "-x", "assess --paper", "assess --paper x", "assess --private --plain", "assess --plain=1"]
)
def test_unknown_slip_gets_no_guess(words: str) -> None:
    assert hint(*words.split()) == ""


def test_slip_runs_nothing_and_exits_with_2(run: Run, files: Path, tmp_path: Path) -> None:
    shutil.copytree(files, tmp_path, dirs_exist_ok=True)
    before = sorted(tmp_path.rglob("*"))
    done = run("assess", "answers.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Usage: iop-fit assess [OPTIONS]\nTry 'iop-fit assess --help' for help.\n\n"
        "Error: Got unexpected extra argument(s) (answers.yaml)\n"
        "  To score these answers: iop-fit assess --answers answers.yaml\n"
    )
    assert sorted(tmp_path.rglob("*")) == before


def test_missing_word_lists_the_words_to_choose_from(run: Run) -> None:
    done = run("completion")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Usage: iop-fit completion [OPTIONS] {SHELL}\nTry 'iop-fit completion --help' for help.\n\n"
        "Error: Missing argument 'SHELL'. Choose from:\n  bash,\n  zsh,\n  fish\n"
        "  For example: source <(iop-fit completion bash)\n"
    )


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a command line prints."""
    PROGRAM.main([*words], prog_name="iop-fit", standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["assess", "show", "compare", "options", "questions", "hotlines", "check", "help"])
def test_help_is_the_same_by_every_way(capsys: pytest.CaptureFixture[str], command: str) -> None:
    shown = printed(capsys, command, "-h")
    assert shown.startswith(f"Usage: iop-fit {command} [OPTIONS]")
    assert shown == printed(capsys, command, "--help") == printed(capsys, "help", command)


def test_help_alone_is_that_of_the_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "help") == printed(capsys, "--help") == printed(capsys, "-h") != ""


def test_help_ends_with_variables_and_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    parts = printed(capsys, "--help").split("\n\n")
    assert [part.split("\n")[0] for part in parts[-3:-1]] == ["Environment variables:", "Exit statuses:"]
    assert parts[-1].startswith("  In an emergency in the United States: 911.")


def test_short_options_mean_the_long_ones(run: Run, files: Path, tmp_path: Path) -> None:
    answers = files / "answers.yaml"
    short = run("assess", "-a", answers, "-f", "json", "-o", "short.md")
    long = run("assess", "--answers", answers, "--format", "json", "--export", "long.md")
    assert (short.returncode, short.stdout) == (0, long.stdout)
    assert (tmp_path / "short.md").read_text() == (tmp_path / "long.md").read_text()


@pytest.mark.parametrize("word", ["", "plain", "x" * 300, "a\0b"])
def test_words_without_a_file_are_no_files(word: str) -> None:
    assert not looks_like_a_file(word)


@pytest.mark.parametrize("name", ["x" * 300 + ".txt", "a\0b", "page.txt"])
def test_file_of_no_known_kind_has_no_use(files: Path, name: str) -> None:
    assert use_of(str(files / name)) is None


def test_large_file_is_judged_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    path.write_text(" " * MAX_BYTES + '{"digest": "x"}')
    use = use_of(str(path))
    assert use
    assert use.command == "show"
