"""Format a check as text or JSON."""

from collections.abc import Callable, Iterable, Iterator

from iop_fit.checking.checker import Check, Diagnostic, Severity
from iop_fit.checking.findings import Evidence, Property
from iop_fit.checking.witnesses import notable_answers
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, plain_number
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place
from iop_fit.limits import MAX_ANSWERS_LISTED, MAX_SHOWN
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import answer_values
from iop_fit.text import escape_controls, json_text, plural, wrap

__all__ = ["FORMAT", "check_json", "check_text"]

WIDTH = 80
Excerpt = Callable[[Place], Iterable[str]]


def check_text(check: Check, excerpt: Excerpt) -> str:
    """Return a check as text; `excerpt` returns the lines that show a location."""
    return "\n".join(_lines(check, excerpt)) + "\n"


def _lines(check: Check, excerpt: Excerpt) -> Iterator[str]:
    if check.questionnaire:
        yield from (*_summary(check, check.questionnaire), "", *_statements(check), "")
        yield from (*_minimal_sheets(check, check.questionnaire), "")
    problems = check.of_severity(Severity.PROBLEM)
    for each in (*problems[:MAX_SHOWN], *(each for each in check.diagnostics if each.severity is not Severity.PROBLEM)):
        yield from (*_diagnostic(each, check.questionnaire, excerpt), "")
    if len(problems) > MAX_SHOWN:
        yield f"... and {len(problems) - MAX_SHOWN} more. `--format json` lists all of them."
        yield ""
    if not check.questionnaire:
        yield "Answer sheets were not checked. Fix the problems first."
    yield _totals(check)


def _summary(check: Check, questionnaire: Questionnaire) -> Iterator[str]:
    yield f"{questionnaire.title} ({questionnaire.id} {questionnaire.version})"
    yield ", ".join(
        (
            plural(len(questionnaire.questions), "question"),
            plural(len(questionnaire.rules), "rule"),
            plural(len(questionnaire.alerts), "alert"),
            plural(len(questionnaire.directions), "direction"),
            plural(len(questionnaire.points), "point"),
            plural(check.examples, "example"),
        )
    )


def _statements(check: Check) -> Iterator[str]:
    yield "About all answer sheets:"
    for statement in check.statements:
        if statement.code == Code.EXAMPLE_DIFFERS:
            yield "In the examples:"
        mark = "ok " if not statement.findings else "NO "
        yield from wrap(f"{statement.sentence} {_evidence(statement)}", WIDTH, mark=f"  {mark} ")


def _evidence(statement: Property) -> str:
    found = f" {plural(len(statement.findings), 'finding')} below." if statement.findings else ""
    if statement.evidence is Evidence.BY_CONSTRUCTION:
        return f"[{statement.evidence}] {statement.because}"
    return f"[{statement.evidence}: {statement.scope}]{found}"


def _minimal_sheets(check: Check, questionnaire: Questionnaire) -> Iterator[str]:
    yield "The minimal sheet for each (answers not listed are those of least concern):"
    for statement in check.statements:
        for name, sheet in statement.smallest.items():
            yield from wrap(f"{name}: {_answers(sheet, questionnaire)}", WIDTH, mark="  ")


def _answers(sheet: AnswerSheet, questionnaire: Questionnaire) -> str:
    notable = notable_answers(questionnaire, sheet)
    first = [f"{name} = {_answer(answer)}" for name, answer in [*notable.items()][:MAX_ANSWERS_LISTED]]
    more = [f"and {len(notable) - MAX_ANSWERS_LISTED} more"] if len(notable) > MAX_ANSWERS_LISTED else []
    return "; ".join([*first, *more]) or "every answer is of least concern"


def _answer(answer: Answer) -> str:
    match answer:
        case Chosen(_, float() | int() as number):
            return str(plain_number(number))
        case Chosen(options):
            return " + ".join(options)
        case Skipped():
            return "(skipped)"
        case _:
            return "(text)"


def _diagnostic(diagnostic: Diagnostic, questionnaire: Questionnaire | None, excerpt: Excerpt) -> Iterator[str]:
    problem = diagnostic.problem
    where = f"{escape_controls(str(problem.place))}: " if problem.place else ""
    yield f"{where}{diagnostic.severity} [{problem.code}]"
    yield from excerpt(problem.place) if problem.place else ()
    yield from wrap(problem.message, WIDTH, mark="  ")
    if problem.hint:
        yield from wrap(problem.hint, WIDTH, mark="  ")
    if diagnostic.witness and questionnaire:
        yield from wrap(f"Witness: {_answers(diagnostic.witness.sheet, questionnaire)}.", WIDTH, mark="  ")
        yield from wrap(diagnostic.witness.shows, WIDTH, mark="  ")


def _totals(check: Check) -> str:
    counts = [
        plural(len(found), *words) for severity, words in COUNTED.items() if (found := check.of_severity(severity))
    ]
    return ", ".join(counts) + "." if counts else "No problems found."


COUNTED = {
    Severity.PROBLEM: ("problem", "problems"),
    Severity.FINDING: ("finding", "findings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}


FORMAT = "iop-fit check 1"
"""Format name and version of a check in JSON."""


def check_json(check: Check) -> str:
    """Return a check as JSON."""
    questionnaire = check.questionnaire
    record = {
        "format": FORMAT,
        "questionnaire": None
        if questionnaire is None
        else {"id": questionnaire.id, "version": questionnaire.version, "digest": questionnaire.digest},
        "on": check.on.isoformat(),
        "examples": check.examples,
        "statements": [_statement_record(each, questionnaire) for each in check.statements if questionnaire],
        "told": [_diagnostic_record(each, questionnaire) for each in check.diagnostics],
    }
    return json_text(record)


def _statement_record(statement: Property, questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "code": statement.code,
        "sentence": statement.sentence,
        "how": statement.evidence.value,
        "of": statement.scope or None,
        "because": statement.because or None,
        "holds": not statement.findings,
        "smallest": {name: _sheet_record(sheet, questionnaire) for name, sheet in statement.smallest.items()},
    }


def _diagnostic_record(diagnostic: Diagnostic, questionnaire: Questionnaire | None) -> dict[str, object]:
    problem, place, witness = diagnostic.problem, diagnostic.problem.place, diagnostic.witness
    return {
        "weight": diagnostic.severity.value,
        "code": problem.code,
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "message": problem.message,
        "hint": problem.hint or None,
        "witness": {**_sheet_record(witness.sheet, questionnaire), "shows": witness.shows}
        if witness and questionnaire
        else None,
    }


def _sheet_record(sheet: AnswerSheet, questionnaire: Questionnaire) -> dict[str, object]:
    return {"for": sheet.about.value, "answers": answer_values(sheet, questionnaire)}
