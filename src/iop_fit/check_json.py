"""A check as JSON for other programs."""

from iop_fit.answers import AnswerSheet
from iop_fit.check import Check, Told
from iop_fit.json_text import json_text
from iop_fit.questionnaire import Questionnaire
from iop_fit.sheets import answer_values
from iop_fit.statement import Statement

__all__ = ["FORMAT", "check_json"]

FORMAT = "iop-fit check 1"
"""What tells a check from other files, with the number of its format."""


def check_json(check: Check) -> str:
    """Write a check for programs; the number of sheets is a text, since it is too large for most of them."""
    questionnaire = check.questionnaire
    whole = {
        "format": FORMAT,
        "questionnaire": None
        if questionnaire is None
        else {"id": questionnaire.id, "version": questionnaire.version, "digest": questionnaire.digest},
        "on": check.on.isoformat(),
        "sheets": None if check.sheets is None else str(check.sheets),
        "examples": check.examples,
        "statements": [_statement(each, questionnaire) for each in check.statements if questionnaire],
        "told": [_told(each, questionnaire) for each in check.told],
    }
    return json_text(whole)


def _statement(statement: Statement, questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "code": statement.code,
        "sentence": statement.sentence,
        "how": statement.how.value,
        "of": statement.of or None,
        "because": statement.because or None,
        "holds": not statement.findings,
        "smallest": {name: _sheet(sheet, questionnaire) for name, sheet in statement.smallest.items()},
    }


def _told(told: Told, questionnaire: Questionnaire | None) -> dict[str, object]:
    problem, place, witness = told.problem, told.problem.place, told.witness
    return {
        "weight": told.weight.value,
        "code": problem.code,
        "file": place.file if place else None,
        "line": place.line or None if place else None,
        "column": place.column or None if place else None,
        "message": problem.message,
        "hint": problem.hint or None,
        "witness": {**_sheet(witness.sheet, questionnaire), "shows": witness.shows}
        if witness and questionnaire
        else None,
    }


def _sheet(sheet: AnswerSheet, questionnaire: Questionnaire) -> dict[str, object]:
    return {"for": sheet.about.value, "answers": answer_values(sheet, questionnaire)}
