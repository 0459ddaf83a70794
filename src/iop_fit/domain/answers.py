"""What an answer can be: chosen options, the person's own words, or a skip with its reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from iop_fit.problem_codes import Code

__all__ = ["NONE_OF_THESE", "Answer", "Chosen", "Misfit", "SkipReason", "Skipped", "Written"]

NONE_OF_THESE = "none of these"
"""What it means to choose no option where several may be chosen."""


class SkipReason(StrEnum):
    """Why a question was left without an answer; to the decision all mean the same: unknown."""

    RATHER_NOT_SAY = "rather-not-say"
    DONT_KNOW = "dont-know"
    DOES_NOT_APPLY = "does-not-apply"

    @property
    def words(self) -> str:
        """The reason as a person would say it."""
        return {"rather-not-say": "rather not say", "dont-know": "don't know", "does-not-apply": "doesn't apply"}[self]


@dataclass(frozen=True)
class Chosen:
    """The chosen options, in the question's order; an empty tuple is the answer "none of these"."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A text in the person's own words."""

    text: str


@dataclass(frozen=True)
class Skipped:
    """No answer, and why."""

    reason: SkipReason


Answer = Chosen | Written | Skipped


class Misfit(NamedTuple):
    """One reason why an answer does not fit its question."""

    code: Code
    message: str
    hint: str
    option: str = ""
    """The option that the problem is about, if it is about one."""
