"""The formats of a result: the one list from which options, suffixes, help, docs and tests come."""

from pathlib import Path
from typing import NamedTuple

__all__ = ["DRAWN", "FORMATS", "PAPERS", "REPORTS", "Report", "format_of"]

PAPERS = ("letter", "a4")
"""The sizes of paper."""


class Report(NamedTuple):
    """One format of a file.

    Its module is `report.to_<name>`, and the function in it `to_<name>` returns text or bytes. It is called with the
    outline if the format draws one (and with the paper if it has pages), or else with the assessment.
    """

    name: str
    suffix: str
    """How the names of its files end."""
    media_type: str
    about: str
    """What it is good for, in a few words."""
    draws: bool = True
    """Whether it draws an outline; the others are for programs."""
    paged: bool = False
    """Whether the size of the paper matters."""
    binary: bool = False
    """Whether it is bytes that no screen can show."""
    library: str = ""
    """The library that it needs and that some computers lack."""


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
"""Each format by its name; a new one is its module and one line here."""

FORMATS = ("text", *REPORTS)
"""The names of the formats: `text` is for the screen, the others are for files."""

DRAWN = tuple(name for name, report in REPORTS.items() if report.draws)
"""The formats that draw an outline."""


def format_of(path: Path) -> str | None:
    """Return the format that the end of a file's name stands for, or None; the longest suffix counts."""
    name = path.name.lower()
    found = [report for report in REPORTS.values() if name.endswith(report.suffix)]
    return max(found, key=lambda report: len(report.suffix)).name if found else None
