"""The two ways in from files: a questionnaire, and the answers to it."""

from pathlib import Path

from iop_fit.answers import AnswerSheet
from iop_fit.catalog import bundled
from iop_fit.files import read_text
from iop_fit.loader import load_questionnaire
from iop_fit.questionnaire import Questionnaire
from iop_fit.sheets import load_sheet

__all__ = ["load", "load_answers"]


def load(path: str | Path | None = None) -> Questionnaire:
    """Load a questionnaire from a folder or one file; the bundled one when no path is given.

    Raises `IopFitError` with everything that is wrong with it.
    """
    return load_questionnaire(bundled() if path is None else Path(path))


def load_answers(path: str | Path, questionnaire: Questionnaire) -> AnswerSheet:
    """Load the answers of a YAML or JSON file.

    Raises `IopFitError` with everything that is wrong in it, missing answers included.
    """
    return load_sheet(read_text(Path(path)), str(path), questionnaire).sheet
