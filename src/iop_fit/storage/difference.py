"""What changed between two saved results, both scored with the current questionnaire."""

from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.domain.answers import Answer, Written
from iop_fit.domain.assessment import Assessment, RaisedAlert
from iop_fit.domain.question import Question
from iop_fit.storage.conclusion import AlertSummary, outcome_of
from iop_fit.storage.saved_result import SavedResult, recomputed
from iop_fit.text import hides_fields

__all__ = ["ChangedAnswer", "Difference", "EarlierPair", "InWords", "Scored", "difference_of"]


@hides_fields
class ChangedAnswer(NamedTuple):
    """A question that the two results answer differently; a skip is an answer."""

    question: Question
    before: Answer
    now: Answer


@hides_fields
class Scored(NamedTuple):
    """A saved result, and its answers scored with the current questionnaire."""

    saved: SavedResult
    result: Assessment

    @property
    def said_only(self) -> tuple[AlertSummary, ...]:
        """The alerts in the file that its answers no longer raise."""
        raised = {each.alert.id for each in self.result.alerts}
        return tuple(alert for alert in self.saved.said.alerts if alert.id not in raised)

    @property
    def said_otherwise(self) -> bool:
        """Whether the file has another direction or range than its answers give now."""
        return not self.saved.said.same_direction(outcome_of(self.result))

    def alerts_beyond(self, other: "Scored") -> tuple[RaisedAlert, ...]:
        """Return the alerts that only this result raises."""
        known = {each.alert.id for each in other.result.alerts}
        return tuple(each for each in self.result.alerts if each.alert.id not in known)


@hides_fields
class InWords(NamedTuple):
    """A question and its answer in the words that one result was answered with; empty if the file doesn't keep them."""

    ask: str
    words: str
    note: bool = False
    """Whether the answer is free text."""


@hides_fields
class EarlierPair(NamedTuple):
    """A question with an answer that doesn't count today in one or both of two results; None for no answer."""

    before: InWords | None
    now: InWords | None


@hides_fields
class Difference(NamedTuple):
    """Two saved results, and how their answers differ."""

    before: Scored
    after: Scored
    changed: tuple[ChangedAnswer, ...]
    only_before: tuple[Question, ...]
    """The questions that only the old result answers."""
    only_now: tuple[Question, ...]
    """The questions that only the new result answers."""
    earlier: tuple[EarlierPair, ...]
    """The questions that one or both results answered in other words than today's, or that are gone."""
    one_private: bool
    """Whether only one of the files contains private answers; they are then left out."""

    @property
    def any_uncounted(self) -> bool:
        """Whether either file has an answer that doesn't count today."""
        return bool(self.earlier)


def difference_of(before: SavedResult, after: SavedResult) -> Difference:
    """Compare two results that were read with the same questionnaire.

    Private answers are left out unless both results contain them.
    """
    one_private = before.private != after.private
    if not (before.private and after.private):
        before, after = before.public(), after.public()
    questions = after.questionnaire.worded_for(after.sheet.about).questions
    then, now = before.given.answers, after.given.answers
    in_both = (question for name, question in questions.items() if name in then and name in now)
    changes = (ChangedAnswer(each, then[each.id], now[each.id]) for each in in_both)
    return Difference(
        before=Scored(before, recomputed(before)),
        after=Scored(after, recomputed(after)),
        changed=tuple(change for change in changes if change.before != change.now),
        only_before=tuple(questions[name] for name in then if name not in {*now, *after.dropped}),
        only_now=tuple(questions[name] for name in now if name not in {*then, *before.dropped}),
        earlier=tuple(_earlier_pairs(before, after)),
        one_private=one_private,
    )


def _earlier_pairs(before: SavedResult, after: SavedResult) -> Iterator[EarlierPair]:
    then, now = _in_words(before), _in_words(after)
    for name in dict.fromkeys((*before.dropped, *after.dropped)):
        yield EarlierPair(then.get(name), now.get(name))


def _in_words(saved: SavedResult) -> dict[str, InWords]:
    """Return every answer of a result in words, by the id of its question; those that count are in today's words."""
    questions = saved.questionnaire.worded_for(saved.sheet.about).questions
    given = saved.given.answers
    counted = {
        name: InWords(questions[name].ask, questions[name].words_for(answer), isinstance(answer, Written))
        for name, answer in given.items()
    }
    return {**counted, **{reply.id: InWords(reply.ask, reply.words, reply.note) for reply in saved.earlier}}
