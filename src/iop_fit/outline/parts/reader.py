"""Blocks that follow who reads and what is known: skipped answers, waiting for a place, and family."""

from collections.abc import Iterator

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import AlertLevel, PointList
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Block, Heading, Item, Items
from iop_fit.outline.contacts import IN_A_CRISIS
from iop_fit.outline.parts.programs import shared
from iop_fit.outline.parts.reasons import answers_in_words

__all__ = ["MOST_CAUTIONS", "cautions", "family", "waiting"]

MOST_CAUTIONS = 3
"""How many cautions are shown, the strongest first; the part on skipped questions holds the others."""

NO_DOCTOR = "If no doctor has time, go to an emergency room."

WAITING: dict[AlertLevel, dict[Audience, str]] = {
    AlertLevel.CRISIS: {
        Audience.ME: "You can call or text 988 as often as you want while you wait.",
        Audience.SOMEONE: "You can call or text 988 for them or with them, as often as needed.",
    },
    AlertLevel.SAME_DAY: {
        Audience.ME: f"See a doctor today, even without a place. {NO_DOCTOR}",
        Audience.SOMEONE: f"Get them to a doctor today. {NO_DOCTOR}",
    },
    AlertLevel.MEDICAL_FIRST: {
        Audience.ME: f"Get the medical check now, even without a place. {NO_DOCTOR}",
        Audience.SOMEONE: f"Help them get the medical check now. {NO_DOCTOR}",
    },
}
"""What doesn't wait for a place, by the level of an alert and who answers."""

UNTIL_THEN = {
    Audience.ME: "Ask each program how long the wait is, and who you can call until then.",
    Audience.SOMEONE: "Ask each program how long the wait is, and who they or you can call until then.",
}

CHECK_ON_THEM = "Check on them every day. Ask how they are, and listen."


def cautions(assessment: Assessment) -> Iterator[Block]:
    """Yield what to be careful about, as known answers point to it, and the questions that would help most.

    Nothing in an emergency, and nothing if no skipped question matters.
    """
    if assessment.emergency or assessment.direction is None:
        return
    shown = assessment.cautions[:MOST_CAUTIONS]
    if shown:
        yield Heading("Until then, be careful")
        yield Items(tuple(Item(each.alert.could_not_tell, (answers_in_words(each.replies),)) for each in shown))
    if assessment.most_helpful:
        yield Heading("These answers would help most")
        asked = (reply.topic if reply.question.takes_several else reply.ask for reply in assessment.most_helpful)
        yield Items(tuple(map(Item, asked)), numbered=True)


def waiting(assessment: Assessment) -> Iterator[Block]:
    """Yield what to do while there is no place yet, if an urgent alert is raised that is no emergency."""
    if assessment.emergency or assessment.direction is None:
        return
    raised = {card.alert.alert.level for card in assessment.cards}
    if AlertLevel.SAME_DAY in raised:
        raised.discard(AlertLevel.MEDICAL_FIRST)  # today's visit is that check
    steps = [words[assessment.about] for level, words in WAITING.items() if level in raised]
    if steps:
        family_step = [CHECK_ON_THEM] if assessment.about is Audience.SOMEONE else []
        danger = f"If a life is in danger, call 911. {IN_A_CRISIS}"
        yield Items(tuple(map(Item, (*steps, UNTIL_THEN[assessment.about], *family_step, danger))))


def family(assessment: Assessment) -> Iterator[Block]:
    """Yield the points for family and friends; none if the person answered."""
    yield from shared(assessment, PointList.FAMILY)
