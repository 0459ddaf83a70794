"""What a mapping file says about the columns of a table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from iop_fit.domain.answers import SkipReason
from iop_fit.scoring.layout import AnswerSource

__all__ = ["NO_MAPPING", "ColumnMapping"]


class ColumnMapping(NamedTuple):
    """Where answers are in a table that somebody else collected."""

    sources: Mapping[str, AnswerSource]
    """By question id, or `id` and `for`: its columns. Others are in the column with their own name."""
    missing: SkipReason | None = None
    """What an empty cell or a question without a column counts as; None if it is a problem."""
    left_out: frozenset[str] = frozenset()
    """The columns that are not copied to the output."""
    name: str = ""
    """The name of the file; empty if there is none."""


NO_MAPPING = ColumnMapping(MappingProxyType({}))
"""The columns of the table have the ids of the questions."""
