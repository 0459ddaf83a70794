"""Kinds of answers: chosen options, free text, or a skip with a reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from iop_fit.problem_codes import Code
from iop_fit.text import hides_fields

__all__ = [
    "DOES_NOT_APPLY",
    "NONE_OF_THESE",
    "SKIP_IT",
    "Answer",
    "Chosen",
    "Misfit",
    "SkipReason",
    "Skipped",
    "Written",
    "plain_number",
]

NONE_OF_THESE = "none of these"
"""Label of the answer that chooses no option of a multiple-choice question."""


class SkipReason(StrEnum):
    """Why a question was skipped; the decision treats every reason as unknown."""

    RATHER_NOT_SAY = "rather-not-say"
    DONT_KNOW = "dont-know"

    @property
    def words(self) -> str:
        """The reason in plain words."""
        return {"rather-not-say": "rather not say", "dont-know": "don't know"}[self]


SKIP_IT = f"{{skipped: {SkipReason.RATHER_NOT_SAY}}}"
"""How an answers file skips a question."""

DOES_NOT_APPLY = "does-not-apply"
"""A reason of older editions, in which a question that doesn't apply was skipped; now that is an answer."""

NOW_AN_ANSWER = '"Doesn\'t apply" is now an answer:'
"""The start of what to write instead."""


@hides_fields
@dataclass(frozen=True)
class Chosen:
    """The ids of the chosen options, in the question's order; empty means "none of these"."""

    options: tuple[str, ...]
    number: float | None = None
    """The number that was given, for number questions; the chosen option is its band."""


@hides_fields
@dataclass(frozen=True)
class Written:
    """Free text."""

    text: str


@hides_fields
@dataclass(frozen=True)
class Skipped:
    """A skipped question, with the reason."""

    reason: SkipReason


def plain_number(number: float) -> int | float:
    """Return a whole number as an integer, so that it is written without a decimal point."""
    return int(number) if number == int(number) else number


Answer = Chosen | Written | Skipped


@hides_fields
class Misfit(NamedTuple):
    """One way in which an answer doesn't fit its question."""

    code: Code
    message: str
    hint: str
    option: str = ""
    """The id of the option at fault, if there is one."""
