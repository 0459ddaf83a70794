"""The pictures of the README are what the program draws today."""

import re
import subprocess
import sys

import pytest

from support import ROOT

PICTURES = ROOT / "docs" / "pictures"


def test_pictures_are_up_to_date() -> None:
    pytest.importorskip("pypdfium2")
    pytest.importorskip("PIL")
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_pictures.py", "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "run `make pictures` and look at them"


def test_pictures_fetch_nothing_and_run_nothing() -> None:
    for path in PICTURES.glob("*.svg"):
        text = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|<script|@import|<image|\burl\((?!#)", text), path


def test_readme_describes_every_picture_in_words() -> None:
    shown = dict(re.findall(r"!\[([^\]]+)\]\((?:docs/pictures/)([\w.-]+)\)", (ROOT / "README.md").read_text()))
    assert sorted(shown.values()) == sorted(path.name for path in PICTURES.iterdir())
    assert all(len(words) >= 80 for words in shown)
