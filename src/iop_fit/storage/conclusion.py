"""The outcome of a result: direction, range and alerts, for comparing a saved result with a new one."""

from collections.abc import Iterable
from typing import NamedTuple

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.records import Record
from iop_fit.text import hides_fields

__all__ = ["AlertSummary", "Outcome", "outcome_from_record", "outcome_of", "retitled"]


@hides_fields
class AlertSummary(NamedTuple):
    """An alert as it appears in a result."""

    id: str
    title: str
    level: AlertLevel


@hides_fields
class Outcome(NamedTuple):
    """The direction, range and alerts of a result."""

    direction: str | None
    """The id of the direction: the lowest end of the range."""
    highest: str | None
    """The id of the highest end of the range."""
    withheld_by: str | None
    """The id of the alert that withholds the direction."""
    firm: bool
    alerts: tuple[AlertSummary, ...]
    """All raised alerts, strongest first."""
    titles: tuple[str, ...] = ()
    """The title of the direction, and of the highest end of the range if it is another; empty if it is withheld."""

    def same_direction(self, other: "Outcome") -> bool:
        """Whether both have the same direction or range; alerts and titles are ignored."""
        return self._replace(alerts=(), titles=()) == other._replace(alerts=(), titles=())


def outcome_of(assessment: Assessment) -> Outcome:
    """Return the outcome of an assessment."""
    return Outcome(
        direction=assessment.direction.id if assessment.direction else None,
        highest=assessment.highest.id if assessment.highest else None,
        withheld_by=assessment.withheld_by.id if assessment.withheld_by else None,
        firm=assessment.firm,
        alerts=tuple(AlertSummary(alert.id, alert.title, alert.level) for alert, *_ in assessment.alerts),
        titles=_titles(each.title for each in (assessment.direction, assessment.highest) if each),
    )


def outcome_from_record(record: Record) -> Outcome:
    """Return the outcome that a saved result records."""
    lowest = record.records("direction")
    highest = [end for both in record.records("range") for end in both.records("highest")]
    return Outcome(
        direction=next((each.id for each in lowest), None),
        highest=next((end.id for end in highest), None),
        withheld_by=next((each.id for each in record.records("withheld_by")), None),
        firm=record.flag("firm"),
        alerts=tuple(
            AlertSummary(each.id, each.text("title"), AlertLevel(each.text("level")))
            for each in record.records("alerts")
        ),
        titles=_titles(each.text("title") for each in (*lowest, *highest)),
    )


def _titles(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles))


def retitled(outcome: Outcome, questionnaire: Questionnaire) -> Outcome:
    """Return the outcome with the alert titles of the questionnaire instead of those in the file."""
    titles = {alert.id: alert.title for alert in questionnaire.alerts}
    alerts = (each._replace(title=titles.get(each.id, each.title)) for each in outcome.alerts)
    return outcome._replace(alerts=tuple(alerts))
