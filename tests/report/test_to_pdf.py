"""The PDF: complete, in order, accessible, two pages long, and without active content."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import NoReturn

import page
import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

import iop_fit
from iop_fit.domain.answers import Written
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.limits import MAX_NOTE
from iop_fit.outline.blocks import Grid, Ladder, Outline, Table
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.result import paper_of
from iop_fit.report.formats import export
from iop_fit.report.glyphs import drawable, replaced
from iop_fit.report.registry import PAPERS
from iop_fit.report.to_pdf import TEMPLATE, to_pdf
from iop_fit.storage.difference import difference_of
from support import DAY, ROOT
from support import EXAMPLES as TRIES
from support.example_results import EXAMPLES, public_result_of, read
from support.html_pages import all_texts, sample_outline
from support.pdfs import Paper
from support.people import person
from support.saved_results import saved

QUESTIONNAIRE = iop_fit.load()
SIZES = {"letter": [0, 0, 612, 792], "a4": [0, 0, pytest.approx(595.28, abs=0.01), pytest.approx(841.89, abs=0.01)]}
MARGIN = 46.8
"""The left and right margin in points: 0.65 inches."""
MIN_SIZE = 7.9
"""The minimum font size, in points, without the rounding of 8."""

USUAL_PAGES = 3
"""The page for the visit, the provider's page, and the options, for three examples in four."""
MOST_PAGES = 4
"""Pages for people with many cards or skipped questions."""
COMPOSITES = {"many-signs", "many-signs-pregnant"}
"""Two dozen alerts and as many reasons as no person has take more pages."""
COMPOSITE_PAGES = 6

PLAIN = Paper(to_pdf(sample_outline()))
"""A page with every kind of block."""

each_example = pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
each_paper = pytest.mark.parametrize("paper", PAPERS)


@cache
def outline_of(path: Path) -> Outline:
    return paper_of(public_result_of(path, QUESTIONNAIRE))


@cache
def pdf_of(path: Path, paper: str) -> bytes:
    return export(public_result_of(path, QUESTIONNAIRE), "pdf", paper=paper)


@cache
def paper_read(path: Path, paper: str) -> Paper:
    return Paper(pdf_of(path, paper))


def squeezed(*texts: str) -> str:
    """Remove all white space, since line breaks depend on the page."""
    return "".join("".join(texts).split())


def failures(data: bytes, folder: Path) -> list[str]:
    """Return the rules of PDF/UA-1 that a PDF violates."""
    file = folder / "page.pdf"
    file.write_bytes(data)
    report = page.validate_pdf(file, profile="ua1")
    assert report.is_compliant == (report.failures == [])
    return [failure.rule_id for failure in report.failures]


# Accessibility


@each_paper
@each_example
def test_pdf_conforms_to_pdf_ua(path: Path, paper: str, tmp_path: Path) -> None:
    assert failures(pdf_of(path, paper), tmp_path) == []


@pytest.mark.parametrize("key", ["/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata", "/StructTreeRoot"])
def test_validator_reports_a_missing_entry(key: str, tmp_path: Path) -> None:
    pdf = Paper(pdf_of(EXAMPLES[0], "letter")).pdf
    del pdf.Root[key]
    pdf.save(tmp_path / "without.pdf")
    assert failures((tmp_path / "without.pdf").read_bytes(), tmp_path) != []


@each_paper
@each_example
def test_pdf_tags_have_all_text_in_order(path: Path, paper: str) -> None:
    check_words(paper_read(path, paper), outline_of(path))


def check_words(shown: Paper, outline: Outline) -> None:
    """Check that the tags contain every text of the outline in order, and that the pages contain nothing else."""
    assert squeezed(*shown.document.texts(without="Lbl")) == squeezed(*all_texts(outline))
    assert set(shown.document.all_of("Lbl")) <= {
        "•",
        "",
        *(f"{number}." for number in range(1, 30)),
    }
    blocks = [block for part in outline.parts for block in part.blocks]
    repeated = {squeezed(*headers_of(block)) for block in blocks if isinstance(block, Table | Grid)}
    pages = len(shown.untagged)
    for number, text in enumerate(shown.untagged, 1):
        rest = squeezed(re.sub(rf"{number} / {pages}$", "", text))
        for headers in repeated:
            rest = rest.removeprefix(headers)
        assert rest == ("" if number == pages else squeezed(outline.footer))


def headers_of(block: Table | Grid) -> list[str]:
    if isinstance(block, Table):
        return [*block.headers]
    return ["", *(f"{column.title}{column.mark}" for column in block.columns)]


def rows_of(block: Table | Grid) -> list[list[str]]:
    if isinstance(block, Table):
        return [[*row] for row in block.rows]
    return [[f"{row.title}{row.mark}", *row.cells] for row in block.rows]


@each_paper
@each_example
def test_pdf_headings_nest_and_have_bookmarks(path: Path, paper: str) -> None:
    shown, outline = paper_read(path, paper), outline_of(path)
    levels = [int(tag.name[1]) for tag in shown.document.every() if re.fullmatch(r"H\d", tag.name)]
    assert set(levels) == {1, 2, 3}
    assert all(after <= before + 1 for before, after in zip((0, *levels), levels, strict=False))
    assert shown.document.all_of("H1") == [outline.title]
    assert shown.document.all_of("H2") == [part.title for part in outline.parts]
    titles = shown.document.all_of("H1", "H2", "H3")
    assert [(depth, squeezed(title)) for depth, title in shown.bookmarks] == [
        (level, squeezed(title)) for level, title in zip(levels, titles, strict=True)
    ]


@each_paper
@each_example
def test_pdf_tables_have_headers_and_figures_alt(path: Path, paper: str) -> None:
    document, outline = paper_read(path, paper).document, outline_of(path)
    blocks = [block for part in outline.parts for block in part.blocks]
    tables = [block for block in blocks if isinstance(block, Table | Grid)]
    assert len(tables) >= 1
    assert [tag.all_of("TH") for tag in document.every() if tag.name == "Table"] == [
        headers_of(table) for table in tables
    ]
    assert [squeezed(cell) for cell in document.all_of("TD")] == [
        squeezed(cell) for table in tables for row in rows_of(table) for cell in row
    ]
    assert [tag.alt for tag in document.every() if tag.name == "Figure"] == [
        block.words for block in blocks if isinstance(block, Ladder)
    ]


# File properties


@each_paper
@each_example
def test_pdf_has_metadata_and_no_actions(path: Path, paper: str) -> None:
    pdf, outline = paper_read(path, paper).pdf, outline_of(path)
    root = pdf.Root
    assert {*root.keys()} == {
        *("/Type", "/Pages", "/Lang", "/Metadata", "/MarkInfo", "/StructTreeRoot", "/ViewerPreferences", "/Outlines")
    }
    assert str(root.Lang) == outline.language
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    for each in pdf.pages:
        assert {*each.obj.keys()} <= {
            *("/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/StructParents", "/Tabs", "/Group")
        }
    day = "20260102000000Z"
    assert {key: re.sub(r"^Typst [\d.]+$", "Typst", str(value)) for key, value in pdf.docinfo.items()} == {
        "/Title": outline.title,
        "/Creator": "Typst",
        "/CreationDate": f"D:{day}",
        "/ModDate": f"D:{day}",
    }
    assert {*re.findall(r"<(\w+:\w+)[ >]", root.Metadata.read_bytes().decode())} == {
        *("x:xmpmeta", "rdf:RDF", "rdf:Description", "rdf:Alt", "rdf:Bag", "rdf:li", "pdfuaid:part"),
        *("dc:title", "dc:language", "dc:format", "pdf:PDFVersion", "xmp:CreatorTool", "xmp:CreateDate"),
        *("xmp:ModifyDate", "xmpTPg:NPages", "xmpMM:InstanceID", "xmpMM:DocumentID", "xmpMM:RenditionClass"),
    }


@pytest.mark.parametrize("tag", ["es-US", "ES", "zh-Hant-TW", "gsw"])
def test_pdf_language_omits_the_country(tag: str, tmp_path: Path) -> None:
    data = to_pdf(sample_outline()._replace(language=tag))
    assert str(Paper(data).pdf.Root.Lang) == tag.lower().split("-")[0]
    assert failures(data, tmp_path) == []


def test_pdf_without_a_day_has_no_date() -> None:
    assert {*PLAIN.pdf.docinfo.keys()} == {"/Title", "/Creator"}


@each_paper
def test_most_pdfs_have_three_pages(paper: str) -> None:
    short = [path.stem for path in EXAMPLES if len(paper_read(path, paper).pdf.pages) <= USUAL_PAGES]
    assert len(short) >= 0.75 * len(EXAMPLES)


@each_paper
@each_example
def test_pdf_has_few_pages_of_the_chosen_paper(path: Path, paper: str) -> None:
    shown = paper_read(path, paper)
    pages = [[float(side) for side in each.MediaBox] for each in shown.pdf.pages]
    assert pages == [SIZES[paper]] * len(pages)
    assert len(pages) <= (COMPOSITE_PAGES if path.stem in COMPOSITES else MOST_PAGES + 1)
    assert len(pdf_of(path, paper)) < (200_000 if path.stem in COMPOSITES else 150_000)
    assert shown.smallest >= MIN_SIZE
    assert all("/FontFile3" in font.DescendantFonts[0].FontDescriptor for font in shown.fonts)


@each_paper
@each_example
def test_pdf_words_are_separate_and_inside_margins(path: Path, paper: str) -> None:
    document = pypdfium2.PdfDocument(pdf_of(path, paper))
    check_margins(document)
    shown = {word for each in document for word in each.get_textpage().get_text_range().split()}
    broken = {word for text in all_texts(outline_of(path)) for word in text.split() if word not in shown}
    assert {word.partition(":")[0] for word in broken if not re.search(r"\w[/-]\w", word)} <= {"sha256"}


def check_margins(document: pypdfium2.PdfDocument) -> None:
    """Check that no text is beyond the margins, with a tolerance for overhanging glyphs."""
    for each in document:
        text = each.get_textpage()
        boxes = [text.get_rect(place) for place in range(text.count_rects())]
        assert min(left for left, *_ in boxes) > MARGIN - 3
        assert max(right for *_, right, _ in boxes) < each.get_width() - MARGIN + 3
        assert min(bottom for _, bottom, *_ in boxes) > 10


@each_example
def test_pdf_output_is_deterministic(path: Path) -> None:
    assert export(public_result_of(path, QUESTIONNAIRE), "pdf") == pdf_of(path, "letter")


def test_pdf_is_the_same_in_another_process(tmp_path: Path) -> None:
    script = """
import sys
from datetime import date
from pathlib import Path
import iop_fit
from iop_fit.domain.assess import assess
from iop_fit.report.formats import export
from iop_fit.storage.answer_files import load_sheet
questionnaire = iop_fit.load()
sheet = load_sheet(Path(sys.argv[1]).read_text(), "sheet.yaml", questionnaire).sheet
Path("page.pdf").write_bytes(export(assess(questionnaire, sheet, on=date(2026, 1, 2)), "pdf"))
"""
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "SOURCE_DATE_EPOCH": "1"}
    subprocess.run([sys.executable, "-c", script, EXAMPLES[0]], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "page.pdf").read_bytes() == pdf_of(EXAMPLES[0], "letter")


def test_pdf_rejects_an_unknown_paper_size() -> None:
    with pytest.raises(ValueError, match="unknown paper size 'a5'; expected one of letter, a4"):
        to_pdf(sample_outline(), "a5")


@pytest.mark.parametrize("seed", range(TRIES // 3))
def test_pdf_of_a_random_person_has_few_pages(seed: int) -> None:
    result = assess(QUESTIONNAIRE, person(QUESTIONNAIRE, Random(seed)), on=DAY)
    shown = Paper(export(result, "pdf"))
    assert len(shown.pdf.pages) <= MOST_PAGES + 1
    assert shown.smallest >= MIN_SIZE
    assert squeezed(*shown.document.texts(without="Lbl")) == squeezed(*all_texts(paper_of(result)))


@each_paper
def test_pdf_of_a_comparison_fits_few_pages(paper: str, tmp_path: Path) -> None:
    outline = comparison_of(difference_of(saved("many-signs"), saved("steady-home")))
    data = to_pdf(outline, paper)
    shown = Paper(data)
    check_words(shown, outline)
    check_margins(pypdfium2.PdfDocument(data))
    assert failures(data, tmp_path) == []
    assert len(shown.pdf.pages) <= MOST_PAGES


# User text

HOSTILE = {
    "read": '#read("/etc/passwd") #import "x.typ": * #include "y.typ" #panic()',
    "marks": "$x^2$ *b* _i_ `raw` ```raw``` <label> @ref ~ -- --- ... \\ // /* */ https://example.org",
    "lines": "= Heading\n- item\n+ item\n/ term: x\n#pagebreak()",
    "escapes": "\\u{0} \\u{202e} \\n \\# \\ \\",
    "json": '"}]}, "title": "x", \'"\\" \\u0022 {{}} [[]] null',
    "html": "<script>alert(1)</script> <b>&amp;</b> &#60; ]]> <!-- -->",
    "pdf": "(x) Tj ET EMC endstream endobj << /JavaScript (app.alert(1)) >> \\050",
    "quotes": "\"a\" 'b' \u201cc\u201d it's",
    "hebrew": "\u05e9\u05dc\u05d5\u05dd",
    "arabic": "\u0645\u0631\u062d\u0628\u0627",
    "control": "a\x00b\x07c\x1b[31md\x7fe\x9bf\u2028g\u2029h\ufeffi",
    "emoji": "\U0001f600 \u2764\ufe0f \U0001f469\u200d\u2695\ufe0f \U0001f1fa\U0001f1f8 1\ufe0f\u20e3",
    "cjk": "\u6211\u60f3\u505c\u4e0b\u6765 \u3084\u3081\u305f\u3044 \uadf8\ub9cc",
    "accents": "e\u0301e\u0323 Nguye\u0302\u0303n " + "w" * 29 + "e\u0301" * 40,
    "pile": "Z" + "\u0301" * 8,
    "accent": "\u674e\u0301 \U0001f600\u0301",
    "private": "\ue000 \U0010ffff \U000e0041 \ufdd0",
    "half": "a\ud800b",
    "long-word": "w" * 100,
    "wide-word": "W" * 100,
}
"""Texts with a special meaning in some language."""


@pytest.fixture(scope="module")
def no_fonts() -> Iterator[None]:
    """Hide the system fonts."""
    compile_pdf: Callable[..., bytes] = typst.compile
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            typst, "compile", lambda *given, **named: compile_pdf(*given, **{**named, "ignore_system_fonts": True})
        )
        yield


def outline_with(text: str) -> Outline:
    """Return an outline with this text everywhere except in the title and the footer."""
    return sample_outline(text)._replace(title="Title", footer="Foot.")


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_pdf_never_evaluates_hostile_text(text: str, tmp_path: Path) -> None:
    data = to_pdf(outline_with(text)._replace(glyph_note="Names."))
    shown = Paper(data)
    drawn = replaced(text)
    expected = outline_with(drawn)._replace(footer="Foot." if drawn == text else "Names. Foot.")
    assert squeezed(*shown.document.texts(without="Lbl")) == squeezed(*all_texts(expected))
    assert tags(shown) - {"Span"} == tags(PLAIN) - {"Span"}
    assert {*shown.pdf.Root.keys()} == {*PLAIN.pdf.Root.keys()}
    assert all("/Annots" not in each for each in shown.pdf.pages)
    assert failures(data, tmp_path) == []
    check_margins(pypdfium2.PdfDocument(data))


def tags(shown: Paper) -> set[str]:
    return {tag.name for tag in shown.document.every()}


@pytest.mark.usefixtures("no_fonts")
@settings(max_examples=max(10, TRIES // 6))
@given(st.text(st.sampled_from("#$*_`<>@=-+/\\\"'()[]{}~^&%:;, \nabcxyz019\u00e9\U0001f600"), max_size=60))
def test_pdf_round_trips_any_text(text: str) -> None:
    shown = Paper(to_pdf(sample_outline(f"x{text}")))
    assert squeezed(*shown.document.texts(without="Lbl")) == squeezed(*all_texts(sample_outline(replaced(f"x{text}"))))


def result_with(note: str, name: str = "") -> Assessment:
    """Return the result of an example with a note and a name."""
    sheet = read(ROOT / "examples" / "everyday-drinking.yaml", QUESTIONNAIRE).sheet.with_answer("note", Written(note))
    return assess(QUESTIONNAIRE, sheet, on=DAY)._replace(name=name)


def test_pdf_omits_direction_controls() -> None:
    result = result_with("\u202eturned\u202c \u2067x\u2069 \u200ey\u200f", name="\u202eName")
    text = squeezed(*Paper(export(result, "pdf")).document.texts())
    assert "NameJanuary" not in text
    assert squeezed("Name. January 2, 2026.") in text
    assert text.count(squeezed("turned x y")) == 1
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)


@pytest.mark.parametrize(
    "note",
    ["some words " * (MAX_NOTE // 11), "- item\n" * (MAX_NOTE // 7), "w" * MAX_NOTE, "W" * MAX_NOTE],
    ids=["words", "lines", "narrow", "wide"],
)
def test_pdf_contains_a_very_long_note(note: str, tmp_path: Path) -> None:
    result = result_with(note)
    data = export(result, "pdf")
    shown = Paper(data)
    check_words(shown, paper_of(result))
    check_margins(pypdfium2.PdfDocument(data))
    assert len(shown.pdf.pages) <= MOST_PAGES + 1
    assert shown.smallest >= MIN_SIZE
    assert failures(data, tmp_path) == []


@pytest.mark.usefixtures("no_fonts")
@pytest.mark.parametrize("pile", ["Z" + "\u0301" * 200, "a" + "\u0336" * 300, "\u0e81" + "\u0eb3" * 100])
def test_pdf_keeps_piled_marks_on_the_page(pile: str) -> None:
    result = result_with(f"{pile} note", name=f"{pile} name")
    data = export(result, "pdf")
    text = squeezed(*Paper(data).document.texts(without="Lbl"))
    check_margins(pypdfium2.PdfDocument(data))
    named = squeezed(drawable(pile)).partition("[")[2]
    assert text.count(named) == 2
    assert squeezed(paper_of(result).glyph_note) in text


@pytest.mark.usefixtures("no_fonts")
def test_pdf_names_characters_if_system_fonts_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def broken(*given: object, **named: object) -> bytes:
        if not named["ignore_system_fonts"]:
            raise PanicException
        return compile_pdf(*given, **named)

    compile_pdf: Callable[..., bytes] = typst.compile
    monkeypatch.setattr(typst, "compile", broken)
    shown = Paper(export(result_with("my \U0001f436"), "pdf"))
    assert squeezed("my [dog face]") in squeezed(*shown.document.texts())


@pytest.mark.usefixtures("no_fonts")
def test_pdf_notes_named_characters_on_each_page() -> None:
    result = result_with("I \u2764\ufe0f my \U0001f436.", name="\u674e Li")
    outline = paper_of(result)
    shown = Paper(export(result, "pdf"))
    text = squeezed(*shown.document.texts(without="Lbl"))
    assert outline.glyph_note != ""
    assert text.endswith(squeezed(outline.glyph_note, outline.footer))
    assert text.count(squeezed(outline.glyph_note)) == 1
    *pages, last = (squeezed(each) for each in shown.untagged)
    assert len(pages) >= 1
    assert all(squeezed(outline.glyph_note) in each for each in pages)
    assert squeezed(outline.glyph_note) not in last  # its footer is tagged
    assert squeezed("[cjk unified ideograph-674e] Li. January 2, 2026.") in text
    assert squeezed("I \u2764 my [dog face].") in text


def test_pdf_has_no_note_if_all_is_drawn() -> None:
    result = result_with("Zo\u00eb", name="\u0141ucja \u015awi\u0119cicka")
    assert paper_of(result).glyph_note not in "".join(Paper(export(result, "pdf")).document.texts())


# The template

SETTINGS = {
    *("us-letter", "Libertinus Serif", "bold", "semibold", "italic", "1 / 1"),
    *("Heading", "Callout", "Items", "Ladder", "Table", "Paragraph"),
    *("runs", "en"),  # the runs of text in two languages
    *("", "/", "-", "\\\\S{30,}", "\\\\S{1,29}(\\\\[\\\\d+\\\\])+"),
}
"""Every string that the template may contain: block names, fonts, weights, numbering."""


def test_pdf_template_contains_no_words() -> None:
    code = re.sub(r"(?<!:)//.*", "", TEMPLATE.read_text())
    strings = {text for text in re.findall(r'"((?:[^"\\]|\\.)*)"', code) if not re.fullmatch(r"#[0-9a-f]{6}", text)}
    assert strings <= SETTINGS, "unexpected string"
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', '""', code)
    assert set(re.findall(r"\[([^\]]*)\]", bare)) == {"\u2022", "#n.", "#words"}
    depth = 0
    for line in bare.splitlines():
        assert depth > 0 or line == "" or line.startswith(("#", "}", ")")), f"unexpected text: {line}"
        depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
    assert depth == 0


def test_pdf_panic_prints_none_of_the_text(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Rust prints a panic to standard error before Python can catch it, and the message can quote the text."""

    class Panic(BaseException):
        pass

    def panic(*_: object, **options: object) -> NoReturn:
        os.write(2, str(options).encode())
        raise Panic

    monkeypatch.setattr(typst, "compile", panic)
    with pytest.raises(Panic):
        to_pdf(sample_outline())
    os.write(2, b"still there")
    assert capfd.readouterr() == ("", "still there")
