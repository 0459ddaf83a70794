"""The reasons to show: those that no other reason implies."""

from collections.abc import Sequence

from iop_fit.domain.decision import Decision, FiredRule
from iop_fit.domain.guidance import Rule

__all__ = ["direction_reasons", "strongest"]


def strongest(fired: Sequence[FiredRule]) -> tuple[FiredRule, ...]:
    """Return those of some fired rules that no other one implies; both are ordered from what raises most to least.

    A rule implies another if it raises the same or more, and the options that met it include all that met the other;
    on a ranked question, an option includes those below it. Of rules met by equal options, the first stays.
    """
    order = list(dict.fromkeys(each.rule.raises for each in fired))
    raised = [order.index(each.rule.raises) for each in fired]
    met = [each.by for each in fired]

    def implies(other: int, place: int) -> bool:
        return raised[other] <= raised[place] and (
            met[place] < met[other] or (met[place] == met[other] and other < place)
        )

    places = range(len(fired))
    return tuple(fired[place] for place in places if not any(implies(other, place) for other in places))


def direction_reasons(decision: Decision) -> tuple[Rule, ...]:
    """Return the rules to show as reasons for the direction, then those for less support."""
    rank = decision.questionnaire.rank
    return tuple(each.rule for each in strongest([each for each in decision.fired if each.rule.raises in rank]))
