"""A result read back from JSON: its answers, and its recorded outcome for comparison."""

import json
from datetime import date
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment, EarlierReply, EarlierResult
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_DIGITS
from iop_fit.loading.answer_fields import RESULT_FORMAT
from iop_fit.storage.conclusion import Outcome
from iop_fit.text import hides_fields

__all__ = [
    "MadeWith",
    "SaidReason",
    "SavedResult",
    "data_of",
    "private_ids",
    "recomputed",
    "redact",
    "same_as_saved",
    "with_skips",
]


@hides_fields
class MadeWith(NamedTuple):
    """The versions that made a result."""

    program: str
    """The version of the program; empty if the file does not say."""
    version: str
    """The version of the questionnaire."""
    digest: str
    """The digest of the questionnaire."""


@hides_fields
class SaidReason(NamedTuple):
    """A reason that a saved result gives."""

    raises: str
    """The id of the alert or direction."""
    because: str


@hides_fields
class SavedResult(NamedTuple):
    """A saved result, read with the current questionnaire."""

    questionnaire: Questionnaire
    """The current questionnaire, including private questions."""
    sheet: AnswerSheet
    """The valid answers, with the missing ones as skipped: ready to assess."""
    assessed_on: date
    made_with: MadeWith
    said: Outcome
    hidden: frozenset[str]
    """The questions and alerts in it that are or were private; empty if the result is public."""
    earlier: tuple[EarlierReply, ...]
    """The answers that don't count today; some of their questions may not exist any more."""
    new: tuple[str, ...]
    """The questions that are now asked but have no answer in the file; they count as skipped."""
    said_because: tuple[SaidReason, ...]
    """Its reasons, in the words of its day."""
    data: dict[str, object]
    """The content of the file."""

    @property
    def dropped(self) -> tuple[str, ...]:
        """The ids of the questions whose answers don't count today."""
        return tuple(reply.id for reply in self.earlier)

    @property
    def unasked(self) -> frozenset[str]:
        """The ids of the questions that count as skipped, though nobody skipped them."""
        return frozenset((*self.dropped, *self.new))

    @property
    def changed(self) -> bool:
        """Whether the questionnaire has changed since."""
        return self.made_with.digest != self.questionnaire.digest

    @property
    def older_format(self) -> bool:
        """Whether an iop-fit wrote it that wrote less than this one, so that a difference may be no change."""
        return self.data.get("format") != RESULT_FORMAT

    @property
    def given(self) -> AnswerSheet:
        """The answers in the file that are still valid."""
        return self.sheet.only({*self.sheet.answers} - self.unasked)

    @property
    def private(self) -> bool:
        """Whether it contains anything private."""
        return bool(self.hidden)

    def public(self) -> "SavedResult":
        """Return the same result without private answers and everything that depends on them."""
        kept = self.sheet.only({*self.sheet.answers} - self.hidden)
        sheet = with_skips(self.questionnaire.public(), kept)
        missing = (name for name in sheet.answers if name not in kept.answers and name not in self.dropped)
        new = dict.fromkeys((*self.new, *missing))
        return self._replace(
            sheet=sheet,
            said=self.said._replace(alerts=tuple(each for each in self.said.alerts if each.id not in self.hidden)),
            hidden=frozenset(),
            earlier=tuple(reply for reply in self.earlier if reply.id not in self.hidden),
            said_because=tuple(each for each in self.said_because if each.raises not in self.hidden),
            new=tuple(name for name in new if name in sheet.answers),
            data=redact(self.data, self.hidden),
        )


def recomputed(saved: SavedResult) -> Assessment:
    """Assess the answers of a saved result again, as of its date, with its private answers if it has any."""
    private = not private_ids(saved.questionnaire).isdisjoint(saved.sheet.answers)
    result = assess(saved.questionnaire, saved.sheet, on=saved.assessed_on, include_private=private)
    return result._replace(unasked=saved.unasked, earlier=_earlier(saved) if saved.earlier else None)


def _earlier(saved: SavedResult) -> EarlierResult:
    return EarlierResult(
        directions=saved.said.titles,
        firm=saved.said.firm,
        alerts=tuple(alert.title for alert in saved.said.alerts),
        reasons=tuple(dict.fromkeys(each.because for each in saved.said_because)),
        replies=saved.earlier,
    )


def same_as_saved(saved: SavedResult, recomputed_json: str) -> tuple[str, ...]:
    """Return the keys whose values differ between a saved result and a recomputed one.

    What made the file is not compared, and neither are the words of its questions: `earlier` has those that differ.
    """
    now = data_of(recomputed_json)
    if saved.older_format:
        now["questionnaire"] = _only_keys_of(saved.data.get("questionnaire"), now["questionnaire"])
    apart = {"tool", "format", "asked"}
    keys = dict.fromkeys((*now, *saved.data))
    return tuple(key for key in keys if key not in apart and _canonical(saved.data, key) != _canonical(now, key))


def _only_keys_of(saved: object, now: object) -> object:
    """Return what is known now of the keys that a mapping of an older format has."""
    if not isinstance(saved, dict) or not isinstance(now, dict):
        return now
    return {name: value for name, value in now.items() if name in saved}


def private_ids(questionnaire: Questionnaire) -> set[str]:
    """Return the ids of the private questions, and those that they had in older editions."""
    private = (question for question in questionnaire.questions.values() if question.private)
    return {name for question in private for name in (question.id, *question.formerly)}


def with_skips(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    """Return the sheet with every missing answer as skipped; a skip may lead to more questions."""
    while missing := decide(questionnaire, sheet).still_needed:
        for question in missing:
            sheet = sheet.with_answer(question.id, Skipped(SkipReason.DONT_KNOW))
    order = (name for name in questionnaire.questions if name in sheet.answers)
    return AnswerSheet({name: sheet.answers[name] for name in order}, sheet.about)


def data_of(text: str) -> dict[str, object]:
    """Parse the JSON object of a result; a number of more than `MAX_DIGITS` digits becomes text."""

    def number(digits: str) -> object:
        return int(digits) if len(digits) <= MAX_DIGITS else digits

    data = json.loads(text, parse_int=number)
    assert isinstance(data, dict)
    return data


def _canonical(data: dict[str, object], key: str) -> str:
    """Return a value as text for comparison: in Python, 1 equals True."""
    return json.dumps(data[key], sort_keys=True) if key in data else ""


PRIVATE_KEYS = {"private", "answers", "asked", "alerts", "open_alerts", "fired", "contradictions", "skipped"}
"""The keys of a result that may contain private ids."""


def redact(data: dict[str, object], hidden: frozenset[str]) -> dict[str, object]:
    """Return the data without the hidden questions and alerts, so that a comparison does not reveal them."""
    return {key: _without(value, hidden) if key in PRIVATE_KEYS else value for key, value in data.items()}


def _without(value: object, hidden: frozenset[str]) -> object:
    match value:
        case dict():
            return {name: each for name, each in value.items() if name not in hidden}
        case list():
            return [each for each in value if not _refers_to(each, hidden)]
        case _:
            return value


def _refers_to(entry: object, hidden: frozenset[str]) -> bool:
    named = {entry} if isinstance(entry, str) else set()
    if isinstance(entry, dict):
        questions = entry.get("questions")
        listed = questions if isinstance(questions, list) else []
        named = {each for each in (entry.get("id"), entry.get("raises"), *listed) if isinstance(each, str)}
    return not hidden.isdisjoint(named)
