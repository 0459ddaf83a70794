"""A result as JSON for programs."""

from datetime import date

from iop_fit.domain.answers import Skipped
from iop_fit.domain.assessment import Assessment, ChosenPoint, FoundContradiction, Practical, RaisedAlert, Reason, Reply
from iop_fit.domain.decision import Area
from iop_fit.domain.guidance import Addition, Alert, Contact, Direction, Source
from iop_fit.domain.questionnaire import Provenance
from iop_fit.domain.whatif import Change
from iop_fit.loading.answer_fields import RESULT_FORMAT
from iop_fit.storage.asked_words import asked_values
from iop_fit.text import json_text
from iop_fit.version import VERSION

__all__ = ["to_json"]


def to_json(assessment: Assessment) -> str:
    """Return the result as JSON, in the format that `result.schema.json` describes."""
    questionnaire = assessment.questionnaire
    result = {
        "format": RESULT_FORMAT,
        "tool": {"id": "iop-fit", "version": VERSION},
        "questionnaire": {
            "id": questionnaire.id,
            "version": questionnaire.version,
            "digest": questionnaire.digest,
            "provenance": _provenance(questionnaire.provenance, assessment.assessed_on),
        },
        "private": _private(assessment),
        "assessed_on": assessment.assessed_on.isoformat(),
        "for": assessment.about.value,
        "answers": {reply.question.id: reply.question.value_of(reply.answer) for reply in assessment.replies},
        "asked": asked_values((reply.question, reply.answer) for reply in assessment.replies),
        "alerts": [_alert(raised) for raised in assessment.alerts],
        "open_alerts": [
            {**_identified(raised.alert), "could_not_tell": raised.alert.could_not_tell}
            for raised in assessment.open_alerts
        ],
        "direction": _direction(assessment.direction, assessment.additions),
        "withheld_by": {"id": assessment.withheld_by.id} if assessment.withheld_by else None,
        "firm": assessment.firm,
        "range": {"lowest": _titled(assessment.direction), "highest": _titled(assessment.highest)},
        "areas": [_area(area) for area in assessment.areas],
        "fired": [_reason(reason) for reason in assessment.reasons],
        "points": [_point(point) for point in assessment.points],
        "contradictions": [_contradiction(found) for found in assessment.contradictions],
        "changes": [_change(change) for change in assessment.changes],
        "skipped": [_skipped(reply, assessment) for reply in assessment.skipped],
        "practical": [_practical(practical) for practical in assessment.practical],
        "sources": [_source(source) for source in assessment.sources],
    }
    return json_text(result)


def _provenance(known: Provenance, on: date) -> dict[str, object]:
    return {
        "published": known.published.isoformat() if known.published else None,
        "review_by": known.review_by.isoformat() if known.review_by else None,
        "review_overdue": known.overdue(on),
        "updates": known.updates or None,
        "funding": known.funding or None,
        "authors": known.authors or None,
        "interests": known.interests or None,
        "evidence": known.evidence or None,
        "reading_level": known.reading_level or None,
    }


def _private(assessment: Assessment) -> list[str]:
    """List the ids of private questions and alerts in this result, so that readers can omit them."""
    questions = (reply.question.id for reply in assessment.replies if reply.question.private)
    return [*questions, *(raised.alert.id for raised in assessment.alerts if raised.alert.private)]


def _identified(alert: Alert) -> dict[str, object]:
    return {"id": alert.id, "card": alert.card, "level": alert.level.value}


def _alert(raised: RaisedAlert) -> dict[str, object]:
    return {
        **_identified(raised.alert),
        "title": raised.alert.title,
        "text": raised.text,
        "because": list(raised.because),
        "contacts": [_contact(contact) for contact in raised.contacts],
        "sources": list(raised.alert.sources),
    }


def _contact(contact: Contact) -> dict[str, object]:
    return {"id": contact.id, "name": contact.name, "ways": list(contact.ways)}


def _titled(direction: Direction | None) -> dict[str, object] | None:
    return {"id": direction.id, "title": direction.title} if direction else None


def _direction(direction: Direction | None, additions: tuple[Addition, ...]) -> dict[str, object] | None:
    if direction is None:
        return None
    return {
        "id": direction.id,
        "title": direction.title,
        "sentence": direction.sentence,
        "does_not_mean": direction.does_not_mean,
        "afterwards": direction.afterwards,
        "additions": [{"id": addition.id, "text": addition.text} for addition in additions],
    }


def _area(area: Area) -> dict[str, object]:
    return {
        "id": area.section.id,
        "title": area.section.title,
        "score": area.score,
        "maximum": area.maximum,
        "level": area.level.value,
        "highest_level": area.highest_level.value,
        "answered": area.answered,
        "asked": area.asked,
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "id": reason.rule.id,
        "raises": reason.raises.id,
        "because": reason.rule.because,
        "shown": reason.shown,
        "answers": [_answer(reply) for reply in reason.replies],
        "sources": list(reason.rule.sources),
    }


def _answer(reply: Reply) -> dict[str, object]:
    number = {"number": reply.question.value_of(reply.answer)} if reply.question.number_range else {}
    return {"id": reply.question.id, "labels": list(reply.labels), **number}


def _point(chosen: ChosenPoint) -> dict[str, object]:
    point = chosen.point
    asked = {"why": point.why, "listen_for": point.listen_for} if point.why else {}
    return {
        "id": point.id,
        "list": point.list.value,
        "for": list(point.programs),
        "shown": chosen.shown,
        "text": point.text,
        **asked,
        "sources": list(point.sources),
    }


def _contradiction(found: FoundContradiction) -> dict[str, object]:
    return {"id": found.contradiction.id, "questions": list(found.contradiction.questions), "ask": found.ask}


def _change(change: Change) -> dict[str, object]:
    steps = [{"id": step.question.id, "now": list(step.before), "then": list(step.after)} for step in change.steps]
    return {
        "id": "+".join(f"{step.question.id}={','.join(step.after)}" for step in change.steps),
        "steps": steps,
        "direction": _titled(change.direction),
    }


def _skipped(reply: Reply, assessment: Assessment) -> dict[str, object]:
    assert isinstance(reply.answer, Skipped)
    return {
        "id": reply.question.id,
        "reason": reply.answer.reason.value,
        "could_matter": reply.question.id in assessment.undecided_questions,
    }


def _practical(practical: Practical) -> dict[str, object]:
    return {
        "id": practical.program.id,
        "count": len(practical.replies),
        "of": practical.of,
        "answers": [reply.question.id for reply in practical.replies],
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "id": source.id,
        "cite": source.cite,
        "link": source.link or None,
        "year": source.year,
        "shows": source.shows or None,
        "strength": source.strength.value if source.strength else None,
    }
