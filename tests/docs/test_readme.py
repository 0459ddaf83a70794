"""The README and the changelog say only what is there."""

import re
import subprocess
import sys

from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from support import ROOT
from support.example_results import read

README = (ROOT / "README.md").read_text()
COMMAND = re.compile(r"^(?:\$ )?iop-fit (\w+)", re.MULTILINE)


def test_readme_is_short_and_names_help_near_the_top() -> None:
    assert len(README.splitlines()) <= 150
    top = README[:1500]
    assert all(said in top for said in ("call 911", "call or text 988", "`iop-fit hotlines`", "**not a diagnosis**"))
    assert "No licensed clinician has reviewed its questions or its rules." in " ".join(top.split())


def test_readme_names_only_commands_that_exist() -> None:
    helped = subprocess.run(
        [sys.executable, "-m", "iop_fit", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = set(re.findall(r"^  (\w+)  ", helped[helped.index("Commands:") :], re.MULTILINE))
    assert {"assess", "hotlines", "show", "compare", "new", "check"} <= set(COMMAND.findall(README)) <= commands


def test_docs_name_only_existing_make_targets() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    pages = [README, *(path.read_text() for path in (ROOT / "docs").rglob("*.md"))]
    named = {name for page in pages for name in re.findall(r"(?:^|`)make (\w+)", page, re.MULTILINE)}
    assert {"demo", "docs", "pictures"} <= named <= targets


def test_readme_names_only_files_that_exist() -> None:
    named = re.findall(r"`((?:docs|questions|examples)/[\w./-]*)`", README)
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert len(named) >= 8


def test_readme_links_relatively_to_pictures_alone() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert [link for link in links if not link.startswith(("https://", "docs/pictures/"))] == []


def test_examples_readme_names_each_example() -> None:
    named = set(re.findall(r"\]\((\S+\.yaml)\)", (ROOT / "examples" / "README.md").read_text()))
    assert named == {path.name for path in (ROOT / "examples").glob("*.yaml")}


DIRECTIONS = {
    "lighter": "a lighter step",
    "iop": "an IOP",
    "iop-plus": "an IOP plus extra support",
    "inpatient": "inpatient",
}
"""The word for each direction in the list of examples."""


def test_examples_readme_says_each_result(questionnaire: Questionnaire) -> None:
    wrong = []
    page = (ROOT / "examples" / "README.md").read_text()
    for name, said in re.findall(r"^\| \[[\w-]+\]\((\S+)\) \| .* \| (.*) \|$", page, re.MULTILINE):
        decision = decide(questionnaire, read(ROOT / "examples" / name, questionnaire).sheet)
        lowest = "no direction" if decision.withheld_by else DIRECTIONS[decision.lowest.id]
        exact = decision.withheld_by or decision.lowest == decision.highest
        words = lowest if exact else f"from {lowest} to {DIRECTIONS[decision.highest.id]}"
        if re.split("[,;:]", said)[0] != words or ("no alert" in said and decision.alerts):
            wrong.append((name, said, words))
    assert wrong == []


def test_changelog_names_the_questionnaire_version(questionnaire: Questionnaire) -> None:
    assert f"`{questionnaire.id}` {questionnaire.version}" in (ROOT / "CHANGELOG.md").read_text()
