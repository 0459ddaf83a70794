"""Blocks of the summary: what to do first, what to ask about, and whom to call, on one screen."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.answers import Chosen
from iop_fit.domain.assessment import Assessment, Card, Reply
from iop_fit.domain.guidance import AlertLevel, Contact, ContactGroup, PointList, Program
from iop_fit.limits import (
    MAX_CARD_TEXT,
    MAX_SUMMARY_CHANGES,
    MAX_SUMMARY_OPEN,
    MAX_SUMMARY_OPTIONS,
    MAX_SUMMARY_REASONS,
)
from iop_fit.outline.blocks import Block, Callout, Column, Comparison, Item, Items, Paragraph
from iop_fit.outline.contacts import phone_line
from iop_fit.outline.parts.direction import callout_of, caution, could_not_tell, ladder
from iop_fit.outline.parts.programs import drawback_of
from iop_fit.outline.parts.reasons import more_support, why_in_sentences
from iop_fit.text import first_letter

__all__ = ["ask_about", "call", "cards", "helps_and_plans", "left_open", "two_programs", "who_and_script"]

IN_FULL = "in the full report"
"""Where the summary says the rest is: the same program prints it, and no file is needed."""


# What to do first


def cards(assessment: Assessment) -> Iterator[Block]:
    """Yield the first card and each emergency in full, and of the further cards the title and, with room, the text.

    Without a direction, nothing else needs the room, and all are in full.
    """
    if assessment.direction is None:
        yield from map(callout_of, assessment.cards)
        return
    full = max(1, sum(card.alert.alert.level is AlertLevel.EMERGENCY for card in assessment.cards))
    yield from map(_with_first_contacts, assessment.cards[:full])
    others = assessment.cards[full:]
    if others:
        named = (contact for card in assessment.cards[:full] for contact in _first_contacts(card))
        yield Items(tuple(_further(others, {contact.id for contact in (*named, *_always_named(assessment))})))


def _further(others: tuple[Card, ...], known: set[str]) -> Iterator[Item]:
    """Yield the title of each further card, the texts of the first ones, and contacts that are named nowhere else."""
    room = MAX_CARD_TEXT - sum(len(card.alert.alert.title) for card in others)
    for card in others:
        room -= len(card.alert.text)
        others_to_call = (contact for contact in card.alert.contacts if contact.id not in known)
        own = [", ".join(contact.by_phone or contact.ways) for contact in others_to_call]
        yield Item("; ".join((card.alert.alert.title, *own)), (str(card.alert.text),) if room >= 0 else ())


def _with_first_contacts(card: Card) -> Callout:
    """Return a card with its first contact of each group, and how many more there are."""
    first = _first_contacts(card)
    more = len(card.alert.contacts) - len(first)
    rest = (f"and {more} more",) if more else ()
    return callout_of(card)._replace(contacts=(*map(phone_line, first), *rest))


def _first_contacts(card: Card) -> tuple[Contact, ...]:
    groups = {contact.group: contact for contact in reversed(card.alert.contacts)}
    return tuple(contact for contact in card.alert.contacts if contact is groups[contact.group])


def _always_named(assessment: Assessment) -> Iterator[Contact]:
    """Yield the first contact of each group: the summary always names these."""
    for group in ContactGroup:
        yield from [contact for contact in assessment.hotlines if contact.group is group][:1]


# What to ask about, and why


def ask_about(assessment: Assessment) -> Iterator[Block]:
    """Yield where the direction stands, what it does not mean, a reason or two, and what to add to it.

    The direction itself is the main message, below the title.
    """
    yield from ladder(assessment)
    because = why_in_sentences(assessment, at_most=MAX_SUMMARY_REASONS)
    added = "; ".join(_uncapitalized(each.text) for each in assessment.additions)
    sentences = (caution(assessment), f"Why: {because}" if because else "", f"Also ask for: {added}." if added else "")
    yield Paragraph(" ".join(filter(None, sentences)))


def _uncapitalized(text: str) -> str:
    """Return a text for the middle of a sentence; an abbreviation keeps its letters."""
    at = first_letter(text)
    return text if text[at + 1 : at + 2].isupper() else text[:at] + text[at : at + 1].lower() + text[at + 1 :]


def left_open(assessment: Assessment) -> Iterator[Block]:
    """Yield what skipped questions leave open, most urgent first, and how many more lines the full report has."""
    lines = could_not_tell(assessment)
    if lines:
        more = len(lines) - MAX_SUMMARY_OPEN
        rest = (Item(f"And {more} more, {IN_FULL}."),) if more > 0 else ()
        yield Items((*map(Item, lines[:MAX_SUMMARY_OPEN]), *rest))
    if assessment.most_helpful and not assessment.emergency:
        topics = "; ".join(_uncapitalized(reply.topic) for reply in assessment.most_helpful)
        yield Paragraph(f"It would help most to know: {topics}.")


# The two programs


def two_programs(assessment: Assessment) -> Iterator[Block]:
    """Yield a comparison of the first two programs: a good side and a drawback of each.

    What only one of the two has is left out, so that neither looks better for having more to read.
    """
    programs = assessment.questionnaire.programs[:2]
    found = {
        "Good": [_first_good_side(assessment, program) for program in programs],
        "Hard": [drawback_of(program, assessment.questionnaire) for program in programs],
    }
    if not any(found["Good"]):
        return
    rows = [(word, texts) for word, texts in found.items() if all(texts)]
    if rows and len(programs) == 2:
        left, right = (
            Column(program.name, "", (("", Items(tuple(Item(f"{word}: {texts[side]}") for word, texts in rows))),))
            for side, program in enumerate(programs)
        )
        yield Comparison(left, right)


def _first_good_side(assessment: Assessment, program: Program) -> str:
    """Return the strongest reason why this program could work that is about it only, or an empty string."""
    points = (each.point for each in assessment.points if each.point.list is PointList.FITS)
    return next((str(each.text) for each in points if each.programs == (program.id,)), "")


# What helps and what to plan for


def helps_and_plans(assessment: Assessment) -> Iterator[Block]:
    """Yield the answers about daily surroundings by area: those that help, then those that need a plan."""
    around = tuple(_around(assessment))
    for opening, replies in (
        ("What helps.", [reply for reply in around if _is_help(reply)]),
        ("Plan for this.", [reply for reply in around if not _is_help(reply)]),
    ):
        if replies:
            yield Paragraph(f"{opening} {_by_area(replies)}")


def _by_area(replies: Iterable[Reply]) -> str:
    """Return a sentence for each area, with its answers in few words."""
    areas: dict[str, list[str]] = {}
    for reply in replies:
        areas.setdefault(reply.section.title, []).append(_in_few_words(reply))
    return " ".join(f"{area}: {'; '.join(answers)}." for area, answers in areas.items())


def _in_few_words(reply: Reply) -> str:
    """Return an answer in brief, or else after its topic; of many options, the first and how many more there are."""
    assert isinstance(reply.answer, Chosen)
    first = Chosen(reply.answer.options[:MAX_SUMMARY_OPTIONS], reply.answer.number)
    more = len(reply.answer.options) - len(first.options)
    rest = f", and {more} more" if more else ""
    brief = reply.question.brief_for(first)
    named = _uncapitalized(reply.question.topic) if reply.question.topic else f"“{reply.ask}”"
    return f"{brief}{rest}" if brief else f"{named} ({reply.question.words_for(first)}{rest})"


AROUND = (5, 6)
"""The dimensions of the ASAM Criteria that are about a person's surroundings and what gets in the way."""


def _around(assessment: Assessment) -> Iterator[Reply]:
    for reply in assessment.replies:
        about = reply.question.dimension in AROUND and not reply.question.private and not reply.section.wishes
        if about and isinstance(reply.answer, Chosen) and reply.labels:
            yield reply


def _is_help(reply: Reply) -> bool:
    """Whether an answer is the least concern of its question, or makes a program easier to keep up."""
    assert isinstance(reply.answer, Chosen)
    question, options = reply.question, reply.answer.options
    if question.need:
        return options == (question.options[0].id,)
    return any(question.options_by_id[option].eases for option in options)


# Whom to call, and when to ask about more support


def call(assessment: Assessment) -> Iterator[Block]:
    """Yield whom to call, what to say first, when to ask about more support, and last, the numbers for a crisis."""
    yield from who_and_script(assessment)
    yield from _when_to_ask_for_more(assessment)
    urgent = [
        phone_line(contact) for contact in _always_named(assessment) if contact.group is not ContactGroup.INFORMATION
    ]
    if urgent:
        yield Paragraph(". ".join(reversed(urgent)) + ".", strong=True)


def who_and_script(assessment: Assessment) -> Iterator[Block]:
    """Yield whom to call to find treatment, and what to say first."""
    known = [contact for contact in assessment.hotlines if contact.group is ContactGroup.INFORMATION][:1]
    said = [str(point.text) for point in assessment.shown_points(PointList.CALL)]
    who = [f"{contact.name}: {', '.join((*contact.by_phone, *filter(None, [contact.web])))}." for contact in known]
    script = [f"Say: “{' '.join(said)}”"] if said else []
    if who or script:
        yield Paragraph(" ".join((*who, *script)))


def _when_to_ask_for_more(assessment: Assessment) -> Iterator[Block]:
    changes = more_support(assessment)
    if changes:
        more = len(changes) - MAX_SUMMARY_CHANGES
        rest = f" ({more} more {IN_FULL}.)" if more > 0 else ""
        yield Paragraph(f"Ask about more support if {', or if '.join(changes[:MAX_SUMMARY_CHANGES])}.{rest}")
