"""The options of care side by side: what each is like, what the answers point to, and what matters to the person."""

from collections.abc import Iterator

from iop_fit.domain.answers import Chosen
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.care_option import CareOption, CareRow
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.outline.blocks import Block, Grid, GridColumn, GridRow, Item, Items, Outline, Paragraph, Part
from iop_fit.outline.citations import cite, cite_each, source_list, with_marks
from iop_fit.outline.contacts import GLYPH_NOTE, WHO_ANSWERED, footer_line, numbers, short_item
from iop_fit.outline.languages import in_two_languages, marked
from iop_fit.outline.parts.direction import alerts
from iop_fit.text import format_date

__all__ = ["ABOUT", "DECIDE", "TITLE", "care_options", "condition", "how_to_decide", "options_outline"]

TITLES: dict[CareRow, tuple[str, ...]] = {
    CareRow.WHAT: ("What it is",),
    CareRow.WEEK: ("A usual day or week",),
    CareRow.ASKS: ("What it asks of you", "What it asks of them"),
    CareRow.GOOD: ("Good sides",),
    CareRow.DRAWBACKS: ("Drawbacks",),
    CareRow.STUDIES: ("What studies found",),
    CareRow.SURE: ("How sure that is",),
    CareRow.COSTS: ("What it costs you besides money", "What it costs them besides money"),
    CareRow.UNSUITED: ("Who it suits less",),
}
"""The title of each row; the second, if there is one, is for somebody who reads for another person."""

NO_BEST = "No option is best for everyone. Studies look at groups. A doctor can say more about one person."
MARKS = "Your answers about safety and need point to an option. What matters to you is marked, but decides nothing."
MARKS_SOMEONE = "Answers about safety and need point to an option. What matters to them is marked, but decides nothing."
STEPS = {
    Audience.ME: (
        "In the table of options, circle the good side that you want most, and the drawback you most want to avoid.",
        "Talk about both with a doctor, or with someone you trust.",
        "Choose what to try first, and pick a day to look at it again.",
    ),
    Audience.SOMEONE: (
        "In the table of options, ask them to circle the good side that they want most, and the drawback to avoid.",
        "Talk about both with a doctor, or with someone they trust.",
        "Let them choose what to try first, and pick a day to look at it again.",
    ),
}
"""How to decide, for who reads."""

HOW_SURE = (
    "How sure: “fairly” means that reviews, trials or guidelines agree. “Somewhat” means few or weak studies. "
    "“Not very” means no fair comparison. The studies asked people at different times, so don't set one number "
    "against another."
)
NOT_NOW = "Get help first. Comparing kinds of care can wait."
NONE_DESCRIBED = "This questionnaire describes no options of care."


def options_outline(
    questionnaire: Questionnaire, assessment: Assessment | None = None, audience: Audience = Audience.ME
) -> Outline:
    """Return the options of care as a document, worded for `audience`.

    After an assessment, it has the wording of the assessment, alerts come first, and the options and rows are marked.
    While an alert withholds the direction, there are no options.
    """
    if assessment:
        assessment = marked(assessment, questionnaire.language)
        questionnaire = assessment.questionnaire
        built = {"Do this first": tuple(alerts(assessment)), PART: tuple(care_options(assessment))}
        answered = f"{format_date(assessment.assessed_on)}. Answers given by {WHO_ANSWERED[assessment.about]}. "
    else:
        questionnaire = marked(questionnaire.worded_for(audience), questionnaire.language)
        built = {PART: tuple(_described(questionnaire, audience))}
        answered = ""
    if built[PART]:
        about = assessment.about if assessment else audience
        built = {ABOUT: tuple(condition(questionnaire)), **built, DECIDE: tuple(how_to_decide(about))}
    else:
        built[PART] = (Paragraph(NOT_NOW if questionnaire.care_options else NONE_DESCRIBED),)
    built, cited = with_marks(built, questionnaire.sources)
    built["Sources"] = tuple(source_list(cited))
    built["Who to call"] = tuple(numbers(questionnaire.contacts, short_item))
    outline = Outline(
        title=TITLE,
        subtitle=f"{answered}{questionnaire.notice}",
        pages=(tuple(Part(title, blocks) for title, blocks in built.items() if blocks),),
        language=questionnaire.language,
        day=assessment.assessed_on if assessment else None,
        footer=footer_line(questionnaire.contacts),
        glyph_note=GLYPH_NOTE,
    )
    return in_two_languages(outline)


TITLE = "The options, side by side"
"""The title of the document."""
PART = "What each is like"
ABOUT = "About alcohol and drug use"
DECIDE = "How to decide"


def care_options(assessment: Assessment) -> Iterator[Block]:
    """Yield the options with what the answers point to and what matters to the person marked.

    Yield nothing while an alert withholds the direction, in an emergency, or if no options are described.
    """
    if assessment.withheld_by or assessment.emergency or not assessment.questionnaire.care_options:
        return
    touched, others = _what_matters(assessment)
    yield from _described(assessment.questionnaire, assessment.about, _pointed_to(assessment), touched)
    if touched:
        yield Paragraph(MARKS if assessment.about is Audience.ME else MARKS_SOMEONE)
    if others:
        yield Paragraph(f"Not on this page, so ask each program about it: {'; '.join(others)}.")


def condition(questionnaire: Questionnaire) -> Iterator[Block]:
    """Yield what the condition is, if the questionnaire says it."""
    if questionnaire.condition:
        yield Paragraph(questionnaire.condition)


def how_to_decide(audience: Audience) -> Iterator[Block]:
    """Yield the steps of deciding."""
    yield Items(tuple(map(Item, STEPS[audience])), numbered=True)


def _described(
    questionnaire: Questionnaire,
    audience: Audience,
    marks: dict[str, str] | None = None,
    touched: dict[str, str] | None = None,
) -> Iterator[Block]:
    """Yield the options; `marks` are the marks of options by id, and `touched` those of rows."""
    options = questionnaire.care_options
    if not options:
        return
    yield Paragraph(f"{NO_BEST} {HOW_SURE}")
    columns = tuple(GridColumn(option.name, (marks or {}).get(option.id, "")) for option in options)
    rows = (
        GridRow(
            titles[0 if audience is Audience.ME else -1],
            tuple(_cell(option, row) for option in options),
            (touched or {}).get(row, ""),
        )
        for row, titles in TITLES.items()
    )
    yield Grid(columns, tuple(rows))


def _cell(option: CareOption, row: CareRow) -> str:
    match row:
        case CareRow.STUDIES:
            return cite_each("", ((study.text, study.sources) for study in option.studies))
        case CareRow.WHAT | CareRow.WEEK:
            return cite(getattr(option, row), option.sources)
        case _:
            text: str = getattr(option, row)
            return text


def _pointed_to(assessment: Assessment) -> dict[str, str]:
    """Return the mark of each option that the answers point to, by its id.

    An alert marks what comes first. While the direction is not firm, every option within its range is marked.
    """
    lowest, highest = assessment.direction, assessment.highest
    assert lowest
    assert highest
    rank = assessment.questionnaire.rank
    within = {name for name, place in rank.items() if rank[lowest.id] <= place <= rank[highest.id]}
    raised = {each.alert.id for each in assessment.alerts}
    whose = "Your" if assessment.about is Audience.ME else "The"
    marks: dict[str, str] = {}
    for option in assessment.questionnaire.care_options:
        if not raised.isdisjoint(option.marked_for):
            marks[option.id] = f"{whose} answers point here first"
        elif not within.isdisjoint(option.marked_for):
            marks[option.id] = f"{whose} answers {'point' if assessment.firm else 'could point'} here"
    return marks


def _what_matters(assessment: Assessment) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the mark of each row that an answer touches, and the answers to such a question that touch none."""
    touched: dict[str, list[str]] = {}
    others: list[str] = []
    for reply in assessment.replies:
        offered = reply.question.options_by_id
        if not isinstance(reply.answer, Chosen) or not any(option.touches for option in offered.values()):
            continue
        for option in map(offered.__getitem__, reply.answer.options):
            for row in option.touches:
                touched.setdefault(row, []).append(option.label)
            others += [] if option.touches else [option.label]
    words = "What matters to you" if assessment.about is Audience.ME else "What matters to them"
    return {row: f"{words}: {'; '.join(labels)}" for row, labels in touched.items()}, tuple(others)
