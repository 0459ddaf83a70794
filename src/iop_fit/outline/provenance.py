"""Blocks and sentences that say where a questionnaire comes from, and the outline of `about`."""

from collections.abc import Iterator
from datetime import date

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.outline.blocks import Block, Item, Items, Outline, Paragraph, Part
from iop_fit.outline.languages import END
from iop_fit.text import format_date
from iop_fit.version import VERSION

__all__ = ["about_outline", "overdue_note", "provenance"]

LICENSE = "MIT"
"""The license of the program, as `pyproject.toml` names it."""

PROGRAM = (
    f"iop-fit, version {VERSION}",
    f"License: {LICENSE}. Anyone may use, copy and change it for free. It comes without any warranty.",
    "Nothing leaves this computer. iop-fit never connects to a network. It saves only the files that you ask for.",
)
"""What `about` says of the program itself."""


def about_outline(questionnaire: Questionnaire, on: date) -> Outline:
    """Return an outline of where the program and a questionnaire come from, as of the day `on`."""
    made = f"Questionnaire {questionnaire.id}, version {questionnaire.version}, {questionnaire.digest}"
    late = overdue_note(questionnaire, on)
    return Outline(
        title="About iop-fit",
        subtitle="",
        pages=(
            (
                Part("The program", (Items(tuple(map(Item, PROGRAM))),)),
                Part(
                    "The questionnaire",
                    (
                        Paragraph(questionnaire.title, strong=True),
                        *(Paragraph(text) for text in (questionnaire.audience, questionnaire.notice, late) if text),
                        *provenance(questionnaire),
                        Paragraph(f"{made}."),
                    ),
                ),
            ),
        ),
        language=questionnaire.language,
    )


def provenance(questionnaire: Questionnaire) -> Iterator[Block]:
    """Yield a list with one item per fact that the head gives of its provenance; nothing if it gives none."""
    items = tuple(map(Item, _facts(questionnaire)))
    if items:
        yield Items(items)


def _facts(questionnaire: Questionnaire) -> Iterator[str]:
    known = questionnaire.provenance
    published = format_date(known.published) if known.published else ""
    review = f"To be reviewed by {format_date(known.review_by)}" if known.review_by else ""
    facts = {
        "Dates": ". ".join(filter(None, (f"Published {published}" if published else "", review))),
        "Updates": known.updates,
        "Funding": known.funding,
        "Written by": known.authors,
        "Interests of the authors": known.interests,
        "Evidence": known.evidence,
        "Reading level": known.reading_level,
    }
    return (f"{label}: {_sentence(text)}" for label, text in facts.items() if text)


def _sentence(text: str) -> str:
    return text if text.rstrip(END).endswith((".", "!", "?")) else f"{text}."


def overdue_note(questionnaire: Questionnaire, on: date) -> str:
    """Return a sentence that the date of review has passed on the day `on`, or an empty text."""
    day = questionnaire.provenance.review_by
    if day is None or not questionnaire.provenance.overdue(on):
        return ""
    return f"These questions were due for review by {format_date(day)}, so check important facts with a provider."
