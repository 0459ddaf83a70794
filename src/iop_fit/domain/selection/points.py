"""The points that apply, those about what decided first, and which of them there is room to show."""

from collections.abc import Iterator

from iop_fit.domain.assessment import ChosenPoint
from iop_fit.domain.condition import OptionRef, OptionSet, evaluate, option_sets_in
from iop_fit.domain.decision import Decision
from iop_fit.domain.guidance import Point, PointList
from iop_fit.domain.question import level_reach
from iop_fit.domain.wording import Audience

__all__ = ["CAPS", "areas_reached", "deciding_options", "points_of"]

CAPS = {
    PointList.FITS: 3,
    PointList.PLAN_FOR: 3,
    PointList.ASK: 6,
    PointList.BRING: 2,
    PointList.WARNING_SIGN: 7,
    PointList.COST_HELP: 3,
    PointList.FAMILY: 5,
    PointList.CALL: 1,
}
"""Points shown per list and program, at most; they keep the paper to its pages."""


def areas_reached(decision: Decision) -> tuple[OptionSet, OptionSet]:
    """Return the certain and the possible options, with the levels of the areas as options."""
    certain, possible = decision.reached.certain, decision.reached.possible
    for area in decision.areas:
        certain |= level_reach(area.section.id, area.level)
        possible |= level_reach(area.section.id, area.highest_level)
    return certain, possible | certain


def points_of(decision: Decision) -> Iterator[ChosenPoint]:
    """Yield the points that apply; a point is shown if none of its lists is full.

    Points about what decided come first, and each group is in questionnaire order.
    """
    certain, possible = areas_reached(decision)
    points = decision.questionnaire.points
    if decision.sheet.about is Audience.ME:
        points = tuple(each for each in points if each.list is not PointList.FAMILY)
    applying = [each for each in points if each.when is None or evaluate(each.when, certain, possible) is True]
    deciding = deciding_options(decision)
    applying.sort(key=lambda point: not _is_about(point, deciding, certain))
    left = {(program.id, each): cap for each, cap in CAPS.items() for program in decision.questionnaire.programs}
    for point in applying:
        shown = all(left[program, point.list] > 0 for program in point.programs)
        for program in point.programs if shown else ():
            left[program, point.list] -= 1
        yield ChosenPoint(point=point, shown=shown)


def deciding_options(decision: Decision) -> OptionSet:
    """Return the options that met the rules of the direction and of the raised alerts.

    Rules that are not shown as a reason add nothing: another rule, shown instead, was met by all of their options.
    """
    lower = {*decision.questionnaire.rank} - {decision.lowest.id}
    return frozenset[OptionRef]().union(*(each.by for each in decision.fired if each.rule.raises not in lower))


def _is_about(point: Point, deciding: OptionSet, certain: OptionSet) -> bool:
    """Whether the condition of a point names, outside of `not`, something true that also decided."""
    named = option_sets_in(point.when, under_not=False) if point.when else ()
    return any(options <= certain and not options.isdisjoint(deciding) for options in named)
