"""The sentences about what was answered and what was skipped."""

from collections.abc import Iterator

from iop_fit.answers import Chosen, Skipped, Written
from iop_fit.assessment import Assessment, Reply
from iop_fit.blocks import Block, Heading, Item, Items, Table
from iop_fit.words import cleaned, listed

__all__ = ["answers", "skipped"]

DIMENSIONS = {
    1: "Intoxication, withdrawal and addiction medications",
    2: "Biomedical conditions",
    3: "Psychiatric and cognitive conditions",
    4: "Substance use-related risks",
    5: "Recovery environment interactions",
    6: "Person-centered considerations",
}
"""The dimensions of the ASAM Criteria, 4th edition, named as background for the provider; no rating is given."""


def skipped(assessment: Assessment) -> Iterator[Block]:
    """Say what was skipped and why, first what could change the result."""
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


def answers(assessment: Assessment) -> Iterator[Block]:
    """List what was answered, grouped as a provider thinks."""
    for number, name in DIMENSIONS.items():
        rows = tuple((reply.ask, _answer(reply)) for reply in assessment.replies if reply.question.dimension == number)
        if rows:
            yield Heading(f"{number}. {name}")
            yield Table(("Question", "Answer"), rows)
