"""Read a saved result from JSON, or report every problem in it."""

from collections.abc import Iterator

from iop_fit.domain.assessment import EarlierReply
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError, Problem
from iop_fit.files.parsing.file_kinds import FileKind, check_kind
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.files.parsing.yaml_reader import is_json, read_nodes
from iop_fit.loading.answer_fields import READ_FORMATS
from iop_fit.loading.fields import Field
from iop_fit.loading.records import FIELDS, Problems, Record, read_record
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import check_questionnaire
from iop_fit.storage.asked_words import kept_words
from iop_fit.storage.conclusion import Outcome, outcome_from_record, retitled
from iop_fit.storage.saved_result import MadeWith, SaidReason, SavedResult, data_of, private_ids, with_skips
from iop_fit.storage.sheet_reader import loose_sheet, strict_sheet
from iop_fit.text import join, quote

__all__ = ["load_result"]


def load_result(text: str, name: str, questionnaire: Questionnaire, *, node: Node | None = None) -> SavedResult:
    """Read a result from its JSON text; `node` is what it was parsed to, if it was not read from a file.

    If the questionnaire is unchanged, the answers are read as strictly as those of an answers file. Otherwise, invalid
    answers, and those to questions that say something else now, are kept apart, and missing ones count as skipped; the
    result lists both. Raises `IopFitError` with all problems and their lines.
    """
    problems = Problems()
    record = read_record(
        "result", _read_back("result", _result_node(node or read_nodes(text, name), text, name)), problems
    )
    answers = record.nodes.get("answers")
    made_with = next(iter(record.records("questionnaire")), None)
    if made_with:
        check_questionnaire(made_with, "id", questionnaire, problems)
    if not isinstance(answers, MappingNode) or made_with is None:
        raise IopFitError.in_file(problems, name)
    about = Audience(record.text("for", Audience.ME))
    private = {key.text for key, _ in answers.entries} & private_ids(questionnaire)
    asked = questionnaire if private else questionnaire.public()
    same = made_with.text("digest") == questionnaire.digest
    words = kept_words(record, same_questions=same, problems=problems)
    earlier: tuple[EarlierReply, ...] = ()
    if same:
        sheet = strict_sheet(answers, about, asked, problems, words)
    elif not problems:
        sheet, earlier = loose_sheet(answers, about, asked, words)
    if problems:
        raise IopFitError.in_file(problems, name)
    whole, said = with_skips(asked, sheet), _said(record, made_with, questionnaire.worded_for(about))
    day = record.day("assessed_on")
    assert day
    return SavedResult(
        questionnaire=questionnaire,
        sheet=whole,
        assessed_on=day,
        made_with=_made_with(record, made_with),
        said=said,
        hidden=frozenset({*private, *record.texts("private"), *_private_alerts(said, questionnaire)}),
        earlier=earlier,
        new=tuple(each for each in whole.answers if each not in {*sheet.answers, *(reply.id for reply in earlier)}),
        said_because=tuple(_reasons(record)),
        data=data_of(text),
    )


def _said(record: Record, made_with: Record, questionnaire: Questionnaire) -> Outcome:
    said = outcome_from_record(record)
    return retitled(said, questionnaire) if made_with.text("digest") == questionnaire.digest else said


def _reasons(record: Record) -> Iterator[SaidReason]:
    """Yield the reasons that a page of the result gave, or all if the file doesn't say which."""
    for fired in record.records("fired"):
        if fired.flag("shown", default=True) and fired.text("because"):
            yield SaidReason(fired.text("raises"), fired.text("because"))


def _private_alerts(said: Outcome, questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of private alerts; an alert that no longer exists is recognized by its level."""
    known = {alert.id for alert in questionnaire.alerts if alert.private}
    return (alert.id for alert in said.alerts if alert.id in known or alert.level is AlertLevel.HOME_SAFETY)


def _result_node(node: Node, text: str, name: str) -> MappingNode:
    """Return the node of a result; raises `IopFitError` with what it is if it is not a result in JSON."""
    check_kind(node, name, FileKind.RESULT)
    found = node.get("format") if isinstance(node, MappingNode) else None
    if isinstance(node, MappingNode) and isinstance(found, ScalarNode) and found.text in READ_FORMATS:
        if is_json(text, name):
            return node
        message = "This result is no longer written as JSON."
        raise IopFitError([Problem(Code.NOT_A_RESULT, message, node.place, "Name the file that iop-fit wrote.")])
    if isinstance(found, ScalarNode):
        known = join(map(quote, READ_FORMATS))
        message = f"The format of this file is {quote(found.text)}, but this version reads only {known}."
        raise IopFitError([Problem(Code.OTHER_FORMAT, message, found.place, "A newer iop-fit may be able to read it.")])
    hint = "A result is the .json file that `iop-fit assess --export` writes, not the .fhir.json one."
    raise IopFitError([Problem(Code.NOT_A_RESULT, "This file is not a result.", node.place, hint)])


def _read_back(noun: str, node: Node) -> Node:
    """Return a mapping with only the fields that are read back and not null; the rest is only compared."""
    if not isinstance(node, MappingNode):
        return node
    keys = {key.name: key for key in FIELDS[noun]}
    return node._replace(
        entries=tuple(
            (name, _read_back_value(keys[name.text], value))
            for name, value in node.entries
            if name.text in keys and not (isinstance(value, ScalarNode) and not value.text.strip())
        )
    )


def _read_back_value(key: Field, node: Node) -> Node:
    if not key.noun:
        return node
    if isinstance(node, SequenceNode):
        return node._replace(nodes=tuple(_read_back(key.noun, each) for each in node.nodes))
    return _read_back(key.noun, node)


def _made_with(record: Record, questionnaire: Record) -> MadeWith:
    program = "".join(each.text("version") for each in record.records("tool"))
    return MadeWith(program, questionnaire.text("version"), questionnaire.text("digest"))
