"""A result as PDF, tagged for screen readers (PDF/UA-1) and typeset by `page.typ`."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from iop_fit.errors import CannotDrawError
from iop_fit.files.stdio import silence_stderr
from iop_fit.outline.blocks import Outline
from iop_fit.outline.languages import runs_of
from iop_fit.report.glyphs import drawable, replaced, without_joiners

__all__ = ["to_pdf"]

TEMPLATE = Path(__file__).with_name("page.typ")
PAPERS = {"letter": "us-letter", "a4": "a4"}


def to_pdf(outline: Outline, paper: str = "letter") -> bytes:
    """Return an outline as a PDF on `letter` or `a4` paper.

    The same outline gives the same bytes. System fonts are used only if Typst's bundled fonts lack a character.
    A character that no font has is replaced by its name in brackets, and the footer says so.
    Raises `ValueError` for an unknown paper size, and `CannotDrawError` if Typst can't draw the text.
    """
    import typst

    if paper not in PAPERS:
        raise ValueError(f"unknown paper size {paper!r}; expected one of {', '.join(PAPERS)}")
    plain = outline._replace(glyph_note="")
    values = _values(plain)
    if _values(plain, replaced) == values:
        return _compile(values, paper)
    names_marks = _values(plain, drawable) != _values(plain, without_joiners)
    try:
        return _compile(_values(outline if names_marks else plain, drawable), paper, system_fonts=True)
    except (typst.TypstError, UnicodeError, CannotDrawError):
        return _compile(_values(outline, replaced), paper)


def _compile(values: object, paper: str, *, system_fonts: bool = False) -> bytes:
    import typst

    with silence_stderr(), _convert_panic():
        return typst.compile(
            TEMPLATE,
            ignore_system_fonts=not system_fonts,
            format="pdf",
            sys_inputs={"outline": json.dumps(values, ensure_ascii=False), "paper": PAPERS[paper]},
            pdf_standards=["ua-1"],
            timestamp=0,  # not the clock, to keep the output deterministic; the template sets the date
        )


@contextmanager
def _convert_panic() -> Iterator[None]:
    """Convert a Typst panic to `CannotDrawError`: it panics on some long chains of combining characters."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the class can't be imported
            raise
        raise CannotDrawError from None


def _values(value: object, text: Callable[[str], str] = str) -> object:
    """Return blocks as JSON values with their class name in `block`, and each text transformed by `text`.

    A text in two languages is a dictionary of `runs`: texts, each with whether it is in the document's language.
    """
    match value:
        case str():
            runs = runs_of(value)
            return text(value) if runs is None else {"runs": [[text(run.text), run.own] for run in runs]}
        case tuple() if hasattr(value, "_asdict"):
            values = {name: _values(each, text) for name, each in value._asdict().items()}
            return {"block": type(value).__name__, **values}
        case tuple():
            return [_values(each, text) for each in value]
        case date():
            return {"year": value.year, "month": value.month, "day": value.day}
        case _:
            return value
