"""Unranked questions: one option, in no order of concern."""

from dataclasses import dataclass

from iop_fit.domain.kinds.choice import ChoiceQuestion

__all__ = ["NominalQuestion"]


@dataclass(frozen=True, kw_only=True)
class NominalQuestion(ChoiceQuestion):
    """One option is chosen; options have no order of concern."""

    kind = "unranked"
