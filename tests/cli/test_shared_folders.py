"""Commands that would write answers where others can read them: refused, asked about, or written when told to."""

import errno
import json
from pathlib import Path

import pytest
import typer

import iop_fit
from iop_fit.cli.app import app
from iop_fit.domain.questionnaire import Questionnaire
from support import DAY, ROOT
from support.disks import Disk
from support.faults import Ended, WarmTerminal, command, run
from support.scripted import calm_sheet, calm_without_notes
from support.terminals import words

EXAMPLE = str(ROOT / "examples" / "steady-home.yaml")
ASSESS = ("assess", "--answers", EXAMPLE)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, questionnaire: Questionnaire) -> Path:
    """A folder with a result, and `stick`, which keeps no modes."""
    folder = tmp_path / "folder"
    (folder / "stick").mkdir(parents=True)
    result = iop_fit.export(iop_fit.assess(questionnaire, calm_sheet(questionnaire), on=DAY), "json")
    (folder / "result.json").write_bytes(result)
    Disk(monkeypatch, folder / "stick", chmod=errno.EPERM)
    return folder


def on_stick(place: Path) -> list[str]:
    return sorted(path.name for path in (place / "stick").iterdir())


def run_in(place: Path, *arguments: str) -> Ended:
    return run(place, command(*arguments))


def refusal(*names: str) -> str:
    return "".join(
        f"stick/{name}: Other people could read this file: stick can't keep files private.\n"
        "  Choose a folder on this computer's own disk, or add --allow-shared to write it anyway.\n"
        for name in names
    )


# Without a terminal


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((*ASSESS, "--export", "stick/page.md", "--export", "stick/r.json"), ("page.md", "r.json")),
        (("show", "result.json", "--export", "stick/page.html"), ("page.html",)),
        (("compare", "result.json", "result.json", "--export", "stick/both.txt"), ("both.txt",)),
        (("options", "--result", "result.json", "--export", "stick/grid.md"), ("grid.md",)),
    ],
    ids=["assess", "show", "compare", "options"],
)
def test_command_writes_shared_files_only_when_told(
    place: Path, arguments: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert run_in(place, *arguments)[:2] == (4, refusal(*names))
    assert on_stick(place) == []
    ended = run_in(place, *arguments, "--allow-shared")
    assert ended.status == 0
    assert ended.output.count("Written: stick/") == len(names)
    assert on_stick(place) == sorted(names)


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", "stick/mine.yaml"),
        ("check", "faulty.yaml", "--witness", "stick/mine.yaml"),
        ("options", "--export", "stick/mine.md"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_file_without_answers_is_written_anywhere(place: Path, corpus: Path, arguments: tuple[str, ...]) -> None:
    (place / "faulty.yaml").write_bytes((corpus / "finding-idle-rule.yaml").read_bytes())
    ended = run_in(place, *arguments)
    assert ended.status in (0, 1)
    assert "Other people" not in ended.output
    assert [name.partition(".")[0] for name in on_stick(place)] == ["mine"]


def test_folder_of_its_own_disk_is_written_without_a_word(place: Path) -> None:
    ended = run_in(place, *ASSESS, "--export", "page.md")
    assert (ended.status, ended.output.splitlines()[-1]) == (0, "Written: page.md")


def test_no_path_is_refused_for_what_a_disk_says_of_access() -> None:
    """Some disks deny that a file can be read, and let it be read."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    paths = {
        f"{name} {option.name}": option.type
        for name, each in commands.items()
        for option in each.params
        if hasattr(option.type, "readable")
    }
    assert len(paths) > 10
    assert [name for name, path in paths.items() if path.readable or path.exists] == []


# In an interview

NO, YES = "1", "2"
QUESTION = (
    "Other people could read what is written in stick:"
    " it can't keep files private, like most USB sticks and network drives."
)


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["rich", "plain"])
def test_shared_draft_is_asked_about_before_any_answer(place: Path, plain: tuple[str, ...]) -> None:
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json", *plain) as terminal:
        terminal.prompted()
        assert words(QUESTION) in words("\n".join(terminal.screen()))
        terminal.last(NO)
        assert terminal.end() == 0
        assert words("Nothing was written. To continue, run the command again with another folder.") in words(
            terminal.since_typed()
        )
    assert on_stick(place) == []
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json", *plain) as terminal:
        terminal.prompted().type(YES, "g", "0").last("q")
        assert terminal.end() == 0
    assert json.loads((place / "stick" / "draft.json").read_text())["answers"] == {"now": []}
    assert on_stick(place) == ["draft.json"]


def test_each_shared_folder_is_asked_about_once(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "share").mkdir()
    Disk(monkeypatch, place / "share")
    exports = ("--export", "stick/page.md", "--export", "share/page.md", "--export", "page.md")
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json", *exports) as terminal:
        terminal.prompted().type(YES)
        assert words(QUESTION.replace("in stick", "in share")) in words("\n".join(terminal.screen()))
        terminal.type(YES)
        assert "Type g and press Enter to begin" in "\n".join(terminal.screen())


def test_told_interview_asks_nothing_about_folders(place: Path) -> None:
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json", "--allow-shared") as terminal:
        terminal.prompted().type("g", "0").last("q")
        assert terminal.end() == 0
        assert "Other people" not in terminal.transcript()
    assert on_stick(place) == ["draft.json"]


def test_resumed_draft_on_a_stick_stays_when_refused(place: Path, questionnaire: Questionnaire) -> None:
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json", "--allow-shared") as terminal:
        terminal.prompted().type("g", *list(calm_without_notes(questionnaire).values())[:3]).last("q")
        assert terminal.end() == 0
    before = (place / "stick" / "draft.json").read_bytes()
    with WarmTerminal(place, "--resume", "stick/draft.json") as terminal:
        terminal.prompted().last(NO)
        assert terminal.end() == 0
    assert (place / "stick" / "draft.json").read_bytes() == before
    with WarmTerminal(place, "--for", "me", "--resume", "stick/draft.json") as terminal:
        terminal.prompted().type(YES, "g", "1").last("q")
        assert terminal.end() == 0
    assert len(json.loads((place / "stick" / "draft.json").read_text())["answers"]) == 4
    assert on_stick(place) == ["draft.json"]


def test_input_that_ends_at_a_shared_folder_exits_3(place: Path) -> None:
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json") as terminal:
        terminal.prompted().send("\x04")
        assert terminal.end() == 3
    assert on_stick(place) == []


def test_page_for_the_visit_asks_about_its_folder(place: Path, questionnaire: Questionnaire) -> None:
    typed = calm_without_notes(questionnaire).values()
    with WarmTerminal(place, "--for", "me") as terminal:
        terminal.prompted().type("g", *typed, "g", "p", "stick/page.md")
        assert words(QUESTION) in words("\n".join(terminal.screen()))
        terminal.type(NO)
        assert words("Other people could read this file: stick can't keep files private.") in words(
            "\n".join(terminal.screen())
        )
        terminal.type("stick/page.md", YES, "0", "", "p", "stick/again.md", "0", "").last("q")
        assert terminal.end() == 0
    assert on_stick(place) == ["again.md", "page.md"]


def test_answers_saved_on_leaving_ask_about_their_folder(place: Path) -> None:
    with WarmTerminal(place, "--for", "me") as terminal:
        terminal.prompted().type("g", "0", "q", "2", "stick/draft.json")
        assert words(QUESTION) in words("\n".join(terminal.screen()))
        terminal.type(NO, "2", "stick/draft.json").last(YES)
        assert terminal.end() == 0
    assert on_stick(place) == ["draft.json"]


def test_x_at_a_shared_folder_deletes_the_draft(place: Path) -> None:
    with WarmTerminal(place, "--for", "me", "--save", "stick/draft.json", "--allow-shared") as terminal:
        terminal.prompted().type("g", "0").last("q")
        assert terminal.end() == 0
    with WarmTerminal(place, "--resume", "stick/draft.json") as terminal:
        terminal.prompted().last("x")
        assert terminal.end() == 0
    assert on_stick(place) == []
