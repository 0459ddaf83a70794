"""Drafts: unfinished answers, saved after each answer and resumed later."""

from contextlib import suppress
from pathlib import Path

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.invocation import command_line
from iop_fit.files.locks import FileLock
from iop_fit.files.reading import decode, read_text
from iop_fit.files.signals import defer_signals
from iop_fit.files.targets import SharedFolders, is_there, target_problem
from iop_fit.files.temporary import delete
from iop_fit.files.writing import write_private
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import ResumedDraft, dump_sheet, read_loosely

__all__ = ["Draft", "ResumedDraft", "resume"]


class Draft:
    """The file that answers are saved to; optional.

    An existing file is locked and replaced. Raises `IopFitError` if another process uses it.
    """

    def __init__(  # noqa: PLR0913  # the last three are independent keywords
        self,
        questionnaire: Questionnaire,
        path: Path | None = None,
        resumed_from: Path | None = None,
        *,
        enabled: bool = True,
        questions: Path | None = None,
        shared: SharedFolders | None = None,
    ) -> None:
        self.questionnaire: Questionnaire = questionnaire.public()
        self.path = path
        self.resumed_from = resumed_from
        self.enabled = enabled
        """Whether answers may be saved at all."""
        self.questions = questions
        """Where the questionnaire is, if it is not the bundled one."""
        self.shared: SharedFolders = shared or SharedFolders()
        """The folders where answers may be saved although others can read them."""
        self.is_saved: bool = False
        """Whether the last save succeeded."""
        self._held: AnswerSheet | None = None
        self._lock = FileLock.acquire(path) if path and is_there(path) else None

    @property
    def resume_command(self) -> str:
        """The command line that continues from this draft."""
        questions = ("--questions", str(self.questions)) if self.questions else ()
        return command_line("assess", *questions, "--resume", str(self.path))

    def hold(self, sheet: AnswerSheet) -> None:
        """Leave a resumed file as it is while the answers are these: it also has some that don't count today."""
        if self.path and self.path == self.resumed_from:
            self._held = sheet

    def start(self, path: Path, sheet: AnswerSheet) -> Problem | None:
        """Save the answers to a new file; on failure, keep the old file and return the problem."""
        problem = target_problem(path, replace=False, allow_shared=self.shared.allows(path))
        if problem is None:
            draft = Draft(self.questionnaire, path, shared=self.shared)
            problem = draft.save(sheet)
        if problem is None:
            self.path, self.is_saved, self._lock = draft.path, draft.is_saved, draft._lock
        return problem

    def save(self, sheet: AnswerSheet) -> Problem | None:
        """Save the answers so far, without private ones; return the problem on failure."""
        if self.path is None:
            return None
        if self._held and self._held == sheet:
            self.is_saved = True
            return None
        self._held = None
        text = dump_sheet(sheet.only(self.questionnaire.questions), self.questionnaire)
        self.is_saved = False
        try:
            with defer_signals():  # else a new file could exist without our lock
                self._replace(self.path, text.encode())
        except IopFitError as error:
            return error.problems[0]
        self.is_saved = True
        return None

    def _replace(self, path: Path, content: bytes) -> None:
        """Replace the file only if it is the one that this draft wrote last."""
        ours = bool(self._lock and self._lock.is_unchanged(path))
        if self._lock and not ours and is_there(path):
            raise IopFitError([_changed(path)])
        write_private(path, content, replace=ours, allow_shared=self.shared.allows(path))
        if self._lock:
            self._lock.release()
        self._lock = None
        with suppress(OSError):  # another program may have moved it away by now
            self._lock = FileLock.acquire(path)

    @property
    def content(self) -> bytes | None:
        """The content of the file when it was locked: a network share may refuse to read a locked file once more."""
        return self._lock.content if self._lock else None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that may contain answers: this draft's file, and the one it was resumed from."""
        return tuple(dict.fromkeys(path for path in (self.path, self.resumed_from) if path))

    @property
    def on_disk(self) -> tuple[Path, ...]:
        """Those of its files that exist."""
        return tuple(filter(is_there, self.files))

    def discard(self) -> tuple[Path, ...]:
        """Delete the files that this draft wrote or resumed; return those that could not be deleted."""
        ours = [path for path in self.files if self._lock or path == self.resumed_from]
        return tuple(path for path in ours if not delete(path))


def _changed(path: Path) -> Problem:
    return Problem(
        code=Code.DRAFT_CHANGED,
        place=Place(str(path)),
        message="Another program changed this file, so it was not replaced.",
        hint="Save the answers to another file.",
    )


def resume(path: Path, questionnaire: Questionnaire, content: bytes | None = None) -> ResumedDraft:
    """Read a draft, or its content; keep apart the answers that don't count today.

    Raises `IopFitError` if the file is not a draft of this questionnaire.
    """
    text = read_text(path) if content is None else decode(content, str(path))
    return read_loosely(text, str(path), questionnaire)
