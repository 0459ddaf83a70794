"""The sentences that hold two conclusions side by side; which of them is good news is for people to judge."""

from iop_fit.conclusion import Conclusion
from iop_fit.outline_direction import COMES_FIRST
from iop_fit.questionnaire import Questionnaire
from iop_fit.words import cleaned

__all__ = ["in_short", "moved"]


def in_short(conclusion: Conclusion, questionnaire: Questionnaire) -> str:
    """Say a direction in a few words; one that is not firm is never said as if it were."""
    if conclusion.direction is None or conclusion.highest is None:
        titles = (alert.title for alert in conclusion.alerts if alert.id == conclusion.withheld_by)
        because = "".join(f", because of “{cleaned(title)}”" for title in titles)
        return f"No direction is given{because}."
    first = next((COMES_FIRST[alert.level] for alert in conclusion.alerts if alert.level in COMES_FIRST), "")
    lowest, highest = f"“{cleaned(conclusion.direction.title)}”", f"“{cleaned(conclusion.highest.title)}”"
    if conclusion.firm:
        return f"{first} After that: {lowest}." if first else f"{lowest}."
    # A direction that is gone since may have been the least one, and the least one is never said when it is not firm.
    least = questionnaire.rank.get(conclusion.direction.id, 0) == 0
    if conclusion.direction.id == conclusion.highest.id:
        said = "Not firm: not enough was answered to say." if least else f"Not firm: so far {lowest}."
    else:
        said = f"Not firm: it could be anything up to {highest}." if least else f"Not firm: {lowest} to {highest}."
    return f"{first} {said}".lstrip()


def moved(before: Conclusion, now: Conclusion, questionnaire: Questionnaire) -> str:
    """Say how one direction differs from another: towards less or more support, or open."""
    if before.ids == now.ids:
        if now.direction is None:
            return "No direction is given, as before."
        return "The direction stays the same." if now.firm else "It stays not firm, with the same range."
    if now.direction is None:
        return "No direction is given now." if before.direction else "No direction is given, now for another reason."
    if before.direction is None:
        return "A direction is given now." if now.firm else "No alert withholds the direction now, but it is not firm."
    match before.firm, now.firm:
        case True, False:
            return "It was firm, and now it is not."
        case False, True:
            return "It was not firm, and now it is."
        case False, False:
            return "It was not firm, and is not firm now. The range is another."
        case _:
            pass  # both are firm
    rank = questionnaire.rank
    if before.direction.id not in rank:
        return "The direction is another."
    more = rank[now.direction.id] > rank[before.direction.id]
    return f"The direction points to {'more' if more else 'less'} support."
