"""What the commands for authors of questionnaires do, but for catching, writing and ending."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from iop_fit.check.checker import Check, Severity, check_reading
from iop_fit.check.output import check_json, check_text
from iop_fit.errors import IopFitError, Place, Problem, collect_problems
from iop_fit.files.reading import is_dir, read_discovered, read_text
from iop_fit.files.snippet import Snippets
from iop_fit.files.writing import PendingFile, target_problem
from iop_fit.limits import MAX_EXAMPLES_SIZE
from iop_fit.loading.loader import read_questionnaire
from iop_fit.loading.questionnaire_files import MANIFEST, bundled, bundled_examples
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import dump_sheet
from iop_fit.text import quote

__all__ = ["CheckRequest", "Checked", "check", "example_texts", "new_questionnaire"]


SUFFIXES = {".yaml", ".yml", ".json"}


class CheckRequest(NamedTuple):
    """What was asked of `check`."""

    path: Path | None
    """The questionnaire, or None for the bundled one."""
    on: date
    examples: Path | None = None
    """A folder with answers files that say what must come out, or None for the one that belongs to it."""
    witness: Path | None = None
    """The file to write the first witness to."""
    format: str = "text"
    strict: bool = False
    replace: bool = False


class Checked(NamedTuple):
    """What a check came to."""

    output: str
    files: tuple[PendingFile, ...]
    status: int
    """0 clean, 1 with findings, 4 when a file could not be read."""


def check(request: CheckRequest) -> Checked:
    """Check a questionnaire; raises `IopFitError` when its examples can't be read, or the witness can't be written."""
    with collect_problems() as problems:
        problem = target_problem(request.witness, replace=request.replace) if request.witness else None
        problems.extend([problem] if problem else [])
        reading = read_questionnaire(request.path or bundled())
        texts = [*_examples_of(request)]
    done = check_reading(reading, texts, request.on)
    output = check_json(done) if request.format == "json" else check_text(done, Snippets().of)
    return Checked(output, tuple(_witness(done, request)), _status(done, strict=request.strict))


def _examples_of(request: CheckRequest) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the example files, those beside the questionnaire if no folder is named."""
    beside = request.path / "examples" if request.path else bundled_examples()
    folder = request.examples or beside
    if is_dir(folder):
        yield from example_texts(folder)
    elif request.examples:
        message = f"There is no folder {quote(str(folder))}."
        raise IopFitError([Problem(Code.NO_FOLDER, message, hint="Name the folder that holds the examples.")])


def example_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the answers files in a folder, and in the folders in it that are no questionnaires.

    Raises `IopFitError` when one can't be read, or when they are too large together.
    """
    inner = (each for each in folder.iterdir() if is_dir(each) and not (each / MANIFEST).exists())
    files = (
        file
        for each in (folder, *inner)
        for file in each.iterdir()
        if file.suffix in SUFFIXES and (file.is_file() or file.is_symlink())
    )
    in_all = 0
    for path in sorted(files):
        text = read_discovered(path)
        in_all += len(text)
        if in_all > MAX_EXAMPLES_SIZE:
            message = (
                f"With this file the examples hold more than {MAX_EXAMPLES_SIZE:,} characters, so no more were read."
            )
            hint = "An example is a page or so. Is this the folder that holds them?"
            raise IopFitError([Problem(Code.TOO_LARGE, message, Place(str(path)), hint)])
        yield str(path), text


def _witness(done: Check, request: CheckRequest) -> Iterator[PendingFile]:
    first = next((each for each in done.told if each.witness), None)
    if request.witness and first and first.witness and done.questionnaire:
        text = dump_sheet(first.witness.sheet, done.questionnaire)
        yield PendingFile(request.witness, text.encode, request.replace)


def _status(done: Check, *, strict: bool) -> int:
    if not done.all_read:
        return 4
    weights = [*Severity] if strict else [Severity.PROBLEM, Severity.FINDING]
    return int(any(done.weighing(weight) for weight in weights))


def new_questionnaire(path: Path, *, replace: bool) -> PendingFile:
    """Write a small questionnaire with comments, for an author to begin with; raises `IopFitError`."""
    problem = target_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    starter = read_text(Path(__file__).parent / "starter.yaml")
    return PendingFile(path, starter.encode, replace)
