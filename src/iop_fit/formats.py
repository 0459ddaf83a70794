"""The formats of a result, by name and by a file's suffix."""

from pathlib import Path

from iop_fit.assessment import Assessment

__all__ = ["BY_SUFFIX", "FORMATS", "format_of", "render"]

FORMATS = ("text", "markdown", "json")
"""The names of the formats."""

BY_SUFFIX = {".md": "markdown", ".json": "json"}
"""The format of a file, by its suffix."""


def render(
    assessment: Assessment, format: str = "text", *, width: int = 80, color: bool = False, plain: bool = False
) -> str:
    """Return a result in one of the `FORMATS`.

    `width` (40 to 100 columns), `color` and `plain` (no boxes, bars or columns) matter to `text` only. Raises
    `ValueError` for an unknown format. To make something for a file, assess the public questionnaire: see
    `Questionnaire.public`.
    """
    match format:
        case "json":
            from iop_fit.report.to_json import to_json

            return to_json(assessment)
        case "text" if plain:
            from iop_fit.outline import screen_of
            from iop_fit.report.to_plain import to_plain

            return to_plain(screen_of(assessment), width)
        case "text":
            from iop_fit.outline import screen_of
            from iop_fit.report.to_terminal import to_terminal

            return to_terminal(screen_of(assessment), width, color=color)
        case "markdown":
            from iop_fit.outline import paper_of
            from iop_fit.report.to_markdown import to_markdown

            return to_markdown(paper_of(assessment))
        case _:
            raise ValueError(f"there is no format {format!r}; known are {', '.join(FORMATS)}")


def format_of(path: Path) -> str | None:
    """Return the format that a file's suffix stands for, or None."""
    return BY_SUFFIX.get(path.suffix.lower())
