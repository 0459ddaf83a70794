"""The registry of formats: the source of the options, file suffixes, help, docs and tests."""

from pathlib import Path
from typing import Literal, NamedTuple

__all__ = [
    "DIFFERENCE_FORMATS",
    "DRAWN",
    "FORMATS",
    "PAPERS",
    "REPORTS",
    "DifferenceFormat",
    "DrawnFormat",
    "Format",
    "Paper",
    "Report",
    "TextFormat",
    "format_of",
]

# Type checkers can't read the registry, so a test compares these types with it.
TextFormat = Literal["text", "html", "markdown", "plain", "fhir", "json"]
Format = Literal["text", "pdf", "html", "markdown", "plain", "fhir", "json"]
DrawnFormat = Literal["text", "pdf", "html", "markdown", "plain"]
DifferenceFormat = Literal["text", "pdf", "html", "markdown", "plain", "json"]
Paper = Literal["letter", "a4"]

PAPERS: tuple[Paper, ...] = ("letter", "a4")
"""The supported paper sizes."""


class Report(NamedTuple):
    """A file format.

    `to_<name>` in the module `report.to_<name>` returns text or bytes. Its argument is the outline if the format draws
    one (and the paper size if it is paged), otherwise the assessment.
    """

    name: Format
    suffix: str
    """The file suffix, with the dot."""
    media_type: str
    about: str
    """Its purpose in a few words, for help."""
    draws: bool = True
    """Whether it draws an outline; other formats are for programs."""
    paged: bool = False
    """Whether it depends on the paper size."""
    binary: bool = False
    """Whether it is binary rather than text."""
    library: str = ""
    """An optional library that it needs; empty for none."""


REPORTS: dict[str, Report] = {
    each.name: each
    for each in (
        Report("pdf", ".pdf", "application/pdf", "to print", paged=True, binary=True, library="typst"),
        Report("html", ".html", "text/html", "to open in a browser", paged=True),
        Report("markdown", ".md", "text/markdown", "for notes"),
        Report("plain", ".txt", "text/plain", "for screen readers"),
        Report("fhir", ".fhir.json", "application/fhir+json", "for a provider's system", draws=False),
        Report("json", ".json", "application/json", "for other programs", draws=False),
    )
}
"""The file formats by name; a new format is a module and one line here."""

FORMATS: tuple[Format, ...] = ("text", *(report.name for report in REPORTS.values()))
"""All format names: `text` for the screen, the others for files."""

DRAWN = tuple(name for name, report in REPORTS.items() if report.draws)
"""The formats that draw an outline."""

DIFFERENCE_FORMATS = (*DRAWN, "json")
"""The file formats of a comparison of two results."""


def format_of(path: Path) -> str | None:
    """Return the format of a file by the longest matching suffix, or None."""
    name = path.name.lower()
    found = [report for report in REPORTS.values() if name.endswith(report.suffix)]
    return max(found, key=lambda report: len(report.suffix)).name if found else None
