"""A check as lines of text."""

from collections.abc import Callable, Iterable, Iterator

from iop_fit.check.checker import Check, Diagnostic, Severity
from iop_fit.check.findings import Evidence, Property
from iop_fit.check.witnesses import told_answers
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place
from iop_fit.limits import MAX_ANSWERS_LISTED
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import answer_values
from iop_fit.text import escape_controls, json_text, plural, wrap

__all__ = ["FORMAT", "check_json", "check_text"]

WIDTH = 80
Excerpt = Callable[[Place], Iterable[str]]


def check_text(check: Check, excerpt: Excerpt) -> str:
    """Write a check for people; `excerpt` gives the lines that show a place."""
    return "\n".join(_lines(check, excerpt)) + "\n"


def _lines(check: Check, excerpt: Excerpt) -> Iterator[str]:
    if check.questionnaire:
        yield from (*_what(check, check.questionnaire), "", *_statements(check), "")
        yield from (*_smallest(check, check.questionnaire), "")
    for each in check.told:
        yield from (*_told(each, check.questionnaire, excerpt), "")
    if not check.questionnaire:
        yield "Nothing was stated about answer sheets: that needs a questionnaire without problems."
    yield _sum(check)


def _what(check: Check, questionnaire: Questionnaire) -> Iterator[str]:
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
        yield from wrap(f"{statement.sentence} {_how(statement)}", WIDTH, mark=f"  {mark} ")


def _how(statement: Property) -> str:
    found = f" {plural(len(statement.findings), 'finding')} below." if statement.findings else ""
    if statement.how is Evidence.BY_CONSTRUCTION:
        return f"[{statement.how}] {statement.because}"
    return f"[{statement.how}: {statement.of}]{found}"


def _smallest(check: Check, questionnaire: Questionnaire) -> Iterator[str]:
    yield "The smallest sheet for each (every answer that it does not name is the calmest):"
    for statement in check.statements:
        for name, sheet in statement.smallest.items():
            yield from wrap(f"{name}: {_answers(sheet, questionnaire)}", WIDTH, mark="  ")


def _answers(sheet: AnswerSheet, questionnaire: Questionnaire) -> str:
    told = told_answers(questionnaire, sheet)
    first = [f"{name} = {_answer(answer)}" for name, answer in [*told.items()][:MAX_ANSWERS_LISTED]]
    more = [f"and {len(told) - MAX_ANSWERS_LISTED} more"] if len(told) > MAX_ANSWERS_LISTED else []
    return "; ".join([*first, *more]) or "every answer is the calmest one"


def _answer(answer: Answer) -> str:
    match answer:
        case Chosen(options):
            return " + ".join(options)
        case Skipped():
            return "(skipped)"
        case _:
            return "(a text)"


def _told(told: Diagnostic, questionnaire: Questionnaire | None, excerpt: Excerpt) -> Iterator[str]:
    problem = told.problem
    where = f"{escape_controls(str(problem.place))}: " if problem.place else ""
    yield f"{where}{told.weight} [{problem.code}]"
    yield from excerpt(problem.place) if problem.place else ()
    yield from wrap(problem.message, WIDTH, mark="  ")
    if problem.hint:
        yield from wrap(problem.hint, WIDTH, mark="  ")
    if told.witness and questionnaire:
        yield from wrap(f"Witness: {_answers(told.witness.sheet, questionnaire)}.", WIDTH, mark="  ")
        yield from wrap(told.witness.shows, WIDTH, mark="  ")


def _sum(check: Check) -> str:
    counts = [plural(len(check.weighing(weight)), *words) for weight, words in SUMMED.items() if check.weighing(weight)]
    return ", ".join(counts) + "." if counts else "Nothing to mend."


SUMMED = {
    Severity.PROBLEM: ("problem", "problems"),
    Severity.FINDING: ("finding", "findings"),
    Severity.ADVICE: ("piece of advice", "pieces of advice"),
}


FORMAT = "iop-fit check 1"
"""What tells a check from other files, with the number of its format."""


def check_json(check: Check) -> str:
    """Write a check for programs."""
    questionnaire = check.questionnaire
    whole = {
        "format": FORMAT,
        "questionnaire": None
        if questionnaire is None
        else {"id": questionnaire.id, "version": questionnaire.version, "digest": questionnaire.digest},
        "on": check.on.isoformat(),
        "examples": check.examples,
        "statements": [_statement_record(each, questionnaire) for each in check.statements if questionnaire],
        "told": [_told_record(each, questionnaire) for each in check.told],
    }
    return json_text(whole)


def _statement_record(statement: Property, questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "code": statement.code,
        "sentence": statement.sentence,
        "how": statement.how.value,
        "of": statement.of or None,
        "because": statement.because or None,
        "holds": not statement.findings,
        "smallest": {name: _sheet_record(sheet, questionnaire) for name, sheet in statement.smallest.items()},
    }


def _told_record(told: Diagnostic, questionnaire: Questionnaire | None) -> dict[str, object]:
    problem, place, witness = told.problem, told.problem.place, told.witness
    return {
        "weight": told.weight.value,
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
