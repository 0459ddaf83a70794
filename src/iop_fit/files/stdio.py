"""What is known of standard output, and writing to it."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import get_terminal_size
from typing import NamedTuple, TextIO

from iop_fit.errors import IopFitError, Problem, collect_problems
from iop_fit.files.signals import defer_signals
from iop_fit.files.writing import PendingFile, write_private
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = ["OutputTarget", "detect_output", "print_status", "silence_stderr", "write_outputs"]


class OutputTarget(NamedTuple):
    """Where standard output goes to."""

    on_screen: bool
    width: int
    color: bool
    plain: bool
    simple: bool
    """Whether the terminal itself knows no escapes, wherever standard output goes."""


def detect_output(*, plain: bool = False) -> OutputTarget:
    """Look at standard output and its terminal; `plain` asks for lines alone."""
    on_screen = bool(sys.stdout) and sys.stdout.isatty()
    simple = os.environ.get("TERM", "dumb") == "dumb"
    return OutputTarget(
        on_screen=on_screen,
        width=get_terminal_size().columns,
        color=on_screen and not simple and not os.environ.get("NO_COLOR"),
        plain=plain or bool(os.environ.get("IOP_FIT_PLAIN")) or (simple and on_screen),
        simple=simple,
    )


def write_outputs(output: str | bytes, files: Iterable[PendingFile] = ()) -> None:
    """Write files, then the output, each whatever becomes of the others; each written file is named.

    Raises `IopFitError` with what could not be written.
    """
    written: list[Path] = []
    with collect_problems() as problems:
        try:
            for file in files:
                problems.extend(_written(file, written))
            _put(output)
        finally:
            for path in written:
                print_status(f"Written: {path}")


def _written(file: PendingFile, written: list[Path]) -> tuple[Problem, ...]:
    """Write a file and note that it is there, even if the program is asked to end meanwhile; return what went wrong."""
    try:
        content = file.content()
        with defer_signals():
            write_private(file.path, content, replace=file.replace)
            written.append(file.path)
    except IopFitError as error:
        return error.problems
    return ()


def print_status(sentence: str) -> None:
    """Say something of a finished job on standard error; a job does not fail because that can't be said.

    Names of files stand in it, so nothing that a terminal would obey gets there.
    """
    if not sys.stderr:  # closed outside
        return
    try:
        print("\n".join(map(escape_controls, sentence.split("\n"))), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            _silence(sys.stderr)


def _put(output: str | bytes) -> None:
    """Write to standard output; whoever reads it may have gone, which is their choice and no problem of ours."""
    if not sys.stdout:  # closed outside
        raise IopFitError([Problem(code=Code.UNWRITABLE, message="Standard output is closed.", hint="Use --export.")])
    try:
        if isinstance(output, bytes):
            sys.stdout.buffer.write(output)
        else:
            sys.stdout.write(output)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
    except OSError as error:
        _silence(sys.stdout)
        message = f"Standard output can't be written: {os.strerror(error.errno or 0)}."
        raise IopFitError(
            [Problem(code=Code.UNWRITABLE, message=message, hint="Make room, or use --export.")]
        ) from None


def _silence(stream: TextIO) -> None:
    """Lead a stream nowhere, so that what it still holds does not fail the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def silence_stderr() -> Iterator[None]:
    """Lead standard error nowhere while native code runs: what it says when it breaks could hold an answer."""
    try:
        before = os.dup(2)
    except OSError:  # closed outside
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(nowhere)
        os.close(before)
