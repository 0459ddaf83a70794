"""The outline of a result: the summary, the full report and the paper."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import PointList
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Block, Outline, Paragraph, Part
from iop_fit.outline.citations import source_list, with_marks
from iop_fit.outline.contacts import GLYPH_NOTE, WHO_ANSWERED, footer_line, numbers, short_item
from iop_fit.outline.languages import END, in_two_languages, marked
from iop_fit.outline.parts.answer_lists import answers, contradictions, own_words, skipped, wishes
from iop_fit.outline.parts.care_options import ABOUT, DECIDE, TITLE, care_options, condition, how_to_decide
from iop_fit.outline.parts.direction import alerts, direction, main_message, next_steps, open_alerts
from iop_fit.outline.parts.earlier import answers_then, said_then
from iop_fit.outline.parts.programs import call_script, programs, shared, to_ask
from iop_fit.outline.parts.reader import MOST_CAUTIONS, cautions, family, waiting
from iop_fit.outline.parts.reasons import areas, changes, why
from iop_fit.outline.parts.short_lists import with_short_lists
from iop_fit.outline.parts.summary import (
    ask_about,
    call,
    cards,
    helps_and_plans,
    left_open,
    two_programs,
    who_and_script,
)
from iop_fit.outline.parts.visit import (
    at_a_glance,
    further_safety,
    points_to,
    safety_first,
    safety_in_full,
    walk_away,
    worksheet,
)
from iop_fit.outline.provenance import overdue_note, provenance
from iop_fit.text import format_date, sanitize
from iop_fit.version import VERSION

__all__ = ["full_of", "paper_of", "summary_of"]


SENTENCE_ENDS = (".", "?", "!", "\N{HORIZONTAL ELLIPSIS}", "\N{IDEOGRAPHIC FULL STOP}", "\N{ARABIC QUESTION MARK}")

PAPER_TITLE = {Audience.ME: "Notes for my visit", Audience.SOMEONE: "Notes for their visit"}


def summary_of(assessment: Assessment) -> Outline:
    """Return the outline of a result for the person who answered, on one screen.

    It cites no sources. If the direction is withheld, or life is in danger, it holds only the cards, what skipped
    questions leave open, and the numbers.
    """
    parts = SUMMARY if assessment.direction and not assessment.emergency else CARDS_ONLY
    pages = (tuple(Part(title, blocks) for title, build in parts if (blocks := tuple(build(assessment)))),)
    questionnaire = assessment.questionnaire
    return Outline(
        title=f"Your summary, {format_date(assessment.assessed_on)}",
        lead=main_message(assessment),
        subtitle=questionnaire.notice,
        pages=pages,
        language=questionnaire.language,
        day=assessment.assessed_on,
        brief=True,
    )


def full_of(assessment: Assessment) -> Outline:
    """Return the outline of a result for the person who answered, with everything in it."""
    return _outline(assessment, (FULL,))


def paper_of(assessment: Assessment) -> Outline:
    """Return the outline of a result for the person and a provider to read together."""
    assessment = marked(assessment, assessment.questionnaire.language)
    outline = _outline(assessment, PAPER)
    paper = outline._replace(
        title=PAPER_TITLE[assessment.about],
        subtitle=f"{_as_sentence(outline.title)} {outline.subtitle}",
        footer=footer_line(assessment.hotlines),
        glyph_note=GLYPH_NOTE,
    )
    return in_two_languages(paper)


def _as_sentence(title: str) -> str:
    """Return a title with a period at its end, unless it ends in another mark."""
    return title if title.rstrip(END).endswith(SENTENCE_ENDS) else f"{title}."


def _outline(assessment: Assessment, pages: tuple[tuple[str, ...], ...]) -> Outline:
    name = f"{sanitize(assessment.name)}. " if sanitize(assessment.name) else ""
    built = {name: tuple(with_short_lists(PARTS[name][1](assessment))) for names in pages for name in names}
    marked, cited = with_marks(built, assessment.questionnaire.sources)
    if SOURCES in marked:
        marked[SOURCES] = tuple(source_list(cited, brief=pages is PAPER))
    laid_out = (tuple(Part(PARTS[name][0], marked[name]) for name in names if marked[name]) for names in pages)
    answered = f"{format_date(assessment.assessed_on)}. Answers given by {WHO_ANSWERED[assessment.about]}."
    late = overdue_note(assessment.questionnaire, assessment.assessed_on)
    return Outline(
        title=assessment.questionnaire.title,
        lead=main_message(assessment),
        subtitle=" ".join(filter(None, (f"{name}{answered}", assessment.questionnaire.notice, late))),
        pages=tuple(page for page in laid_out if page),
        language=assessment.questionnaire.language,
        day=assessment.assessed_on,
    )


def _notes(assessment: Assessment) -> Iterator[Block]:
    if assessment.notes:
        yield Paragraph(" ".join(assessment.notes))


def _about(assessment: Assessment) -> Iterator[Block]:
    questionnaire = assessment.questionnaire
    yield Paragraph(questionnaire.audience)
    yield from provenance(questionnaire)
    yield Paragraph(_made_with(questionnaire))


def _decide(assessment: Assessment) -> Iterator[Block]:
    """Yield the steps of deciding between the options.

    Yield none in an emergency, if the direction is withheld, or if no options are described.
    """
    if assessment.direction and not assessment.emergency and assessment.questionnaire.care_options:
        yield from how_to_decide(assessment.about)


def _made_with(questionnaire: Questionnaire) -> str:
    """Return the versions, and the digest that tells exactly which questionnaire was used."""
    return f"iop-fit {VERSION}, {questionnaire.id} {questionnaire.version}, {questionnaire.digest}."


def _open_alerts(assessment: Assessment) -> Iterator[Block]:
    """Yield the lines of the cards that the part on cautions doesn't show."""
    return open_alerts(assessment, but=frozenset(each.alert.card for each in assessment.cautions[:MOST_CAUTIONS]))


SOURCES = "sources"
"""The part that lists what all other parts cite."""

PARTS: dict[str, tuple[str, Callable[[Assessment], Iterable[Block]]]] = {
    "alerts": ("Do this first", alerts),
    "notes": ("This is not the saved result", _notes),
    "said then": ("What the file said on its day", said_then),
    "answers then": ("Answers that don't count today", answers_then),
    "direction": ("What to ask about", direction),
    "cautions": ("What isn't known yet", cautions),
    "open": ("Because some questions were skipped", _open_alerts),
    "areas": ("The areas", areas),
    "why": ("Why", why),
    "waiting": ("Until there is a place", waiting),
    "family": ("For family and friends", family),
    "wishes": ("Wishes, and what could get in the way", wishes),
    "call": ("What to say when you call", call_script),
    "programs": ("Comparing the two kinds of program", programs),
    "condition": (ABOUT, lambda assessment: condition(assessment.questionnaire)),
    "options": (TITLE, care_options),
    "decide": (DECIDE, _decide),
    "ask": ("What to ask a provider", lambda assessment: to_ask(assessment, assessment.points)),
    "safety": ("Safety first", safety_first),
    "further safety": ("Also for safety", further_safety),
    "safety in full": ("More on safety", safety_in_full),
    "glance": ("At a glance", at_a_glance),
    "points to": ("What the answers point to", points_to),
    "worksheet": ("Questions to ask", worksheet),
    "walk away": ("When to walk away", walk_away),
    "who to call": ("Who to call, and what to say", who_and_script),
    "bring": ("What to bring", lambda assessment: shared(assessment, PointList.BRING)),
    "warnings": ("Warning signs in a program", lambda assessment: shared(assessment, PointList.WARNING_SIGN)),
    "cost": ("Help with cost", lambda assessment: shared(assessment, PointList.COST_HELP)),
    "contradictions": ("Answers to check", contradictions),
    "changes": ("What would change this", changes),
    "skipped": ("Skipped questions", skipped),
    "skipped in brief": ("Skipped questions", partial(skipped, brief=True)),
    "answers": ("Answers, grouped for the clinician", answers),
    "numbers": ("Who to call", lambda assessment: numbers(assessment.hotlines, short_item)),
    "next": ("What to do next", next_steps),
    SOURCES: ("Sources", lambda _: ()),  # filled once the other parts are known
    "about": ("About this page", _about),
    "own words": ("In the patient's own words", own_words),
}
"""Each part by name: its title and the function that builds its blocks."""

FULL = (
    *(
        "alerts",
        "notes",
        "said then",
        "direction",
        "cautions",
        "open",
        "waiting",
        "family",
        "areas",
        "why",
        "condition",
        "programs",
        "decide",
    ),
    *("call", "ask", "warnings", "cost", "bring"),
    *("contradictions", "changes", "answers then", "skipped", SOURCES, "numbers", "next"),
)
"""The parts of the full report, in order."""

_FIRST = ((PARTS["alerts"][0], cards), PARTS["notes"], PARTS["said then"])
_OPEN = ("Because you skipped some questions", left_open)

SUMMARY: tuple[tuple[str, Callable[[Assessment], Iterable[Block]]], ...] = (
    *_FIRST,
    ("What to ask about", ask_about),
    _OPEN,
    PARTS["contradictions"],
    ("Two kinds of program", two_programs),
    ("What helps, and what to plan for", helps_and_plans),
    (PARTS["who to call"][0], call),
)
"""The parts of the summary, in order, each with the function that builds its blocks."""

CARDS_ONLY: tuple[tuple[str, Callable[[Assessment], Iterable[Block]]], ...] = (
    *_FIRST,
    _OPEN,
    PARTS["numbers"],
)
"""The parts of a summary without a direction, or in an emergency."""

PAPER = (
    (
        *(
            "safety",
            "notes",
            "said then",
            "own words",
            "glance",
            "further safety",
            "wishes",
            "points to",
            "cautions",
            "open",
        ),
        *("waiting", "family"),
        *("worksheet", "walk away", "who to call", "bring", "decide"),
    ),
    (
        "safety in full",
        "contradictions",
        "answers then",
        "answers",
        "skipped in brief",
        "why",
        "changes",
        SOURCES,
        "condition",
        "about",
    ),
    ("options",),
)
"""The parts on each page of paper, in order."""
