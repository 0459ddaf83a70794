"""The options that a question lists: its own, or those of an option list that several questions share."""

from pathlib import Path
from typing import NamedTuple

from iop_fit.errors import Place, Problem
from iop_fit.files.parsing.nodes import ScalarNode
from iop_fit.loading.records import Problems, Record
from iop_fit.text import quote

__all__ = ["Entry", "Listed", "ProblemsInUse"]

Entry = tuple[ScalarNode, Record]
"""The id of an option, and its record."""


class Listed(NamedTuple):
    """The options that a question lists, not yet checked against its kind."""

    entries: tuple[Entry, ...]
    problems: Problems
    """Where to report what is wrong with one of them in this question."""
    shared: str = ""
    """Id of the option list; empty if the options are the question's own."""


class ProblemsInUse(Problems):
    """Passes on the problems of an option list in one question: each at the question, with its place in the list."""

    def __init__(self, problems: Problems, use: Place, name: str) -> None:
        super().__init__()
        self._problems = problems
        self._use = use
        self._name = name

    def append(self, problem: Problem) -> None:
        """Pass a problem on."""
        place = problem.place or self._use
        file = "" if place.file == self._use.file else f" of {Path(place.file).name}"
        where = f"It is in the option list {quote(self._name)}, line {place.line}, column {place.column}{file}."
        self._problems.append(problem._replace(place=self._use, hint=f"{problem.hint} {where}".strip()))
