"""Saved results of the example people."""

from datetime import date

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.assess import assess
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.report.to_json import to_json
from iop_fit.storage.answer_files import load_sheet
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult
from support import DAY, ROOT

QUESTIONNAIRE = iop_fit.load()


def sheet_of(name: str) -> AnswerSheet:
    return load_sheet((ROOT / "examples" / f"{name}.yaml").read_text(), f"{name}.yaml", QUESTIONNAIRE).sheet


def saved(
    sheet: AnswerSheet | str,
    *,
    on: date = DAY,
    private: bool = False,
    made_with: Questionnaire = QUESTIONNAIRE,
    read_by: Questionnaire = QUESTIONNAIRE,
) -> SavedResult:
    whole = sheet_of(sheet) if isinstance(sheet, str) else sheet
    return load_result(to_json(assess(made_with, whole, on=on, include_private=private)), "result.json", read_by)
