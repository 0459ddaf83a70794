"""The `check` and `new` commands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from iop_fit.checking.checker import Check, Severity, check_reading
from iop_fit.checking.example_files import examples_for
from iop_fit.checking.output import check_json, check_text
from iop_fit.errors import IopFitError, Problem, collect_problems
from iop_fit.files.parsing.snippet import Snippets
from iop_fit.files.reading import read_text
from iop_fit.files.targets import PendingFile, target_problem
from iop_fit.loading.loader import read_questionnaire
from iop_fit.loading.questionnaire_files import bundled
from iop_fit.storage.answer_files import dump_sheet

__all__ = ["CheckRequest", "Checked", "check", "new_questionnaire"]


class CheckRequest(NamedTuple):
    """The checked options of `check`."""

    path: Path | None
    """The questionnaire, or None for the bundled one."""
    on: date
    examples: Path | None = None
    """A folder of answers files with expected results, or None for the questionnaire's own."""
    witness: Path | None = None
    """The file to write the answers that show the first finding to."""
    format: str = "text"
    strict: bool = False
    replace: bool = False


class Checked(NamedTuple):
    """The output of a check, and its exit status."""

    output: str
    files: tuple[PendingFile, ...]
    status: int
    """0 if clean, 1 with findings, 4 if a file can't be read."""


def check(request: CheckRequest) -> Checked:
    """Check a questionnaire and its examples.

    Raises `IopFitError` if an example can't be read or the witness file can't be written.
    """
    with collect_problems() as problems:
        problems.extend(_target_problems(request.witness, replace=request.replace))
        reading = read_questionnaire(request.path or bundled())
        texts = [*examples_for(request.path, request.examples)]
    done = check_reading(reading, texts, request.on)
    output = check_json(done) if request.format == "json" else check_text(done, Snippets().of)
    return Checked(output, tuple(_witness(done, request)), _status(done, strict=request.strict))


def _witness(done: Check, request: CheckRequest) -> Iterator[PendingFile]:
    first = next((each for each in done.diagnostics if each.witness), None)
    if request.witness and first and first.witness and done.questionnaire:
        text = dump_sheet(first.witness.sheet, done.questionnaire)
        yield PendingFile(request.witness, text.encode, request.replace, allow_shared=True)


def _status(done: Check, *, strict: bool) -> int:
    if not done.all_read:
        return 4
    weights = [*Severity] if strict else [Severity.PROBLEM, Severity.FINDING]
    return int(any(done.of_severity(weight) for weight in weights))


def new_questionnaire(path: Path, *, replace: bool) -> PendingFile:
    """Return a small commented questionnaire to start from; raises `IopFitError` if it can't be written."""
    problems = _target_problems(path, replace=replace)
    if problems:
        raise IopFitError(problems)
    starter = read_text(Path(__file__).parent / "starter.yaml")
    return PendingFile(path, starter.encode, replace, allow_shared=True)


def _target_problems(path: Path | None, *, replace: bool) -> list[Problem]:
    """Return why a file of an author can't be written; nobody's answers are in it, so others may read it."""
    problem = target_problem(path, replace=replace, allow_shared=True) if path else None
    return [problem] if problem else []
