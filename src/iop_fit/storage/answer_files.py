"""Read and write answers files, and write blank ones."""

import shlex
from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import SkipReason
from iop_fit.domain.assessment import EarlierReply
from iop_fit.domain.question import with_lead_ins
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError
from iop_fit.files.parsing.file_kinds import FileKind, check_kind, kind_of
from iop_fit.files.parsing.nodes import MappingNode, Node
from iop_fit.files.parsing.signs import name_signs
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.loading.records import Problems, Record, read_record
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_reader import RIGHT_QUESTIONNAIRE
from iop_fit.storage.asked_words import KeptWords, asked_values, kept_words
from iop_fit.storage.sheet_reader import checked_sheet, loose_sheet, strict_sheet
from iop_fit.text import escape_controls, hides_fields, join, json_text, quote

__all__ = [
    "AnswersFile",
    "Expectation",
    "ResumedDraft",
    "answer_values",
    "blank_sheet",
    "check_questionnaire",
    "dump_sheet",
    "expectation_in",
    "load_sheet",
    "read_loosely",
]


@hides_fields
class Expectation(NamedTuple):
    """What an example expects of its result, as ids of directions, alerts and rules."""

    direction: str | None
    highest: str | None
    withheld_by: str | None
    firm: bool
    alerts: tuple[str, ...]
    open_alerts: tuple[str, ...]
    rules: tuple[str, ...] | None = None
    """None if the example does not list them."""


@hides_fields
class AnswersFile(NamedTuple):
    """The contents of an answers file."""

    sheet: AnswerSheet
    person: str
    expectation: Expectation | None
    asked: Questionnaire
    """The questionnaire that was answered: without private questions, if a FHIR form left them out."""


def load_sheet(content: str | Node, name: str, questionnaire: Questionnaire) -> AnswersFile:
    """Read an answers file or a FHIR response to the questionnaire, from its text or from its nodes.

    Raises `IopFitError` with all problems and their lines, including each required question without an answer.
    """
    node = read_nodes(content, name) if isinstance(content, str) else content
    if kind_of(node) in FHIR_ANSWERS:
        return _load_response(node, name, questionnaire)
    check_kind(node, name, FileKind.ANSWERS)
    problems = Problems()
    record = read_record("answers file", node, problems)
    check_questionnaire(record, "questionnaire", questionnaire, problems)
    about = Audience(record.text("for", Audience.ME))
    answers = record.nodes.get("answers")
    words = _words_of(record, questionnaire, problems)
    wordless = not words.by_id and not words.same_questions
    if wordless:
        problems.note(Code.OTHER_WORDS, record.place_of("digest"), WORDLESS, ANSWER_AGAIN)
    sheet = AnswerSheet()
    if isinstance(answers, MappingNode) and not wordless:
        sheet = strict_sheet(answers, about, questionnaire, problems, words)
    if problems:
        raise IopFitError.in_file(name_signs(problems, {name: content} if isinstance(content, str) else {}), name)
    return AnswersFile(sheet, record.text("person"), expectation_in(record), questionnaire)


FHIR_ANSWERS = {FileKind.FHIR_RESPONSE, FileKind.FHIR_BUNDLE}
"""The kinds of files that are, or should hold, a response to a form."""


def _load_response(root: Node, name: str, questionnaire: Questionnaire) -> AnswersFile:
    from iop_fit.storage.fhir.response import for_clients, read_response

    problems = Problems()
    form = read_response(root, questionnaire, problems)
    sheet = checked_sheet(form.given, form.about, form.asked, problems) if form else AnswerSheet()
    if problems or form is None:
        raise IopFitError.in_file(for_clients(problems), name)
    return AnswersFile(sheet, "", None, form.asked)


WORDLESS = "The questions have changed since these answers were given, and the file doesn't keep their words."
ANSWER_AGAIN = "Answer the questions again, or name those of that day with --questions."


def _words_of(record: Record, questionnaire: Questionnaire, problems: Problems) -> KeptWords:
    """Return the words that an answers file keeps; one without a digest was written by hand, for today's questions."""
    same = record.text("digest", questionnaire.digest) == questionnaire.digest
    return kept_words(record, same_questions=same, problems=problems)


@hides_fields
class ResumedDraft(NamedTuple):
    """The part of a draft that is still valid."""

    sheet: AnswerSheet
    earlier: tuple[EarlierReply, ...] = ()
    """The answers that are no longer valid, or whose questions say something else now."""
    about: Audience | None = None
    """Whom the answers are about; None if the file does not say."""
    changed: bool = False
    """Whether it was started with another version of the questionnaire."""

    @property
    def answered(self) -> frozenset[str]:
        """The ids of all questions that have an answer in it, whether it counts today or not."""
        return frozenset((*self.sheet.answers, *(reply.id for reply in self.earlier)))


def read_loosely(text: str, name: str, questionnaire: Questionnaire) -> ResumedDraft:
    """Read answers that may be incomplete, and keep apart those that don't count today.

    Raises `IopFitError` if the file is unreadable or is for another questionnaire.
    """
    problems = Problems()
    node = read_nodes(text, name)
    check_kind(node, name, FileKind.ANSWERS)
    record = read_record("answers file", node, problems)
    check_questionnaire(record, "questionnaire", questionnaire, problems)
    if problems:
        raise IopFitError(name_signs(problems, {name: text}))
    answers = record.nodes["answers"]
    assert isinstance(answers, MappingNode)
    words = _words_of(record, questionnaire, problems)
    if problems:
        raise IopFitError(problems)
    sheet, earlier = loose_sheet(answers, Audience(record.text("for", Audience.ME)), questionnaire, words)
    about = sheet.about if "for" in record.values else None
    changed = record.text("digest", questionnaire.digest) != questionnaire.digest
    return ResumedDraft(sheet, earlier, about, changed)


def check_questionnaire(record: Record, key: str, questionnaire: Questionnaire, problems: Problems) -> None:
    """Report a key that names another questionnaire."""
    named = record.text(key, questionnaire.id)
    if named != questionnaire.id:
        message = f"These answers are for the questionnaire {quote(named)}, not {quote(questionnaire.id)}."
        problems.note(Code.OTHER_QUESTIONNAIRE, record.place_of(key), message, RIGHT_QUESTIONNAIRE)


def expectation_in(record: Record) -> Expectation | None:
    """Return the expected result of an answers file or an example, if it has one."""
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
    """Return the answers as plain values, as both answers files and results write them."""
    return {
        name: questionnaire.questions[name].value_of(sheet.answers[name])
        for name in questionnaire.questions
        if name in sheet.answers
    }


def dump_sheet(sheet: AnswerSheet, questionnaire: Questionnaire) -> str:
    """Return a sheet as the JSON text of an answers file; `load_sheet` reads the same sheet back."""
    worded = questionnaire.worded_for(sheet.about).questions
    whole = {
        "questionnaire": questionnaire.id,
        "digest": questionnaire.digest,
        "for": sheet.about.value,
        "answers": answer_values(sheet, questionnaire),
        "asked": asked_values((worded[name], sheet.answers[name]) for name in worded if name in sheet.answers),
    }
    return json_text(whole)


def blank_sheet(questionnaire: Questionnaire, path: str = "") -> str:
    """Return a blank answers file, with each question and its options as comments.

    Its first line names the schema beside it, for editors; `path` is where the questionnaire is, if not bundled.
    """
    return "\n".join(_blank_lines(questionnaire, path)) + "\n"


def _blank_lines(questionnaire: Questionnaire, path: str) -> Iterator[str]:
    of = f" --questions {escape_controls(shlex.quote(path))}" if path else ""
    yield "# yaml-language-server: $schema=answers.schema.json"
    yield "# With the line above, an editor explains each question and offers its options. To create its file:"
    yield f"#   iop-fit schema --answers{of} > answers.schema.json"
    yield f"# Answers to: {questionnaire.title}"
    yield f"# {questionnaire.notice}"
    yield "# Write the id of an option after each question: several as [first, second], none of them as []."
    yield f"# To skip a question, write {{skipped: REASON}}. Reasons: {join(SkipReason, last='or')}."
    yield f"questionnaire: {questionnaire.id}"
    yield "for: me  # or: someone"
    yield "answers:"
    for section in questionnaire.sections:
        yield f"\n  # {section.title}"
        for lead_in, question in with_lead_ins(section.questions):
            yield from (f"\n  # {lead_in.text}",) if lead_in else ()
            yield f"\n  # {question.ask}"
            if question.asked_if:
                gates = sorted({name for options in question.asked_if for name, _ in options})
                yield f"  # (Asked only after some answers to {join(gates, last='or')}. Otherwise, delete this line.)"
            if question.private:
                yield "  # (Private: left out of files. Not asked about someone else; then delete this line.)"
            yield from (f"  #   {option.id}: {option.label}" for option in question.offered)
            if question.number_range:
                yield f"  #   {question.how_to_write}"
            yield f"  {question.id}:"
