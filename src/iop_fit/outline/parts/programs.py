"""Blocks that compare programs, and lists of questions, warning signs and help with cost."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.assessment import Assessment, ChosenPoint
from iop_fit.domain.guidance import PointList, Program
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Block, Column, Comparison, Heading, Item, Items, Paragraph
from iop_fit.outline.citations import cite
from iop_fit.outline.parts.short_lists import in_short_lists
from iop_fit.text import join

__all__ = ["IF_NO", "call_script", "drawback_of", "programs", "shared", "to_ask"]

COMPARED = ((PointList.FITS, "Why it could work"), (PointList.PLAN_FOR, "What can be hard, and how to plan for it"))
"""The lists shown side by side for two programs."""

IF_NO = "If the answer is no, ask who else to call today."


def programs(assessment: Assessment) -> Iterator[Block]:
    """Yield a comparison of the first two programs: what fits and what to plan for."""
    if not assessment.points or len(assessment.questionnaire.programs) < 2:
        return
    left, right = _without_empty(*(_column(program, assessment) for program in assessment.questionnaire.programs[:2]))
    both = tuple((f"{title}, in either program", _points(assessment.points, kind, None)) for kind, title in COMPARED)
    yield Comparison(left, right, tuple((title, items) for title, items in both if items.items))
    if any(practical.of for practical in assessment.practical):
        each = [f"{len(one.replies)} of {one.of} for {one.program.short}" for one in assessment.practical]
        yield Paragraph(f"Practical answers that make it easier to keep up: {join(each)}. A count, not advice.")


def _without_empty(left: Column, right: Column) -> tuple[Column, Column]:
    """Return both columns without the lists that are empty in both."""
    nonempty = [number for number, (_, items) in enumerate(left.lists) if items.items or right.lists[number][1].items]
    return (
        left._replace(lists=tuple(left.lists[number] for number in nonempty)),
        right._replace(lists=tuple(right.lists[number] for number in nonempty)),
    )


def drawback_of(program: Program, questionnaire: Questionnaire) -> str:
    """Return the first drawback of the described option of care that is this program; empty if there is none."""
    found = (option.drawbacks for option in questionnaire.care_options if option.id == program.id)
    return next((f"{text.split('. ')[0].removesuffix('.')}." for text in found), "")


def _column(program: Program, assessment: Assessment) -> Column:
    (_, fits), (kind, title) = COMPARED
    drawback = drawback_of(program, assessment.questionnaire)
    hard = _points(assessment.points, kind, program)
    known = (Item(drawback), *hard.items) if drawback else hard.items
    lists = ((fits, _points(assessment.points, PointList.FITS, program)), (title, hard._replace(items=known)))
    return Column(title=program.name, text=cite(program.text, program.sources), lists=lists)


def _points(points: Iterable[ChosenPoint], kind: PointList, program: Program | None) -> Items:
    """Return the points of one program, or the points of several programs if `program` is None."""
    listed = [point for point in points if point.point.list is kind]
    if program is None:
        return Items(tuple(_item(point) for point in listed if len(point.point.programs) > 1))
    return Items(tuple(_item(point) for point in listed if point.point.programs == (program.id,)))


def _item(chosen: ChosenPoint) -> Item:
    return Item(cite(chosen.point.text, chosen.point.sources))


def to_ask(assessment: Assessment, points: Iterable[ChosenPoint]) -> Iterator[Block]:
    """Yield the questions for a provider among some points: those for every program, then those for each."""
    asked = [point for point in points if point.point.list is PointList.ASK]
    known = assessment.questionnaire.programs
    groups = [(join(program.short for program in known), tuple(program.id for program in known))]
    groups += [(program.short, (program.id,)) for program in known]
    for title, ids in groups:
        items = tuple(_question(point) for point in asked if point.point.programs == ids)
        for number, some in enumerate(in_short_lists(items)):
            yield Heading(f"{title}, more questions" if number else title)
            yield Items(some, numbered=True)


def _question(chosen: ChosenPoint) -> Item:
    why = cite(f"Why: {chosen.point.why}", chosen.point.sources)
    return Item(chosen.point.text, (why, f"Good sign: {chosen.point.listen_for}"))


def call_script(assessment: Assessment) -> Iterator[Block]:
    """Yield what to say first on the telephone."""
    said = assessment.shown_points(PointList.CALL)
    yield from (Paragraph(cite(f"“{point.text}”", point.sources)) for point in said)
    if said:
        yield Paragraph(IF_NO)


def shared(assessment: Assessment, kind: PointList) -> Iterator[Block]:
    """Yield the points of one list, for any program."""
    items = tuple(_item(point) for point in assessment.points if point.point.list is kind)
    if items:
        yield Items(items)
