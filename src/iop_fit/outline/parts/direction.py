"""Blocks for alerts, the direction and the next steps."""

from collections.abc import Iterator

from iop_fit.domain.assessment import Assessment, Card
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Block, Callout, Heading, Item, Items, Ladder, Paragraph, Rung
from iop_fit.outline.citations import cite_each
from iop_fit.outline.contacts import phone_line
from iop_fit.text import join

__all__ = [
    "COMES_FIRST",
    "alerts",
    "callout_of",
    "caution",
    "comes_first",
    "could_not_tell",
    "direction",
    "headline",
    "ladder",
    "main_message",
    "next_steps",
    "open_alerts",
]

CALM = {AlertLevel.HOME_SAFETY, AlertLevel.ADULTS_ONLY, AlertLevel.ALWAYS}
"""The alert levels shown without urgent styling."""

COMES_FIRST = {
    AlertLevel.EMERGENCY: "First, call 911.",
    AlertLevel.CRISIS: "First, talk with someone.",
    AlertLevel.SAME_DAY: "First, see a doctor today.",
    AlertLevel.MEDICAL_FIRST: "First, see a doctor.",
}
"""What comes before any program at these alert levels, the most urgent first."""
TALK_AND = {
    AlertLevel.SAME_DAY: "First, talk with someone, and see a doctor today.",
    AlertLevel.MEDICAL_FIRST: "First, talk with someone, and see a doctor.",
}
"""The same when a crisis is not the only thing that comes first."""


NOT_ENOUGH = "There aren't enough answers yet to say."
COULD_CHANGE = "A skipped safety question could change this."


def alerts(assessment: Assessment) -> Iterator[Block]:
    """Yield the cards of the raised alerts, strongest first."""
    yield from map(callout_of, assessment.cards)


def callout_of(card: Card) -> Callout:
    """Return one card as a callout."""
    raised = card.alert
    also = [(f"Also: {'; '.join(card.others)}.", ())] if card.others else []
    return Callout(
        urgent=raised.alert.level not in CALM,
        title=raised.alert.title,
        because=cite_each("Because:", [(card.reason.because, card.reason.sources)]),
        text=cite_each("", [(raised.text, raised.alert.sources), *also]),
        contacts=tuple(map(phone_line, raised.contacts)),
    )


def direction(assessment: Assessment) -> Iterator[Block]:
    """Yield the direction, what it does not mean, and the services to add to it; in an emergency, only to call."""
    yield Paragraph(headline(assessment), strong=True)
    if assessment.direction is None or assessment.emergency:
        return
    yield from ladder(assessment)
    yield Paragraph(caution(assessment))
    if assessment.additions:
        yield Heading("Ask for this extra support")
        yield Items(tuple(Item(addition.text) for addition in assessment.additions))


def main_message(assessment: Assessment) -> str:
    """Return what matters most in a few sentences: the first card, and the direction.

    In an emergency, or if the direction is withheld, only the card.
    """
    if not assessment.cards:
        return headline(assessment)
    first = f"{assessment.cards[0].alert.alert.title}."
    if assessment.emergency or assessment.direction is None:
        return first
    if not comes_first(assessment):
        return f"{headline(assessment)} {first}"
    return f"{first} {assessment.direction.afterwards if assessment.firm else _uncertain(assessment)}"


def ladder(assessment: Assessment) -> Iterator[Block]:
    """Yield the directions from less support to more, with those that the answers point to marked.

    Nothing if the direction is withheld, in an emergency, or if the answers don't say enough.
    """
    lowest, highest = assessment.direction, assessment.highest
    directions = assessment.questionnaire.directions
    if lowest is None or highest is None or assessment.emergency or len(directions) < 2:
        return
    if lowest is directions[0] and not assessment.firm:
        return
    rank = assessment.questionnaire.rank
    first = comes_first(assessment).removeprefix("First, ").removesuffix(".")
    rungs = [
        Rung(each.short or each.title, rank[lowest.id] <= rank[each.id] <= rank[highest.id]) for each in directions
    ]
    here = join([rung.text for rung in rungs if rung.here], last="or")
    steps = f"First: {first}. " if first else ""
    whose = "Yours" if assessment.about is Audience.ME else "Theirs"
    shown = (Rung(f"First: {first}", here=True), *rungs) if first else tuple(rungs)
    yield Ladder(shown, f"{steps}From less support to more: {'; '.join(r.text for r in rungs)}. {whose}: {here}.")


def caution(assessment: Assessment) -> str:
    """Return what the direction does not mean, or that it isn't certain; empty if the direction is withheld."""
    if assessment.direction is None:
        return ""
    if assessment.firm:
        return assessment.direction.does_not_mean
    return "This isn't certain yet, and it doesn't mean that less help is enough. Ask a doctor or counselor first."


def headline(assessment: Assessment) -> str:
    """Return the direction in a sentence or two, after what comes before any program."""
    lowest, highest = assessment.direction, assessment.highest
    if lowest is None or highest is None:
        return "Get help first. Use the numbers above."
    first = comes_first(assessment)
    if assessment.firm:
        return f"{first} {lowest.afterwards}" if first else lowest.sentence
    return f"{first} {_uncertain(assessment)}".lstrip()


def _uncertain(assessment: Assessment) -> str:
    """Return what the answers point to so far, and what skipped questions leave open."""
    lowest, highest = assessment.direction, assessment.highest
    assert lowest
    assert highest
    least = assessment.questionnaire.directions[0]
    if lowest is highest and lowest is least:
        return f"{NOT_ENOUGH} {COULD_CHANGE}"
    if lowest is highest:
        return f"So far the answers point to “{lowest.title}”. {COULD_CHANGE}"
    if lowest is least:
        return f"{NOT_ENOUGH} It could be any kind of care, up to “{highest.short or highest.title}”."
    return f"So far the answers point to something between “{lowest.title}” and “{highest.title}”."


def comes_first(assessment: Assessment) -> str:
    """Return what the alerts put before any program, or an empty string."""
    levels = {card.alert.alert.level for card in assessment.cards}
    if AlertLevel.CRISIS in levels and AlertLevel.EMERGENCY not in levels:
        return next((words for level, words in TALK_AND.items() if level in levels), COMES_FIRST[AlertLevel.CRISIS])
    return next((words for level, words in COMES_FIRST.items() if level in levels), "")


def open_alerts(assessment: Assessment, *, but: frozenset[str] = frozenset()) -> Iterator[Block]:
    """Yield one line per card that skipped questions leave undecided, `but` some cards; none in an emergency."""
    lines = could_not_tell(assessment, but=but)
    if lines:
        yield Paragraph("Some questions were skipped, so these may apply:")
        yield Items(tuple(map(Item, lines)))


def could_not_tell(assessment: Assessment, *, but: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the line of each card that skipped questions leave undecided, `but` some cards; none in an emergency."""
    on_card = {*but, *(raised.alert.card for raised in assessment.alerts)}
    lines: dict[str, str] = {}
    for alert, *_ in assessment.open_alerts if not assessment.emergency else ():
        if alert.card not in on_card:
            lines.setdefault(alert.card, alert.could_not_tell)
    return tuple(lines.values())


def next_steps(assessment: Assessment) -> Iterator[Block]:
    """Yield the next steps, starting with the most urgent alert; in an emergency, those of no program."""
    if assessment.direction is None or assessment.emergency:
        yield Paragraph("Call one of the numbers above.")
        return
    urgent = [card.alert.alert.title for card in assessment.cards if card.alert.alert.level in COMES_FIRST]
    first = (f"First: “{urgent[0]}”.",) if urgent else ()
    unknown = ("Show this to a doctor or a provider.", "Go over the skipped questions together, if you want.")
    steps = assessment.direction.next if assessment.firm else unknown
    yield Items(tuple(map(Item, (*first, *steps))), numbered=True)
