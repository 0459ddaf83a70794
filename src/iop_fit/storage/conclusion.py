"""What a result comes to in short, so that a saved one and one that was just made can be held side by side."""

from typing import NamedTuple

from iop_fit.domain.assessment import Assessment
from iop_fit.domain.guidance import AlertLevel, Direction
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.records import Record

__all__ = ["Conclusion", "Named", "SaidAlert", "conclusion_of", "reworded", "said_in"]


class Named(NamedTuple):
    """A direction as a result names it."""

    id: str
    title: str


class SaidAlert(NamedTuple):
    """An alert as a result names it."""

    id: str
    title: str
    level: AlertLevel


class Conclusion(NamedTuple):
    """What a result comes to."""

    direction: Named | None
    highest: Named | None
    withheld_by: str | None
    """The id of the alert under which no direction is given."""
    firm: bool
    alerts: tuple[SaidAlert, ...]
    """All raised alerts, strongest first."""

    @property
    def ids(self) -> tuple[str | None, str | None, str | None, bool]:
        """What tells one direction or range from another; how they are worded does not count."""
        return _id(self.direction), _id(self.highest), self.withheld_by, self.firm


def _id(named: Named | None) -> str | None:
    return named.id if named else None


def conclusion_of(assessment: Assessment) -> Conclusion:
    """Return what a result comes to."""
    return Conclusion(
        direction=_named(assessment.direction),
        highest=_named(assessment.highest),
        withheld_by=assessment.withheld_by.id if assessment.withheld_by else None,
        firm=assessment.firm,
        alerts=tuple(SaidAlert(alert.id, alert.title, alert.level) for alert, *_ in assessment.alerts),
    )


def _named(direction: Direction | None) -> Named | None:
    return Named(direction.id, direction.title) if direction else None


def said_in(record: Record) -> Conclusion:
    """Return what a saved result says that it comes to."""
    highest = (end for both in record.records("range") for end in both.records("highest"))
    return Conclusion(
        direction=next(map(_read, record.records("direction")), None),
        highest=next(map(_read, highest), None),
        withheld_by=next((each.id for each in record.records("withheld_by")), None),
        firm=record.flag("firm"),
        alerts=tuple(
            SaidAlert(each.id, each.text("title"), AlertLevel(each.text("level"))) for each in record.records("alerts")
        ),
    )


def reworded(said: Conclusion, questionnaire: Questionnaire) -> Conclusion:
    """Word a conclusion as its own questionnaire does, whatever a file says."""
    titles = {each.id: each.title for each in questionnaire.directions}
    titles |= {each.id: each.title for each in questionnaire.alerts}
    both = (said.direction, said.highest)
    direction, highest = (end and end._replace(title=titles.get(end.id, end.title)) for end in both)
    alerts = tuple(each._replace(title=titles.get(each.id, each.title)) for each in said.alerts)
    return said._replace(direction=direction, highest=highest, alerts=alerts)


def _read(record: Record) -> Named:
    return Named(record.id, record.text("title"))
