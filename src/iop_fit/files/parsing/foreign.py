"""Recognize files that aren't YAML or JSON, or that aren't for iop-fit, by how they begin or after parsing fails."""

import re

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code

__all__ = ["DOCASSEMBLE_HINT", "check_bytes", "check_text"]

SIGNATURES = {
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a Word, Excel or ZIP file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
}
"""How each kind of file begins."""

MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(!doctype html|html|\?xml|[a-z])", re.IGNORECASE)
TABLES = (".csv", ".tsv")
WEB_PAGE = {b"!doctype html", b"html"}

# Patterns that are used only for a file that can't be read: compiling them would take time on each start.
PAGE = r"\biop-fit \S+, \S+ \S+, sha256:[0-9a-f]{64}\."
"""The line that every page for the visit has."""

DOCASSEMBLE = (
    r"(?m)^(?:mandatory|subquestion|interview order|continue button field|yesno|noyes|generic object|objects|modules"
    r"|auto terms|initial|code|event|imports): ?"
)
DOCASSEMBLE_QUESTION = r"(?m)^(?:question|mandatory|objects|code): ?"
OURS = r"(?m)^(?:questionnaire|section|answers|rules|format):"

READS = "iop-fit reads text files in YAML or JSON: answers, drafts, results and questionnaires."
DOCASSEMBLE_HINT = "Its questions would have to be written again. See `iop-fit new`."
PAGE_HINT = "A page can't be read back. Name the .json file of the same result, or the answers file."


def check_bytes(content: bytes, name: str) -> None:
    """Raise `IopFitError` with one problem if a file begins like something other than YAML or JSON."""
    found = next((what for start, what in SIGNATURES.items() if content.startswith(start)), "")
    markup = MARKUP.match(content)
    if markup:
        found = "a web page (HTML)" if markup[1].lower() in WEB_PAGE else "an XML file"
    if name.lower().endswith(TABLES):
        found = "a table (CSV)"
    if found:
        raise _foreign(found, name, READS)


def check_text(text: str, name: str) -> None:
    """Raise `IopFitError` with one problem for a page that iop-fit wrote, or an interview of docassemble."""
    if re.search(OURS, text):
        return
    if re.search(PAGE, " ".join(text.split())):
        raise _foreign("a page to read or print", name, PAGE_HINT)
    if re.search(DOCASSEMBLE, text) and re.search(DOCASSEMBLE_QUESTION, text):
        raise _foreign("a docassemble interview", name, DOCASSEMBLE_HINT)


def _foreign(what: str, name: str, hint: str) -> IopFitError:
    message = f"This is {what}, which iop-fit can't read."
    return IopFitError([Problem(Code.OTHER_KIND_OF_FILE, message, Place(name), hint)])
