"""Check a questionnaire: loading problems, properties of all answer sheets, and advice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from iop_fit.checking.advice import advice_on, hygiene_findings
from iop_fit.checking.contradictions import hidden_contradictions
from iop_fit.checking.examples import Example, examples_in_files, examples_in_records, mismatches, uncovered_by
from iop_fit.checking.findings import Counterexample, Evidence, Property, Violation, replayed
from iop_fit.checking.points import statements_about_points
from iop_fit.checking.rules import RuleChecks
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Problem
from iop_fit.loading.loader import Reading, SourceMap
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.text import hides_fields, plural

__all__ = ["Check", "Diagnostic", "Severity", "check_reading", "statements_about"]


class Severity(StrEnum):
    """Severity of a diagnostic."""

    PROBLEM = "problem"
    """The questionnaire can't be used."""
    FINDING = "finding"
    """The questionnaire can be used, but something is wrong."""
    ADVICE = "advice"
    """An author should review it."""


class Diagnostic(NamedTuple):
    """A problem, with a counterexample if there is one."""

    severity: Severity
    problem: Problem
    witness: Counterexample | None = None


@hides_fields
class Check(NamedTuple):
    """Result of checking one questionnaire."""

    questionnaire: Questionnaire | None
    """None if there are problems."""
    on: date
    examples: int
    statements: tuple[Property, ...]
    """Empty if there are problems."""
    diagnostics: tuple[Diagnostic, ...]
    all_read: bool
    """Whether every file could be read."""

    def of_severity(self, severity: Severity) -> tuple[Diagnostic, ...]:
        """Return the diagnostics of one severity."""
        return tuple(each for each in self.diagnostics if each.severity is severity)


def check_reading(reading: Reading, example_files: Iterable[tuple[str, str]], on: date) -> Check:
    """Return the check of a questionnaire on the date `on`; example files are pairs of name and text.

    If the questionnaire has loading problems, nothing else is checked.
    """
    if reading.questionnaire is None:
        diagnostics = tuple(Diagnostic(Severity.PROBLEM, problem) for problem in reading.problems)
        return Check(None, on, 0, (), diagnostics, reading.all_read)
    questionnaire = reading.questionnaire
    problems = Problems()
    examples = (
        *examples_in_records(reading.records, questionnaire, problems),
        *examples_in_files(example_files, questionnaire, problems),
    )
    statements = (
        *statements_about(questionnaire),
        *_about_examples(questionnaire, examples, problems),
    )
    findings = (
        *hygiene_findings(questionnaire, on),
        *hidden_contradictions(questionnaire),
        *(each for statement in statements for each in statement.findings),
    )
    places = SourceMap(reading.records)
    return Check(
        questionnaire=questionnaire,
        on=on,
        examples=len(examples),
        statements=statements,
        diagnostics=(
            *(_diagnostic(each, Severity.FINDING, places) for each in findings),
            *(_diagnostic(each, Severity.ADVICE, places) for each in advice_on(questionnaire, on)),
        ),
        all_read=True,
    )


def _about_examples(
    questionnaire: Questionnaire, examples: Sequence[Example], problems: Sequence[Problem]
) -> Iterator[Property]:
    """Yield the properties of the examples; coverage only if all of them could be read."""
    unread = (
        Violation(each.code, "example", "", each.message, each.hint, place=each.place)
        for each in problems
        if each.place
    )
    decisions = {example.id: decide(questionnaire, example.sheet) for example in examples}
    different = (replayed(questionnaire, finding) for finding in mismatches(questionnaire, examples, decisions))
    scope = plural(len(examples), "example")
    sentence = "Each example has the result that it expects."
    yield Property(Code.EXAMPLE_DIFFERS, sentence, Evidence.CHECKED, scope, findings=(*unread, *different))
    if not problems:
        sentence = "Every direction, alert and rule occurs in an example."
        missing = tuple(uncovered_by(questionnaire, decisions.values()))
        yield Property(Code.WITHOUT_EXAMPLE, sentence, Evidence.CHECKED, scope, findings=missing)


def _diagnostic(finding: Violation, severity: Severity, places: SourceMap) -> Diagnostic:
    place = finding.place or places.of(finding.noun, finding.id, finding.key)
    return Diagnostic(severity, Problem(finding.code, finding.message, place, finding.hint), finding.witness)


def statements_about(questionnaire: Questionnaire) -> tuple[Property, ...]:
    """Return the properties of all complete answer sheets; each counterexample is verified."""
    return tuple(
        statement._replace(findings=tuple(replayed(questionnaire, finding) for finding in statement.findings))
        for statement in (*RuleChecks(questionnaire).statements(), *statements_about_points(questionnaire), *BUILT_IN)
    )


def _built_in() -> Iterator[Property]:
    for code, sentence, because in (
        (
            Code.SILENT_ALERT,
            "Each alert appears for its answers, whatever else is answered or skipped.",
            "A rule fires on the answers it names, however the question came to be asked.",
        ),
        (
            Code.MORE_NEVER_LOWERS,
            "More concern never lowers the direction and never removes an alert.",
            "A rule lists the answers that fire it and can't use `not`.",
        ),
        (
            Code.PRACTICAL_CHANGES_NOTHING,
            "No practical answer can change the direction or an alert.",
            "A rule or the gate of a need question that names one is rejected.",
        ),
        (
            Code.PRIVATE_CHANGES_NOTHING_ELSE,
            "No private answer can change anything but its own private alert.",
            "Only rules of private alerts may name it, and no `ask when` may.",
        ),
        (
            Code.EVERY_QUESTION_ASKED,
            "Each question is asked for some answers.",
            "`ask when` may name only earlier questions, which are always asked and can be answered that way.",
        ),
    ):
        yield Property(code=code, sentence=sentence, evidence=Evidence.BY_CONSTRUCTION, because=because)


BUILT_IN = tuple(_built_in())
