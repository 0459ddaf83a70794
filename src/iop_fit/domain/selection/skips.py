"""What skipped questions leave open: the alerts that answers point to, and the questions that would help most."""

from collections import defaultdict

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.decision import Decision, OpenNeed
from iop_fit.domain.guidance import Alert, AlertLevel

__all__ = ["MOST_HELPFUL", "most_helpful", "pointed_to"]

MOST_HELPFUL = 3
"""How many skipped questions are named as those that would help most."""


def most_helpful(decision: Decision) -> tuple[str, ...]:
    """Return the ids of the skipped questions whose answers could change most, at most `MOST_HELPFUL`.

    Of each question, it counts the cards of open alerts and the higher directions that answers to this question alone
    could raise; then those that it could raise together with other skipped questions. Of equals, the first asked comes
    first.
    """
    alone: defaultdict[str, set[str]] = defaultdict(set)
    together: defaultdict[str, set[str]] = defaultdict(set)
    for each in decision.open:
        raised = _raised_by(decision, each.rule.raises)
        for need in each.needs if raised else ():
            names = {name for name, _ in need.missing}
            for name in names:
                (alone if len(names) == 1 else together)[name] |= raised
    order = {name: place for place, name in enumerate(decision.questionnaire.questions)}

    def rank(name: str) -> tuple[int, int, int]:
        return -len(alone[name]), -len(alone[name] | together[name]), order[name]

    return tuple(sorted({*alone, *together}, key=rank)[:MOST_HELPFUL])


def _raised_by(decision: Decision, raises: str) -> set[str]:
    """Return what an open rule would add to the result: the card of an open alert, or the directions up to its own."""
    cards = {alert.id: {f"card {alert.card}"} for alert in decision.open_alerts}
    if raises in cards:
        return cards[raises]
    rank = decision.questionnaire.rank
    if raises not in rank:
        return set()
    above = decision.questionnaire.directions[rank[decision.lowest.id] + 1 : rank[raises] + 1]
    return {direction.id for direction in above}


def pointed_to(decision: Decision) -> tuple[tuple[Alert, OptionSet], ...]:
    """Return the open alerts that answers already point to, strongest first, each with the options that do.

    Answers point to an alert if they meet a part of a need and what is missing is only a matter of degree: the answers
    to ranked questions. Alerts that are always worth knowing are left out, and so are cards that are already raised.
    """
    raised = {alert.card for alert in decision.alerts}
    found: dict[str, tuple[Alert, OptionSet]] = {}
    for alert in decision.open_alerts:
        if alert.level is AlertLevel.ALWAYS or alert.card in raised | found.keys():
            continue
        needs = [need for each in decision.open if each.rule.raises == alert.id for need in each.needs]
        likely = [need for need in needs if need.met and _is_of_degree(decision, need)]
        if likely:
            nearest = min(likely, key=lambda need: (len(need.missing), -len(need.met), sorted(need.met)))
            found[alert.card] = (alert, nearest.met)
    return tuple(found.values())


def _is_of_degree(decision: Decision, need: OpenNeed) -> bool:
    questions = decision.questionnaire.questions
    return all(not questions[name].takes_several for name, _ in need.missing)
