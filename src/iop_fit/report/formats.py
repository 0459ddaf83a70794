"""Render a result or an outline in any format."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from iop_fit.domain.assessment import Assessment
from iop_fit.errors import CannotDrawError, IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.report.registry import DRAWN, FORMATS, REPORTS, Report

if TYPE_CHECKING:
    from iop_fit.outline.blocks import Outline

__all__ = ["draw", "draw_on_screen", "export", "format_problem", "render"]


def render(  # noqa: PLR0913  # each is a keyword of the public interface
    assessment: Assessment,
    format: str = "text",
    *,
    full: bool = False,
    width: int = 80,
    color: bool = False,
    plain: bool = False,
) -> str:
    """Return a result as text, in one of the `FORMATS` but PDF; see `api.rendering` for the parameters.

    Raises `ValueError` for any other format.
    """
    if format == "text":
        from iop_fit.outline.result import full_of, summary_of

        outline = full_of(assessment) if full else summary_of(assessment)
        return draw_on_screen(outline, width=width, color=color, plain=plain)
    if format not in REPORTS or REPORTS[format].binary:
        known = (each for each in FORMATS if each not in REPORTS or not REPORTS[each].binary)
        raise ValueError(f"unknown text format {format!r}; expected one of {', '.join(known)}")
    return export(assessment, format).decode()


def export(assessment: Assessment, format: str, *, paper: str = "letter") -> bytes:
    """Return a result as the bytes of a file, in one of the `FORMATS`; `paper` is one of the `PAPERS`.

    Raises `ValueError` for an unknown format, and `IopFitError` if Typst can't make the PDF or is not installed.
    """
    if format in DRAWN:
        from iop_fit.outline.result import paper_of

        return draw(paper_of(assessment), format, paper=paper)
    if format not in REPORTS:
        return render(assessment, format).encode()
    return _bytes_of(_function_of(REPORTS[format])(assessment))


def draw(outline: "Outline", format: str, *, paper: str = "letter") -> bytes:
    """Return an outline as the bytes of a file, in one of the `DRAWN` formats.

    Raises `ValueError` for any other format, and `IopFitError` if the text can't be drawn in it or its library is not
    installed.
    """
    if format not in DRAWN:
        raise ValueError(f"can't draw an outline as {format!r}; expected one of {', '.join(DRAWN)}")
    missing = format_problem(format)
    if missing:
        raise IopFitError([missing])
    report = REPORTS[format]
    try:
        return _bytes_of(_function_of(report)(outline, *([paper] if report.paged else [])))
    except CannotDrawError:
        message = f"Some of the text can't be drawn as {format.upper()}."
        hint = "Export to a .html, .md or .txt file instead."
        raise IopFitError([Problem(code=Code.NOT_DRAWN, message=message, hint=hint)]) from None


def draw_on_screen(outline: "Outline", *, width: int, color: bool, plain: bool) -> str:
    """Return an outline as text for a screen that is `width` columns wide."""
    if plain:
        from iop_fit.report.to_plain import to_plain

        return to_plain(outline, width)
    from iop_fit.report.to_terminal import to_terminal

    return to_terminal(outline, width, color=color)


def _function_of(report: Report) -> Callable[..., str | bytes]:
    """Return a format's render function, imported only now since some are slow to import."""
    function: Callable[..., str | bytes] = getattr(
        import_module(f"iop_fit.report.to_{report.name}"), f"to_{report.name}"
    )
    return function


def _bytes_of(output: str | bytes) -> bytes:
    return output if isinstance(output, bytes) else output.encode()


def format_problem(format: str, place: Place | None = None) -> Problem | None:
    """Return the problem if a format needs a library that is not installed, else None."""
    from importlib.util import find_spec

    library = REPORTS[format].library if format in REPORTS else ""
    if not library or find_spec(library):
        return None
    name = format.upper()
    return Problem(
        code=Code.NO_PDF,
        place=place,
        message=f"Can't make a {name} file: the {library} library is not available on this kind of computer.",
        hint="Export to a .html file instead, open it in a browser and print it.",
    )
