"""The grid of options in every format: complete, in order, and a table where a format has tables."""

import re
from pathlib import Path

import page
import pytest
from rich.cells import cell_len

import iop_fit
from iop_fit.outline.blocks import Grid, GridColumn, GridRow, Outline, Paragraph, Part
from iop_fit.outline.parts.care_options import care_options, options_outline
from iop_fit.report.formats import draw, draw_on_screen
from iop_fit.report.registry import PAPERS
from iop_fit.report.to_html import to_html
from iop_fit.report.to_markdown import to_markdown
from iop_fit.report.to_pdf import to_pdf
from iop_fit.report.to_plain import to_plain
from iop_fit.report.to_terminal import to_terminal
from support.example_results import EXAMPLES, public_result_of
from support.html_pages import Page, all_texts
from support.pdfs import Paper

QUESTIONNAIRE = iop_fit.load()
MARKED = options_outline(
    QUESTIONNAIRE,
    public_result_of(next(path for path in EXAMPLES if path.stem == "everyday-drinking"), QUESTIONNAIRE),
)
GRID = Grid(
    (GridColumn("Left"), GridColumn("Middle", "Here"), GridColumn("Right")),
    (GridRow("First", ("a", "b", "c")), GridRow("Second", ("d", "e", "f"), "Matters")),
)
SMALL = Outline(title="Title", subtitle="", pages=((Part("Part", (GRID,)),),), language="en")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def test_plain_describes_one_column_after_the_other() -> None:
    assert lines(to_plain(SMALL))[2:] == [
        *("Left", "First:", "a", "Second:", "Matters", "d"),
        *("Middle", "Here", "First:", "b", "Second:", "Matters", "e"),
        *("Right", "First:", "c", "Second:", "Matters", "f"),
    ]


def test_markdown_describes_one_column_after_the_other() -> None:
    assert lines(to_markdown(SMALL))[2:] == [
        *("### Left", "- **First:** a", "- **Second:** *Matters* d"),
        *("### Middle", "**Here**", "- **First:** b", "- **Second:** *Matters* e"),
        *("### Right", "- **First:** c", "- **Second:** *Matters* f"),
    ]


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (100, ["Left Middle Right", "→ Here", "First", "a b c", "Second", "Matters", "d e f"]),
        (80, ["Left Middle", "→ Here", "First", "a b", "Second", "Matters", "d e", "Right", "First", "c", "Second"]),
        (45, ["Left", "First", "a", "Second", "Matters", "d", "Middle", "→ Here", "First", "b", "Second", "Matters"]),
    ],
)
def test_terminal_has_as_many_columns_as_fit(width: int, shown: list[str]) -> None:
    assert lines(to_terminal(SMALL, width))[2:][: len(shown)] == shown


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("width", [40, 69, 70, 89, 90, 100])
def test_screen_shows_every_text_within_its_width(width: int, plain: bool) -> None:
    text = draw_on_screen(MARKED, width=width, color=False, plain=plain)
    assert max(map(cell_len, text.splitlines())) <= width
    (grid,) = (block for part in MARKED.parts for block in part.blocks if isinstance(block, Grid))
    shown = words(text)
    titles = [row.title for row in grid.rows] + [column.title for column in grid.columns]
    assert [title for title in titles if words(title)[-1] not in shown] == []
    if width < 70 or plain:
        squeezed = "".join(shown)
        cells = [cell for row in grid.rows for cell in row.cells]
        assert [cell for cell in cells if "".join(words(cell)) not in squeezed] == []


def test_html_is_one_table_with_row_and_column_headers() -> None:
    html = to_html(SMALL)
    assert Page(html).malformed == []
    assert re.findall(r'<th role="(\w+)" scope="(\w+)" dir="auto">(.*?)</th>', html) == [
        ("columnheader", "col", "Left"),
        ("columnheader", "col", 'Middle <span class="detail">Here</span>'),
        ("columnheader", "col", "Right"),
        ("rowheader", "row", "First"),
        ("rowheader", "row", 'Second <span class="detail">Matters</span>'),
    ]
    assert re.findall(r'<td role="cell" data-column="(\w+)" dir="auto">(\w)</td>', html) == [
        *(("Left", "a"), ("Middle", "b"), ("Right", "c"), ("Left", "d"), ("Middle", "e"), ("Right", "f"))
    ]


def test_html_keeps_a_quote_inside_its_attribute() -> None:
    column = GridColumn('"> <script>x</script> & so on')
    outline = SMALL._replace(pages=((Part("Part", (Grid((column,), (GridRow("Row", ("cell",)),)),)),),))
    read = Page(to_html(outline))
    assert read.malformed == []
    assert [attributes["data-column"] for _, attributes in read.elements if "data-column" in attributes] == [
        column.title
    ]


@pytest.mark.parametrize("paper", PAPERS)
def test_pdf_is_a_tagged_table_and_conforms(paper: str, tmp_path: Path) -> None:
    data = draw(MARKED, "pdf", paper=paper)
    file = tmp_path / "options.pdf"
    file.write_bytes(data)
    assert page.validate_pdf(file, profile="ua1").failures == []
    shown = Paper(data)
    assert "".join("".join(shown.document.texts(without="Lbl")).split()) == "".join("".join(all_texts(MARKED)).split())


def test_pdf_header_cells_are_the_columns() -> None:
    document = Paper(to_pdf(SMALL)).document
    (table,) = (tag for tag in document.every() if tag.name == "Table")
    assert ["".join(cell.split()) for cell in table.all_of("TH")] == ["", "Left", "MiddleHere", "Right"]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["everyday-drinking", "many-signs", "for-a-brother"])
def test_pdf_page_of_options_holds_all_of_them(name: str, paper: str) -> None:
    assessment = public_result_of(next(path for path in EXAMPLES if path.stem == name), QUESTIONNAIRE)
    first = Part("First", (Paragraph("Words."),))
    alone = SMALL._replace(pages=((first,), (Part("Options", tuple(care_options(assessment))),)))
    assert len(Paper(to_pdf(alone, paper)).pdf.pages) == 2
