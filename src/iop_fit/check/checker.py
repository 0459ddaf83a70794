"""Everything that can be said of a questionnaire: what is wrong, what holds for every answer sheet, what to look at."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from iop_fit.check.advice import advice_on, lacking_in
from iop_fit.check.examples import Example, examples_in_files, examples_in_records, mismatches, uncovered_by
from iop_fit.check.findings import Counterexample, Evidence, Property, Violation, replayed
from iop_fit.check.points import statements_about_points
from iop_fit.check.rules import RuleChecks
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Problem
from iop_fit.loading.loader import Reading, SourceMap
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.text import plural

__all__ = ["Check", "Diagnostic", "Severity", "check_reading", "statements_about"]


class Severity(StrEnum):
    """How much something that is told weighs."""

    PROBLEM = "problem"
    """The questionnaire can't be used."""
    FINDING = "finding"
    """It can be used, and is not right."""
    ADVICE = "advice"
    """Somebody should look at it."""


class Diagnostic(NamedTuple):
    """One thing to look at, with its place, and a sheet that shows it."""

    weight: Severity
    problem: Problem
    witness: Counterexample | None = None


class Check(NamedTuple):
    """What was found out about one questionnaire."""

    questionnaire: Questionnaire | None
    """None when there are problems: nothing can be stated then."""
    on: date
    examples: int
    statements: tuple[Property, ...]
    """Empty when there are problems."""
    told: tuple[Diagnostic, ...]
    all_read: bool
    """Whether each file could be read at all."""

    def weighing(self, weight: Severity) -> tuple[Diagnostic, ...]:
        """Return what is told of this weight."""
        return tuple(each for each in self.told if each.weight is weight)


def check_reading(reading: Reading, example_files: Iterable[tuple[str, str]], on: date) -> Check:
    """Check what was read of a questionnaire, with its example files as names and texts; `on` is the day of the check.

    With problems nothing else is looked at, since nothing could be decided.
    """
    if reading.questionnaire is None:
        told = tuple(Diagnostic(Severity.PROBLEM, problem) for problem in reading.problems)
        return Check(None, on, 0, (), told, reading.all_read)
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
    found = (*lacking_in(questionnaire), *(each for statement in statements for each in statement.findings))
    places = SourceMap(reading.records)
    return Check(
        questionnaire=questionnaire,
        on=on,
        examples=len(examples),
        statements=statements,
        told=(
            *(_told(each, Severity.FINDING, places) for each in found),
            *(_told(each, Severity.ADVICE, places) for each in advice_on(questionnaire, on)),
        ),
        all_read=True,
    )


def _about_examples(
    questionnaire: Questionnaire, examples: Sequence[Example], problems: Sequence[Problem]
) -> Iterator[Property]:
    """State that examples come out as they expect; what occurs in them is stated when all of them could be read."""
    unread = (
        Violation(each.code, "example", "", each.message, each.hint, place=each.place)
        for each in problems
        if each.place
    )
    told = (replayed(questionnaire, finding) for finding in mismatches(questionnaire, examples))
    of = plural(len(examples), "example")
    sentence = "Each example comes out as it expects."
    yield Property(Code.EXAMPLE_DIFFERS, sentence, Evidence.CHECKED, of, findings=(*unread, *told))
    if not problems:
        sentence = "Every direction, alert and rule occurs in an example."
        missing = tuple(uncovered_by(questionnaire, examples))
        yield Property(Code.WITHOUT_EXAMPLE, sentence, Evidence.CHECKED, of, findings=missing)


def _told(finding: Violation, weight: Severity, places: SourceMap) -> Diagnostic:
    place = finding.place or places.of(finding.noun, finding.id, finding.key)
    return Diagnostic(weight, Problem(finding.code, finding.message, place, finding.hint), finding.witness)


def statements_about(questionnaire: Questionnaire) -> tuple[Property, ...]:
    """State what holds for every whole sheet of a questionnaire; each witness has been decided on."""
    return tuple(
        statement._replace(findings=tuple(replayed(questionnaire, finding) for finding in statement.findings))
        for statement in (*RuleChecks(questionnaire).statements(), *statements_about_points(questionnaire), *BUILT_IN)
    )


def _built_in() -> Iterator[Property]:
    for code, sentence, because in (
        (
            Code.MORE_NEVER_LOWERS,
            "More concern never lowers the direction, and never takes an alert away.",
            "A rule is a list of answers that fire it, and has no way to say `not`.",
        ),
        (
            Code.PRACTICAL_CHANGES_NOTHING,
            "No practical answer can change the direction or an alert.",
            "A rule that names one, or a need question that hangs on one, is refused.",
        ),
        (
            Code.PRIVATE_CHANGES_NOTHING_ELSE,
            "No private answer can change anything but its own private alert.",
            "Only the rules of private alerts may name it, and nothing may hang on it.",
        ),
        (
            Code.EVERY_QUESTION_ASKED,
            "Each question is asked after some answers.",
            "A question hangs on earlier ones alone, which are always asked and can be answered so.",
        ),
    ):
        yield Property(code=code, sentence=sentence, how=Evidence.BY_CONSTRUCTION, because=because)


BUILT_IN = tuple(_built_in())
