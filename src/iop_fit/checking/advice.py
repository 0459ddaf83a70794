"""Lint a questionnaire: incomplete or unused parts, rules without sources, and dates that have passed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from iop_fit.checking.findings import Violation
from iop_fit.checking.single_wordings import single_wordings
from iop_fit.domain.condition import Condition, OptionSet, option_sets_in
from iop_fit.domain.guidance import Contact
from iop_fit.domain.question import Option, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.problem_codes import Code
from iop_fit.text import format_date, join, quote

__all__ = ["advice_on", "hygiene_findings", "unused_additions", "unused_options", "unused_sources"]


def hygiene_findings(questionnaire: Questionnaire, on: date) -> Iterator[Violation]:
    """Yield a date of review that has passed on the day `on`, and alerts without contacts."""
    yield from _overdue_review(questionnaire, on)
    for alert in questionnaire.alerts:
        if not alert.contacts:
            yield Violation(
                code=Code.ALERT_WITHOUT_CONTACT,
                noun="alert",
                id=alert.id,
                key="contacts",
                message=f"The alert {quote(alert.id)} has no contacts.",
                hint="List at least one contact under `contacts:`.",
            )


def _overdue_review(questionnaire: Questionnaire, on: date) -> Iterator[Violation]:
    day = questionnaire.provenance.review_by
    if day and questionnaire.provenance.overdue(on):
        yield Violation(
            code=Code.REVIEW_OVERDUE,
            noun="head",
            id=questionnaire.id,
            key="review by",
            message=f"The questionnaire was due for review by {format_date(day)}, so its facts may be out of date.",
            hint="Check its rules against their sources, then write a later date as `review by: YYYY-MM-DD`.",
        )


def advice_on(questionnaire: Questionnaire, on: date) -> Iterator[Violation]:
    """Yield what an author should review.

    That is provenance that the head doesn't give, contacts not verified in the 12 months before `on`, texts with a
    single wording, unused options, additions and sources, rules without a source, and options of care that are not
    described.
    """
    yield from _unknown_provenance(questionnaire)
    for contact in questionnaire.contacts:
        complaint = _unverified(contact, on)
        if complaint:
            yield Violation(
                code=Code.CONTACT_NOT_VERIFIED,
                noun="contact",
                id=contact.id,
                key="verified on",
                message=f"The contact {quote(contact.id)} {complaint}.",
                hint="Check it against the provider's own page, and write the date as `verified on: YYYY-MM-DD`.",
            )
    yield from single_wordings(questionnaire)
    yield from _options_without_use(questionnaire)
    unused = {"addition": unused_additions, "source": unused_sources}
    for noun, names in unused.items():
        for name in names(questionnaire):
            yield Violation(
                code=Code(f"unused-{noun}"),
                noun=noun,
                id=name,
                message=f"Nothing uses the {noun} {quote(name)}.",
                hint="Refer to it where it belongs, or remove it.",
            )

    yield from _rules_without_source(questionnaire)
    if not questionnaire.care_options:
        yield Violation(
            code=Code.NO_OPTIONS,
            noun="head",
            id=questionnaire.id,
            message="The questionnaire describes no options of care, so people can't compare them.",
            hint="Describe each of them under `options:`, doing nothing for now too, in equal length.",
        )


def _unknown_provenance(questionnaire: Questionnaire) -> Iterator[Violation]:
    missing = questionnaire.provenance.missing
    if missing:
        yield Violation(
            code=Code.PROVENANCE_MISSING,
            noun="head",
            id=questionnaire.id,
            message=f"The head doesn't say everything about where the questionnaire comes from: {_listed(missing)}.",
            hint="People decide by it how far to trust a result. Add each key to the head.",
        )


def _listed(keys: Iterable[str]) -> str:
    return join(f"`{key}`" for key in keys)


def _rules_without_source(questionnaire: Questionnaire) -> Iterator[Violation]:
    """Yield the rules without a source; an alert's source counts for the rules that raise it."""
    supported = {alert.id for alert in questionnaire.alerts if alert.sources}
    for rule in questionnaire.rules:
        if not rule.sources and rule.raises not in supported:
            yield Violation(
                code=Code.RULE_WITHOUT_SOURCE,
                noun="rule",
                id=rule.id,
                message=f"The rule {quote(rule.id)} has no source.",
                hint="Name one under `sources:`. If it rests on judgment, name a source with `strength: judgment`.",
            )


def _unverified(contact: Contact, on: date) -> str:
    day = contact.verified_on
    if day is None:
        return "was never verified against its provider's page"
    if day > on:
        return f"has a verification date in the future, {format_date(day)}"
    if (day.year + 1, day.month, day.day) < (on.year, on.month, on.day):
        return f"was last verified on {format_date(day)}, more than 12 months ago"
    return ""


def _options_without_use(questionnaire: Questionnaire) -> Iterator[Violation]:
    for question, option in unused_options(questionnaire):
        of = f"the option list {quote(question.option_list)}" if question.option_list else quote(question.id)
        yield Violation(
            code=Code.UNUSED_OPTION,
            noun="option",
            id=f"{question.id}: {option.id}",
            message=f"Nothing uses the option {quote(option.id)} of {of}.",
            hint="Use it in a rule, a point, `ask when` or `eases`, merge it with its neighbor, or write `use: paper`.",
        )


def unused_options(questionnaire: Questionnaire) -> Iterator[tuple[Question, Option]]:
    """Yield the options that nothing distinguishes from a neighbor.

    Options are distinguished by rules, gates, points, contradictions, `eases`, and scores in sections with levels.
    Sections of wishes are left out, since results quote each option, and so are questions for the paper only. Where
    questions share a list of options, what one of them uses is used.
    """
    thresholds = _thresholds(questionnaire)
    unused: dict[str, list[tuple[Question, set[str]]]] = {}
    for section in questionnaire.sections:
        for question in section.questions if not section.wishes else ():
            scored = bool(section.levels) and question.need and not question.private
            options = question.unused_options(thresholds.get(question.id, set()), scored=scored)
            names = set() if question.paper_only else {option.id for option in options}
            unused.setdefault(question.option_list or f"of {question.id}", []).append((question, names))
    for sharing in unused.values():
        question = sharing[0][0]
        names = set.intersection(*(names for _, names in sharing))
        yield from ((question, option) for option in question.options if option.id in names)


def _thresholds(questionnaire: Questionnaire) -> dict[str, set[str]]:
    """Return the options of each question that rules, gates, points and contradictions use as thresholds."""
    needs: list[OptionSet] = [need for rule in questionnaire.rules for need in rule.needs]
    needs += (alternative for question in questionnaire.questions.values() for alternative in question.asked_if)
    needs += _option_sets(point.when for point in questionnaire.points)
    needs += _option_sets(contradiction.when for contradiction in questionnaire.contradictions)
    named: defaultdict[str, set[OptionSet]] = defaultdict(set)
    for need in {*needs}:
        for name in {name for name, _ in need}:
            named[name].add(frozenset(option for option in need if option[0] == name))
    return {
        name: {option.id for each in named[name] for option in question.thresholds_in(each)}
        for name, question in questionnaire.questions.items()
    }


def _option_sets(conditions: Iterable[Condition | None]) -> Iterator[OptionSet]:
    return (each for condition in conditions if condition for each in option_sets_in(condition))


def unused_additions(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of additions that no rule calls for."""
    called_for = {name for rule in questionnaire.rules for name in rule.adds}
    offered = (addition.id for direction in questionnaire.directions for addition in direction.additions)
    return (name for name in dict.fromkeys(offered) if name not in called_for)


def unused_sources(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of sources that nothing cites."""
    cited = {
        name
        for sources in (
            *(question.sources for question in questionnaire.questions.values()),
            *(alert.sources for alert in questionnaire.alerts),
            *(rule.sources for rule in questionnaire.rules),
            *(program.sources for program in questionnaire.programs),
            *(point.sources for point in questionnaire.points),
            *(option.sources for option in questionnaire.care_options),
            *(study.sources for option in questionnaire.care_options for study in option.studies),
        )
        for name in sources
    }
    return (source.id for source in questionnaire.sources if source.id not in cited)
