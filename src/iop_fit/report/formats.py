"""The formats of a result, by name and by how a file's name ends."""

from pathlib import Path
from typing import TYPE_CHECKING

from iop_fit.domain.assessment import Assessment
from iop_fit.errors import IopFitError, Place, Problem

if TYPE_CHECKING:
    from iop_fit.outline.blocks import Outline

__all__ = ["BY_SUFFIX", "DRAWN", "FORMATS", "PAPERS", "draw", "export", "format_of", "format_problem", "render"]

FORMATS = ("text", "plain", "markdown", "html", "pdf", "json", "fhir")
"""The names of the formats: `text` is for the screen, the others are for files."""

DRAWN = ("plain", "markdown", "html", "pdf")
"""The formats that draw an outline; the others are for programs."""

BY_SUFFIX = {
    ".pdf": "pdf",
    ".html": "html",
    ".md": "markdown",
    ".txt": "plain",
    ".fhir.json": "fhir",
    ".json": "json",
}
"""The format of a file by how its name ends; the first that fits counts."""

PAPERS = ("letter", "a4")
"""The sizes of paper."""

PLAIN_WIDTH = 80
"""The longest line of a plain file, in columns."""


def render(
    assessment: Assessment, format: str = "text", *, width: int = 80, color: bool = False, plain: bool = False
) -> str:
    """Return a result as text, in one of the `FORMATS` but PDF.

    `width` (40 to 100 columns), `color` and `plain` (no boxes, bars or columns) matter to `text` only. Raises
    `ValueError` for any other format. To make something for a file, assess the public questionnaire: see
    `Questionnaire.public`.
    """
    match format:
        case "text":
            from iop_fit.outline.result import screen_of

            return draw_on_screen(screen_of(assessment), width=width, color=color, plain=plain)
        case "json":
            from iop_fit.report.to_json import to_json

            return to_json(assessment)
        case "fhir":
            from iop_fit.report.to_fhir import to_fhir

            return to_fhir(assessment)
        case "plain" | "markdown" | "html":
            return export(assessment, format).decode()
        case _:
            known = (each for each in FORMATS if each != "pdf")
            raise ValueError(f"there is no text format {format!r}; known are {', '.join(known)}")


def export(assessment: Assessment, format: str, *, paper: str = "letter") -> bytes:
    """Return a result as the bytes of a file, in one of the `FORMATS`; `paper` is one of the `PAPERS`.

    Raises `ValueError` for an unknown format, and `IopFitError` where no PDF can be made.
    """
    if format in DRAWN:
        from iop_fit.outline.result import paper_of

        return draw(paper_of(assessment), format, paper=paper)
    return render(assessment, format).encode()


def draw_on_screen(outline: "Outline", *, width: int, color: bool, plain: bool) -> str:
    """Draw an outline for a screen of so many columns."""
    if plain:
        from iop_fit.report.to_plain import to_plain

        return to_plain(outline, width)
    from iop_fit.report.to_terminal import to_terminal

    return to_terminal(outline, width, color=color)


def draw(outline: "Outline", format: str, *, paper: str = "letter") -> bytes:
    """Draw an outline as the bytes of a file, in one of the formats that are `DRAWN`.

    Raises `ValueError` for another format, and `IopFitError` where no PDF can be made.
    """
    match format:
        case "plain":
            from iop_fit.report.to_plain import to_plain

            return to_plain(outline, PLAIN_WIDTH).encode()
        case "markdown":
            from iop_fit.report.to_markdown import to_markdown

            return to_markdown(outline).encode()
        case "html":
            from iop_fit.report.to_html import to_html

            return to_html(outline, paper).encode()
        case "pdf":
            return _pdf(outline, paper)
        case _:
            raise ValueError(f"{format!r} can't be drawn; known are {', '.join(DRAWN)}")


def _pdf(outline: "Outline", paper: str) -> bytes:
    from iop_fit.report.to_pdf import NotDrawnError, to_pdf

    try:
        return to_pdf(outline, paper)
    except NotDrawnError:
        message = "A text on this page can't be drawn as PDF."
        hint = "Name a file that ends with .html, .md or .txt instead."
        raise IopFitError([Problem(code="not-drawn", message=message, hint=hint)]) from None


def format_of(path: Path) -> str | None:
    """Return the format that the end of a file's name stands for, or None."""
    name = path.name.lower()
    return next((found for suffix, found in BY_SUFFIX.items() if name.endswith(suffix)), None)


def format_problem(format: str, place: Place | None = None) -> Problem | None:
    """Tell what speaks against a format on this computer."""
    from importlib.util import find_spec

    if format != "pdf" or find_spec("typst"):
        return None
    return Problem(
        code="no-pdf",
        place=place,
        message="No PDF can be made on this kind of computer: the library for it (typst) is not there.",
        hint="Write a file that ends in .html, open it in a browser, and print it.",
    )
