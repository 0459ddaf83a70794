"""Blocks for the answers of two results: changed answers and questions that only one answers."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.question import Question
from iop_fit.limits import MAX_LISTED
from iop_fit.outline.blocks import Block, Heading, Item, Items, Paragraph, Table
from iop_fit.outline.parts.earlier import in_words, wordless
from iop_fit.storage.difference import ChangedAnswer, Difference, EarlierPair, InWords
from iop_fit.text import sanitize

__all__ = ["answered_once", "changed_answers", "earlier_answers", "titled"]

OTHER_WORDS, NO_ANSWER, NOTE = "asked in other words", "not answered", "own words, not compared here"
THEIR_WORDS = "Here is each answer in the words it was given to. Answers to other words than today's are not scored."


def changed_answers(difference: Difference) -> Iterator[Block]:
    """Yield a table of changed answers, before and now."""
    notes = [change for change in difference.changed if not change.question.options]
    rows = tuple(_row(change) for change in difference.changed if change not in notes)
    if rows:
        yield Table(("Question", "Before", "Now"), rows)
    yield from (Paragraph(f"Changed, and not compared here: {_ask(note.question)}") for note in notes)
    if not difference.changed:
        among = " among those that still count" if difference.any_uncounted else ""
        yield Paragraph(f"No answer changed{among}.")


def _row(change: ChangedAnswer) -> tuple[str, str, str]:
    question, before, now = change
    return _ask(question), question.words_for(before), question.words_for(now)


def _ask(question: Question) -> str:
    return question.topic or question.ask


def answered_once(difference: Difference) -> Iterator[Block]:
    """Yield the questions that only one result answers, and those added since."""
    before, after = difference.before.saved, difference.after.saved
    known = after.questionnaire.worded_for(after.sheet.about).questions
    unanswered = (name for name in before.new if name not in {*after.given.answers, *after.dropped})
    lists: dict[str, Iterable[Question]] = {
        "Answered only before": difference.only_before,
        "Answered only now": difference.only_now,
        "Asked by today's questions, and answered in neither result": (known[name] for name in unanswered),
    }
    blocks = tuple(block for title, each in lists.items() for block in titled(title, _truncated(map(_ask, each))))
    yield from blocks or (Paragraph("Both results answer the same questions."),)


def earlier_answers(difference: Difference) -> Iterator[Block]:
    """Yield the answers that don't count today, before and now, each with the words it was given to."""
    rows = tuple(row for pair in difference.earlier for row in _rows(pair))
    if rows:
        yield Paragraph(THEIR_WORDS)
        yield Table(("Question", "Before", "Now"), rows)
    for which, scored in (("old", difference.before), ("new", difference.after)):
        for sentence in wordless(scored.saved.earlier):
            yield Paragraph(f"The {which} file: {sentence}")


def _rows(pair: EarlierPair) -> Iterator[tuple[str, str, str]]:
    """Yield one row if both results asked in the same words, else one for each."""
    before, now = pair
    if before and now and before.ask == now.ask:
        yield sanitize(now.ask), _said(before), _said(now)
        return
    if before and before.ask:
        yield sanitize(before.ask), _said(before), _beside(now)
    if now and now.ask:
        yield sanitize(now.ask), _beside(before), _said(now)


def _beside(other: InWords | None) -> str:
    """Return what the other result has instead of an answer to this question."""
    if other is None:
        return NO_ANSWER
    return OTHER_WORDS if other.ask else in_words("")


def _said(side: InWords) -> str:
    return NOTE if side.note else in_words(side.words)


def _truncated(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the first `MAX_LISTED` texts and a count of the rest."""
    every = tuple(texts)
    more = len(every) - MAX_LISTED
    return (*every[:MAX_LISTED], f"And {more} more.") if more > 0 else every


def titled(heading: str, texts: Iterable[str]) -> Iterator[Block]:
    """Yield a heading with a list of texts, or nothing if there are none."""
    items = tuple(map(Item, texts))
    if items:
        yield from (Heading(heading), Items(items))
