"""Answers in files: read, written, and written blank."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.answers import Answer, AnswerSheet, Chosen, Skipped, SkipReason, Written, answer_value
from iop_fit.decide import decide
from iop_fit.errors import IopFitError, Place
from iop_fit.interview import still_needed
from iop_fit.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe
from iop_fit.question import Audience, Kind, Question
from iop_fit.questionnaire import Questionnaire
from iop_fit.records import Problems, Record, read_record
from iop_fit.source import read_nodes
from iop_fit.validity import AnswerProblem, missing_answer, problems_of
from iop_fit.words import did_you_mean, listed, quoted

__all__ = [
    "AnswersFile",
    "Expectation",
    "Resumed",
    "answer_values",
    "blank_sheet",
    "dump_sheet",
    "load_sheet",
    "read_loosely",
]


class Expectation(NamedTuple):
    """What an example says its result must be; the ids of directions and alerts."""

    direction: str | None
    highest: str | None
    withheld_by: str | None
    firm: bool
    alerts: tuple[str, ...]
    open_alerts: tuple[str, ...]


class AnswersFile(NamedTuple):
    """What an answers file holds."""

    sheet: AnswerSheet
    person: str
    expectation: Expectation | None


def load_sheet(text: str, name: str, questionnaire: Questionnaire) -> AnswersFile:
    """Read an answers file (JSON when the name ends in `.json`, else YAML).

    Raises `IopFitError` with everything that is wrong in it, each at its line, and with each question that is needed
    and has no answer.
    """
    problems = Problems()
    record = read_record("answers file", read_nodes(text, name), problems)
    _check_questionnaire(record, questionnaire, problems)
    answers = _Answers(questionnaire, problems)
    node = record.nodes.get("answers")
    sheet = AnswerSheet(
        answers=answers.read(node) if isinstance(node, MappingNode) else {},
        about=Audience(record.text("for", Audience.ME)),
    )
    misfits = problems_of(questionnaire, sheet)
    wrong = {misfit.question for misfit in misfits} | (answers.seen - {*sheet.answers})
    misfits = tuple(misfit for misfit in misfits if not _explained(misfit, wrong, questionnaire))
    for name_of_question, option, problem in misfits:
        places = answers.places[name_of_question]
        problems.append(problem._replace(place=places.get(option, places[""])))
    if isinstance(node, MappingNode):
        fitting = sheet.only({*sheet.answers} - {misfit.question for misfit in misfits})
        for question in still_needed(decide(questionnaire, fitting)):
            if question.id not in answers.seen:
                place = answers.places.get(question.id, {}).get("", node.place)
                problems.append(missing_answer(question, sheet.about)._replace(place=place))
    if problems:
        raise IopFitError(sorted(problems, key=lambda problem: problem.place or Place(name)))
    return AnswersFile(sheet=sheet, person=record.text("person"), expectation=_expectation(record))


class Resumed(NamedTuple):
    """What a draft still holds."""

    sheet: AnswerSheet
    dropped: int = 0
    """How many of its answers do not fit any more."""
    about: Audience | None = None
    """Whom it is about, if it says so."""
    changed: bool = False
    """Whether it was begun with another version of the questions."""


def read_loosely(text: str, name: str, questionnaire: Questionnaire) -> Resumed:
    """Read answers that may be unfinished, and leave out those that do not fit.

    Raises `IopFitError` when the file can't be read, or holds answers to another questionnaire.
    """
    problems = Problems()
    record = read_record("answers file", read_nodes(text, name), problems)
    _check_questionnaire(record, questionnaire, problems)
    if problems:
        raise IopFitError(problems)
    node = record.nodes["answers"]
    assert isinstance(node, MappingNode)
    answers = _Answers(questionnaire, problems)
    sheet = AnswerSheet(answers=answers.read(node), about=Audience(record.text("for", Audience.ME)))
    fitting = sheet.only({*sheet.answers} - {misfit.question for misfit in problems_of(questionnaire, sheet)})
    about = fitting.about if "for" in record.values else None
    changed = record.text("digest", questionnaire.digest) != questionnaire.digest
    return Resumed(fitting, len(answers.seen) - len(fitting.answers), about, changed)


def _explained(misfit: AnswerProblem, wrong: set[str], questionnaire: Questionnaire) -> bool:
    """Say whether an answer is not asked for only because another answer is wrong."""
    if misfit.problem.code != "not-asked":
        return False
    return any(name in wrong for way in questionnaire.questions[misfit.question].gate for name, _ in way)


def _check_questionnaire(record: Record, questionnaire: Questionnaire, problems: Problems) -> None:
    named = record.text("questionnaire", questionnaire.id)
    if named != questionnaire.id:
        message = f"These are answers to {quoted(named)}, and the questionnaire is {quoted(questionnaire.id)}."
        problems.note(
            "other-questionnaire", record.place_of("questionnaire"), message, "Name the right one with --questions."
        )


class _Answers:
    """Reads the answers, and remembers where each of them stands."""

    def __init__(self, questionnaire: Questionnaire, problems: Problems) -> None:
        self.questionnaire = questionnaire
        self.problems = problems
        self.places: dict[str, dict[str, Place]] = {}
        """The places of each question's options; under "" that of the question itself."""
        self.seen: set[str] = set()
        """The questions with any answer, a wrong one too."""

    def read(self, node: MappingNode) -> dict[str, Answer]:
        answers = {}
        for key, value in node.entries:
            self.places[key.text] = {"": key.place}
            blank = isinstance(value, ScalarNode) and not value.text.strip()
            if blank and key.text in self.questionnaire.questions:
                continue  # a line of a blank sheet that was not filled in
            self.seen.add(key.text)
            answer = self._answer(key, value) if key.text in self.questionnaire.questions else Chosen(())
            if answer is not None:
                answers[key.text] = answer
        return answers

    def _answer(self, key: ScalarNode, node: Node) -> Answer | None:
        question = self.questionnaire.questions.get(key.text)
        match node:
            case MappingNode():
                return self._skipped(node, private=bool(question and question.private))
            case ScalarNode(text) if question and question.kind is Kind.NOTE:
                return Written(text)
            case ScalarNode(text, place):
                self.places[key.text][text] = place
                return Chosen((text,))
            case SequenceNode(nodes):
                return self._several(key, nodes, question)

    def _several(self, key: ScalarNode, nodes: tuple[Node, ...], question: Question | None) -> Answer | None:
        texts = []
        for node in nodes:
            if not isinstance(node, ScalarNode):
                message = f"A list of options is expected here, and this is {describe(node)}."
                self.problems.note("wrong-shape", node.place, message, "Write it like `[first-option, second-option]`.")
                return None
            self.places[key.text][node.text] = node.place
            texts.append(node.text)
        order = {option.id: place for place, option in enumerate(question.options)} if question else {}
        return Chosen(tuple(sorted(texts, key=lambda text: order.get(text, len(order)))))

    def _skipped(self, node: MappingNode, *, private: bool) -> Answer | None:
        reason = node.get("skipped")
        if len(node.entries) != 1 or not isinstance(reason, ScalarNode):
            hint = f"To skip it, write {{skipped: {SkipReason.RATHER_NOT_SAY}}}."
            self.problems.note("wrong-shape", node.place, "This mapping is not an answer.", hint)
            return None
        reasons = list(SkipReason)
        if reason.text not in reasons:
            hint = did_you_mean(reason.text, reasons) if reason.text else f"It is one of: {listed(reasons, last='or')}."
            given = "This" if private else quoted(reason.text)
            message = f"{given} is not one of the reasons for skipping."
            self.problems.note("unknown-reason", reason.place, message, hint)
            return None
        return Skipped(SkipReason(reason.text))


def _expectation(record: Record) -> Expectation | None:
    for expected in record.records("expect"):
        return Expectation(
            direction=expected.text("direction") or None,
            highest=expected.text("highest") or None,
            withheld_by=expected.text("withheld by") or None,
            firm=expected.flag("firm"),
            alerts=expected.texts("alerts"),
            open_alerts=expected.texts("open alerts"),
        )
    return None


def answer_values(sheet: AnswerSheet, questionnaire: Questionnaire) -> dict[str, object]:
    """Write the answers as plain values, the one shape that answers files and results share."""
    return {
        name: answer_value(sheet.answers[name], questionnaire.questions[name])
        for name in questionnaire.questions
        if name in sheet.answers
    }


def dump_sheet(sheet: AnswerSheet, questionnaire: Questionnaire) -> str:
    """Write a sheet as the JSON text of an answers file; `load_sheet` gives the same sheet back."""
    whole = {
        "questionnaire": questionnaire.id,
        "digest": questionnaire.digest,
        "for": sheet.about.value,
        "answers": answer_values(sheet, questionnaire),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def blank_sheet(questionnaire: Questionnaire) -> str:
    """Write an answers file to fill in, with each question and its options as comments."""
    return "\n".join(_blank_lines(questionnaire)) + "\n"


def _blank_lines(questionnaire: Questionnaire) -> Iterator[str]:
    yield f"# Answers to: {questionnaire.title}"
    yield f"# {questionnaire.notice}"
    yield "# Write an option's id behind each question; several ids like [first, second], and [] for none of these."
    yield f"# To skip a question: {{skipped: {listed(SkipReason, last='or')}}}."
    yield f"questionnaire: {questionnaire.id}"
    yield "for: me  # or: someone"
    yield "answers:"
    for section in questionnaire.sections:
        yield f"\n  # {section.title}"
        for question in section.questions:
            yield f"\n  # {question.ask.me}"
            if question.gate:
                gates = sorted({name for way in question.gate for name, _ in way})
                yield f"  # (Only asked after some answers to {listed(gates, last='or')}; else take the line out.)"
            if question.private:
                yield "  # (Private: left out of every file, and not asked about someone else. Take the line out then.)"
            yield from (f"  #   {option.id}: {option.label}" for option in question.options)
            yield f"  {question.id}:"
