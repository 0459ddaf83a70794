"""Tables in an empty folder, and what `score` says about them."""

from pathlib import Path

import duckdb
import pytest

import iop_fit
from iop_fit.cli.scoring.run import ScoreRequest, score
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from support import TESTS

__all__ = ["FOLDER", "SOUND", "Tables"]

SOUND = iop_fit.load(TESTS / "questionnaires" / "valid" / "sound.yaml")
FOLDER = iop_fit.load(TESTS / "questionnaires" / "valid" / "folder")
"""Has a private question."""


class Tables:
    """An empty folder to work in."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder)
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file, and return its name."""
        path = Path(name)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def parquet(self, name: str, query: str) -> Path:
        """Write the rows of a query as Parquet, and return the name of the file."""
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({query}) TO '{name}' (FORMAT parquet)")
        return Path(name)

    def said(
        self,
        sheets: str | Path,
        *,
        mapping: str | None = None,
        output: str | None = None,
        questionnaire: Questionnaire = SOUND,
        private: bool = False,
    ) -> str:
        """Return what is said about scoring a table: the problems, or the details and the sentence at the end."""
        files = Path(output) if output else None, Path(mapping) if mapping else None
        request = ScoreRequest(
            Path(sheets), questionnaire, files[0], include_home_safety=private, mapping=files[1], replace=True
        )
        try:
            done = score(request)
        except IopFitError as error:
            return str(error)
        return "\n".join((*done.details, done.sentence))

    def rows(self, name: str) -> list[dict[str, object]]:
        """Return the rows of a table that was written, in the order of their first column."""
        with duckdb.connect() as connection:
            found = connection.sql(f"SELECT * FROM '{name}' ORDER BY 1")
            return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]

    def left(self) -> set[str]:
        """Return the names of all files."""
        return {path.name for path in self.folder.iterdir()}
