"""Standard output in any locale: files for programs are UTF-8, byte for byte as they are exported."""

import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from iop_fit.report.registry import DRAWN, REPORTS
from support import ROOT

QUESTIONS = ROOT / "tests" / "questionnaires" / "valid" / "spanish.yaml"
ANSWERS = "for: me\nanswers: {words: 'Señora… “sí” Ελένη', how: bad, what: [walk]}\n"
LOCALES: dict[str, dict[str, str]] = {
    "utf-8": {},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "koi8-r": {"PYTHONIOENCODING": "koi8-r"},
    "utf-16": {"PYTHONIOENCODING": "utf-16"},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "POSIX": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


def output(folder: Path, environment: dict[str, str], *arguments: str) -> bytes:
    """Return the standard output of the command, run in a folder; it must not fail."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
        env={**kept, "LC_ALL": "C.UTF-8", **environment},
        timeout=60,
    )
    assert done.returncode in {0, 1}, done.stderr.decode(errors="replace")
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with answers and two results."""
    folder = tmp_path_factory.mktemp("encodings")
    (folder / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    (folder / "other.yaml").write_text(ANSWERS.replace("bad", "mid"), encoding="utf-8")
    for name in ("answers", "other"):
        output(folder, {}, "assess", *ASKED, "--answers", f"{name}.yaml", "--export", f"{name}.json")
    return folder


ASKED = ("--questions", str(QUESTIONS))
FOR_PROGRAMS = {
    **{f"assess {name}": ("assess", *ASKED, "--answers", "answers.yaml", "--format", name) for name in REPORTS},
    **{f"show {name}": ("show", "answers.json", *ASKED, "--format", name) for name in REPORTS},
    **{f"compare {name}": ("compare", "answers.json", "other.json", *ASKED, "--format", name) for name in DRAWN},
    **{f"options {name}": ("options", *ASKED, "--format", name) for name in DRAWN},
    "check": ("check", str(QUESTIONS), "--format", "json", "--on", "2026-01-02"),
    "questions": ("questions", *ASKED, "--format", "json"),
    "blank": ("questions", *ASKED, "--blank"),
    "schema": ("schema",),
}
"""Every output that is not text for the terminal."""


@pytest.fixture(scope="module")
def in_utf8(folder: Path) -> dict[str, bytes]:
    return outputs(folder, "utf-8", FOR_PROGRAMS)


def outputs(folder: Path, locale: str, names: Iterable[str]) -> dict[str, bytes]:
    """Return the standard output of the commands with these names."""
    with ThreadPoolExecutor() as pool:
        done = pool.map(lambda name: output(folder, LOCALES[locale], *FOR_PROGRAMS[name]), names)
        return dict(zip(names, done, strict=True))


@pytest.mark.parametrize("locale", ["latin-1", "C"])
def test_output_for_programs_ignores_locale(folder: Path, in_utf8: dict[str, bytes], locale: str) -> None:
    assert outputs(folder, locale, FOR_PROGRAMS) == in_utf8


@pytest.mark.parametrize("locale", ["koi8-r", "utf-16", "POSIX"])
def test_result_and_blank_sheet_ignore_locale(folder: Path, in_utf8: dict[str, bytes], locale: str) -> None:
    names = ("assess json", "show html", "blank")
    assert outputs(folder, locale, names) == {name: in_utf8[name] for name in names}


def test_output_has_the_bytes_of_the_export(folder: Path, tmp_path: Path, in_utf8: dict[str, bytes]) -> None:
    pages = [tmp_path / f"page{report.suffix}" for report in REPORTS.values()]
    exports = [part for page in pages for part in ("--export", str(page))]
    output(folder, LOCALES["latin-1"], *FOR_PROGRAMS["assess json"], *exports)
    written = {f"assess {name}": page.read_bytes() for name, page in zip(REPORTS, pages, strict=True)}
    assert written == {name: in_utf8[name] for name in written}


def test_json_of_other_locale_is_read_back(folder: Path) -> None:
    (folder / "latin.json").write_bytes(output(folder, LOCALES["latin-1"], *FOR_PROGRAMS["assess json"]))
    shown = output(folder, {}, "show", "latin.json", *ASKED, "--format", "json")
    assert "Señora… “sí” Ελένη".encode() in shown


def test_text_for_people_follows_locale(folder: Path) -> None:
    listed = output(folder, LOCALES["latin-1"], "questions", *ASKED)
    assert "¿Cómo está?".encode("latin-1") in listed
