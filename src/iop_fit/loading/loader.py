"""Load a `Questionnaire` from its files, or report every problem in them."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from iop_fit.domain.questionnaire import Provenance, Questionnaire
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.parsing.file_kinds import FileKind, check_kind
from iop_fit.files.parsing.nodes import MappingNode, ScalarNode
from iop_fit.files.parsing.signs import name_signs
from iop_fit.files.reading import is_dir
from iop_fit.loading.care_option_reader import read_care_options
from iop_fit.loading.compiled import read_compiled
from iop_fit.loading.contradiction_reader import read_contradictions
from iop_fit.loading.former_ids import check_former_ids
from iop_fit.loading.guidance_reader import GuidanceReader
from iop_fit.loading.question_reader import QuestionReader
from iop_fit.loading.questionnaire_files import QuestionnaireSource, bundled, read_source
from iop_fit.loading.records import Problems, Record, read_record
from iop_fit.problem_codes import Code
from iop_fit.text import format_date, quote

__all__ = ["Reading", "SourceMap", "load", "load_questionnaire", "read_questionnaire"]

EXPLAINED_BY_UNREAD = {Code.UNKNOWN_REFERENCE, Code.GATE_NOT_EARLIER, Code.TOO_FEW_DIRECTIONS}
"""Problems that an unreadable file may cause; reported only if every file could be read."""

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Reading(NamedTuple):
    """What was read of a questionnaire, valid or not."""

    questionnaire: Questionnaire | None
    """None if there are problems."""
    problems: tuple[Problem, ...]
    """All problems, in the order of the files and their lines."""
    records: tuple[Record, ...]
    """The parts and sections, with the records in them."""
    all_read: bool
    """Whether every file could be read."""


def load(path: str | Path | None = None) -> Questionnaire:
    """Load a questionnaire from a folder or one file; without a path, the bundled one.

    Raises `IopFitError` with all problems if it is invalid.

    >>> questionnaire = iop_fit.load()
    >>> questionnaire.id, len(questionnaire.directions)
    ('program-fit', 4)
    """
    if path is not None:
        return load_questionnaire(Path(path))
    return read_compiled(bundled()) or load_questionnaire(bundled())


def load_questionnaire(path: Path) -> Questionnaire:
    """Load a questionnaire from a folder or one file; raises `IopFitError` with all problems if it is invalid."""
    reading = read_questionnaire(path)
    if reading.questionnaire is None:
        raise IopFitError(reading.problems)
    return reading.questionnaire


def read_questionnaire(path: Path) -> Reading:
    """Read a questionnaire from a folder or one file, valid or not."""
    try:
        source = read_source(path)
        check_kind(source.head, source.names[0], FileKind.QUESTIONNAIRE, *((FileKind.PART,) if is_dir(path) else ()))
    except IopFitError as error:  # not even the head is readable, or it is a file of another kind
        return Reading(None, error.problems, (), all_read=False)
    problems = Problems(source.problems)
    try:
        return _read(source, problems)
    except IopFitError as error:  # too many problems to continue
        return Reading(None, error.problems, (), source.all_read)


def _read(source: QuestionnaireSource, problems: Problems) -> Reading:
    head, parts, sections = _records(source, problems)
    questions = QuestionReader(parts, sections, problems)
    guidance = GuidanceReader(parts, sections, questions, problems)
    questionnaire = Questionnaire(
        id=head.id,
        title=head.text("title"),
        version=str(head.text("version")),
        language=_language(head, problems),
        audience=head.text("audience"),
        notice=head.text("notice"),
        minutes=head.whole("minutes"),
        digest=source.digest,
        sections=questions.sections,
        alerts=guidance.alerts,
        directions=guidance.directions,
        rules=guidance.rules,
        programs=guidance.programs,
        points=guidance.points,
        contradictions=read_contradictions(parts, guidance.conditions, problems),
        contacts=guidance.contacts,
        sources=guidance.sources,
        provenance=_provenance(head, problems),
        care_options=read_care_options(parts, guidance, problems),
        condition=head.text("condition"),
        not_asked=head.text("not asked"),
        removed=head.texts("removed"),
    )
    check_former_ids(head, sections, problems)
    found = tuple(_in_order(problems, source))
    return Reading(None if found else questionnaire, found, (*parts, *sections), source.all_read)


def _records(source: QuestionnaireSource, problems: Problems) -> tuple[Record, list[Record], tuple[Record, ...]]:
    """Return the head, all parts including the head, and the sections in the order of the interview."""
    head = read_record("head", source.head, problems)
    parts, sections = [head], [*head.records("sections")]
    for node in source.parts:
        if isinstance(node, MappingNode) and node.get("section") is not None:
            sections.append(read_record("section", node, problems))
        else:
            part = read_record("part", node, problems)
            parts.append(part)
            sections.extend(part.records("sections"))
    return head, parts, tuple(sections)


def _language(head: Record, problems: Problems) -> str:
    language = head.text("language")
    if language and not LANGUAGE.fullmatch(language):
        message = f'"language" must be a language tag, such as `en` or `es-US`, not {quote(language)}.'
        problems.note(
            Code.WRONG_SHAPE, head.place_of("language"), message, "Write the tag of the language that the texts are in."
        )
    return str(language)


def _provenance(head: Record, problems: Problems) -> Provenance:
    """Return what the head says of its provenance; a review before the publication is a problem."""
    return Provenance(
        published=head.day("published"),
        review_by=_review_by(head, problems),
        updates=head.text("updates"),
        funding=head.text("funding"),
        authors=head.text("authors"),
        interests=head.text("interests"),
        evidence=head.text("evidence"),
        reading_level=head.text("reading level"),
    )


def _review_by(head: Record, problems: Problems) -> date | None:
    published, review_by = head.day("published"), head.day("review by")
    if published and review_by and review_by < published:
        message = f'"review by" is {format_date(review_by)}, before "published", {format_date(published)}.'
        hint = "Write the date of the next review, or correct `published`."
        problems.note(Code.REVIEW_BEFORE_PUBLISHED, head.place_of("review by"), message, hint)
    return review_by


def _in_order(problems: Problems, source: QuestionnaireSource) -> list[Problem]:
    """Sort problems by file and line, without those that an unreadable file may cause."""
    order = {name: number for number, name in enumerate(("", *source.names))}

    def position(problem: Problem) -> tuple[int, Place]:
        place = problem.place or Place("")
        return order.get(place.file, len(order)), place

    reported = [problem for problem in problems if source.all_read or problem.code not in EXPLAINED_BY_UNREAD]
    return sorted(name_signs(reported, source.texts), key=position)


class SourceMap:
    """The places of all records, by noun and id."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records: dict[tuple[str, str], Record] = {}
        for record in records:
            for each in _within(record):
                self._records.setdefault((each.noun, each.id), each)

    def of(self, noun: str, name: str, key: str = "") -> Place:
        """Return the place of a record, or of the value of a key; the name of an option is `question: option`."""
        if noun == "option":
            return self._of_option(*name.split(": "))
        record = self._records[noun, name]
        return record.place_of(key) if key else record.place

    def _of_option(self, question: str, option: str) -> Place:
        options = self._records["question", question].nodes["options"]
        if isinstance(options, ScalarNode):  # the id of an option list
            options = self._records["option list", options.text.strip()].nodes["options"]
        assert isinstance(options, MappingNode)
        return next(key.place for key, _ in options.entries if key.text == option)


def _within(record: Record) -> Iterator[Record]:
    yield record
    for value in record.values.values():
        for each in value if isinstance(value, tuple) else ():
            if isinstance(each, Record):
                yield from _within(each)
