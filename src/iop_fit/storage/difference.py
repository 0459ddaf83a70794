"""What changed between two saved results: because of the answers, and because of the questions."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from iop_fit.domain.answers import Answer
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.question import Question
from iop_fit.storage.conclusion import SaidAlert, conclusion_of
from iop_fit.storage.saved_result import SavedResult, recomputed

__all__ = ["AlertChange", "ChangedAnswer", "Difference", "difference_of"]


class ChangedAnswer(NamedTuple):
    """A question that both results answer, each in another way; to skip is an answer too."""

    question: Question
    before: Answer
    now: Answer


class AlertChange(NamedTuple):
    """An alert that one of the two results raises and the other does not."""

    alert: SaidAlert
    by_answers: bool
    """Whether the answers made the difference; if not, the questions did."""


class Difference(NamedTuple):
    """Two saved results, and both of them assessed by the questionnaire of now."""

    before: SavedResult
    after: SavedResult
    rescored: Assessment
    """The old answers by the questionnaire of now."""
    now: Assessment
    """The new answers by the questionnaire of now."""
    changed: tuple[ChangedAnswer, ...]
    only_before: tuple[Question, ...]
    """The questions that only the old result answers."""
    only_now: tuple[Question, ...]
    """The questions that only the new result answers."""
    new_alerts: tuple[AlertChange, ...]
    """Raised now, and not said then."""
    gone_alerts: tuple[AlertChange, ...]
    """Said in either file, and not raised now."""
    one_private: bool
    """Whether one of the files alone holds private answers, which are left out then."""
    passed_alerts: tuple[SaidAlert, ...]
    """Raised by the old answers with the questionnaire of now alone: neither file says them."""


def difference_of(before: SavedResult, after: SavedResult) -> Difference:
    """Compare two results that were read by the same questionnaire.

    Private answers are left out of both unless both hold them.
    """
    one_private = before.private != after.private
    if not (before.private and after.private):
        before, after = before.public(), after.public()
    rescored, now = recomputed(before), recomputed(after)
    questions = after.questionnaire.questions
    then_given, now_given = before.given.answers, after.given.answers
    in_both = [question for name, question in questions.items() if name in then_given and name in now_given]
    changes = (ChangedAnswer(each, then_given[each.id], now_given[each.id]) for each in in_both)
    then_raised, between_raised, now_raised = before.said.alerts, *map(_alerts, (rescored, now))
    said = {alert.id: alert for alert in (*then_raised, *after.said.alerts)}.values()
    return Difference(
        before=before,
        after=after,
        rescored=rescored,
        now=now,
        changed=tuple(change for change in changes if change.before != change.now),
        only_before=tuple(questions[name] for name in questions if name in then_given and name not in now_given),
        only_now=tuple(questions[name] for name in questions if name in now_given and name not in then_given),
        new_alerts=tuple(
            AlertChange(alert, by_answers=not _has(between_raised, alert))
            for alert in _without(now_raised, then_raised)
        ),
        gone_alerts=tuple(
            AlertChange(alert, by_answers=_has(between_raised, alert) and not _has(after.said.alerts, alert))
            for alert in _without(said, now_raised)
        ),
        one_private=one_private,
        passed_alerts=tuple(_without(between_raised, (*said, *now_raised))),
    )


def _alerts(assessment: Assessment) -> tuple[SaidAlert, ...]:
    return conclusion_of(assessment).alerts


def _has(alerts: Iterable[SaidAlert], alert: SaidAlert) -> bool:
    return alert.id in {each.id for each in alerts}


def _without(alerts: Iterable[SaidAlert], others: Iterable[SaidAlert]) -> Iterator[SaidAlert]:
    known = {other.id for other in others}
    return (alert for alert in alerts if alert.id not in known)
