"""The only sentences of a result, as blocks in named parts."""

from collections.abc import Iterator

from iop_fit.answers import Chosen, Skipped, Written
from iop_fit.assessment import Assessment, Reason, Reply
from iop_fit.blocks import (
    Block,
    Heading,
    Item,
    Items,
    Outline,
    Paragraph,
    Part,
    Scale,
    ScaleRow,
    Table,
)
from iop_fit.decide import Area
from iop_fit.guidance import PointList
from iop_fit.outline_direction import alerts, direction, next_steps, open_alerts
from iop_fit.outline_lines import in_brief, numbers
from iop_fit.outline_points import programs, shared, to_ask
from iop_fit.question import AreaLevel, Audience
from iop_fit.whatif import Change, Step
from iop_fit.words import cleaned, counted, in_words, listed

__all__ = ["PAPER", "SCREEN", "outline_of"]

SCREEN = (
    *("alerts", "direction", "open", "areas", "why", "programs", "ask", "warnings", "cost"),
    *("changes", "skipped", "numbers", "next"),
)
"""The parts on a screen, in order."""

PAPER = (*SCREEN[:-2], "answers", *SCREEN[-2:], "sources", "about")
"""The parts on paper, in order."""

LEVELS = {
    AreaLevel.LITTLE: "little concern",
    AreaLevel.SOME: "some concern",
    AreaLevel.A_LOT: "a lot of concern",
}

DIMENSIONS = {
    1: "Intoxication, withdrawal and addiction medications",
    2: "Biomedical conditions",
    3: "Psychiatric and cognitive conditions",
    4: "Substance use-related risks",
    5: "Recovery environment interactions",
    6: "Person-centered considerations",
}
"""The dimensions of the ASAM Criteria, 4th edition, named as background for the provider; no rating is given."""


def outline_of(assessment: Assessment) -> Outline:
    """Say a whole result."""
    parts = (
        Part("alerts", "First of all", tuple(alerts(assessment))),
        Part("direction", "What this points to", tuple(direction(assessment))),
        Part("open", "What could not be told", tuple(open_alerts(assessment))),
        Part("areas", "The areas, one by one", tuple(_areas(assessment))),
        Part("why", "Why", tuple(_why(assessment))),
        Part("programs", "The two programs", tuple(programs(assessment))),
        Part("ask", "What to ask a provider", tuple(to_ask(assessment))),
        Part("warnings", "Warning signs in a program", tuple(shared(assessment, PointList.WARNING_SIGN))),
        Part("cost", "Help with cost", tuple(shared(assessment, PointList.COST_HELP))),
        Part("changes", "What would change this", tuple(_changes(assessment))),
        Part("skipped", "What was skipped", tuple(_skipped(assessment))),
        Part("answers", "The answers, by the provider's dimensions", tuple(_answers(assessment))),
        Part("numbers", "Numbers", tuple(numbers(assessment.lines, in_brief))),
        Part("next", "What to do next", tuple(next_steps(assessment))),
        Part("sources", "Sources", tuple(_sources(assessment))),
        Part("about", "About this page", tuple(_about(assessment))),
    )
    whom = "by the person it is about" if assessment.about is Audience.ME else "by someone close to the person"
    name = f"{cleaned(assessment.name)}. " if assessment.name else ""
    answered = f"Answered on {in_words(assessment.assessed_on)} {whom}."
    return Outline(
        title=assessment.questionnaire.title,
        subtitle=f"{name}{answered} {assessment.questionnaire.notice}",
        parts=tuple(part for part in parts if part.blocks),
    )


def _areas(assessment: Assessment) -> Iterator[Block]:
    if assessment.areas:
        yield Scale(
            tuple(ScaleRow(area.section.title, area.score, area.maximum, _level(area)) for area in assessment.areas)
        )
        yield Paragraph("The bars add up answers so that areas can be compared. They decide nothing.")


def _level(area: Area) -> str:
    """Say a level; what was skipped is unknown, and never little."""
    skipped = area.asked - area.answered
    if not skipped:
        return LEVELS[area.level]
    known = "not known" if area.level is AreaLevel.LITTLE else f"at least {LEVELS[area.level]}"
    words = LEVELS[area.level] if area.level is area.highest_level else known
    return f"{words}, {counted(skipped, 'answer')} skipped"


def _why(assessment: Assessment) -> Iterator[Block]:
    direction = assessment.direction
    if direction is None:
        return
    holding = [reason for reason in assessment.reasons if reason.raises is direction]
    lighter = [
        reason
        for reason in assessment.reasons
        if reason.raises in assessment.questionnaire.directions and reason not in holding
    ]
    if holding:
        yield Items(tuple(Item(reason.rule.because, (_said(reason),)) for reason in holding))
    elif assessment.firm:
        yield Paragraph("Nothing in the answers asked for more than this.")
    if lighter:
        yield Paragraph(f"Also, though for less support: {' '.join(reason.rule.because for reason in lighter)}")


def _said(reason: Reason) -> str:
    return f"Answered: {' / '.join(label for reply in reason.replies for label in reply.labels)}"


def _changes(assessment: Assessment) -> Iterator[Block]:
    if assessment.direction is None:
        return
    if not assessment.changes:
        yield Paragraph("No single answer that could change soon would lead to another direction.")
    rank = assessment.questionnaire.rank
    less = [each for each in assessment.changes if rank[each.direction.id] < rank[assessment.direction.id]]
    more = [each for each in assessment.changes if each not in less]
    for title, changes in (("What would call for less", less), ("What would call for more", more)):
        if changes:
            yield Heading(title)
            yield Items(tuple(Item(_change(change, assessment.about)) for change in changes))


def _change(change: Change, about: Audience) -> str:
    steps = (_step(step, about) for step in change.steps)
    return f"If {listed(steps)}: “{change.direction.title}”."


def _step(step: Step, about: Audience) -> str:
    labels = [step.question.by_option[option].label for option in step.then]
    return f"the answer to “{step.question.ask.said_of(about)}” were “{listed(labels) or 'none of these'}”"


def _skipped(assessment: Assessment) -> Iterator[Block]:
    if assessment.direction is None:
        return
    could = [reply for reply in assessment.skipped if reply.question.id in assessment.could_matter]
    others = [reply for reply in assessment.skipped if reply not in could]
    for title, replies in (("These could change the result", could), ("These would not change it", others)):
        if replies:
            yield Heading(title)
            yield Items(tuple(Item(f"{reply.ask} ({_answer(reply)})") for reply in replies))


def _answer(reply: Reply) -> str:
    match reply.answer:
        case Skipped(reason):
            return reason.words
        case Written(text):
            return cleaned(text)
        case Chosen():
            return listed(reply.labels) or "none of these"


def _answers(assessment: Assessment) -> Iterator[Block]:
    for number, name in DIMENSIONS.items():
        rows = tuple((reply.ask, _answer(reply)) for reply in assessment.replies if reply.question.dimension == number)
        if rows:
            yield Heading(f"{number}. {name}")
            yield Table(("Question", "Answer"), rows)


def _sources(assessment: Assessment) -> Iterator[Block]:
    if assessment.sources:
        cited = (f"{source.cite} {source.link}".strip() for source in assessment.sources)
        yield Items(tuple(map(Item, cited)))


def _about(assessment: Assessment) -> Iterator[Block]:
    questionnaire = assessment.questionnaire
    yield Paragraph(questionnaire.notice)
    yield Paragraph(questionnaire.audience)
    yield Paragraph(f"Questionnaire {questionnaire.id}, version {questionnaire.version}, {questionnaire.digest}.")
