"""What can be wrong with something a person gave us, and where."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = ["InterviewQuit", "IopFitError", "Place", "Problem", "Terminated", "collect_problems"]


class Place(NamedTuple):
    """A spot in a file; lines and columns count from 1, and 0 stands for the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        file = escape_controls(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


class Problem(NamedTuple):
    """One thing that is wrong, told so that it can be mended."""

    code: Code
    """A stable name for this kind of problem, such as `unknown-option`."""
    message: str
    """What is wrong, as a whole sentence."""
    place: Place | None = None
    """Where it is wrong; None when no file is concerned."""
    hint: str = ""
    """What to do about it, as a whole sentence."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what_to_do = f"\n  {self.hint}" if self.hint else ""
        return f"{where}{self.message}{what_to_do}"


class IopFitError(Exception):
    """The one exception of this package: all the problems that were found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    @classmethod
    def in_file(cls, problems: Iterable[Problem], name: str) -> "IopFitError":
        """Put the problems of one file in the order of its lines; those without a place concern the whole of it."""
        return cls(sorted(problems, key=lambda problem: problem.place or Place(name)))


@contextmanager
def collect_problems() -> Iterator[list[Problem]]:
    """Collect problems of several steps, and raise them together with those that end a step."""
    problems: list[Problem] = []
    try:
        yield problems
    except IopFitError as error:
        problems.extend(error.problems)
    if problems:
        raise IopFitError(problems)


class InterviewQuit(Exception):
    """The person chose to leave the interview; nothing is scored, and that was said."""


class Terminated(BaseException):
    """The process was asked to end by a signal, of this number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__()
