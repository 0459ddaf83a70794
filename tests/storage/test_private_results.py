"""Saved results hide private answers when opened, even if the questions have changed."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from support import ROOT, Run

EXAMPLE = ROOT / "examples" / "not-safe-at-home.yaml"
ANSWERS = ("yes-now", "none", "{skipped: rather-not-say}")
Edit = Callable[[Path], None]


def edited(pattern: str, new: str, *names: str) -> Edit:
    def edit(folder: Path) -> None:
        for name in names:
            text = (folder / name).read_text()
            assert re.search(pattern, text)
            (folder / name).write_text(re.sub(pattern, new, text))

    return edit


LATER: dict[str, tuple[Edit, ...]] = {
    "as it was": (),
    "another id": (
        edited("id: home-safety\n", "id: safe-home\n", "home.yaml"),
        edited("when: {home-safety:", "when: {safe-home:", "alert-rules.yaml"),
    ),
    "another option": (
        edited('yes-now: "Yes"', 'yes-often: "Yes"', "home.yaml"),
        edited("at least: yes-now", "at least: yes-often", "alert-rules.yaml"),
    ),
    "private no more": (edited("private: yes", "private: no", "home.yaml", "alerts.yaml"),),
}


@pytest.fixture
def results(tmp_path: Path, run: Run) -> list[Path]:
    """Return three results that differ only in a private answer, and the public one."""
    paths = []
    for place, answer in enumerate(ANSWERS):
        text = re.sub(r"home-safety: .*", f"home-safety: {answer}", EXAMPLE.read_text().split("\nexpect:")[0])
        sheet, path = tmp_path / f"{place}.yaml", tmp_path / f"{place}.json"
        sheet.write_text(text + "\n")
        assert run("assess", "--answers", sheet, "--include-home-safety", "--export", path).returncode == 0
        paths.append(path)
    public = tmp_path / "public.json"
    assert run("assess", "--answers", EXAMPLE, "--export", public).returncode == 0
    return [*paths, public]


@pytest.mark.parametrize("name", LATER)
def test_opened_result_hides_private_answers(name: str, results: list[Path], tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "questions"
    shutil.copytree(ROOT / "questions" / "program-fit", folder)
    for edit in LATER[name]:
        edit(folder)
    *privates, public = results
    shown = {
        tuple(
            (done.returncode, done.stdout, done.stderr)
            for done in (
                run("show", path, "--questions", folder, "--format", "plain"),
                run("compare", path, public, "--questions", folder, "--format", "plain"),
                run("compare", public, path, "--questions", folder, "--format", "plain"),
            )
        )
        for path in privates
    }
    assert len(shown) == 1
    assert [status for status, _, _ in shown.pop()] == [0, 0, 0]


def test_edited_result_hides_its_private_alert(results: list[Path], tmp_path: Path, run: Run) -> None:
    whole, public = results[0], results[-1]
    data = json.loads(whole.read_text())
    (alert,) = (alert for alert in data["alerts"] if alert["level"] == "home safety")
    del data["answers"]["home-safety"]
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps(data))
    for arguments in (("show", cut), ("compare", cut, public), ("compare", public, cut)):
        done = run(*arguments, "--format", "plain")
        assert (done.returncode, alert["title"] in done.stdout + done.stderr) == (0, False)


def test_result_lists_its_private_ids(results: list[Path]) -> None:
    named = [json.loads(path.read_text())["private"] for path in results]
    assert named == [["home-safety", "home-safety-help"], ["home-safety"], ["home-safety"], []]
