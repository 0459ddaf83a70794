"""Properties of standard output: whether it is a screen, its width, and what the environment asks for."""

import os
import sys
from typing import NamedTuple

__all__ = ["OutputTarget", "detect_output", "is_on", "wants_color"]

OFF = ("", "0", "false", "no", "off")
"""The values that turn a variable off, in lowercase."""
DEFAULT_COLUMNS = 80
"""The width if there is no terminal to ask."""


class OutputTarget(NamedTuple):
    """Properties of standard output."""

    on_screen: bool
    width: int
    color: bool
    plain: bool
    simple: bool
    """Whether the terminal supports no escape sequences, even if standard output is not a terminal."""


def detect_output(*, plain: bool = False) -> OutputTarget:
    """Detect the properties of standard output; `plain` forces output without escapes.

    Avoids `shutil`, whose import would take an eighth of the time of `iop-fit hotlines`.
    """
    on_screen = bool(sys.stdout) and sys.stdout.isatty()
    simple = os.environ.get("TERM", "dumb") == "dumb"
    plain = plain or is_on("IOP_FIT_PLAIN") or is_on("ACCESSIBLE") or (simple and on_screen)
    return OutputTarget(
        on_screen=on_screen,
        width=_columns(),
        color=not plain and wants_color(on_screen=on_screen and not simple),
        plain=plain,
        simple=simple,
    )


def is_on(name: str) -> bool:
    """Whether an environment variable is set to something other than `0`, `false`, `no`, `off` or nothing."""
    return os.environ.get(name, "").strip().lower() not in OFF


def wants_color(*, on_screen: bool) -> bool:
    """Whether to use colors on a stream, given whether it is a screen that supports them.

    `NO_COLOR` comes first, whatever its value (no-color.org); then `FORCE_COLOR` and `CLICOLOR_FORCE`, which ask for
    colors even in a file; then `CLICOLOR=0`.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if is_on("FORCE_COLOR") or is_on("CLICOLOR_FORCE"):
        return True
    return on_screen and (is_on("CLICOLOR") or not os.environ.get("CLICOLOR"))


def _columns() -> int:
    """Return `COLUMNS`, or the width of the terminal, or `DEFAULT_COLUMNS`."""
    typed = os.environ.get("COLUMNS", "")
    if typed.isdecimal() and int(typed) > 0:
        return int(typed)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or DEFAULT_COLUMNS  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # closed, or no terminal
        return DEFAULT_COLUMNS
