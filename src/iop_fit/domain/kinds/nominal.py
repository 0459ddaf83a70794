"""Unranked questions: one option, none of more concern than another."""

from dataclasses import dataclass

from iop_fit.domain.kinds.choice import ChoiceQuestion

__all__ = ["NominalQuestion"]


@dataclass(frozen=True, kw_only=True)
class NominalQuestion(ChoiceQuestion):
    """One option; none is of more concern than another."""

    kind = "unranked"
