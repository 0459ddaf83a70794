"""Unfinished answers in a file: kept after each answer where that was asked for, and read again."""

from pathlib import Path

from iop_fit.answers import AnswerSheet
from iop_fit.errors import IopFitError, Problem
from iop_fit.files import delete, read_text, target_problem, write_private
from iop_fit.questionnaire import Questionnaire
from iop_fit.sheets import Resumed, dump_sheet, read_loosely

__all__ = ["Draft", "Resumed", "resume"]


class Draft:
    """The file that answers are kept in; none until one is asked for."""

    def __init__(self, questionnaire: Questionnaire, path: Path | None = None, also: Path | None = None) -> None:
        self.questionnaire = questionnaire.public()
        self.path = path
        self.resumed_from = also

    def start(self, path: Path) -> Problem | None:
        """Choose a new file to keep answers in; return what speaks against it."""
        problem = target_problem(path, replace=False)
        if problem is None:
            self.path = path
        return problem

    def keep(self, sheet: AnswerSheet) -> Problem | None:
        """Write the answers so far without the private ones; return what went wrong."""
        if self.path is None:
            return None
        text = dump_sheet(sheet.only(self.questionnaire.questions), self.questionnaire)
        try:
            write_private(self.path, text.encode(), replace=True)
        except IopFitError as error:
            return error.problems[0]
        return None

    def discard(self) -> None:
        """Delete the file, and the one that was resumed."""
        for path in (self.path, self.resumed_from):
            if path:
                delete(path)


def resume(path: Path, questionnaire: Questionnaire) -> Resumed:
    """Read a draft; what no longer fits the questionnaire is dropped and counted.

    Raises `IopFitError` when the file is no draft of this questionnaire at all.
    """
    return read_loosely(read_text(path), str(path), questionnaire)
