"""Answers in files: read, written, and written blank."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import SkipReason
from iop_fit.domain.decision import decide
from iop_fit.domain.question import Audience
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.validation import AnswerProblem, missing_answer, problems_of
from iop_fit.errors import IopFitError
from iop_fit.files.nodes import MappingNode
from iop_fit.files.reading import read_text
from iop_fit.files.yaml_reader import read_nodes
from iop_fit.loading.records import Problems, Record, read_record
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_reader import AnswersReader
from iop_fit.text import join, json_text, quote

__all__ = [
    "AnswersFile",
    "Expectation",
    "ResumedDraft",
    "answer_values",
    "blank_sheet",
    "check_questionnaire",
    "dump_sheet",
    "expectation_in",
    "load_answers",
    "load_sheet",
    "loose_sheet",
    "read_loosely",
    "strict_sheet",
]


class Expectation(NamedTuple):
    """What an example says its result must be; the ids of directions and alerts."""

    direction: str | None
    highest: str | None
    withheld_by: str | None
    firm: bool
    alerts: tuple[str, ...]
    open_alerts: tuple[str, ...]
    rules: tuple[str, ...] | None = None
    """None when it does not say which rules fire."""


class AnswersFile(NamedTuple):
    """What an answers file holds."""

    sheet: AnswerSheet
    person: str
    expectation: Expectation | None


def load_answers(path: str | Path, questionnaire: Questionnaire) -> AnswerSheet:
    """Load the answers of a YAML or JSON file.

    Raises `IopFitError` with everything that is wrong in it, missing answers included.
    """
    return load_sheet(read_text(Path(path)), str(path), questionnaire).sheet


def load_sheet(text: str, name: str, questionnaire: Questionnaire) -> AnswersFile:
    """Read an answers file (JSON when the name ends in `.json`, else YAML).

    Raises `IopFitError` with everything that is wrong in it, each at its line, and with each question that is needed
    and has no answer.
    """
    problems = Problems()
    record = read_record("answers file", read_nodes(text, name), problems)
    check_questionnaire(record, "questionnaire", questionnaire, problems)
    about = Audience(record.text("for", Audience.ME))
    node = record.nodes.get("answers")
    sheet = strict_sheet(node, about, questionnaire, problems) if isinstance(node, MappingNode) else AnswerSheet()
    if problems:
        raise IopFitError.in_file(problems, name)
    return AnswersFile(sheet=sheet, person=record.text("person"), expectation=expectation_in(record))


def strict_sheet(node: MappingNode, about: Audience, questionnaire: Questionnaire, problems: Problems) -> AnswerSheet:
    """Read answers, and note all that is wrong with them; without new problems the sheet can be assessed."""
    answers = AnswersReader(questionnaire, problems)
    sheet = AnswerSheet(answers.read(node), about)
    misfits = problems_of(questionnaire, sheet)
    wrong = {misfit.question for misfit in misfits} | (answers.seen - {*sheet.answers})
    misfits = tuple(misfit for misfit in misfits if not _explained(misfit, wrong, questionnaire))
    for name_of_question, option, problem in misfits:
        places = answers.places[name_of_question]
        problems.append(problem._replace(place=places.get(option, places[""])))
    fitting = sheet.only({*sheet.answers} - {misfit.question for misfit in misfits})
    for question in decide(questionnaire, fitting).still_needed:
        if question.id not in answers.seen:
            place = answers.places.get(question.id, {}).get("", node.place)
            problems.append(missing_answer(question, about)._replace(place=place))
    return sheet


def loose_sheet(
    node: MappingNode, about: Audience, questionnaire: Questionnaire
) -> tuple[AnswerSheet, tuple[str, ...]]:
    """Read the answers that fit, and name the questions whose answers do not."""
    answers = AnswersReader(questionnaire, Problems())
    sheet = AnswerSheet(answers.read(node), about)
    fitting = sheet.only({*sheet.answers} - {misfit.question for misfit in problems_of(questionnaire, sheet)})
    return fitting, tuple(name for name in answers.places if name in answers.seen and name not in fitting.answers)


class ResumedDraft(NamedTuple):
    """What a draft still holds."""

    sheet: AnswerSheet
    dropped: int = 0
    """How many of its answers do not fit any more."""
    about: Audience | None = None
    """Whom it is about, if it says so."""
    changed: bool = False
    """Whether it was begun with another version of the questions."""


def read_loosely(text: str, name: str, questionnaire: Questionnaire) -> ResumedDraft:
    """Read answers that may be unfinished, and leave out those that do not fit.

    Raises `IopFitError` when the file can't be read, or holds answers to another questionnaire.
    """
    problems = Problems()
    record = read_record("answers file", read_nodes(text, name), problems)
    check_questionnaire(record, "questionnaire", questionnaire, problems)
    if problems:
        raise IopFitError(problems)
    node = record.nodes["answers"]
    assert isinstance(node, MappingNode)
    sheet, dropped = loose_sheet(node, Audience(record.text("for", Audience.ME)), questionnaire)
    about = sheet.about if "for" in record.values else None
    changed = record.text("digest", questionnaire.digest) != questionnaire.digest
    return ResumedDraft(sheet, len(dropped), about, changed)


def _explained(misfit: AnswerProblem, wrong: set[str], questionnaire: Questionnaire) -> bool:
    """Say whether an answer is not asked for only because another answer is wrong."""
    if misfit.problem.code != Code.NOT_ASKED:
        return False
    return any(name in wrong for way in questionnaire.questions[misfit.question].asked_if for name, _ in way)


def check_questionnaire(record: Record, key: str, questionnaire: Questionnaire, problems: Problems) -> None:
    """Note it when a key names another questionnaire."""
    named = record.text(key, questionnaire.id)
    if named != questionnaire.id:
        message = f"These are answers to {quote(named)}, and the questionnaire is {quote(questionnaire.id)}."
        problems.note(Code.OTHER_QUESTIONNAIRE, record.place_of(key), message, "Name the right one with --questions.")


def expectation_in(record: Record) -> Expectation | None:
    """Read what an answers file or an example says that its result must be, if it says so."""
    for expected in record.records("expect"):
        return Expectation(
            direction=expected.text("direction") or None,
            highest=expected.text("highest") or None,
            withheld_by=expected.text("withheld by") or None,
            firm=expected.flag("firm"),
            alerts=expected.texts("alerts"),
            open_alerts=expected.texts("open alerts"),
            rules=expected.texts("rules") if "rules" in expected.values else None,
        )
    return None


def answer_values(sheet: AnswerSheet, questionnaire: Questionnaire) -> dict[str, object]:
    """Write the answers as plain values, the one shape that answers files and results share."""
    return {
        name: questionnaire.questions[name].value_of(sheet.answers[name])
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
    return json_text(whole)


def blank_sheet(questionnaire: Questionnaire) -> str:
    """Write an answers file to fill in, with each question and its options as comments."""
    return "\n".join(_blank_lines(questionnaire)) + "\n"


def _blank_lines(questionnaire: Questionnaire) -> Iterator[str]:
    yield f"# Answers to: {questionnaire.title}"
    yield f"# {questionnaire.notice}"
    yield "# Write an option's id behind each question; several ids like [first, second], and [] for none of these."
    yield f"# To skip a question: {{skipped: {join(SkipReason, last='or')}}}."
    yield f"questionnaire: {questionnaire.id}"
    yield "for: me  # or: someone"
    yield "answers:"
    for section in questionnaire.sections:
        yield f"\n  # {section.title}"
        for question in section.questions:
            yield f"\n  # {question.ask.me}"
            if question.asked_if:
                gates = sorted({name for way in question.asked_if for name, _ in way})
                yield f"  # (Only asked after some answers to {join(gates, last='or')}; else take the line out.)"
            if question.private:
                yield "  # (Private: left out of every file, and not asked about someone else. Take the line out then.)"
            yield from (f"  #   {option.id}: {option.label}" for option in question.options)
            yield f"  {question.id}:"
