"""Kinds of questions: one module per kind, and the registry."""

from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.nominal import NominalQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.domain.kinds.text import TextQuestion
from iop_fit.domain.question import Question

__all__ = ["DEFAULT_KIND", "KINDS"]

KINDS: dict[str, type[Question]] = {
    each.kind: each
    for each in (
        OrdinalQuestion,
        NumberQuestion,
        MultipleQuestion,
        NominalQuestion,
        TextQuestion,
    )
}
"""Kinds by name in YAML; a new kind is one module and one line here."""

DEFAULT_KIND = OrdinalQuestion.kind
