"""Blocks of the page for a visit: an overview of the answers, what they point to, and questions to ask."""

from collections.abc import Iterator

from iop_fit.domain.answers import Skipped
from iop_fit.domain.assessment import Assessment, Reply
from iop_fit.domain.guidance import AlertLevel, PointList
from iop_fit.limits import MAX_CARDS_ON_FIRST_PAGE, MAX_SKIPPED_TOPICS, MAX_WALK_AWAY, MAX_WORKSHEET
from iop_fit.outline.blocks import Block, Item, Items, Paragraph, Table
from iop_fit.outline.parts.direction import COMES_FIRST, callout_of, caution, direction, ladder
from iop_fit.text import capitalize

__all__ = [
    "at_a_glance",
    "further_safety",
    "points_to",
    "safety_first",
    "safety_in_full",
    "walk_away",
    "worksheet",
]

PROGRAMS_TO_COMPARE = 2
"""Columns for replies in the worksheet."""


def safety_first(assessment: Assessment) -> Iterator[Block]:
    """Yield the first cards in full: all emergencies, and a few at least."""
    yield from map(callout_of, assessment.cards[: _in_full(assessment)])


def further_safety(assessment: Assessment) -> Iterator[Block]:
    """Yield the title and the reason of each further card; `safety_in_full` has their texts."""
    further = assessment.cards[_in_full(assessment) :]
    if further:
        yield Items(tuple(Item(card.alert.alert.title, (str(card.reason.because),)) for card in further))


def safety_in_full(assessment: Assessment) -> Iterator[Block]:
    """Yield the cards that the first page names only by their titles."""
    yield from map(callout_of, assessment.cards[_in_full(assessment) :])


def _in_full(assessment: Assessment) -> int:
    """Return how many cards the first page has in full: all if they fit, or else the first ones."""
    if assessment.direction is None or len(assessment.cards) <= MAX_CARDS_ON_FIRST_PAGE:
        return len(assessment.cards)
    emergencies = sum(card.alert.alert.level is AlertLevel.EMERGENCY for card in assessment.cards)
    return max(emergencies, MAX_CARDS_ON_FIRST_PAGE - 1)


def at_a_glance(assessment: Assessment) -> Iterator[Block]:
    """Yield one table with a line for each topic that questions name, in the order asked."""
    lines: dict[str, list[Reply]] = {}
    for reply in assessment.replies:
        if reply.question.glance:
            lines.setdefault(reply.question.glance, []).append(reply)
    if lines:
        unasked = assessment.unasked
        given = {name: [each for each in replies if each.question.id not in unasked] for name, replies in lines.items()}
        rows = [(name, _in_short(replies)) for name, replies in given.items() if replies]
        rows += [("Skipped", _skipped(assessment))]
        rows += [("Not answered", _topics([each for each in assessment.skipped if each.question.id in unasked]))]
        rows += [("Not asked", capitalize(assessment.questionnaire.not_asked))]
        yield Table(("Topic", "Answers"), tuple(row for row in rows if row[1]))


def _in_short(replies: list[Reply]) -> str:
    """Return the answers of a line in few words, those of most concern first."""
    replies = sorted(replies, key=lambda reply: reply.concern, reverse=True)
    return capitalize("; ".join(_words(reply, alone=len(replies) == 1) for reply in replies))


def _words(reply: Reply, *, alone: bool) -> str:
    """Return an answer, with its topic if it doesn't speak for itself: a skip, or one word in a line of several."""
    if reply.brief:
        return reply.brief
    unclear = isinstance(reply.answer, Skipped) or " " not in reply.words
    return f"{reply.topic}: {reply.words}" if unclear and not alone else reply.words


def _skipped(assessment: Assessment) -> str:
    """Return the topics of the skipped questions, those that could change the result first."""
    undecided = assessment.undecided_questions
    skipped = [reply for reply in assessment.skipped if reply.question.id not in assessment.unasked]
    return _topics(sorted(skipped, key=lambda reply: reply.question.id not in undecided)) or "None"


def _topics(replies: list[Reply]) -> str:
    topics = [reply.topic for reply in replies]
    more = len(topics) - MAX_SKIPPED_TOPICS
    rest = [f"{more} more under “Skipped questions”"] if more > 0 else []
    return "; ".join((*topics[:MAX_SKIPPED_TOPICS], *rest))


def points_to(assessment: Assessment) -> Iterator[Block]:
    """Yield boxes to tick: the first step of each level of urgency, the directions and the extra support.

    There is no box for a direction if it could be the least.
    """
    if assessment.direction is None or assessment.emergency:
        yield from direction(assessment)
        return
    yield from ladder(assessment)
    first: dict[AlertLevel, str] = {}
    for card in assessment.cards:
        first.setdefault(card.alert.alert.level, card.alert.alert.title)
    urgent = [title for level, title in first.items() if level in COMES_FIRST]
    named = [*urgent, *_titles(assessment), *(addition.text for addition in assessment.additions)]
    if named:
        yield Items(tuple(map(Item, named)), ticks=True)
    yield Paragraph(caution(assessment))


def _titles(assessment: Assessment) -> Iterator[str]:
    """Yield the titles of the directions that the answers point to; none if that could be the least."""
    directions = assessment.questionnaire.directions
    assert assessment.direction
    assert assessment.highest
    if assessment.firm or assessment.direction is not directions[0]:
        first, last = directions.index(assessment.direction), directions.index(assessment.highest)
        yield from (each.title for each in directions[first : last + 1])


def worksheet(assessment: Assessment) -> Iterator[Block]:
    """Yield the questions to ask with room for the replies of two programs."""
    asked = [point.text for point in assessment.shown_points(PointList.ASK)]
    if asked:
        programs = tuple(f"Program {number}" for number in range(1, PROGRAMS_TO_COMPARE + 1))
        blank = ("",) * PROGRAMS_TO_COMPARE
        yield Table(("Question", *programs), tuple((text, *blank) for text in asked[:MAX_WORKSHEET]))


def walk_away(assessment: Assessment) -> Iterator[Block]:
    """Yield the first warning signs."""
    signs = [point.text for point in assessment.shown_points(PointList.WARNING_SIGN)]
    if signs:
        yield Items(tuple(map(Item, signs[:MAX_WALK_AWAY])))
