"""Blocks for answers and skipped questions."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.answers import Chosen, Written
from iop_fit.domain.assessment import Assessment, Reply
from iop_fit.domain.wording import Words
from iop_fit.outline.blocks import Block, Heading, Item, Items, Paragraph, Table
from iop_fit.outline.languages import marked
from iop_fit.text import capitalize, join, sanitize

__all__ = ["answers", "contradictions", "own_words", "skipped", "wishes"]

DIMENSIONS = {
    1: "Use, withdrawal and medicine",
    2: "Physical health",
    3: "Mental health",
    4: "Risks of use",
    5: "Home and people",
    6: "What matters, and what gets in the way",
}
"""The dimensions of the ASAM Criteria, 4th edition, in plain words; they only group answers, and no rating is given."""


def skipped(assessment: Assessment, *, brief: bool = False) -> Iterator[Block]:
    """Yield the skipped questions with their reasons, those that could change the result first; in brief, their topics.

    In an emergency, yield none.
    """
    if assessment.emergency:
        return
    unasked = [reply for reply in assessment.skipped if reply.question.id in assessment.unasked]
    asked = [reply for reply in assessment.skipped if reply not in unasked]
    deciding = [reply for reply in asked if reply.question.id in assessment.undecided_questions]
    others = [reply for reply in asked if reply not in deciding]
    groups = {"Answering these could change the result": deciding, "These would not change the result": others}
    for title, replies in (groups if assessment.direction else {"Skipped, so we don't know": asked}).items():
        if replies:
            yield Heading(title)
            names = (f"{reply.topic if brief else reply.ask} ({reply.words})" for reply in replies)
            yield from _listed(names, brief=brief)
    if unasked:
        yield Heading("Not answered")
        yield from _listed((reply.topic if brief else reply.ask for reply in unasked), brief=brief)


def _listed(names: Iterable[str], *, brief: bool) -> Iterator[Block]:
    yield Paragraph(f"{'; '.join(names)}.") if brief else Items(tuple(map(Item, names)))


def answers(assessment: Assessment) -> Iterator[Block]:
    """Yield a table per ASAM dimension of answers that say something, and one line with the topics of the rest."""
    calm = []
    for number, name in DIMENSIONS.items():
        rows = []
        for reply in assessment.replies:
            if reply.question.dimension == number and isinstance(reply.answer, Chosen):
                if _is_least(reply):
                    calm.append(reply.topic)
                else:
                    rows.append((reply.topic, reply.words))
        if rows:
            yield Heading(f"{number}. {name}")
            yield Table(("Question", "Answer"), tuple(rows))
    if calm:
        yield Heading("None, never or the least, each as answered")
        yield Paragraph(f"{'; '.join(calm)}.")


def _is_least(reply: Reply) -> bool:
    """Whether the answer is "none of these", or the least concern of a ranked question."""
    if reply.question.number_range or not isinstance(reply.answer, Chosen):
        return False
    if reply.question.kind == "several":
        return not reply.answer.options
    return reply.question.kind == "ranked" and reply.answer.options[0] == reply.question.options[0].id


def contradictions(assessment: Assessment) -> Iterator[Block]:
    """Yield each pair of answers that don't agree; nothing if the direction is withheld or life is in danger."""
    if assessment.withheld_by or assessment.emergency:
        return
    for found in assessment.contradictions:
        yield Paragraph("These two answers don't agree:")
        yield Items(tuple(Item(f"{reply.topic}: {reply.words}") for reply in found.replies))


def wishes(assessment: Assessment) -> Iterator[Block]:
    """Yield what the person wants and the practical answers that need a plan."""
    for title, replies in (
        ("Wishes", assessment.wishes_given),
        ("What could get in the way", assessment.barriers),
    ):
        if replies:
            yield Heading(title)
            yield Items(tuple(Item(_wish(reply)) for reply in replies))
    unknown = [reply.topic for reply in assessment.skipped if reply.section.wishes and reply.question.options]
    if unknown:
        yield Paragraph(f"Not answered: {join(unknown)}.")


def _wish(reply: Reply) -> str:
    """Return an answer in brief, or else after its topic."""
    return capitalize(reply.brief) if reply.brief else f"{reply.topic}: {reply.words}"


def own_words(assessment: Assessment) -> Iterator[Block]:
    """Yield each note as written, without interpretation."""
    for reply in assessment.replies:
        if isinstance(reply.answer, Written) and (text := sanitize(reply.answer.text)):
            yield Paragraph(marked(Words(text), assessment.questionnaire.language))
