"""Unfinished answers in a file: kept after each answer where that was asked for, and read again."""

from pathlib import Path

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.locks import FileLock
from iop_fit.files.reading import read_text
from iop_fit.files.signals import defer_signals
from iop_fit.files.writing import delete, is_there, target_problem, write_private
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import ResumedDraft, dump_sheet, read_loosely

__all__ = ["Draft", "ResumedDraft", "resume"]


class Draft:
    """The file that answers are kept in; none until one is asked for.

    A file that is there already is taken, to be replaced. Raises `IopFitError` when another run uses it.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        path: Path | None = None,
        resumed_from: Path | None = None,
        *,
        enabled: bool = True,
    ) -> None:
        self.questionnaire = questionnaire.public()
        self.path = path
        self.resumed_from = resumed_from
        self.enabled = enabled
        """Whether anything may be kept at all."""
        self.is_saved = False
        """Whether the file holds the answers that were last to be kept."""
        self._held = FileLock.acquire(path) if path and is_there(path) else None

    def start(self, path: Path, sheet: AnswerSheet) -> Problem | None:
        """Choose a new file and keep the answers there; when that fails, stay with the old one and return why."""
        problem = target_problem(path, replace=False)
        if problem is None:
            draft = Draft(self.questionnaire, path)
            problem = draft.save(sheet)
        if problem is None:
            self.path, self.is_saved, self._held = draft.path, draft.is_saved, draft._held
        return problem

    def save(self, sheet: AnswerSheet) -> Problem | None:
        """Write the answers so far without the private ones; return what went wrong."""
        if self.path is None:
            return None
        text = dump_sheet(sheet.only(self.questionnaire.questions), self.questionnaire)
        self.is_saved = False
        try:
            with defer_signals():  # else what was written last would not be known for ours
                self._replace(self.path, text.encode())
        except IopFitError as error:
            return error.problems[0]
        self.is_saved = True
        return None

    def _replace(self, path: Path, content: bytes) -> None:
        """Put the new file in the place of the one that was last written here, and of no other."""
        ours = bool(self._held and self._held.is_unchanged(path))
        if self._held and not ours and is_there(path):
            raise IopFitError([_changed(path)])
        write_private(path, content, replace=ours)
        if self._held:
            self._held.release()
        self._held = FileLock.acquire(path)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that hold answers, or will: the one of this draft, and the one that was resumed."""
        return tuple(dict.fromkeys(path for path in (self.path, self.resumed_from) if path))

    def discard(self) -> tuple[Path, ...]:
        """Delete these files, but one that was neither written nor taken here; return those that are still there."""
        ours = [path for path in self.files if self._held or path == self.resumed_from]
        return tuple(path for path in ours if not delete(path))


def _changed(path: Path) -> Problem:
    return Problem(
        code=Code.DRAFT_CHANGED,
        place=Place(str(path)),
        message="Something else wrote to this file meanwhile, so it was left as it is.",
        hint="Keep the answers in another file.",
    )


def resume(path: Path, questionnaire: Questionnaire) -> ResumedDraft:
    """Read a draft; what no longer fits the questionnaire is dropped and counted.

    Raises `IopFitError` when the file is no draft of this questionnaire at all.
    """
    return read_loosely(read_text(path), str(path), questionnaire)
