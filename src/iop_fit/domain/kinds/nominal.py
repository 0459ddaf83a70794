"""Unranked questions: one option, in no order of concern."""

from iop_fit.domain.kinds.choice import ChoiceQuestion

__all__ = ["NominalQuestion"]


class NominalQuestion(ChoiceQuestion):
    """One option is chosen; options have no order of concern."""

    kind = "unranked"
