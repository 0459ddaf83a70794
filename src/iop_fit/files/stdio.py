"""Standard output and standard error."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from iop_fit.errors import IopFitError, Problem, collect_problems
from iop_fit.files.signals import defer_signals
from iop_fit.files.targets import PendingFile
from iop_fit.files.writing import write_private
from iop_fit.problem_codes import Code
from iop_fit.text import escape_controls

__all__ = ["print_status", "silence_stderr", "write_outputs"]


def write_outputs(output: str | bytes, files: Iterable[PendingFile] = ()) -> None:
    """Write the files, then the output, even if one of them fails; print the path of each written file.

    Bytes are for programs and files, and are written as they are. A `str` is text for people, in the locale's encoding.
    Raises `IopFitError` with the failures.
    """
    written: list[Path] = []
    with collect_problems() as problems:
        try:
            for file in files:
                problems.extend(_write_file(file, written))
            _write_stdout(output)
        finally:
            for path in written:
                print_status(f"Written: {path}")


def _write_file(file: PendingFile, written: list[Path]) -> tuple[Problem, ...]:
    """Write a file and add it to `written`, with no signal in between; return the problems."""
    try:
        content = file.content()
        with defer_signals():
            write_private(file.path, content, replace=file.replace, allow_shared=file.allow_shared)
            written.append(file.path)
    except IopFitError as error:
        return error.problems
    return ()


def print_status(sentence: str) -> None:
    """Print a status message to standard error; errors are ignored.

    Control characters are escaped, since file names may contain them.
    """
    if not sys.stderr:  # closed by the caller
        return
    try:
        print("\n".join(map(escape_controls, sentence.split("\n"))), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            _redirect_to_null(sys.stderr)


def _write_stdout(output: str | bytes) -> None:
    """Write to standard output. A closed pipe is no error; raises `IopFitError` for others."""
    if not sys.stdout:  # closed by the caller
        raise IopFitError([Problem(code=Code.UNWRITABLE, message="Standard output is closed.", hint="Use --export.")])
    try:
        if isinstance(output, bytes):
            sys.stdout.buffer.write(output)
        else:
            sys.stdout.write(output)
        sys.stdout.flush()
    except BrokenPipeError:
        _redirect_to_null(sys.stdout)
    except OSError as error:
        _redirect_to_null(sys.stdout)
        message = f"Can't write to standard output: {os.strerror(error.errno or 0)}."
        raise IopFitError(
            [Problem(code=Code.UNWRITABLE, message=message, hint="Free up space, or use --export.")]
        ) from None


def _redirect_to_null(stream: TextIO) -> None:
    """Redirect a stream to /dev/null so that the final flush can't fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def silence_stderr() -> Iterator[None]:
    """Redirect standard error to /dev/null while native code runs: its crash messages could contain answers."""
    try:
        saved = os.dup(2)
    except OSError:  # closed by the caller
        yield
        return
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(null)
        os.close(saved)
