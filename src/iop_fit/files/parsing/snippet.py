"""Source snippets: the line that a problem is about, with a caret."""

import re
from collections.abc import Iterator
from pathlib import Path

from iop_fit.errors import IopFitError, Place
from iop_fit.files.parsing.yaml_reader import is_json
from iop_fit.files.reading import read_discovered
from iop_fit.limits import MAX_SNIPPET_BEFORE, MAX_SNIPPET_LINE
from iop_fit.text import escape_controls

__all__ = ["Snippets"]

LINE_ENDS = {False: re.compile("\r\n|[\n\r\x85\u2028\u2029]"), True: re.compile("\r?\n")}
"""Line ends as the readers count them: YAML (False) and JSON (True)."""


class Snippets:
    """Snippets of files, each file read once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def of(self, place: Place) -> Iterator[str]:
        """Yield the source line and a line with the caret; nothing for a whole file or an unreadable one."""
        lines = self._lines_of(place.file)
        if not 1 <= place.line <= len(lines):
            return
        line, before = _cut(lines[place.line - 1], place.column - 1)
        number = f"{place.line:>5}"
        yield f"{number} | {line}"
        yield f"{' ' * len(number)} | {' ' * before}^"

    def _lines_of(self, name: str) -> list[str]:
        if name not in self._lines:
            try:
                text = read_discovered(Path(name))
                self._lines[name] = LINE_ENDS[is_json(text, name)].split(text)
            except IopFitError:
                self._lines[name] = []
        return self._lines[name]


def _cut(line: str, at: int) -> tuple[str, int]:
    """Return the line, shortened around an index, and the width in columns before that index."""
    from rich.cells import cell_len

    start = max(0, at - MAX_SNIPPET_BEFORE) if len(line) > MAX_SNIPPET_LINE else 0
    end = start + MAX_SNIPPET_LINE
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    return f"{head}{escape_controls(line[start:end])}{tail}", cell_len(f"{head}{escape_controls(line[start:at])}")
