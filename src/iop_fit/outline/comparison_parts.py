"""Blocks for the answers of two results: changed answers and questions that only one answers."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.question import Question
from iop_fit.limits import MAX_LISTED
from iop_fit.outline.blocks import Block, Heading, Item, Items, Paragraph, Table
from iop_fit.storage.difference import ChangedAnswer, Difference
from iop_fit.text import quote, sanitize

__all__ = ["answered_once", "changed_answers", "titled"]


def changed_answers(difference: Difference) -> Iterator[Block]:
    """Yield a table of changed answers, before and now."""
    notes = [change for change in difference.changed if not change.question.options]
    rows = tuple(_row(change) for change in difference.changed if change not in notes)
    if rows:
        yield Table(("Question", "Before", "Now"), rows)
    yield from (Paragraph(f"Changed, and not compared here: {_ask(note.question)}") for note in notes)
    if not difference.changed:
        among = " among those that still fit" if difference.any_misfit else ""
        yield Paragraph(f"No answer changed{among}.")


def _row(change: ChangedAnswer) -> tuple[str, str, str]:
    question, before, now = change
    return _ask(question), question.words_for(before), question.words_for(now)


def _ask(question: Question) -> str:
    return question.topic or question.ask


def answered_once(difference: Difference) -> Iterator[Block]:
    """Yield the questions that only one result answers, and those added or removed since."""
    before, after = difference.before.saved, difference.after.saved
    known = after.questionnaire.worded_for(after.sheet.about).questions
    unanswered = (name for name in before.new if name not in after.given.answers)
    gone = (name for name in dict.fromkeys((*before.dropped, *after.dropped)) if name not in known)
    lists: dict[str, Iterable[Question]] = {
        "Answered only before": difference.only_before,
        "Answered only now": difference.only_now,
        "Asked by today's questions, and answered in neither result": (known[name] for name in unanswered),
        "Old answers that do not fit today's questions": (known[name] for name in before.dropped if name in known),
        "New answers that do not fit today's questions": (known[name] for name in after.dropped if name in known),
    }
    names = (sanitize(quote(name)) for name in gone)
    asked = (block for title, each in lists.items() for block in titled(title, _truncated(_ask(one) for one in each)))
    blocks = (*asked, *titled("Gone from the questions, by their short names", _truncated(names)))
    yield from blocks or (Paragraph("Both results answer the same questions."),)


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
