"""The sentences about the programs: what fits, what to plan for, what to ask, warning signs, help with cost."""

from collections.abc import Iterable, Iterator

from iop_fit.assessment import Assessment, ChosenPoint
from iop_fit.blocks import Block, Column, Comparison, Heading, Item, Items
from iop_fit.guidance import PointList, Program
from iop_fit.words import listed

__all__ = ["programs", "shared", "to_ask"]

COMPARED = ((PointList.FITS, "What fits"), (PointList.PLAN_FOR, "What to plan for"))
"""The lists that stand beside each other for the programs."""


def programs(assessment: Assessment) -> Iterator[Block]:
    """Compare the first two programs: what fits, and what to plan for."""
    if not assessment.points:
        return
    left, right = (_column(program, assessment) for program in assessment.questionnaire.programs[:2])
    shared = tuple((f"{title}, in either program", _points(assessment.points, kind, None)) for kind, title in COMPARED)
    yield Comparison(left, right, tuple((title, items) for title, items in shared if items.items))


def _column(program: Program, assessment: Assessment) -> Column:
    lists = tuple((title, _points(assessment.points, kind, program)) for kind, title in COMPARED)
    return Column(title=program.name, text=program.text, lists=lists)


def _points(points: Iterable[ChosenPoint], kind: PointList, program: Program | None) -> Items:
    """List the points of one program, or those that are shown for several."""
    mine = [
        point
        for point in points
        if point.point.list is kind and (program is None or program.id in point.point.programs)
    ]
    of_several = [point for point in mine if len(point.shown_for) > 1]
    if program is None:
        return Items(tuple(Item(point.point.text) for point in of_several))
    shown = [Item(point.point.text) for point in mine if point.shown_for == (program.id,)]
    more = sum(program.id not in point.shown_for for point in mine)
    return Items((*shown, Item(f"And {more} more, in the .json file.")) if more else tuple(shown))


def to_ask(assessment: Assessment) -> Iterator[Block]:
    """List what to ask a provider: first of either program, then of each."""
    asked = [point for point in assessment.points if point.point.list is PointList.ASK and point.shown_for]
    known = assessment.questionnaire.programs
    groups = [(listed(program.short for program in known), tuple(program.id for program in known))]
    groups += [(program.short, (program.id,)) for program in known]
    for title, ids in groups:
        items = tuple(_question_toto_ask(point) for point in asked if point.shown_for == ids)
        if items:
            yield Heading(title)
            yield Items(items, numbered=True)


def _question_toto_ask(chosen: ChosenPoint) -> Item:
    return Item(chosen.point.text, (f"Why: {chosen.point.why}", f"Listen for: {chosen.point.listen_for}"))


def shared(assessment: Assessment, kind: PointList) -> Iterator[Block]:
    """List the points of one kind, whichever program they speak of."""
    items = tuple(Item(point.point.text) for point in assessment.points if point.point.list is kind and point.shown_for)
    if items:
        yield Items(items)
