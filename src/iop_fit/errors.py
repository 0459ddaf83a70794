"""Problems in user input, with their position, and the exceptions that carry them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import NamedTuple, ParamSpec, TypeVar

from iop_fit.limits import MAX_LISTED, MAX_MISSING_SHOWN, MAX_SHOWN
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls, join_some, quote

__all__ = [
    "CannotDrawError",
    "InterviewQuit",
    "IopFitError",
    "Place",
    "Problem",
    "Terminated",
    "collect_problems",
    "drops_inner_frames",
    "listed",
]


class Place(NamedTuple):
    """A position in a file, or a key of a mapping; lines and columns count from 1, and line 0 is the whole file."""

    file: str
    """The name of the file; for a mapping, the path of the key, such as `answers.mood`."""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        file = escape_controls(self.file)
        return f"{file}:{self.line}:{self.column}" if self.line else file


class Problem(NamedTuple):
    """One problem, with enough detail to fix it."""

    code: Code
    """Stable name of this kind of problem, such as `unknown-option`."""
    message: str
    """What is wrong, as a full sentence."""
    place: Place | None = None
    """Where it is wrong; None if it is not about a file."""
    hint: str = ""
    """What to do about it, as a full sentence; may be empty."""
    unanswered: str = ""
    """The id of the question that has no answer yet, if that is the problem."""

    def __repr__(self) -> str:
        """Return the code and the place, without the message, which can repeat a part of a wrong answer."""
        return f"Problem({self.code.value!r}{f', {self.place}' if self.place else ''})"

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        hint = f"\n  {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint}"


def listed(problems: Iterable[Problem]) -> list[str]:
    """Return problems as messages for people: the first `MAX_SHOWN`, how many more, then what has no answer yet."""
    of_all = tuple(problems)
    missing = [each for each in of_all if each.unanswered]
    stopped = [each for each in of_all if each.code == Code.TOO_MANY_PROBLEMS]
    wrong = [each for each in of_all if not each.unanswered and each not in stopped]
    more = len(wrong) - MAX_SHOWN
    if len(missing) > MAX_MISSING_SHOWN:
        missing = [_unanswered(missing)]
    return [
        *map(str, wrong[:MAX_SHOWN]),
        *([f"... and {more} more."] if more > 0 else []),
        *map(str, (*missing, *stopped)),
    ]


def _unanswered(missing: Sequence[Problem]) -> Problem:
    """Return one problem for all questions that have no answer yet."""
    named = join_some([quote(each.unanswered) for each in missing], MAX_LISTED // 2)
    return missing[0]._replace(
        message=f"{len(missing)} questions have no answer yet: {named}.",
        hint="`iop-fit questions` lists how each can be answered. A question can be skipped, too.",
    )


def _restored(kind: type[BaseException], arguments: tuple[object, ...]) -> BaseException:
    """Return an exception without calling its `__init__`, whose parameters may differ; its attributes follow."""
    return kind.__new__(kind, *arguments)


class IopFitError(Exception):
    """The exception of the public API, with all problems found, in order; its text lists the first ones.

    It can be copied and pickled, subclasses too, so that it arrives whole from another process.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        """All problems, in the order of their lines or keys."""
        super().__init__("\n".join(listed(self.problems)))

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args), self.__dict__

    def __repr__(self) -> str:
        """Return the problems without their messages, which can repeat a part of a wrong answer."""
        return f"{type(self).__name__}({', '.join(map(repr, self.problems))})"

    @classmethod
    def in_file(cls, problems: Iterable[Problem], name: str) -> "IopFitError":
        """Return an error with the problems of one file in line order; those without a place come first."""
        return cls(sorted(problems, key=lambda problem: problem.place or Place(name)))


@contextmanager
def collect_problems() -> Iterator[list[Problem]]:
    """Yield a list to collect problems in. Raises `IopFitError` at the end with these and those raised in the block."""
    problems: list[Problem] = []
    try:
        yield problems
    except IopFitError as error:
        problems.extend(error.problems)
    if problems:
        raise IopFitError(problems)


Parameters = ParamSpec("Parameters")
Returned = TypeVar("Returned")


def drops_inner_frames(function: Callable[Parameters, Returned]) -> Callable[Parameters, Returned]:
    """Make a public function raise `IopFitError` without its inner frames.

    The variables of those frames hold answers, and tools that print or send tracebacks with variables would show them.
    """

    @wraps(function)
    def call(*arguments: Parameters.args, **named: Parameters.kwargs) -> Returned:
        try:
            return function(*arguments, **named)
        except IopFitError as error:
            failed = error.with_traceback(None)
            failed.__cause__ = failed.__context__ = None
        del arguments, named
        raise failed

    return call


class InterviewQuit(Exception):
    """The user quit the interview and has seen the closing message; nothing is scored."""


class Terminated(BaseException):
    """The process received a termination signal."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


class CannotDrawError(Exception):
    """A renderer can't draw some of the text in its format."""
