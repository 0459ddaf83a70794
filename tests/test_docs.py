"""What the documents show is what the program does."""

import re
import subprocess
import sys
from pathlib import Path

import iop_fit
from conftest import DAY, ROOT
from iop_fit.domain.questionnaire import Questionnaire

README = ROOT / "README.md"
CAPTURE = re.compile(r"(<!-- demo -->\n```text\n)(.*?)(```\n<!-- /demo -->)", re.DOTALL)
DEMO_EXAMPLE = ROOT / "examples" / "everyday-drinking.yaml"


def test_readme_shows_the_real_beginning_of_the_demo(questionnaire: Questionnaire, update_golden: bool) -> None:
    sheet = iop_fit.load_answers(DEMO_EXAMPLE, questionnaire)
    text = iop_fit.render(iop_fit.assess(questionnaire, sheet, on=DAY), "text", width=80)
    beginning = text[: text.index("\nWhat to ask a provider")]
    if update_golden:
        written = CAPTURE.sub(lambda found: found.group(1) + beginning + found.group(3), README.read_text())
        README.write_text(written)
    found = CAPTURE.search(README.read_text())
    assert found
    assert found.group(2) == beginning


def test_readme_python_runs_as_written(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    script = tmp_path / "readme.py"
    script.write_text(code)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "iop\n", "")


def test_readme_names_every_command_and_only_targets_that_are_there() -> None:
    text = README.read_text()
    shown = set(re.findall(r"^iop-fit (\w+)", text, re.MULTILINE))
    helped = subprocess.run(
        [sys.executable, "-m", "iop_fit", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert shown == set(re.findall(r"^  (\w+)  ", helped[helped.index("Commands:") :], re.MULTILINE))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE)) <= targets


def test_readme_of_the_examples_names_each_of_them() -> None:
    named = set(re.findall(r"\]\((\S+\.yaml)\)", (ROOT / "examples" / "README.md").read_text()))
    assert named == {path.name for path in (ROOT / "examples").glob("*.yaml")}


def test_changelog_has_a_heading_for_the_questionnaire_version(questionnaire: Questionnaire) -> None:
    assert f"`{questionnaire.id}` {questionnaire.version}" in (ROOT / "CHANGELOG.md").read_text()
