"""The sentences that compare two results: what changed in the answers, and what in the questions."""

from collections.abc import Callable, Iterable, Iterator

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.question import Audience
from iop_fit.outline.blocks import Block, Heading, Item, Items, Outline, Paragraph, Part, Scale, Table
from iop_fit.outline.comparison_parts import answered_once, changed_answers, in_short, moved, titled
from iop_fit.outline.contacts import NAMED, WHO_ANSWERED, in_brief, numbers, on_every_page
from iop_fit.outline.direction import alerts, direction, open_alerts
from iop_fit.outline.reasons import areas
from iop_fit.outline.recomputed import short
from iop_fit.storage.conclusion import SaidAlert, conclusion_of
from iop_fit.storage.difference import Difference
from iop_fit.storage.saved_result import SavedResult
from iop_fit.text import cleaned, counted, in_words, listed

__all__ = ["comparison_of"]

MAX_DIGEST = 19
"""How many characters of a digest are shown: enough to tell one from another."""

NOT_SAID = "not said: no direction is given"


def comparison_of(difference: Difference) -> Outline:
    """Say what changed between two results."""
    before, after = difference.before, difference.after
    first, second = in_words(before.assessed_on), in_words(after.assessed_on)
    then_by, now_by = WHO_ANSWERED[before.sheet.about], WHO_ANSWERED[after.sheet.about]
    answered = (
        f"on {first} and on {second} by {now_by}"
        if then_by == now_by
        else f"on {first} by {then_by}, on {second} by {now_by}"
    )
    return Outline(
        title="What changed between two results",
        subtitle=f"Answered {answered}. {after.questionnaire.notice}",
        pages=tuple(
            tuple(Part(title, blocks) for title, said in parts if (blocks := tuple(said(difference))))
            for parts in PAGES
        ),
        language=after.questionnaire.language,
        day=after.assessed_on,
        foot=on_every_page(difference.now.lines),
        named=NAMED,
    )


def _direction(difference: Difference) -> Iterator[Block]:
    before, after, questionnaire = difference.before, difference.after, difference.after.questionnaire
    rescored, now = conclusion_of(difference.rescored), conclusion_of(difference.now)
    yield Paragraph(f"Then, on {in_words(before.assessed_on)}: {in_short(before.said, questionnaire)}", strong=True)
    yield Paragraph(f"Now, on {in_words(after.assessed_on)}: {in_short(now, questionnaire)}", strong=True)
    if before.assessed_on > after.assessed_on:
        yield Paragraph("The days go backwards: “then” is the later day here.")
    if rescored.ids != before.said.ids:
        yield Paragraph(f"The old answers, by today's questions: {in_short(rescored, questionnaire)}")
    if after.said.ids != now.ids:
        yield Paragraph(f"The new answers, as their file says it: {in_short(after.said, questionnaire)}")
    yield Paragraph(f"{_who(difference)} {_by_answers(difference)}")
    yield Paragraph(f"What the questions changed: {_by_questions(difference)}")
    yield from (block for block in direction(difference.now) if isinstance(block, Paragraph) and not block.strong)


def _who(difference: Difference) -> str:
    by_oneself = {difference.before.sheet.about, difference.after.sheet.about} == {Audience.ME}
    return "What you changed:" if by_oneself else "What changed in the answers:"


def _by_answers(difference: Difference) -> str:
    changed, now, before = map(len, (difference.changed, difference.only_now, difference.only_before))
    counts = [
        *([counted(changed, "answer")] if changed else []),
        *([f"{counted(now, 'question')} answered only now"] if now else []),
        *([f"{counted(before, 'question')} answered only before"] if before else []),
    ]
    if not counts and (difference.before.dropped or difference.after.dropped):
        return "nothing in the answers that still fit. Some do not fit any more."
    if not counts:
        return "nothing. The answers are the same."
    return f"{listed(counts)}. {_moved_by_answers(difference)}"


def _moved_by_answers(difference: Difference) -> str:
    return moved(conclusion_of(difference.rescored), conclusion_of(difference.now), difference.after.questionnaire)


def _by_questions(difference: Difference) -> str:
    before, after = difference.before, difference.after
    return f"{_since(before, difference.rescored, 'old')}{_after_too(after, difference.now)}"


def _since(saved: SavedResult, again: Assessment, which: str) -> str:
    """Say what the questions, and they alone, changed in what a file says."""
    found = conclusion_of(again)
    if saved.said.ids != found.ids:
        step = moved(saved.said, found, saved.questionnaire)
        if saved.changed:
            return f"by today's questions, the {which} answers give something else. {step}"
        return f"nothing, but the {which} file does not say what its answers give. {step}"
    if not saved.changed:
        return f"nothing. The {which} answers were given to today's questions."
    title = found.direction and found.direction.title
    worded = "" if title == (saved.said.direction and saved.said.direction.title) else " It is worded in another way."
    return f"nothing in the direction. By today's questions, the {which} answers give the same.{worded}"


def _after_too(saved: SavedResult, again: Assessment) -> str:
    if not saved.changed and saved.said.ids == conclusion_of(again).ids:
        return ""
    return f" And in the newer result: {_since(saved, again, 'new')}"


def _alerts(difference: Difference) -> Iterator[Block]:
    new, gone, passed = difference.new_alerts, difference.gone_alerts, difference.passed_alerts
    questions = "because the questions changed"
    if not (difference.before.changed or difference.after.changed):
        questions = "but not because of the answers"
    known = {each.alert.id for each in new}
    both = (raised.alert.title for raised in difference.now.alerts if raised.alert.id not in known)
    yield from titled("New, because of the answers", (each.title for each, by_answers in new if by_answers))
    yield from titled(f"New, {questions}", (each.title for each, by_answers in new if not by_answers))
    yield from titled("Raised then and now", both)
    for heading, alerts_gone in (
        ("No longer raised by these answers", [alert for alert, by_answers in gone if by_answers]),
        (f"No longer raised, {questions}", [alert for alert, by_answers in gone if not by_answers]),
        ("By today's questions, the old answers would have raised this too", passed),
    ):
        if alerts_gone:
            yield from (Heading(heading), Items(tuple(_gone(alert, difference.rescored) for alert in alerts_gone)))
            yield Paragraph("That is no all-clear. What was behind it may still be there. Ask a clinician.")
    if difference.one_private:
        yield Paragraph("One file alone holds private answers. They are left out here; “iop-fit show” opens that file.")
    if not (new or gone or passed):
        yield Paragraph("No alert is new, and none is gone. Where there is none, that is no all-clear.")


def _gone(alert: SaidAlert, rescored: Assessment) -> Item:
    """Name an alert with what raised it, as far as the old answers tell: two alerts may have one title."""
    because = (reason for raised in rescored.alerts if raised.alert.id == alert.id for reason in raised.because)
    reasons = " ".join(because)
    return Item(cleaned(alert.title), (f"Because: {reasons}",) if reasons else ())


def _areas(difference: Difference) -> Iterator[Block]:
    then = _area_words(difference.rescored._replace(areas=difference.before.areas))
    before, now = _area_words(difference.rescored), _area_words(difference.now)
    titles = {area.section.id: area.section.title for area in (*difference.rescored.areas, *difference.now.areas)}
    if not titles:
        return
    changed = [name for name in titles if before.get(name) != now.get(name)]
    if changed:
        rows = tuple((titles[name], before.get(name, NOT_SAID), now.get(name, NOT_SAID)) for name in changed)
        yield Table(("Area", "Before", "Now"), rows)
    same = [title for name, title in titles.items() if name not in changed]
    if same:
        yield Paragraph(f"The same before and now: {listed(same)}." if changed else "No area changed.")
    by_questions = [area for area in difference.before.areas if then[area.section.id] != before.get(area.section.id)]
    as_said = (f"{area.section.title}: {then[area.section.id]}" for area in by_questions)
    yield from titled("“Before” is counted by today's questions. The old file says", as_said)
    yield Paragraph("Areas add up answers so that they can be compared. They decide nothing.")


def _area_words(assessment: Assessment) -> dict[str, str]:
    words = [row.words for block in areas(assessment) if isinstance(block, Scale) for row in block.rows]
    return {area.section.id: said for area, said in zip(assessment.areas, words, strict=True)}


def _about(difference: Difference) -> Iterator[Block]:
    private = "Private answers are compared only if both files hold them."
    yield Paragraph(f"These results come from the answers alone. {private}")
    questionnaire = difference.after.questionnaire
    today = f"{questionnaire.id}, version {questionnaire.version}, {short(questionnaire.digest, MAX_DIGEST)}"
    made = (_made("Then", difference.before), _made("Now", difference.after))
    yield Items((*map(Item, made), Item(f"Today's questions: {today}")))


def _made(when: str, saved: SavedResult) -> str:
    program, version, digest = saved.made_with
    with_program = f"with iop-fit {short(program)} and" if program else "with"
    questions = f"version {short(version)} of the questions, {short(digest, MAX_DIGEST)}"
    return f"{when}: made on {in_words(saved.assessed_on)} {with_program} {questions}"


PAGES: tuple[tuple[tuple[str, Callable[[Difference], Iterable[Block]]], ...], ...] = (
    (
        ("First of all", lambda difference: alerts(difference.now)),
        ("The direction, then and now", _direction),
        ("Alerts, then and now", _alerts),
        ("What could not be told", lambda difference: open_alerts(difference.now)),
        ("Areas, then and now", _areas),
    ),
    (
        ("Answers that changed", changed_answers),
        ("Questions that only one result answers", answered_once),
        ("Numbers", lambda difference: numbers(difference.now.lines, in_brief)),
        ("About this comparison", _about),
    ),
)
"""Every part of each page in order: its title, and what it says; what is raised now stands on top, as in a result."""
