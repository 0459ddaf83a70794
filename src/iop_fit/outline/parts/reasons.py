"""Blocks for areas, reasons and answers that would change the direction."""

from collections.abc import Iterator

from iop_fit.domain.answers import Chosen
from iop_fit.domain.assessment import Assessment, Reason, Reply
from iop_fit.domain.decision import Area
from iop_fit.domain.question import AreaLevel
from iop_fit.domain.whatif import Change, Step
from iop_fit.outline.blocks import Block, Heading, Item, Items, Paragraph
from iop_fit.outline.citations import cite, cite_each
from iop_fit.text import plural

__all__ = ["answers_in_words", "area_in_words", "areas", "changes", "more_support", "why", "why_in_sentences"]

LEVELS = {
    AreaLevel.LITTLE: "few concerns",
    AreaLevel.SOME: "some concerns",
    AreaLevel.A_LOT: "many concerns",
}


def areas(assessment: Assessment) -> Iterator[Block]:
    """Yield the level and the score of each area."""
    if assessment.areas:
        yield Items(tuple(Item(f"{area.section.title}: {area_in_words(area)}") for area in assessment.areas))
        yield Paragraph("A score adds up the answers of an area. It explains, and decides nothing.")


def area_in_words(area: Area) -> str:
    """Return an area's level with its score."""
    return f"{_level(area)} (score {area.score})"


def _level(area: Area) -> str:
    """Return a level in words; a skipped answer counts as unknown, never as few concerns."""
    skipped = area.asked - area.answered
    if not skipped:
        return LEVELS[area.level]
    known = "not known" if area.level is AreaLevel.LITTLE else f"at least {LEVELS[area.level]}"
    words = LEVELS[area.level] if area.level is area.highest_level else known
    return f"{words}, {plural(skipped, 'answer')} skipped"


NO_REASON = "Nothing in the answers points to a bigger program."
"""What a firm result without a reason says instead."""


def why_in_sentences(assessment: Assessment, at_most: int) -> str:
    """Return the first reasons for the direction as sentences, and how many more the full report has; may be empty."""
    deciding = _deciding(assessment)
    if not deciding:
        return NO_REASON if assessment.firm else ""
    more = len(deciding) - at_most
    rest = (f"({more} more in the full report.)",) if more > 0 else ()
    return " ".join((*(str(reason.rule.because) for reason in deciding[:at_most]), *rest))


def _deciding(assessment: Assessment) -> list[Reason]:
    return [reason for reason in assessment.reasons if reason.shown and reason.raises is assessment.direction]


def why(assessment: Assessment) -> Iterator[Block]:
    """Yield the rules that led to the direction, with their answers."""
    if assessment.direction is None:
        return
    shown = [reason for reason in assessment.reasons if reason.shown]
    deciding = _deciding(assessment)
    lighter = [
        reason for reason in shown if reason.raises in assessment.questionnaire.directions and reason not in deciding
    ]
    if deciding:
        yield Items(tuple(Item(_because(reason), (answers_in_words(reason.replies),)) for reason in deciding))
    elif assessment.firm:
        yield Paragraph(NO_REASON)
    if lighter:
        reasons = ((reason.rule.because, reason.rule.sources) for reason in lighter)
        yield Paragraph(cite_each("Also, though for less support:", reasons))


def _because(reason: Reason) -> str:
    return cite(reason.rule.because, reason.rule.sources)


def answers_in_words(replies: tuple[Reply, ...]) -> str:
    """Return a line with the answers that led to something."""
    return f"Answered: {' / '.join(words for reply in replies for words in _words(reply))}"


def _words(reply: Reply) -> tuple[str, ...]:
    """Return the labels of the options that count; of a number, the number and not its band."""
    return (reply.words,) if reply.question.number_range else reply.labels


def changes(assessment: Assessment) -> Iterator[Block]:
    """Yield the changes of answers that may happen soon and lead to another direction."""
    if assessment.direction is None:
        return
    if not assessment.changes and assessment.search_completed:
        yield Paragraph("No single answer that could change soon would change the result.")
    elif not assessment.changes:
        yield Paragraph("There are too many answers to try each of them.")
    more = _toward_more(assessment)
    less = [each for each in assessment.changes if each not in more]
    for title, found in (("What could mean less support", less), ("What could mean more support", more)):
        if found:
            yield Heading(title)
            yield Items(tuple(Item(_change(change)) for change in found))


def _toward_more(assessment: Assessment) -> list[Change]:
    rank = assessment.questionnaire.rank
    now = rank[assessment.direction.id] if assessment.direction else 0
    return [each for each in assessment.changes if rank[each.direction.id] > now]


def more_support(assessment: Assessment) -> tuple[str, ...]:
    """Return what would mean more support, as clauses that follow "if"; none if the result isn't firm."""
    return tuple(map(_clauses, _toward_more(assessment))) if assessment.firm else ()


def _change(change: Change) -> str:
    return f"If {_clauses(change)}: “{change.direction.title}”."


def _clauses(change: Change) -> str:
    return " and ".join(map(_clause, change.steps))


def _clause(step: Step) -> str:
    """Return the clause of an answer; without one, the question and the answer."""
    options = [step.question.options_by_id[option] for option in step.after]
    if len(options) == 1 and options[0].clause:
        return options[0].clause
    question = step.question
    return f"the answer to “{question.topic or question.ask}” is “{question.words_for(Chosen(step.after))}”"
