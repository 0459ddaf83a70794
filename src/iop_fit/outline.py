"""The only sentences of a result, as blocks in parts: what stands on the screen, and what on paper."""

from collections.abc import Callable, Iterable, Iterator

from iop_fit.assessment import Assessment
from iop_fit.blocks import Block, Item, Items, Outline, Paragraph, Part
from iop_fit.guidance import PointList
from iop_fit.outline_answers import answers, skipped
from iop_fit.outline_direction import alerts, direction, next_steps, open_alerts
from iop_fit.outline_lines import in_brief, numbers
from iop_fit.outline_points import programs, shared, to_ask
from iop_fit.outline_why import areas, changes, why
from iop_fit.question import Audience
from iop_fit.words import cleaned, in_words

__all__ = ["paper_of", "screen_of"]


def screen_of(assessment: Assessment) -> Outline:
    """Say a result to the person who answered."""
    return _outline(assessment, (SCREEN,))


def paper_of(assessment: Assessment) -> Outline:
    """Say a result to the person and a provider together."""
    return _outline(assessment, PAPER)


def _outline(assessment: Assessment, pages: tuple[tuple[str, ...], ...]) -> Outline:
    whom = "by the person it is about" if assessment.about is Audience.ME else "by someone close to the person"
    name = f"{cleaned(assessment.name)}. " if assessment.name else ""
    answered = f"Answered on {in_words(assessment.assessed_on)} {whom}."
    return Outline(
        title=assessment.questionnaire.title,
        subtitle=f"{name}{answered} {assessment.questionnaire.notice}",
        pages=tuple(tuple(_parts(assessment, names)) for names in pages),
        language=assessment.questionnaire.language,
        day=assessment.assessed_on,
    )


def _parts(assessment: Assessment, names: tuple[str, ...]) -> Iterator[Part]:
    for name in names:
        title, said = PARTS[name]
        blocks = tuple(said(assessment))
        if blocks:
            yield Part(title, blocks)


def _sources(assessment: Assessment) -> Iterator[Block]:
    if assessment.sources:
        cited = (f"{source.cite} {source.link}".strip() for source in assessment.sources)
        yield Items(tuple(map(Item, cited)))


def _about(assessment: Assessment) -> Iterator[Block]:
    questionnaire = assessment.questionnaire
    yield Paragraph(questionnaire.notice)
    yield Paragraph(questionnaire.audience)
    yield Paragraph(f"Questionnaire {questionnaire.id}, version {questionnaire.version}, {questionnaire.digest}.")


PARTS: dict[str, tuple[str, Callable[[Assessment], Iterable[Block]]]] = {
    "alerts": ("First of all", alerts),
    "direction": ("What this points to", direction),
    "open": ("What could not be told", open_alerts),
    "areas": ("The areas, one by one", areas),
    "why": ("Why", why),
    "programs": ("The two programs", programs),
    "ask": ("What to ask a provider", to_ask),
    "warnings": ("Warning signs in a program", lambda assessment: shared(assessment, PointList.WARNING_SIGN)),
    "cost": ("Help with cost", lambda assessment: shared(assessment, PointList.COST_HELP)),
    "changes": ("What would change this", changes),
    "skipped": ("What was skipped", skipped),
    "answers": ("The answers, by the provider's dimensions", answers),
    "numbers": ("Numbers", lambda assessment: numbers(assessment.lines, in_brief)),
    "next": ("What to do next", next_steps),
    "sources": ("Sources", _sources),
    "about": ("About this page", _about),
}
"""Every part by its name: its title, and what it says."""

SCREEN = (
    *("alerts", "direction", "open", "areas", "why", "programs", "ask", "warnings", "cost"),
    *("changes", "skipped", "numbers", "next"),
)
"""The parts on a screen, in order."""

PAPER = ((*SCREEN[:-2], "answers", *SCREEN[-2:], "sources", "about"),)
"""The parts on each page of paper, in order."""
