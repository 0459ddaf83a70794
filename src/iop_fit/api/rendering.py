"""Render a result, with the formats as types."""

from iop_fit.domain.assessment import Assessment
from iop_fit.errors import drops_inner_frames
from iop_fit.report import formats
from iop_fit.report.registry import Format, Paper, TextFormat

__all__ = ["export", "render"]


@drops_inner_frames
def render(  # noqa: PLR0913  # each is a keyword of the public interface
    assessment: Assessment,
    format: TextFormat = "text",
    *,
    full: bool = False,
    width: int = 80,
    color: bool = False,
    plain: bool = False,
) -> str:
    """Return a result as text, in one of the `FORMATS` but PDF.

    `text` is the summary, or with `full` the full report. Only it has a `width` (40 to 100 columns), `color`, and a
    `plain` form (no boxes, bars or columns). Raises `ValueError` for any other format.

    >>> print(iop_fit.render(result, "markdown").splitlines()[0])
    # Notes for my visit
    """
    return formats.render(assessment, format, full=full, width=width, color=color, plain=plain)


@drops_inner_frames
def export(assessment: Assessment, format: Format, *, paper: Paper = "letter") -> bytes:
    """Return a result as the bytes of a file, in one of the `FORMATS`; `paper` is one of the `PAPERS`.

    Raises `ValueError` for an unknown format or paper, and `IopFitError` if Typst can't make the PDF or is not
    installed.

    >>> iop_fit.export(result, "pdf", paper="a4")[:5]
    b'%PDF-'
    """
    return formats.export(assessment, format, paper=paper)
