"""Reading small text files."""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.yaml_reader import STANDARD_INPUT
from iop_fit.limits import MAX_BYTES
from iop_fit.problem_codes import Code

__all__ = [
    "decode",
    "expand_home",
    "is_dir",
    "read_all",
    "read_discovered",
    "read_input",
    "read_text",
    "real_path",
]


def read_text(path: Path, name: str | None = None) -> str:
    """Read a UTF-8 text file of at most `MAX_BYTES`; raises `IopFitError` when that can't be done."""
    name = name or str(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IopFitError([_unreadable(name, error)]) from None
    return decode(content, name)


def read_discovered(path: Path) -> str:
    """Read a text file that was found and not named: one behind which a pipe or a device lies is not waited for."""
    name = str(path)
    try:
        with open(path, "rb", opener=_open_plain) as file:  # `Path.open` takes no opener
            return decode(file.read(MAX_BYTES + 1), name)
    except OSError as error:
        raise IopFitError([_unreadable(name, error)]) from None


def _open_plain(path: str, flags: int) -> int:
    descriptor = os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)
    kind = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # of a folder the caller says so
        os.close(descriptor)
        raise OSError(errno.ENXIO, "")
    return descriptor


def decode(content: bytes, name: str) -> str:
    """Turn the bytes of a small UTF-8 file into text; raises `IopFitError` when they are too many or not UTF-8."""
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
        before = error.object[: error.start].decode()  # without the byte order mark
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise IopFitError(
            [
                Problem(
                    code=Code.NOT_UTF_8,
                    place=Place(name, line, column),
                    message="This file is not UTF-8 text from here on.",
                    hint="If it is the right file, save it again as UTF-8.",
                )
            ]
        ) from None


def real_path(path: Path) -> Path:
    """Return where a path leads, so that two names can be told to be one; in a folder that is gone, the path itself."""
    try:
        return Path(os.path.realpath(path))
    except OSError:
        return path


def expand_home(typed: str) -> Path:
    """Return the file that somebody named by typing; `~/` is the home in `HOME`, and nobody is asked for another."""
    home = os.environ.get("HOME")
    return Path(home, typed[2:]) if home and typed.startswith("~/") else Path(typed)


def is_dir(path: Path) -> bool:
    """Say whether there is such a folder; not one that was removed under this process, and none of too long a name."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_nlink > 0


def _unreadable(name: str, error: OSError) -> Problem:
    match error:
        case FileNotFoundError():
            message, hint = "There is no such file.", "Check the spelling and the folder."
        case IsADirectoryError():
            message, hint = "This is a folder, not a file.", "Name a file in it."
        case PermissionError():
            message, hint = "This file may not be read.", "Check who owns it, or make a copy that you own."
        case OSError(errno=errno.ENXIO):  # what the system says of a socket, too
            message, hint = "This is not a plain file, so it was not read.", "Put a plain file in its place."
        case _:
            message, hint = f"This file can't be read: {os.strerror(error.errno or 0)}.", ""
    return Problem(code=Code.UNREADABLE, place=Place(name), message=message, hint=hint)


Opened = TypeVar("Opened")


def read_input(name: str) -> tuple[str, str]:
    """Read a text, and say what to call it; `-` is standard input. Raises `IopFitError` when it can't be read."""
    if name == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        return decode(content, STANDARD_INPUT), STANDARD_INPUT
    return read_text(Path(name)), name


def read_all(names: Iterable[str], opened: Callable[[str, str], Opened]) -> tuple[Opened, ...]:
    """Read texts, and open each with its name; raises `IopFitError` with what is wrong in any of them."""
    found: list[Opened] = []
    problems: dict[Problem, None] = {}
    for name in names:
        try:
            found.append(opened(*read_input(name)))
        except IopFitError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise IopFitError(problems)
    return tuple(found)
