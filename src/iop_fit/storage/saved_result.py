"""A result that was saved as JSON, opened again: its answers are read, and what it said is kept to compare with."""

import json
from datetime import date
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_DIGITS
from iop_fit.storage.conclusion import Outcome

__all__ = ["MadeWith", "SavedResult", "data_of", "private_ids", "recomputed", "redact", "same_as_saved", "with_skips"]


class MadeWith(NamedTuple):
    """What a result was made with."""

    program: str
    """The version of the program; empty when the file does not say it."""
    version: str
    """The version of the questionnaire."""
    digest: str
    """The digest of the questionnaire."""


class SavedResult(NamedTuple):
    """A saved result, read by the questionnaire of now."""

    questionnaire: Questionnaire
    """The one of now, whole."""
    sheet: AnswerSheet
    """The answers as they fit the questionnaire of now: complete, and ready to be assessed."""
    assessed_on: date
    made_with: MadeWith
    said: Outcome
    hidden: frozenset[str]
    """The private questions and alerts in it, those of then and those of now; none, if it may be seen by anybody."""
    dropped: tuple[str, ...]
    """The questions whose answers do not fit any more; some may be unknown now."""
    new: tuple[str, ...]
    """The questions that are asked now and had no answer, so that they count as skipped."""
    data: dict[str, object]
    """The whole file."""

    @property
    def changed(self) -> bool:
        """Whether the questions have changed since."""
        return self.made_with.digest != self.questionnaire.digest

    @property
    def given(self) -> AnswerSheet:
        """The answers that the person gave and that still fit, without what counts as skipped only now."""
        return self.sheet.only({*self.sheet.answers} - {*self.dropped, *self.new})

    @property
    def private(self) -> bool:
        """Whether anything private is in it."""
        return bool(self.hidden)

    def public(self) -> "SavedResult":
        """Return the same result without its private answers and all that hangs on them."""
        kept = self.sheet.only({*self.sheet.answers} - self.hidden)
        sheet = with_skips(self.questionnaire.public(), kept)
        new = dict.fromkeys((*self.new, *(name for name in sheet.answers if name not in kept.answers)))
        return self._replace(
            sheet=sheet,
            said=self.said._replace(alerts=tuple(each for each in self.said.alerts if each.id not in self.hidden)),
            hidden=frozenset(),
            dropped=tuple(name for name in self.dropped if name not in self.hidden),
            new=tuple(name for name in new if name in sheet.answers),
            data=redact(self.data, self.hidden),
        )


def recomputed(saved: SavedResult) -> Assessment:
    """Assess the answers of a saved result again, as of its day; private answers count if they are in it."""
    private = not private_ids(saved.questionnaire).isdisjoint(saved.sheet.answers)
    return assess(saved.questionnaire, saved.sheet, on=saved.assessed_on, include_private=private)


def same_as_saved(saved: SavedResult, recomputed_json: str) -> tuple[str, ...]:
    """Name the keys of a saved result whose values differ from those of a recomputed one; `tool` does not count."""
    now = data_of(recomputed_json)
    keys = dict.fromkeys((*now, *saved.data))
    return tuple(key for key in keys if key != "tool" and _plain(saved.data, key) != _plain(now, key))


def private_ids(questionnaire: Questionnaire) -> set[str]:
    """Return the ids of the private questions."""
    return {question.id for question in questionnaire.questions.values() if question.private}


def with_skips(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    """Let what is asked and has no answer count as skipped; a skip may open more questions."""
    while missing := decide(questionnaire, sheet).still_needed:
        for question in missing:
            sheet = sheet.with_answer(question.id, Skipped(SkipReason.DONT_KNOW))
    order = (name for name in questionnaire.questions if name in sheet.answers)
    return AnswerSheet({name: sheet.answers[name] for name in order}, sheet.about)


def data_of(text: str) -> dict[str, object]:
    """Read the JSON object of a result; a number of more than `MAX_DIGITS` digits stays a text."""

    def number(digits: str) -> object:
        return int(digits) if len(digits) <= MAX_DIGITS else digits

    data = json.loads(text, parse_int=number)
    assert isinstance(data, dict)
    return data


def _plain(data: dict[str, object], key: str) -> str:
    """Write a value so that equal texts are equal values: to Python, 1 and true are the same."""
    return json.dumps(data[key], sort_keys=True) if key in data else ""


PRIVATE_KEYS = {"private", "answers", "alerts", "open_alerts", "fired", "skipped"}
"""The keys of a result under which something private may stand."""


def redact(data: dict[str, object], hidden: frozenset[str]) -> dict[str, object]:
    """Take what hangs on the hidden questions and alerts out of a result, so that comparing it tells nothing either."""
    return {key: _kept(value, hidden) if key in PRIVATE_KEYS else value for key, value in data.items()}


def _kept(value: object, hidden: frozenset[str]) -> object:
    match value:
        case dict():
            return {name: each for name, each in value.items() if name not in hidden}
        case list():
            return [each for each in value if not _names(each, hidden)]
        case _:
            return value


def _names(entry: object, hidden: frozenset[str]) -> bool:
    named = {entry} if isinstance(entry, str) else set()
    if isinstance(entry, dict):
        named = {each for each in (entry.get("id"), entry.get("raises")) if isinstance(each, str)}
    return not hidden.isdisjoint(named)
