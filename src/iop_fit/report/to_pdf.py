"""An outline as PDF: tagged for screen readers (PDF/UA-1), and drawn from data by `page.typ`."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from iop_fit.errors import IopFitError, Problem
from iop_fit.files.stdio import silence_stderr
from iop_fit.outline.blocks import Outline
from iop_fit.problem_codes import Code
from iop_fit.report.glyphs import drawable, replaced, without_joiners

__all__ = ["to_pdf"]

TEMPLATE = Path(__file__).with_name("page.typ")
PAPERS = {"letter": "us-letter", "a4": "a4"}


def to_pdf(outline: Outline, paper: str = "letter") -> bytes:
    """Return an outline as the bytes of a PDF file on `letter` or `a4`; the same outline gives the same bytes.

    Only the fonts that come with Typst are used, unless somebody's own words need another one; then those of this
    computer are tried once. A character that none of them has is named in brackets, and the page says so.
    Raises `ValueError` for an unknown paper, and `IopFitError` when a text can't be drawn.
    """
    import typst

    if paper not in PAPERS:
        raise ValueError(f"there is no paper {paper!r}; known are {', '.join(PAPERS)}")
    plain = outline._replace(glyph_note="")
    values = _values(plain)
    if _values(plain, replaced) == values:
        return _compiled(values, paper)
    names_a_mark = _values(plain, drawable) != _values(plain, without_joiners)
    try:
        return _compiled(_values(outline if names_a_mark else plain, drawable), paper, system_fonts=True)
    except (typst.TypstError, UnicodeError, IopFitError):
        return _compiled(_values(outline, replaced), paper)


def _compiled(values: object, paper: str, *, system_fonts: bool = False) -> bytes:
    import typst

    with silence_stderr(), _panic_told():
        return typst.compile(
            TEMPLATE,
            ignore_system_fonts=not system_fonts,
            format="pdf",
            sys_inputs={"outline": json.dumps(values, ensure_ascii=False), "paper": PAPERS[paper]},
            pdf_standards=["ua-1"],
            timestamp=0,  # never the clock: the same outline gives the same bytes; its day stands in the document
        )


@contextmanager
def _panic_told() -> Iterator[None]:
    """Give an error of ours for the one of Typst, which gives up on some chains of signs that no writing has."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it has no name that could be imported
            raise
        message = "A text on this page can't be drawn as PDF."
        hint = "Name a file that ends with .html, .md or .txt instead."
        raise IopFitError([Problem(code=Code.NOT_DRAWN, message=message, hint=hint)]) from None


def _values(thing: object, text: Callable[[str], str] = str) -> object:
    """Turn blocks into plain values, each with the name of its kind, and each text as `text` makes it."""
    match thing:
        case str():
            return text(thing)
        case tuple() if hasattr(thing, "_asdict"):
            values = {name: _values(each, text) for name, each in thing._asdict().items()}
            return {"block": type(thing).__name__, **values}
        case tuple():
            return [_values(each, text) for each in thing]
        case date():
            return {"year": thing.year, "month": thing.month, "day": thing.day}
        case _:
            return thing
