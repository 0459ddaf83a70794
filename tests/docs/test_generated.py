"""Every generated part of the documentation is what the program says today."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import iop_fit
from iop_fit.problem_codes import Code
from iop_fit.report.registry import REPORTS
from support import ROOT

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")
PAGES = sorted(DOCS.rglob("*.md"))


def test_generated_parts_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, DOCS / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run `make docs` and look at the difference"


def test_reference_names_every_command_and_option() -> None:
    text = (REFERENCE / "commands.md").read_text()
    listed = re.findall(r"^## `iop-fit (\w+)`$", text, re.MULTILINE)
    helped = subprocess.run(
        [sys.executable, "-m", "iop_fit", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert listed == re.findall(r"^  (\w+)  ", helped.split("Commands:\n")[1].split("\n\n")[0], re.MULTILINE)
    options = (ROOT / "src" / "iop_fit" / "cli" / "options.py").read_text()
    assert set(re.findall(r'"(--[\w-]+)"', options)) <= set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", text, re.MULTILINE))


def test_reference_names_every_format_code_and_name() -> None:
    formats, codes, api = (
        (REFERENCE / name).read_text() for name in ("file-formats.md", "problem-codes.md", "python-api.md")
    )
    assert [name for name in REPORTS if f"| `{name}` |" not in formats] == []
    assert [code for code in Code if f"`{code}`" not in codes] == []
    assert [name for name in iop_fit.__all__ if f"{name}`" not in api] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(path.read_text()) if "://" not in target]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_index_links_to_every_page() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / target).resolve() for target in LINK.findall(index.read_text())}
    assert {*PAGES} - linked == {index}


def test_generated_parts_are_closed_and_known() -> None:
    for path in PAGES:
        text = path.read_text()
        assert text.count("<!-- generated: ") == text.count("<!-- /generated -->"), path


def test_reference_names_every_environment_variable() -> None:
    page = (REFERENCE / "environment-variables.md").read_text()
    source = "\n".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r'(?:environ(?:\.get\(|\[)|is_on\()"(\w+)"', source))
    read |= set(re.findall(r'"(\w+)" in os\.environ', source))
    by_libraries = {"LINES", "PAGER", "MANPAGER"}
    assert set(re.findall(r"`([A-Z_]{2,})`", page)) == read | by_libraries


def test_reference_names_every_exit_status() -> None:
    page = (REFERENCE / "exit-statuses.md").read_text()
    named = {int(number) for number in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    assert named == {0, 1, 2, 70} | {code.exit_status for code in Code}


def test_reference_explains_every_code_of_check() -> None:
    page = (REFERENCE / "problem-codes.md").read_text()
    explained = re.findall(r"^\| `([\w-]+)` \| [A-Z]", page, re.MULTILINE)
    with_status = re.findall(r"^\| `([\w-]+)` \| \d \|", page, re.MULTILINE)
    assert sorted([*explained, *with_status]) == sorted(Code)


def test_architecture_names_only_modules_that_exist() -> None:
    source = ROOT / "src" / "iop_fit"
    packages = {path.parent.name for path in source.glob("*/__init__.py")}
    page, _, _ = (DOCS / "explanation" / "architecture.md").read_text().partition("\n## Modules\n")
    named = re.findall(r"`(\w+)/(\w+)`", page)
    modules = [source / package / module for package, module in named if package in packages]
    assert [path for path in modules if not path.with_suffix(".py").exists() and not path.is_dir()] == []
    assert len(modules) >= 15
