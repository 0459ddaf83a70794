"""The comparison of two results, both scored with today's questions."""

from collections.abc import Callable, Iterable, Iterator

from iop_fit.domain.assessment import Assessment, RaisedAlert
from iop_fit.domain.wording import Audience
from iop_fit.limits import MAX_DIGEST
from iop_fit.outline.blocks import Block, Heading, Item, Items, Outline, Paragraph, Part, Table
from iop_fit.outline.comparison_parts import answered_once, changed_answers, earlier_answers, titled
from iop_fit.outline.contacts import GLYPH_NOTE, WHO_ANSWERED, footer_line, numbers, short_item
from iop_fit.outline.languages import in_two_languages, marked
from iop_fit.outline.parts.direction import alerts, comes_first, direction, open_alerts
from iop_fit.outline.parts.earlier import direction_then
from iop_fit.outline.parts.reasons import area_in_words
from iop_fit.outline.recomputed import short
from iop_fit.storage.difference import Difference
from iop_fit.storage.saved_result import SavedResult
from iop_fit.text import format_date, join, plural, sanitize

__all__ = ["comparison_of"]

NO_LEVEL = "not said: no direction is given"
NO_ALL_CLEAR = Paragraph("That is no all-clear. What was behind it may still be there. Ask a clinician.")


def comparison_of(difference: Difference) -> Outline:
    """Return the outline of what changed between two results."""
    difference = marked(difference, difference.after.saved.questionnaire.language)
    before, after = difference.before.saved, difference.after.saved
    first, second = format_date(before.assessed_on), format_date(after.assessed_on)
    old_person, new_person = WHO_ANSWERED[before.sheet.about], WHO_ANSWERED[after.sheet.about]
    answered = (
        f"on {first} and on {second} by {new_person}"
        if old_person == new_person
        else f"on {first} by {old_person}, on {second} by {new_person}"
    )
    outline = Outline(
        title="What changed between two results",
        subtitle=f"Answered {answered}. {after.questionnaire.notice}",
        pages=tuple(
            tuple(Part(title, blocks) for title, build in parts if (blocks := tuple(build(difference))))
            for parts in PAGES
        ),
        language=after.questionnaire.language,
        day=after.assessed_on,
        footer=footer_line(difference.after.result.hotlines),
        glyph_note=GLYPH_NOTE,
    )
    return in_two_languages(outline)


def _direction(difference: Difference) -> Iterator[Block]:
    (before, then), (after, now) = difference.before, difference.after
    yield Paragraph(f"Then, on {format_date(before.assessed_on)}: {_in_short(then)}", strong=True)
    yield Paragraph(f"Now, on {format_date(after.assessed_on)}: {_in_short(now)}", strong=True)
    if before.assessed_on > after.assessed_on:
        yield Paragraph("The days go backwards: “then” is the later day here.")
    yield Paragraph(f"{_changed_by(difference)} {_answers_changed(difference)}")
    for which, scored in (("old", difference.before), ("new", difference.after)):
        if scored.result.earlier:
            yield Paragraph(f"On its day, the {which} file said: {direction_then(scored.result.earlier)}")
    yield Paragraph(" ".join(_scored(difference)))
    yield from (block for block in direction(now) if isinstance(block, Paragraph) and not block.strong)


def _in_short(result: Assessment) -> str:
    """Return a direction in a few words, marked as not firm unless it is."""
    lowest, highest = result.direction, result.highest
    if lowest is None or highest is None:
        because = f", because of “{result.withheld_by.title}”" if result.withheld_by else ""
        return f"No direction is given{because}."
    first = comes_first(result)
    if result.firm:
        return f"{first} After that: “{lowest.title}”." if first else f"“{lowest.title}”."
    least = lowest is result.questionnaire.directions[0]
    if lowest is highest:
        words = "not enough was answered to say" if least else f"so far “{lowest.title}”"
    else:
        words = f"it could be anything up to “{highest.title}”" if least else f"“{lowest.title}” to “{highest.title}”"
    return f"{first} Not firm: {words}.".lstrip()


def _changed_by(difference: Difference) -> str:
    only_self_reports = {difference.before.saved.sheet.about, difference.after.saved.sheet.about} == {Audience.ME}
    return "What you changed:" if only_self_reports else "What changed in the answers:"


def _answers_changed(difference: Difference) -> str:
    changed, now, before = map(len, (difference.changed, difference.only_now, difference.only_before))
    counts = [
        *([plural(changed, "answer")] if changed else []),
        *([f"{plural(now, 'question')} answered only now"] if now else []),
        *([f"{plural(before, 'question')} answered only before"] if before else []),
    ]
    if counts:
        apart = " Answers to other words than today's are listed apart." if difference.any_uncounted else ""
        return f"{join(counts)}.{apart}{_direction_change(difference)}"
    if difference.any_uncounted:
        return "nothing in the answers that still count. Some don't, because the questions have changed."
    return "nothing. The answers are the same."


def _direction_change(difference: Difference) -> str:
    """Return how two firm directions differ, or an empty string if either is not firm."""
    then, now = difference.before.result, difference.after.result
    if not (then.direction and now.direction and then.firm and now.firm):
        return ""
    if then.direction.id == now.direction.id:
        return " The direction stays the same."
    rank = now.questionnaire.rank
    more = rank[now.direction.id] > rank[then.direction.id]
    return f" The direction points to {'more' if more else 'less'} support."


def _scored(difference: Difference) -> Iterator[str]:
    """Yield how both results were scored and where the saved files differ."""
    both = {"the old file": difference.before, "the new file": difference.after}
    yield "Both results are scored with today's questions."
    if changed := [name for name, each in both.items() if each.saved.changed]:
        yield f"The questions have changed since {'both files were' if changed[1:] else f'{changed[0]} was'} made."
    if differing := [name for name, each in both.items() if each.said_otherwise]:
        yield f"There is another direction or range in {'both files' if differing[1:] else differing[0]}."
    if any(each.saved.dropped or each.saved.new for each in both.values()):
        yield "Answers that don't count today are left out, and questions without an answer count as skipped."


def _alerts(difference: Difference) -> Iterator[Block]:
    before, after = difference.before, difference.after
    gone = before.alerts_beyond(after)
    raised_now = {raised.alert.id for raised in after.result.alerts}
    said = {alert.id for alert in before.said_only} & raised_now
    known = {raised.alert.id for raised in before.result.alerts} | said
    shown = [card.alert.alert for card in after.result.cards]
    new = [alert for alert in shown if alert.id not in known]
    yield from titled("New", (alert.title for alert in new))
    yield from titled("Raised then and now", (alert.title for alert in shown if alert.id in known))
    if gone:
        yield from (Heading("No longer raised by these answers"), Items(tuple(map(_alert_item, gone))), NO_ALL_CLEAR)
    for which, scored in (("old", before), ("new", after)):
        only = [alert for alert in scored.said_only if scored is after or alert.id not in said]
        if only:
            titles = join(f"“{sanitize(alert.title)}”" for alert in only)
            yield Paragraph(f"The {which} file also says: {titles}. Scored today, its answers do not raise that.")
            yield NO_ALL_CLEAR
    if difference.one_private:
        yield Paragraph("One file alone holds private answers. They are left out here; “iop-fit show” opens that file.")
    if not (new or gone or before.said_only or after.said_only):
        yield Paragraph("No alert is new, and none is gone. Where there is none, that is no all-clear.")


def _alert_item(raised: RaisedAlert) -> Item:
    """Return an alert with its reasons, since two alerts can share a title."""
    return Item(raised.alert.title, (f"Because: {' '.join(raised.because)}",))


def _areas(difference: Difference) -> Iterator[Block]:
    results = difference.before.result, difference.after.result
    titles = {area.section.id: area.section.title for result in results for area in result.areas}
    if not titles:
        return
    then, now = ({area.section.id: area_in_words(area) for area in result.areas} for result in results)
    rows = [(title, then.get(name, NO_LEVEL), now.get(name, NO_LEVEL)) for name, title in titles.items()]
    changed = tuple(row for row in rows if row[1] != row[2])
    same = [row[0] for row in rows if row[1] == row[2]]
    if changed:
        yield Table(("Area", "Before", "Now"), changed)
    if same:
        yield Paragraph(f"The same before and now: {join(same)}." if changed else "No area changed.")
    yield Paragraph("Areas add up answers so that they can be compared. They decide nothing.")


def _about(difference: Difference) -> Iterator[Block]:
    private = "Private answers are compared only if both files hold them."
    yield Paragraph(f"These results come from the answers alone. {private}")
    questionnaire = difference.after.saved.questionnaire
    today = f"{questionnaire.id}, version {questionnaire.version}, {short(questionnaire.digest, MAX_DIGEST)}"
    made = (_origin("Then", difference.before.saved), _origin("Now", difference.after.saved))
    yield Items((*map(Item, made), Item(f"Today's questions: {today}")))


def _origin(when: str, saved: SavedResult) -> str:
    program, version, digest = saved.made_with
    with_program = f"with iop-fit {short(program)} and" if program else "with"
    questions = f"version {short(version)} of the questions, {short(digest, MAX_DIGEST)}"
    return f"{when}: made on {format_date(saved.assessed_on)} {with_program} {questions}"


PAGES: tuple[tuple[tuple[str, Callable[[Difference], Iterable[Block]]], ...], ...] = (
    (
        ("Do this first", lambda difference: alerts(difference.after.result)),
        ("The direction, then and now", _direction),
        ("Alerts, then and now", _alerts),
        ("Because some questions were skipped", lambda difference: open_alerts(difference.after.result)),
        ("Areas, then and now", _areas),
    ),
    (
        ("Answers that changed", changed_answers),
        ("Answers to other words than today's", earlier_answers),
        ("Questions that only one result answers", answered_once),
        ("Numbers", lambda difference: numbers(difference.after.result.hotlines, short_item)),
        ("About this comparison", _about),
    ),
)
"""The parts of each page in order, each with its title and its function; current alerts come first, as in a result."""
