"""The page on privacy: every sentence leads to a test, and every test it names is there."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from support import ROOT
from support.readability import STIGMATISING, grade

PAGE = ROOT / "docs" / "reference" / "privacy.md"
SECURITY = ROOT / "SECURITY.md"
TESTS = "The tests"
UNBACKED = {"What it cannot do", "If somebody may be watching"}
"""The sections that hold limits and advice; what is tested of them has a number all the same."""
SENTENCE = re.compile(r"(.+?\.)((?: \[\d+\])*)(?: |$)")
"""Up to a full stop, with the numbers behind it."""


class Sentence(NamedTuple):
    section: str
    text: str
    numbers: tuple[int, ...]


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def sentences(text: str) -> list[Sentence]:
    """All sentences of a page, with the numbers behind each."""
    found = []
    for section, body in sections(text).items():
        if section == TESTS:
            continue
        for item in re.split(r"^- ", body, flags=re.MULTILINE)[1:]:
            pieces = SENTENCE.findall(" ".join(item.split()))
            found += [Sentence(section, said, tuple(map(int, re.findall(r"\d+", marks)))) for said, marks in pieces]
    return found


def notes(text: str) -> dict[int, list[str]]:
    """The tests that each number leads to, one or more."""
    found = re.findall(r"^(\d+)\. (`[^`]+`(?:, `[^`]+`)*)$", sections(text)[TESTS], re.MULTILINE)
    return {int(number): re.findall("`(.+?)`", names) for number, names in found}


@cache
def named_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def is_there(name: str) -> bool:
    file, _, test = name.partition("::")
    return test in named_in(file)


def mistakes(text: str) -> list[str]:
    """All that is wrong with how a page is backed."""
    said, known = sentences(text), notes(text)
    used = {number for each in said for number in each.numbers}
    unbacked = [f"nothing backs: {each.text}" for each in said if not each.numbers and each.section not in UNBACKED]
    missing = [f"no such note: {number}" for number in sorted(used - known.keys())]
    unused = [f"used nowhere: {number}" for number in sorted(known.keys() - used)]
    gone = [f"no such test: {name}" for names in known.values() for name in names if not is_there(name)]
    return unbacked + missing + unused + gone


def test_privacy_sentences_name_existing_tests() -> None:
    assert mistakes(PAGE.read_text()) == []


def test_privacy_page_has_no_unread_line() -> None:
    """No sentence hides from the test above: not in a paragraph, and not without a full stop."""
    text = PAGE.read_text()
    said = "".join(each.text + "".join(f" [{number}]" for number in each.numbers) for each in sentences(text))
    bodies = "".join(body for section, body in sections(text).items() if section != TESTS)
    assert "".join(said.split()) == "".join(re.sub(r"^- ", "", bodies, flags=re.MULTILINE).split())
    listed = sections(text)[TESTS].strip().split("\n")
    assert list(notes(text)) == list(range(1, len(listed) + 1))


def test_sentences_without_a_test_are_found() -> None:
    here = "tests/docs/test_privacy_page.py::test"
    page = (
        "# Title\n\n## One\n\n- It does this. [1] It does\n  that.\n- It is so, `a.b` too. [2] [4]\n\n## The tests\n\n"
        f"1. `{here}_page_on_privacy_fits_a_page`, `{here}_lost`\n2. `{here}_gone`\n"
        f"3. `{here}_page_on_privacy_fits_a_page`\n"
    )
    assert mistakes(page) == [
        "nothing backs: It does that.",
        "no such note: 4",
        "used nowhere: 3",
        "no such test: tests/docs/test_privacy_page.py::test_lost",
        "no such test: tests/docs/test_privacy_page.py::test_gone",
    ]


@pytest.mark.parametrize("path", [PAGE, SECURITY], ids=lambda path: path.name)
def test_pages_on_privacy_use_plain_words(path: Path) -> None:
    text = path.read_text()
    assert STIGMATISING.findall(text) == []
    read = [re.sub(r"`[^`]*`|\[\d+\]", "it", each) for each in re.split(r"\n\s*(?:-|\d+\.|\|)?\s*", text)]
    assert grade(" ".join(read)) < 8


def test_page_on_privacy_fits_a_page() -> None:
    text = PAGE.read_text()
    assert len(text.split("## The tests")[0].splitlines()) <= 50
    assert len(text.splitlines()) <= 80
