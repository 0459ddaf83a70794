"""The sentences about what was answered in two results: what changed, and what only one of them answers."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.question import Audience, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Block, Heading, Item, Items, Paragraph, Table
from iop_fit.outline.direction import COMES_FIRST
from iop_fit.storage.conclusion import Conclusion
from iop_fit.storage.difference import ChangedAnswer, Difference
from iop_fit.text import cleaned, quoted

__all__ = ["answered_once", "changed_answers", "in_short", "moved", "titled"]

MAX_LISTED = 10
"""How many of a list are named; the rest is counted."""


def changed_answers(difference: Difference) -> Iterator[Block]:
    """Say which answers changed, and from what to what."""
    about = difference.after.sheet.about
    notes = [change for change in difference.changed if not change.question.options]
    rows = tuple(_row(change, about) for change in difference.changed if change not in notes)
    if rows:
        yield Table(("Question", "Before", "Now"), rows)
    yield from (Paragraph(f"Changed, and not compared here: {_ask(note.question, about)}") for note in notes)
    if not difference.changed:
        fit = not (difference.before.dropped or difference.after.dropped)
        yield Paragraph("No answer changed." if fit else "No answer changed among those that still fit.")


def _row(change: ChangedAnswer, about: Audience) -> tuple[str, str, str]:
    question, before, now = change
    return _ask(question, about), question.words_for(before), question.words_for(now)


def _ask(question: Question, about: Audience) -> str:
    return question.topic or question.ask.said_of(about)


def answered_once(difference: Difference) -> Iterator[Block]:
    """Say which questions only one of the results answers, and which are new or gone."""
    before, after, known = difference.before, difference.after, difference.after.questionnaire.questions
    unanswered = (name for name in before.new if name not in after.given.answers)
    gone = (name for name in dict.fromkeys((*before.dropped, *after.dropped)) if name not in known)
    lists: dict[str, Iterable[Question]] = {
        "Answered only before": difference.only_before,
        "Answered only now": difference.only_now,
        "Asked by today's questions, and answered in neither result": (known[name] for name in unanswered),
        "Old answers that do not fit today's questions": (known[name] for name in before.dropped if name in known),
        "New answers that do not fit today's questions": (known[name] for name in after.dropped if name in known),
    }
    about = after.sheet.about
    asked = (block for title, each in lists.items() for block in titled(title, _some(_ask(one, about) for one in each)))
    blocks = (*asked, *titled("Gone from the questions, by their short names", _some(map(quoted, gone))))
    yield from blocks or (Paragraph("Both results answer the same questions."),)


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    """Name some, and count the rest."""
    named = tuple(texts)
    more = len(named) - MAX_LISTED
    return (*named[:MAX_LISTED], f"And {more} more.") if more > 0 else named


def titled(heading: str, texts: Iterable[str]) -> Iterator[Block]:
    """List texts under a heading, if there are any."""
    items = tuple(Item(cleaned(text)) for text in texts)
    if items:
        yield from (Heading(heading), Items(items))


def in_short(conclusion: Conclusion, questionnaire: Questionnaire) -> str:
    """Say a direction in a few words; one that is not firm is never said as if it were."""
    if conclusion.direction is None or conclusion.highest is None:
        titles = (alert.title for alert in conclusion.alerts if alert.id == conclusion.withheld_by)
        because = "".join(f", because of “{cleaned(title)}”" for title in titles)
        return f"No direction is given{because}."
    first = next((COMES_FIRST[alert.level] for alert in conclusion.alerts if alert.level in COMES_FIRST), "")
    lowest, highest = f"“{cleaned(conclusion.direction.title)}”", f"“{cleaned(conclusion.highest.title)}”"
    if conclusion.firm:
        return f"{first} After that: {lowest}." if first else f"{lowest}."
    # A direction that is gone since may have been the least one, and the least one is never said when it is not firm.
    least = questionnaire.rank.get(conclusion.direction.id, 0) == 0
    if conclusion.direction.id == conclusion.highest.id:
        said = "Not firm: not enough was answered to say." if least else f"Not firm: so far {lowest}."
    else:
        said = f"Not firm: it could be anything up to {highest}." if least else f"Not firm: {lowest} to {highest}."
    return f"{first} {said}".lstrip()


def moved(before: Conclusion, now: Conclusion, questionnaire: Questionnaire) -> str:
    """Say how one direction differs from another: towards less or more support, or open."""
    if before.ids == now.ids:
        if now.direction is None:
            return "No direction is given, as before."
        return "The direction stays the same." if now.firm else "It stays not firm, with the same range."
    if now.direction is None:
        return "No direction is given now." if before.direction else "No direction is given, now for another reason."
    if before.direction is None:
        return "A direction is given now." if now.firm else "No alert withholds the direction now, but it is not firm."
    match before.firm, now.firm:
        case True, False:
            return "It was firm, and now it is not."
        case False, True:
            return "It was not firm, and now it is."
        case False, False:
            return "It was not firm, and is not firm now. The range is another."
        case _:
            pass  # both are firm
    rank = questionnaire.rank
    if before.direction.id not in rank:
        return "The direction is another."
    more = rank[now.direction.id] > rank[before.direction.id]
    return f"The direction points to {'more' if more else 'less'} support."
