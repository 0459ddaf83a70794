"""Reading small text files."""

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.foreign import check_bytes
from iop_fit.files.parsing.yaml_reader import STANDARD_INPUT
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code

__all__ = [
    "check_readable",
    "decode",
    "is_dir",
    "names_in",
    "read_all",
    "read_discovered",
    "read_input",
    "read_text",
    "real_path",
    "same_file",
    "typed_path",
]


def read_text(path: Path, name: str | None = None) -> str:
    """Read a UTF-8 text file of at most `MAX_BYTES` bytes. Raises `IopFitError` if it can't be read."""
    name = name or str(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IopFitError([_unreadable(name, error)]) from None
    return decode(content, name)


def read_discovered(path: Path) -> str:
    """Read a file that the user did not name. Raises `IopFitError` for pipes and devices instead of waiting."""
    name = str(path)
    try:
        with open(path, "rb", opener=_open_regular) as file:  # `Path.open` takes no opener
            return decode(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        raise IopFitError([_unreadable(name, error)]) from None


def check_readable(path: Path) -> bytes:
    """Return the first bytes of a file of any size that something else will read.

    Raises `IopFitError` if it can't be read, and for folders, pipes and devices.
    """
    try:
        with open(path, "rb", opener=_open_regular) as file:
            return file.read(16)
    except (OSError, ValueError) as error:
        raise IopFitError([_unreadable(str(path), error)]) from None


def _open_regular(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # reading a folder fails with a clearer error
        os.close(descriptor)
        raise OSError(errno.ENXIO, "")
    return descriptor


def decode(content: bytes, name: str) -> str:
    """Decode the content of a UTF-8 file.

    Raises `IopFitError` if it exceeds `MAX_BYTES`, is not UTF-8, or begins like a PDF, a web page and so on.
    """
    check_bytes(content, name)
    if len(content) > MAX_BYTES:
        raise IopFitError(
            [
                Problem(
                    code=Code.TOO_LARGE,
                    place=Place(name),
                    message=f"This file is larger than {MAX_BYTES:,} bytes, so it was not read.",
                    hint="A questionnaire or an answers file is far smaller. Is it the right file?",
                )
            ]
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            message, hint = "This file is UTF-16, not UTF-8.", "Save it again as UTF-8."
            raise IopFitError([Problem(Code.NOT_UTF_8, message, Place(name), hint)]) from None
        before = error.object[: error.start].decode()  # without the byte order mark
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise IopFitError(
            [
                Problem(
                    code=Code.NOT_UTF_8,
                    place=Place(name, line, column),
                    message="This file is not valid UTF-8 from here on.",
                    hint="If it is the right file, save it again as UTF-8.",
                )
            ]
        ) from None


def real_path(path: Path) -> Path:
    """Return the path with symbolic links resolved, or unchanged if the current folder was deleted."""
    try:
        return Path(os.path.realpath(path))
    except OSError:
        return path


def same_file(path: Path, other: Path) -> bool:
    """Whether two paths lead to the same existing file."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def typed_path(typed: str) -> Path:
    """Return the path that a person typed, or that a terminal typed for a dragged file: in quotes, or with backslashes.

    `~/` is expanded from `HOME`; `~name/` is not, since that would look up a user.
    """
    path = _unquoted(typed.strip())
    home = os.environ.get("HOME")
    return Path(home, path[2:]) if home and path.startswith("~/") else Path(path)


def _unquoted(typed: str) -> str:
    """Return a text that is one word of a shell, in quotes or with escaped signs, without them; others unchanged."""
    import shlex

    if not QUOTED.match(typed):
        return typed
    try:
        words = shlex.split(typed)
    except ValueError:  # a quote that is not closed
        return typed
    return words[0] if len(words) == 1 else typed


QUOTED = re.compile(r"""['"]|.*\\[^\w\\]""", re.DOTALL)
"""A quote at the start, or a sign after a backslash, which names hardly ever have."""


def is_dir(path: Path) -> bool:
    """Whether the path is an existing folder; False for a deleted current folder or an invalid name."""
    try:
        status = path.stat()
        if status.st_nlink == 0:  # true of a deleted folder, and of every folder on some file systems
            path.resolve().stat()  # only the deleted one has no path
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(status.st_mode)


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder, in order, without hidden files: those belong to the system or to an editor.

    Raises `IopFitError` if the folder can't be listed.
    """
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        message = f"This folder can't be listed: {os.strerror(error.errno or 0)}."
        hint = "Check who owns it, or name another folder."
        raise IopFitError([Problem(Code.UNREADABLE, message, Place(str(folder)), hint)]) from None


def _unreadable(name: str, error: OSError | ValueError) -> Problem:
    match error:
        case FileNotFoundError() | ValueError():  # a name that holds a zero byte
            message, hint = "There is no such file.", "Check the spelling and the folder."
        case IsADirectoryError():
            message, hint = "This is a folder, not a file.", "Name a file in it."
        case PermissionError():
            message, hint = "You are not allowed to read this file.", "Check who owns it, or make a copy that you own."
        case OSError(errno=errno.ENXIO):  # sockets give the same error
            message, hint = "This is not a regular file, so it was not read.", "Replace it with a regular file."
        case OSError():
            message, hint = f"This file can't be read: {os.strerror(error.errno or 0)}.", ""
    return Problem(code=Code.UNREADABLE, place=Place(name), message=message, hint=hint)


Parsed = TypeVar("Parsed")


def read_input(name: str) -> tuple[str, str]:
    """Return the text of an input and its name for messages; `-` is standard input. Raises `IopFitError`."""
    if name == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        return decode(content, STANDARD_INPUT), STANDARD_INPUT
    return read_text(Path(name)), name


def read_all(names: Iterable[str], parse: Callable[[str, str], Parsed]) -> tuple[Parsed, ...]:
    """Read and parse several inputs. Raises `IopFitError` with the problems of all of them."""
    results: list[Parsed] = []
    problems: dict[Problem, None] = {}
    for name in names:
        try:
            results.append(parse(*read_input(name)))
        except IopFitError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise IopFitError(problems)
    return tuple(results)
