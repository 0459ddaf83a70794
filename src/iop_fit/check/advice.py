"""What an author should look at, though nothing is wrong for anybody who answers; and what lacks something."""

from collections.abc import Iterable, Iterator
from datetime import date

from iop_fit.check.findings import Violation
from iop_fit.domain.condition import Condition, OptionRef, OptionSet, option_sets_in
from iop_fit.domain.guidance import Contact
from iop_fit.domain.question import Option, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.problem_codes import Code
from iop_fit.text import format_date, quote

__all__ = ["advice_on", "lacking_in", "unused_additions", "unused_options", "unused_sources"]


def lacking_in(questionnaire: Questionnaire) -> Iterator[Violation]:
    """Yield the alerts that name nobody to turn to, and the options that nothing uses."""
    for alert in questionnaire.alerts:
        if not alert.contacts:
            yield Violation(
                code=Code.ALERT_WITHOUT_CONTACT,
                noun="alert",
                id=alert.id,
                key="contacts",
                message=f"The alert {quote(alert.id)} names nobody to turn to.",
                hint="Name at least one contact under `contacts:`.",
            )
    for question, option in unused_options(questionnaire):
        yield Violation(
            code=Code.UNUSED_OPTION,
            noun="option",
            id=f"{question.id}: {option.id}",
            message=f"Nothing uses the option {quote(option.id)} of {quote(question.id)}.",
            hint="Name it in a rule, a point, `ask when` or `eases`, or make it one with its neighbor.",
        )


def advice_on(questionnaire: Questionnaire, on: date) -> Iterator[Violation]:
    """Yield what to look at on a day: contacts not compared for 12 months, and what nothing cites or calls for."""
    for contact in questionnaire.contacts:
        said = _unverified(contact, on)
        if said:
            yield Violation(
                code=Code.CONTACT_NOT_VERIFIED,
                noun="contact",
                id=contact.id,
                key="verified on",
                message=f"The contact {quote(contact.id)} {said}.",
                hint="Compare it with its provider's own page, and write that day as `verified on: YYYY-MM-DD`.",
            )
    unused = {"addition": unused_additions, "source": unused_sources}
    for noun, names in unused.items():
        for name in names(questionnaire):
            yield Violation(
                code=Code(f"unused-{noun}"),
                noun=noun,
                id=name,
                message=f"Nothing uses the {noun} {quote(name)}.",
                hint="Name it where it belongs, or take it out.",
            )


def _unverified(contact: Contact, on: date) -> str:
    day = contact.verified_on
    if day is None:
        return "was never compared with its provider's page"
    if day > on:
        return f"is said to be verified on {format_date(day)}, a day that has not come"
    if (day.year + 1, day.month, day.day) < (on.year, on.month, on.day):
        return f"was verified last on {format_date(day)}, more than 12 months ago"
    return ""


def unused_options(questionnaire: Questionnaire) -> Iterator[tuple[Question, Option]]:
    """Yield the options that nothing tells from the one below them, or from another that stands for the rest.

    What tells options apart: a rule, a gate, a point, `eases`, and a score where the section has levels. What is wanted
    is said as it is, so each option of such a section is used.
    """
    bounds = _bounds(questionnaire)
    for section in questionnaire.sections:
        for question in section.questions if not section.wishes else ():
            scored = bool(section.levels) and question.need and not question.private
            named = {option for name, option in bounds if name == question.id}
            yield from ((question, option) for option in question.unused_options(named, scored=scored))


def _bounds(questionnaire: Questionnaire) -> OptionSet:
    """Name the options at which a rule, a gate or a point draws a line: of what is reached together, the highest."""
    needs: list[OptionSet] = [need for rule in questionnaire.rules for need in rule.needs]
    needs += (way for question in questionnaire.questions.values() for way in question.asked_if)
    needs += _named(point.when for point in questionnaire.points)
    named = ((need, questionnaire.questions.get(name)) for need in needs for name in {each for each, _ in need})
    return frozenset[OptionRef]().union(*(question.bounds_in(need) for need, question in named if question))


def _named(conditions: Iterable[Condition | None]) -> Iterator[OptionSet]:
    return (leaf for condition in conditions if condition for leaf in option_sets_in(condition))


def unused_additions(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of the additions that no rule calls for."""
    called_for = {name for rule in questionnaire.rules for name in rule.adds}
    offered = (addition.id for direction in questionnaire.directions for addition in direction.additions)
    return (name for name in dict.fromkeys(offered) if name not in called_for)


def unused_sources(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of the sources that nothing cites."""
    cited = {
        name
        for sources in (
            *(question.sources for question in questionnaire.questions.values()),
            *(alert.sources for alert in questionnaire.alerts),
            *(rule.sources for rule in questionnaire.rules),
            *(point.sources for point in questionnaire.points),
        )
        for name in sources
    }
    return (source.id for source in questionnaire.sources if source.id not in cited)
