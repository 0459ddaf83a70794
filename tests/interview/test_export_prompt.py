"""The export prompt after the result, with scripted input."""

from pathlib import Path

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.export_prompt import ExportChoice, ask_for_export
from iop_fit.report.registry import REPORTS
from iop_fit.storage.drafts import Draft
from iop_fit.text import join
from support.scripted import Script

FILE, NAME = "File: ", "Name: "


def offered(
    questionnaire: Questionnaire, *typed: str, home_safety: bool = False
) -> tuple[ExportChoice | None, list[str]]:
    """Return the choice, and the script with its output."""
    script = Script(*typed)
    return ask_for_export(script, Draft(questionnaire), home_safety=home_safety), script.output


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("q",),
        ("0",),
        ("page.md",),
        ("page.md", "Q"),
    ],
    ids=" ".join,
)
def test_export_prompt_left_early_writes_nothing(
    questionnaire: Questionnaire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert offered(questionnaire, *typed)[0] is None


def test_export_prompt_asks_until_the_file_is_valid(questionnaire: Questionnaire, tmp_path: Path) -> None:
    choice, output = offered(questionnaire, "", "page.doc", f"{tmp_path}/none/page.md", f"{tmp_path}/page.md", "Lu")
    assert choice == ExportChoice(tmp_path / "page.md", "markdown", "Lu", include_home_safety=False, replace=False)
    assert [line for line in output if line.startswith(("Please", "It must", "The folder"))] == [
        "Please type something, or 0 for none.",
        f"It must end in {join([report.suffix for report in REPORTS.values()], last='or')}.",
        f"The folder {tmp_path}/none does not exist, so this file can't be written.",
    ]


def test_export_prompt_never_overwrites_the_draft(questionnaire: Questionnaire, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    draft = Draft(questionnaire, kept)
    draft.save(AnswerSheet())
    script = Script(str(kept), str(tmp_path / "kept.JSON" / ".." / "kept.json"), "0")
    assert ask_for_export(script, draft, home_safety=False) is None
    assert script.output.count("Your answers are in that file. Choose another name.") == 2


def test_export_prompt_overwrites_only_after_yes(questionnaire: Questionnaire, tmp_path: Path) -> None:
    old = tmp_path / "page.md"
    old.touch()
    other = tmp_path / "other.html"
    kept, _ = offered(questionnaire, str(old), "1", str(other), "0", "2", home_safety=True)
    assert kept == ExportChoice(other, "html", "", include_home_safety=True, replace=False)
    replaced, _ = offered(questionnaire, str(old), "2", "0", "1", home_safety=True)
    assert replaced == ExportChoice(old, "markdown", "", include_home_safety=False, replace=True)


def test_export_prompt_takes_a_path_as_terminals_type_it(questionnaire: Questionnaire, tmp_path: Path) -> None:
    for typed in (f"'{tmp_path}/my page.md'", f"{tmp_path}/my\\ page.md "):
        choice, _ = offered(questionnaire, typed, "0")
        assert choice
        assert choice.path == tmp_path / "my page.md"


@pytest.mark.parametrize(("typed", "include"), [("yes", True), ("no", False), ("\N{FULLWIDTH DIGIT TWO}", True)])
def test_export_prompt_understands_words(
    questionnaire: Questionnaire, tmp_path: Path, typed: str, include: bool
) -> None:
    choice, _ = offered(questionnaire, str(tmp_path / "page.md"), "\N{FULLWIDTH DIGIT ZERO}", typed, home_safety=True)
    assert choice == ExportChoice(tmp_path / "page.md", "markdown", "", include_home_safety=include, replace=False)
