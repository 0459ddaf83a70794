"""Kinds of files: what a file is, so that one given to the wrong option is named before anything else is said."""

from enum import Enum
from pathlib import Path
from shlex import quote as shell_quote

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.foreign import DOCASSEMBLE_HINT
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.files.parsing.yaml_reader import STANDARD_INPUT
from iop_fit.problem_codes import Code

__all__ = ["PART_KEYS", "FileKind", "check_kind", "kind_of"]


ASSESS_HINT = "Use `iop-fit assess --answers {file}`."


class FileKind(Enum):
    """A kind of file: what it is, and what to do with it; `{file}` is its name, `{folder}` the folder it is in."""

    ANSWERS = "an answers file or a draft", ASSESS_HINT
    RESULT = "a result", "Use `iop-fit show {file}`."
    OUTPUT = "output of iop-fit for other programs", "Name the file that it was made from."
    QUESTIONNAIRE = "a whole questionnaire", "Use `iop-fit assess --questions {file}` or `iop-fit check {file}`."
    PART = "one part of a questionnaire", "Name its folder instead: `iop-fit check {folder}`."
    FHIR_RESPONSE = "a FHIR QuestionnaireResponse", ASSESS_HINT
    FHIR_QUESTIONNAIRE = "a FHIR Questionnaire", "It is a form. Name a QuestionnaireResponse to it, or a YAML file."
    FHIR_BUNDLE = "a FHIR Bundle", "Name the .json file of the result instead, not the .fhir.json one."
    FHIR = "a FHIR file", "iop-fit doesn't read this kind of FHIR resource. Name a file that it wrote."
    DOCASSEMBLE = "a docassemble interview", DOCASSEMBLE_HINT
    MAPPING = "a mapping of columns", "Use `iop-fit score SHEETS --mapping {file}`."
    SCHEMA = "a JSON Schema", "It describes files for an editor. Name the file that it describes."


PART_KEYS = {
    *("sections", "alerts", "signs", "directions", "rules", "programs", "points", "options", "contradictions"),
    *("contacts", "sources", "examples", "option lists", "lead-ins"),
}
"""The keys of parts of a questionnaire; a test compares them with the table of fields."""
HEAD_KEYS = {"questionnaire", "version", "language", "audience", "notice", "minutes"}
DOCASSEMBLE_KEYS = {"mandatory", "subquestion", "objects", "yesno", "noyes", "fields", "buttons", "code"}
MAPPING_KEYS = {"columns", "flags"}
FHIR_KINDS = {
    "Bundle": FileKind.FHIR_BUNDLE,
    "QuestionnaireResponse": FileKind.FHIR_RESPONSE,
    "Questionnaire": FileKind.FHIR_QUESTIONNAIRE,
}


def check_kind(node: Node, name: str, wanted: FileKind, *others: FileKind) -> None:
    """Raise `IopFitError` with one problem if a file is recognized, but is of no wanted kind."""
    kind = kind_of(node)
    if kind is None or kind in {wanted, *others}:
        return
    what, hint = kind.value
    file, folder = ("-", ".") if name == STANDARD_INPUT else (name, str(Path(name).parent))
    raise IopFitError(
        [
            Problem(
                code=Code.OTHER_KIND_OF_FILE,
                place=Place(name),
                message=f"This is {what}, not {wanted.value[0]}.",
                hint=hint.format(file=shell_quote(file), folder=shell_quote(folder)),
            )
        ]
    )


def kind_of(node: Node) -> FileKind | None:
    """Return the kind of a file by its keys, or None if it is not one that is known."""
    if not isinstance(node, MappingNode):
        return None
    keys = {key.text for key, _ in node.entries}
    resource, written = node.get("resourceType"), node.get("format")
    if isinstance(resource, ScalarNode):
        return FHIR_KINDS.get(resource.text, FileKind.FHIR)
    if isinstance(written, ScalarNode) and written.text.startswith("iop-fit "):
        return FileKind.RESULT if written.text.startswith("iop-fit result ") else FileKind.OUTPUT
    if "answers" in keys:
        return FileKind.ANSWERS
    if "question" in keys and keys & DOCASSEMBLE_KEYS:
        return FileKind.DOCASSEMBLE
    if keys & MAPPING_KEYS:
        return FileKind.MAPPING
    if "$schema" in keys or keys >= {"type", "properties"}:
        return FileKind.SCHEMA
    return _kind_of_questionnaire(node, keys)


def _kind_of_questionnaire(node: MappingNode, keys: set[str]) -> FileKind | None:
    head, parts = keys & HEAD_KEYS, keys & PART_KEYS
    if head and (parts or len(head) > 1):
        return FileKind.QUESTIONNAIRE
    if head or not keys:
        return None
    if keys == {"questions"} and isinstance(node.get("questions"), SequenceNode):
        return FileKind.OUTPUT
    return FileKind.PART if parts or keys >= {"section", "questions"} else None
