"""What an author should look at, though nothing is wrong for anybody who answers; and what lacks something."""

from collections.abc import Iterator
from datetime import date

from iop_fit.guidance import Contact
from iop_fit.questionnaire import Questionnaire
from iop_fit.statement import Finding
from iop_fit.unused import unused_additions, unused_options, unused_sources
from iop_fit.words import in_words, quoted

__all__ = ["advice_on", "lacking_in"]


def lacking_in(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Yield the alerts that name nobody to turn to, and the options that nothing uses."""
    for alert in questionnaire.alerts:
        if not alert.contacts:
            yield Finding(
                code="alert-without-contact",
                noun="alert",
                id=alert.id,
                key="contacts",
                message=f"The alert {quoted(alert.id)} names nobody to turn to.",
                hint="Name at least one contact under `contacts:`.",
            )
    for question, option in unused_options(questionnaire):
        yield Finding(
            code="unused-option",
            noun="option",
            id=f"{question.id}: {option.id}",
            message=f"Nothing uses the option {quoted(option.id)} of {quoted(question.id)}.",
            hint="Name it in a rule, a point, `ask when` or `eases`, or make it one with its neighbor.",
        )


def advice_on(questionnaire: Questionnaire, on: date) -> Iterator[Finding]:
    """Yield what to look at on a day: contacts not compared for 12 months, and what nothing cites or calls for."""
    for contact in questionnaire.contacts:
        said = _unverified(contact, on)
        if said:
            yield Finding(
                code="contact-not-verified",
                noun="contact",
                id=contact.id,
                key="verified on",
                message=f"The contact {quoted(contact.id)} {said}.",
                hint="Compare it with its provider's own page, and write that day as `verified on: YYYY-MM-DD`.",
            )
    unused = {"addition": unused_additions, "source": unused_sources}
    for noun, names in unused.items():
        for name in names(questionnaire):
            yield Finding(
                code=f"unused-{noun}",
                noun=noun,
                id=name,
                message=f"Nothing uses the {noun} {quoted(name)}.",
                hint="Name it where it belongs, or take it out.",
            )


def _unverified(contact: Contact, on: date) -> str:
    day = contact.verified_on
    if day is None:
        return "was never compared with its provider's page"
    if day > on:
        return f"is said to be verified on {in_words(day)}, a day that has not come"
    if (day.year + 1, day.month, day.day) < (on.year, on.month, on.day):
        return f"was verified last on {in_words(day)}, more than 12 months ago"
    return ""
