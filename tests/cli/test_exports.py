"""Exported files: every format, paper sizes and private answers."""

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pexpect
import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.files.stdio import write_outputs
from iop_fit.files.targets import PendingFile
from iop_fit.outline.result import PAPER_TITLE
from iop_fit.report.registry import REPORTS
from iop_fit.text import join
from support import ROOT, Run
from support.example_results import private_title
from support.html_pages import Page
from support.side_by_side import Case, Done, run_side_by_side, usage
from support.terminal_answers import to_the_end
from support.terminals import Terminal, words

SUFFIXES = {report.suffix: name for name, report in REPORTS.items()}

EXAMPLE = ROOT / "examples" / "not-safe-at-home.yaml"
NAMES = [f"page{suffix}" for suffix in SUFFIXES]
EXPORTS = [part for name in NAMES for part in ("--export", name)]
NO_PDF = (
    "Can't make a PDF file: the typst library is not available on this kind of computer.\n"
    "  Export to a .html file instead, open it in a browser and print it.\n"
)


def exported(folder: Path, *arguments: str, answers: str = "") -> dict[str, bytes]:
    """Run the command in a folder; return the files it wrote."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "iop_fit", "assess", "--answers", "-", *EXPORTS, *arguments],
        input=(answers or EXAMPLE.read_text()).encode(),
        capture_output=True,
        check=False,
        cwd=folder,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "".join(f"Written: {name}\n" for name in NAMES))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    exported(folder)
    return folder


# All formats at once


def test_exports_are_all_written_owner_only(folder: Path) -> None:
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == dict.fromkeys(NAMES, 0o600)


def test_exports_have_the_format_of_their_suffix(folder: Path) -> None:
    title = PAPER_TITLE[Audience.ME]
    pdf = (folder / "page.pdf").read_bytes()
    assert (pdf[:5], pdf.rstrip()[-5:]) == (b"%PDF-", b"%%EOF")
    html = (folder / "page.html").read_text()
    assert html.startswith("<!DOCTYPE html>\n")
    assert Page(html).texts["title"] == title
    assert (folder / "page.md").read_text().startswith(f"# {title}\n\n")
    assert (folder / "page.txt").read_text().startswith(f"{title}\n")
    assert json.loads((folder / "page.json").read_text())["format"] == "iop-fit result 2"
    assert json.loads((folder / "page.fhir.json").read_text())["resourceType"] == "Bundle"


def test_exports_are_reproducible(folder: Path, tmp_path: Path) -> None:
    assert exported(tmp_path) == {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("name", ["A.PDF", "a.Html", "a.b.MD", "a.FHIR.json", "a.TXT", ".json"])
def test_export_suffix_ignores_case(run: Run, tmp_path: Path, folder: Path, name: str) -> None:
    done = run("assess", "--answers", EXAMPLE, "--export", name)
    assert (done.returncode, done.stderr) == (0, f"Written: {name}\n")
    suffix = next(each for each in SUFFIXES if name.lower().endswith(each))
    assert (tmp_path / name).read_bytes() == (folder / f"page{suffix}").read_bytes()


def test_format_output_equals_the_export(folder: Path) -> None:
    for suffix, kind in SUFFIXES.items():
        done = subprocess.run(
            [sys.executable, "-m", "iop_fit", "assess", "--answers", EXAMPLE, "--format", kind],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == (folder / f"page{suffix}").read_bytes()


def test_failed_file_stops_no_other_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second, last = (tmp_path / name for name in ("first.md", "second.md", "last.md"))
    last.write_bytes(b"old")
    with pytest.raises(IopFitError):
        write_outputs(
            "The output.\n", [PendingFile(path, lambda: b"new", replace=False) for path in (first, last, second)]
        )
    assert capsys.readouterr() == ("The output.\n", f"Written: {first}\nWritten: {second}\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "first.md": b"new",
        "second.md": b"new",
        "last.md": b"old",
    }


FAILING_TYPST = """
import typst

class PanicException(BaseException):
    pass

def fail(*_, **__):
    raise PanicException

typst.compile = fail
"""


def test_failed_page_stops_no_other_output(run: Run, tmp_path: Path) -> None:
    (tmp_path / "patch").mkdir()
    (tmp_path / "patch" / "sitecustomize.py").write_text(FAILING_TYPST)
    path = os.pathsep.join(filter(None, (str(tmp_path / "patch"), os.environ.get("PYTHONPATH"))))
    done = run("assess", "--answers", EXAMPLE, "--export", "page.pdf", "--export", "page.md", PYTHONPATH=path)
    assert done.stderr == (
        "Written: page.md\nSome of the text can't be drawn as PDF.\n  Export to a .html, .md or .txt file instead.\n"
    )
    assert (done.returncode, "Who to call, and what to say" in done.stdout) == (4, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.md", "patch"]


# Paper


def test_paper_is_letter_by_default(folder: Path, tmp_path: Path) -> None:
    letter = {path.name: path.read_bytes() for path in folder.iterdir()}
    a4 = exported(tmp_path, "--paper", "a4")
    assert {name for name in NAMES if letter[name] != a4[name]} == {"page.pdf", "page.html"}
    assert sizes(letter["page.html"]) == ["letter"]
    assert sizes(a4["page.html"]) == ["A4"]


def sizes(html: bytes) -> list[str]:
    return re.findall(r"@page \{ size: (\w+);", html.decode())


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_paper_sets_the_size_of_every_pdf_page(paper: str, size: tuple[int, int], tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    pages = pdfium.PdfDocument(exported(tmp_path, "--paper", paper)["page.pdf"])
    assert {tuple(map(round, page.get_size())) for page in pages} == {size}


# A PDF and a terminal


def ended(folder: Path, *arguments: str, **environment: str) -> tuple[int | None, str]:
    """Run `assess` in a real terminal without input; return its exit status and output."""
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "iop_fit", "assess", *arguments],
        cwd=folder,
        encoding="utf-8",
        dimensions=(24, 100),
        env={**os.environ, **environment},
    )
    said = terminal.read()
    terminal.close()
    return terminal.exitstatus, said.replace("\r\n", "\n")


@pytest.mark.parametrize("arguments", [(), ("--answers", str(EXAMPLE)), ("--export", "page.md")])
def test_pdf_on_a_terminal_is_refused_first(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    message = "Invalid value for --format: a PDF can't be shown on a terminal: use --export page.pdf"
    assert ended(tmp_path, "--format", "pdf", *arguments) == (2, usage("assess", message))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def without_typst(tmp_path: Path) -> str:
    """Return a PYTHONPATH that hides typst, and make a folder to write into."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "sitecustomize.py").write_text("import sys\nsys.modules['typst'] = None\n")
    (tmp_path / "pages").mkdir()
    return os.pathsep.join(filter(None, (str(tmp_path / "elsewhere"), os.environ.get("PYTHONPATH"))))


def test_missing_typst_is_reported_before_asking(tmp_path: Path, without_typst: str) -> None:
    pages = tmp_path / "pages"
    assert ended(pages, "--export", "page.pdf", PYTHONPATH=without_typst) == (4, f"page.pdf: {NO_PDF}")
    assert list(pages.iterdir()) == []


def test_missing_typst_hides_no_other_problem(run: Run, without_typst: str) -> None:
    exports = ("--export", "pages/page.pdf", "--export", "none/page.html")
    done = run("assess", "--answers", "none.yaml", "--format", "pdf", *exports, PYTHONPATH=without_typst)
    expected = (
        f"pages/page.pdf: {NO_PDF}"
        "none/page.html: The folder none does not exist, so this file can't be written.\n"
        "  Create the folder first, or choose another location.\n"
        f"{NO_PDF}"
        "none.yaml: There is no such file.\n  Check the spelling and the folder.\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (4, "", expected)


def test_missing_typst_stops_no_other_format(run: Run, tmp_path: Path, folder: Path, without_typst: str) -> None:
    others = [name for name in NAMES if name != "page.pdf"]
    done = run(
        "assess",
        "--answers",
        EXAMPLE,
        *(part for name in others for part in ("--export", name)),
        PYTHONPATH=without_typst,
    )
    assert (done.returncode, done.stderr) == (0, "".join(f"Written: {name}\n" for name in others))
    assert all((tmp_path / name).read_bytes() == (folder / name).read_bytes() for name in others)


# The page offered below the result


def test_offered_page_takes_any_format_and_a_name(questionnaire: Questionnaire, tmp_path: Path) -> None:
    with Terminal(tmp_path, "--for", "me", "--paper", "a4") as terminal:
        to_the_end(terminal, questionnaire).type("g", "p", "page.doc")
        assert words(f"It must end in {ENDINGS}.") in words(terminal.since_typed())
        terminal.type("page.html", "Ana <b>&amp; Bo", "").last("q")
        assert terminal.end() == 0
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    html = (tmp_path / "page.html").read_bytes()
    assert " Ana <b>&amp; Bo. " in Page(html.decode()).texts["body"]
    assert sizes(html) == ["A4"]


def test_offered_page_explains_missing_typst(questionnaire: Questionnaire, tmp_path: Path, without_typst: str) -> None:
    with Terminal(tmp_path / "pages", "--for", "me", PYTHONPATH=without_typst) as terminal:
        to_the_end(terminal, questionnaire).type("g", "p", "page.pdf")
        assert words(NO_PDF) in words(terminal.since_typed())
        terminal.type("page.html", "0", "").last("q")
        assert terminal.end() == 0
    assert [path.name for path in (tmp_path / "pages").iterdir()] == ["page.html"]


# Wrong names

ENDINGS = join(SUFFIXES, last="or")
MISUSED = {
    "unknown-ending": (["--export", "page.docx"], f"page.docx must end in {ENDINGS}"),
    "no-ending": (["--export", "page"], f"page must end in {ENDINGS}"),
    "ending-of-a-folder": (["--export", "page.pdf/x"], f"x must end in {ENDINGS}"),
    "second-ending": (["--export", "page.md", "--export", "page.htm"], f"page.htm must end in {ENDINGS}"),
    "one-file-twice": (["--export", "page.pdf", "--export", "page.pdf"], "page.pdf is given twice"),
}
"""Arguments, and the message about them."""


@pytest.fixture(scope="module")
def misused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    cases = {name: Case(["assess", *arguments], Done(2, "")) for name, (arguments, _) in MISUSED.items()}
    return run_side_by_side(cases, tmp_path_factory)


@pytest.mark.parametrize("name", MISUSED)
def test_export_with_a_wrong_name_is_refused(misused: dict[str, Done], name: str) -> None:
    assert misused[name] == Done(2, usage("assess", f"Invalid value for --export: {MISUSED[name][1]}"))


def test_export_refuses_two_names_of_one_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    done = run("assess", "--answers", EXAMPLE, "--export", "page.pdf", "--export", "link/page.pdf")
    expected = usage("assess", "Invalid value for --export: link/page.pdf is given twice")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)
    assert [path.name for path in tmp_path.iterdir()] == ["link"]


# Private answers

SAFETY = ("home-safety: yes-now", "home-safety: none", "home-safety: {skipped: rather-not-say}")


def test_exports_do_not_depend_on_private_answers(tmp_path: Path) -> None:
    texts = [without_expectation(EXAMPLE.read_text().replace(SAFETY[0], each)) for each in SAFETY]
    assert len(set(texts)) == 3

    def run(place: int) -> dict[str, bytes]:
        return exported(tmp_path / str(place), answers=texts[place])

    with ThreadPoolExecutor() as pool:
        first, *others = pool.map(run, range(3))
    assert set(first) == set(NAMES)
    assert others == [first, first]
    assert all(b"home-safety" not in content for content in first.values())


def test_exports_include_private_answers_if_asked(tmp_path: Path, folder: Path, questionnaire: Questionnaire) -> None:
    title = private_title(questionnaire)
    included = exported(tmp_path, "--include-home-safety")
    assert all(included[name] != (folder / name).read_bytes() for name in NAMES)
    for name in ("page.html", "page.md", "page.txt", "page.json"):
        assert title in unescape(included[name].decode())
        assert title not in unescape((folder / name).read_text())


def without_expectation(text: str) -> str:
    """Remove the expectations of an example."""
    return text[: text.index("\nexpect:")] + "\n"
