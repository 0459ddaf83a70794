"""Cards: raised alerts with the same first step, shown as one."""

from iop_fit.domain.assessment import Card, RaisedAlert
from iop_fit.domain.decision import Decision
from iop_fit.domain.guidance import Alert, AlertLevel
from iop_fit.domain.selection.reasons import strongest
from iop_fit.limits import MAX_OTHERS_ON_CARD

__all__ = ["cards_of", "raised_alert"]


def cards_of(decision: Decision) -> tuple[Card, ...]:
    """Return the cards to show, strongest first: only those of emergencies if there is one."""
    alerts = decision.alerts
    if any(alert.level is AlertLevel.EMERGENCY for alert in alerts):
        alerts = tuple(alert for alert in alerts if alert.level is AlertLevel.EMERGENCY)
    by_card: dict[str, list[Alert]] = {}
    for alert in alerts:
        by_card.setdefault(alert.card, []).append(alert)
    return tuple(_card(decision, sharing) for sharing in by_card.values())


def _card(decision: Decision, sharing: list[Alert]) -> Card:
    """Return the card of some alerts, strongest first; its reason is the first shown one of the strongest alert."""
    ids = {alert.id for alert in sharing}
    reasons = strongest([each for each in decision.fired if each.rule.raises in ids])
    urgent = dict.fromkeys(alert.title for alert in sharing if alert.level in (AlertLevel.CRISIS, AlertLevel.SAME_DAY))
    others = [title for title in urgent if title != sharing[0].title]
    return Card(raised_alert(decision, sharing[0]), reasons[0].rule, tuple(others[:MAX_OTHERS_ON_CARD]))


def raised_alert(decision: Decision, alert: Alert) -> RaisedAlert:
    """Return an alert with its contacts and the reasons that raised it."""
    contacts = {contact.id: contact for contact in decision.questionnaire.contacts}
    return RaisedAlert(
        alert=alert,
        text=alert.text,
        contacts=tuple(contacts[name] for name in alert.contacts),
        because=tuple(fired.rule.because for fired in decision.fired if fired.rule.raises == alert.id),
    )
