"""The reasons to show: those that no other reason implies."""

from collections.abc import Sequence

from iop_fit.domain.decision import Decision
from iop_fit.domain.guidance import Rule

__all__ = ["direction_reasons", "strongest"]


def strongest(decision: Decision, rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Return those of some fired rules that no other one implies; both are ordered from what raises most to least.

    A rule implies another if it raises the same or more, and the options that met it include all that met the other;
    on a ranked question, an option includes those below it. Of rules met by equal options, the first stays.
    """
    order = list(dict.fromkeys(rule.raises for rule in rules))
    raised = [order.index(rule.raises) for rule in rules]
    met = [decision.met(rule) for rule in rules]

    def implies(other: int, place: int) -> bool:
        return raised[other] <= raised[place] and (
            met[place] < met[other] or (met[place] == met[other] and other < place)
        )

    places = range(len(rules))
    return tuple(rules[place] for place in places if not any(implies(other, place) for other in places))


def direction_reasons(decision: Decision) -> tuple[Rule, ...]:
    """Return the rules to show as reasons for the direction, then those for less support."""
    rank = decision.questionnaire.rank
    return strongest(decision, [each.rule for each in decision.fired if each.rule.raises in rank])
