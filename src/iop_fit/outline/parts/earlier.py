"""Blocks for a saved result that today's questions can't read in full: what it said, and its answers in their words."""

from collections.abc import Iterator, Sequence

from iop_fit.domain.assessment import Assessment, EarlierReply, EarlierResult, Uncounted
from iop_fit.outline.blocks import Block, Heading, Item, Items, Paragraph, Table
from iop_fit.text import format_date, plural, sanitize

__all__ = ["answers_then", "direction_then", "in_words", "said_then", "wordless"]

UNKNOWN_WORDS = "not known"
"""Instead of words that the file doesn't keep."""

GROUPS = {
    Uncounted.REWORDED: "Asked in other words then",
    Uncounted.GONE: "No longer asked",
    Uncounted.MISFIT: "Not an answer today's questions know",
}
"""The heading of each group of answers that don't count today and whose words are known."""


def said_then(assessment: Assessment) -> Iterator[Block]:
    """Yield the direction and the alerts that a saved result gave on its day; nothing if all its answers count."""
    earlier = assessment.earlier
    if earlier is None:
        return
    yield Paragraph(f"On {format_date(assessment.assessed_on)}: {direction_then(earlier)}", strong=True)
    if earlier.alerts:
        yield Items(tuple(Item(sanitize(title)) for title in earlier.alerts))
    yield Paragraph("Some of its answers don't count today, so the rest of this page may say less.")


def direction_then(earlier: EarlierResult) -> str:
    """Return the direction that a saved result gave, as a sentence."""
    if not earlier.directions:
        return "No direction was given."
    words = " to ".join(f"“{sanitize(title)}”" for title in earlier.directions)
    return f"{words}." if earlier.firm else f"{words}, not firm."


def answers_then(assessment: Assessment) -> Iterator[Block]:
    """Yield the reasons that a saved result gave, and its answers that don't count today, all in their own words."""
    earlier = assessment.earlier
    if earlier is None:
        return
    kept = [reply for reply in earlier.replies if reply.why in GROUPS]
    if kept:
        yield Paragraph("In the words of that day. These answers count as not answered today.")
    for why, heading in GROUPS.items():
        rows = tuple((in_words(reply.ask), in_words(reply.words)) for reply in kept if reply.why is why)
        if rows:
            yield from (Heading(heading), Table(("Question then", "Answer then"), rows))
    yield from (Paragraph(sentence) for sentence in wordless(earlier.replies))
    if earlier.reasons:
        yield from (Heading("The reasons it gave"), Items(tuple(Item(sanitize(each)) for each in earlier.reasons)))


def in_words(text: str) -> str:
    """Return words from a file, or that they are not known."""
    return sanitize(text) or UNKNOWN_WORDS


def wordless(replies: Sequence[EarlierReply]) -> Iterator[str]:
    """Yield a sentence on the answers whose words the file doesn't keep, if there are any."""
    count = sum(reply.why is Uncounted.WORDLESS for reply in replies)
    if count:
        them, these = ("it", "this answer") if count == 1 else ("them", "these answers")
        yield (
            f"For {plural(count, 'answer')}, the file doesn't keep the words of the question, which may have changed. "
            f"So {these} can't be shown or counted. To read {them}, use the questions of that day (--questions)."
        )
