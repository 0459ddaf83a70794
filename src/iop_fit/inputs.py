"""Reading what a command was given: a file, or standard input."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from iop_fit.errors import IopFitError, Problem
from iop_fit.files import MAX_BYTES, decode, read_text
from iop_fit.source import STANDARD_INPUT

__all__ = ["open_inputs", "read_input"]

Opened = TypeVar("Opened")


def read_input(name: str) -> tuple[str, str]:
    """Read a text, and say what to call it; `-` is standard input. Raises `IopFitError` when it can't be read."""
    if name == "-":
        content = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        return decode(content, STANDARD_INPUT), STANDARD_INPUT
    return read_text(Path(name)), name


def open_inputs(names: Iterable[str], opened: Callable[[str, str], Opened]) -> tuple[Opened, ...]:
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
