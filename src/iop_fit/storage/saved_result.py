"""A result that was saved as JSON, opened again: its answers are read, and what it said is kept to compare with."""

import json
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from iop_fit.domain.answers import AnswerSheet, Skipped, SkipReason
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.decision import Area, decide
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel, Audience, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Problem
from iop_fit.files.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.files.yaml_reader import read_nodes
from iop_fit.interview.flow import still_needed
from iop_fit.loading.fields import Key
from iop_fit.loading.records import KEYS, Problems, Record, read_record
from iop_fit.report.to_json import FORMAT
from iop_fit.storage.answer_files import check_questionnaire, loose_sheet, strict_sheet
from iop_fit.storage.conclusion import Conclusion, reworded, said_in
from iop_fit.text import quoted

__all__ = ["MadeWith", "SavedResult", "load_result", "recomputed", "same_as_saved", "without"]

LONGEST_NUMBER = 18
"""The most digits that are read as a number; Python refuses to read very long ones."""


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
    said: Conclusion
    areas: tuple[Area, ...]
    """The areas as they were said; their sections have no questions."""
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
        sheet = _filled(self.questionnaire.public(), kept)
        new = dict.fromkeys((*self.new, *(name for name in sheet.answers if name not in kept.answers)))
        return self._replace(
            sheet=sheet,
            said=self.said._replace(alerts=tuple(each for each in self.said.alerts if each.id not in self.hidden)),
            hidden=frozenset(),
            dropped=tuple(name for name in self.dropped if name not in self.hidden),
            new=tuple(name for name in new if name in sheet.answers),
            data=without(self.data, self.hidden),
        )


def load_result(text: str, name: str, questionnaire: Questionnaire) -> SavedResult:
    """Read a result that was saved as JSON.

    With the questionnaire that it was made with, its answers are read as strictly as those of an answers file. With
    another version, answers that do not fit any more are dropped, what is asked now and has no answer counts as
    skipped, and both are named. Raises `IopFitError` with everything that is wrong in the file, each at its line.
    """
    problems = Problems()
    record = read_record("result", _read_back("result", _result_node(text, name)), problems)
    answers = record.nodes.get("answers")
    made_with = next(iter(record.records("questionnaire")), None)
    if made_with:
        check_questionnaire(made_with, "id", questionnaire, problems)
    if not isinstance(answers, MappingNode) or made_with is None:
        raise IopFitError.in_file(problems, name)
    about = Audience(record.text("for", Audience.ME))
    private = {key.text for key, _ in answers.entries} & _private_ids(questionnaire)
    asked = questionnaire if private else questionnaire.public()
    dropped: tuple[str, ...] = ()
    if made_with.text("digest") == questionnaire.digest:
        sheet = strict_sheet(answers, about, asked, problems)
    elif not problems:
        sheet, dropped = loose_sheet(answers, about, asked)
    if problems:
        raise IopFitError.in_file(problems, name)
    whole, said = _filled(asked, sheet), _said(record, made_with, questionnaire)
    day = record.day("assessed_on")
    assert day
    return SavedResult(
        questionnaire=questionnaire,
        sheet=whole,
        assessed_on=day,
        made_with=_made_with(record, made_with),
        said=said,
        areas=tuple(map(_area, record.records("areas"))),
        hidden=frozenset({*private, *record.texts("private"), *_private_alerts(said, questionnaire)}),
        dropped=dropped,
        new=tuple(each for each in whole.answers if each not in sheet.answers and each not in dropped),
        data=_data(text),
    )


def recomputed(saved: SavedResult) -> Assessment:
    """Assess the answers of a saved result again, as of its day; private answers count if they are in it."""
    private = not _private_ids(saved.questionnaire).isdisjoint(saved.sheet.answers)
    return assess(saved.questionnaire, saved.sheet, on=saved.assessed_on, include_private=private)


def same_as_saved(saved: SavedResult, recomputed_json: str) -> tuple[str, ...]:
    """Name the keys of a saved result whose values differ from those of a recomputed one; `tool` does not count."""
    now = _data(recomputed_json)
    keys = dict.fromkeys((*now, *saved.data))
    return tuple(key for key in keys if key != "tool" and _plain(saved.data, key) != _plain(now, key))


def _said(record: Record, made_with: Record, questionnaire: Questionnaire) -> Conclusion:
    said = said_in(record)
    return reworded(said, questionnaire) if made_with.text("digest") == questionnaire.digest else said


def _private_alerts(said: Conclusion, questionnaire: Questionnaire) -> Iterator[str]:
    """Name the private alerts of a result; of one that is gone since, its level tells."""
    known = {alert.id for alert in questionnaire.alerts if alert.private}
    return (alert.id for alert in said.alerts if alert.id in known or alert.level is AlertLevel.HOME_SAFETY)


def _result_node(text: str, name: str) -> MappingNode:
    """Read the file, and say what it is if it is no result."""
    if text.lstrip().startswith("{"):
        from iop_fit.files.json_reader import read_json

        node = read_json(text, name)
    else:
        node = read_nodes(text, name)
    found = node.get("format") if isinstance(node, MappingNode) else None
    if isinstance(node, MappingNode) and isinstance(found, ScalarNode) and found.text == FORMAT:
        return node
    if isinstance(found, ScalarNode):
        message = f"This file says that it is {quoted(found.text)}, and only {quoted(FORMAT)} can be read here."
        raise IopFitError([Problem("other-format", message, found.place, "A newer iop-fit may be able to read it.")])
    if isinstance(node, MappingNode) and isinstance(node.get("answers"), MappingNode):
        message = "This file holds answers or a draft, and no result."
        raise IopFitError([Problem("not-a-result", message, node.place, "Use it like this: iop-fit assess --answers.")])
    hint = "A result is the .json file that `iop-fit assess --export` writes, not the .fhir.json one."
    raise IopFitError([Problem("not-a-result", "This file is not a result.", node.place, hint)])


def _read_back(noun: str, node: Node) -> Node:
    """Keep of a mapping what is read back; the rest is only compared, and null stands for what is absent."""
    if not isinstance(node, MappingNode):
        return node
    keys = {key.name: key for key in KEYS[noun]}
    return node._replace(
        entries=tuple(
            (name, _read_back_value(keys[name.text], value))
            for name, value in node.entries
            if name.text in keys and not (isinstance(value, ScalarNode) and not value.text.strip())
        )
    )


def _read_back_value(key: Key, node: Node) -> Node:
    if not key.noun:
        return node
    if isinstance(node, SequenceNode):
        return node._replace(nodes=tuple(_read_back(key.noun, each) for each in node.nodes))
    return _read_back(key.noun, node)


def _private_ids(questionnaire: Questionnaire) -> set[str]:
    return {question.id for question in questionnaire.questions.values() if question.private}


def _filled(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    """Let what is asked and has no answer count as skipped; a skip may open more questions."""
    while missing := still_needed(decide(questionnaire, sheet)):
        for question in missing:
            sheet = sheet.with_answer(question.id, Skipped(SkipReason.DONT_KNOW))
    order = (name for name in questionnaire.questions if name in sheet.answers)
    return AnswerSheet({name: sheet.answers[name] for name in order}, sheet.about)


def _made_with(record: Record, questionnaire: Record) -> MadeWith:
    program = "".join(each.text("version") for each in record.records("tool"))
    return MadeWith(program, questionnaire.text("version"), questionnaire.text("digest"))


def _area(record: Record) -> Area:
    return Area(
        section=Section(id=record.id, title=record.text("title"), questions=()),
        score=record.whole("score"),
        maximum=record.whole("maximum"),
        level=AreaLevel(record.text("level")),
        highest_level=AreaLevel(record.text("highest_level")),
        answered=record.whole("answered"),
        asked=record.whole("asked"),
    )


def _data(text: str) -> dict[str, object]:
    def number(digits: str) -> object:
        return int(digits) if len(digits) <= LONGEST_NUMBER else digits

    data = json.loads(text, parse_int=number)
    assert isinstance(data, dict)
    return data


def _plain(data: dict[str, object], key: str) -> str:
    """Write a value so that equal texts are equal values: to Python, 1 and true are the same."""
    return json.dumps(data[key], sort_keys=True) if key in data else ""


HOLD_PRIVATE = {"private", "answers", "alerts", "open_alerts", "fired", "skipped"}
"""The keys of a result under which something private may stand."""


def without(data: dict[str, object], hidden: frozenset[str]) -> dict[str, object]:
    """Take what hangs on the hidden questions and alerts out of a result, so that comparing it tells nothing either."""
    return {key: _kept(value, hidden) if key in HOLD_PRIVATE else value for key, value in data.items()}


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
