"""Blocks of the page for a visit: an overview of the answers, what they point to, and questions to ask."""

from collections.abc import Iterator

from iop_fit.domain.answers import Chosen, Skipped
from iop_fit.domain.assessment import Assessment, Reply
from iop_fit.domain.guidance import PointList
from iop_fit.outline.blocks import Block, Item, Items, Paragraph, Table
from iop_fit.outline.direction import comes_first, direction

__all__ = ["at_a_glance", "points_to", "walk_away", "worksheet"]

PROGRAMS_TO_COMPARE = 2
"""Columns for replies in the worksheet."""


def at_a_glance(assessment: Assessment) -> Iterator[Block]:
    """Yield one table with a line for each topic that questions name, in the order asked."""
    lines: dict[str, list[Reply]] = {}
    for reply in assessment.replies:
        if reply.question.glance:
            lines.setdefault(reply.question.glance, []).append(reply)
    if lines:
        yield Table(("Topic", "Answers"), tuple((name, _in_short(replies)) for name, replies in lines.items()))


def _in_short(replies: list[Reply]) -> str:
    """Return the answers of a line in few words; "none of these" is left out beside others."""
    words = [_words(reply, alone=len(replies) == 1) for reply in replies if not _is_none(reply)]
    return "; ".join(words) or "None"


def _is_none(reply: Reply) -> bool:
    return reply.question.kind == "several" and isinstance(reply.answer, Chosen) and not reply.answer.options


def _words(reply: Reply, *, alone: bool) -> str:
    """Return an answer, with its topic if it doesn't speak for itself: a skip, or one word in a line of several."""
    unclear = isinstance(reply.answer, Skipped) or " " not in reply.words
    return f"{reply.topic}: {reply.words}" if unclear and not alone else reply.words


def points_to(assessment: Assessment) -> Iterator[Block]:
    """Yield boxes to tick: the first step, the direction and the extra support; words alone if it isn't that clear."""
    if assessment.direction is None or not assessment.firm or assessment.emergency:
        yield from direction(assessment)
        return
    first = comes_first(assessment)
    steps = [first.removeprefix("First, ").removesuffix(".").capitalize()] if first else []
    named = [*steps, assessment.direction.title, *(addition.text for addition in assessment.additions)]
    yield Items(tuple(map(Item, named)), ticks=True)
    yield Paragraph(assessment.direction.does_not_mean)


def worksheet(assessment: Assessment) -> Iterator[Block]:
    """Yield the questions to ask with room for the replies of two programs."""
    asked = [each.point.text for each in assessment.points if each.point.list is PointList.ASK and each.shown]
    if asked:
        programs = tuple(f"Program {number}" for number in range(1, PROGRAMS_TO_COMPARE + 1))
        blank = ("",) * PROGRAMS_TO_COMPARE
        yield Table(("Question", *programs), tuple((text, *blank) for text in asked))


def walk_away(assessment: Assessment) -> Iterator[Block]:
    """Yield the warning signs in one paragraph."""
    signs = [each.point.text for each in assessment.points if each.point.list is PointList.WARNING_SIGN and each.shown]
    if signs:
        yield Paragraph(" ".join(signs))
