"""A note: its length is checked, and nothing else."""

from collections.abc import Iterator

from iop_fit.limits import MAX_NOTE
from iop_fit.problem_codes import Code
from iop_fit.scoring.sql.answers.cells import text_cell
from iop_fit.scoring.sql.answers.column import MISFIT, UNKNOWN, AnswerColumn
from iop_fit.scoring.sql.logic import FALSE, TRUE

__all__ = ["NoteAnswer"]


class NoteAnswer(AnswerColumn):
    """A note, which reaches nothing; its text is not read."""

    def cells(self) -> str:
        """Return the text."""
        return text_cell(self.source, self.dialect)

    def codes(self) -> str:
        """Return 0 for a note that is not too long."""
        fits = f"length({self.raw}) <= {MAX_NOTE}"
        return f"CASE WHEN {self.raw} IS NULL THEN {UNKNOWN} WHEN {fits} THEN 0 ELSE {MISFIT} END"

    def misfits(self) -> Iterator[tuple[Code, str]]:
        """Yield a note that is too long."""
        yield Code.NOTE_TOO_LONG, TRUE

    def certain(self, *options: str) -> str:
        """Return that nothing is reached."""
        del options
        return FALSE

    def values(self, asked: str | None, bad: str) -> Iterator[tuple[str, str]]:
        """Yield nothing."""
        del asked, bad
        yield from ()

    def reaches(self, option: str) -> str:
        """Return that nothing is reached."""
        del option
        return FALSE

    def score(self) -> str:
        """Return 0."""
        return "0"
