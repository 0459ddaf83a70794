"""Counts and shares as text."""

__all__ = ["HIDDEN", "counted", "safe", "share_of"]

from iop_fit.text import escape_controls

HIDDEN = "*"
"""Stands for a count that is hidden."""


def counted(count: int | None) -> str:
    """Return a count with commas."""
    return HIDDEN if count is None else f"{count:,}"


def share_of(count: int | None, sheets: int | None) -> str:
    """Return a share in percent; empty if it is not known. Only none is 0.0%, and only all are 100.0%."""
    if count is None or not sheets:
        return ""
    percent = 100 * count / sheets
    if 0 < percent < 0.05:
        return "<0.1%"
    if 99.95 <= percent < 100:
        return ">99.9%"
    return f"{percent:.1f}%"


def safe(text: str) -> str:
    """Return a text from a table or a questionnaire without anything that controls a terminal."""
    return escape_controls(text)
