"""The `about` command."""

from datetime import date
from pathlib import Path

from iop_fit.files.stdio import OutputTarget
from iop_fit.loading.loader import load
from iop_fit.outline.provenance import about_outline
from iop_fit.report.formats import draw_on_screen

__all__ = ["about_text"]


def about_text(path: Path | None, on: date, view: OutputTarget) -> str:
    """Return where the program and the questionnaire come from, as of the day `on`."""
    return draw_on_screen(about_outline(load(path), on), width=view.width, color=view.color, plain=view.plain)
