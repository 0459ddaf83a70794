"""The `check` and `new` commands."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from iop_fit.checking.checker import Check, Severity, check_reading
from iop_fit.checking.output import check_json, check_text
from iop_fit.errors import IopFitError, Place, Problem, collect_problems
from iop_fit.files.reading import is_dir, names_in, read_discovered, read_text
from iop_fit.files.snippet import Snippets
from iop_fit.files.targets import PendingFile, target_problem
from iop_fit.limits import MAX_EXAMPLES_SIZE
from iop_fit.loading.loader import read_questionnaire
from iop_fit.loading.questionnaire_files import MANIFEST, bundled, bundled_examples
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import dump_sheet
from iop_fit.text import quote

__all__ = ["CheckRequest", "Checked", "check", "example_texts", "new_questionnaire"]


SUFFIXES = {".yaml", ".yml", ".json"}


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
        problem = target_problem(request.witness, replace=request.replace) if request.witness else None
        problems.extend([problem] if problem else [])
        reading = read_questionnaire(request.path or bundled())
        texts = [*_examples_of(request)]
    done = check_reading(reading, texts, request.on)
    output = check_json(done) if request.format == "json" else check_text(done, Snippets().of)
    return Checked(output, tuple(_witness(done, request)), _status(done, strict=request.strict))


def _examples_of(request: CheckRequest) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each example file."""
    default = request.path / "examples" if request.path else bundled_examples()
    folder = request.examples or default
    if is_dir(folder):
        yield from example_texts(folder)
    elif request.examples:
        message = f"The folder {quote(str(folder))} does not exist."
        raise IopFitError([Problem(Code.NO_FOLDER, message, hint="Check the path given to --examples.")])


def example_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each answers file in a folder, and in its subfolders that aren't questionnaires.

    Hidden files and folders are ignored. Raises `IopFitError` if one can't be read, or if they are too large in total.
    """
    paths = [folder / name for name in names_in(folder)]
    inner = (each for each in paths if is_dir(each) and not (each / MANIFEST).exists())
    paths += (each / name for each in inner for name in names_in(each))
    files = (path for path in paths if path.suffix in SUFFIXES and (path.is_file() or path.is_symlink()))
    total = 0
    for path in sorted(files):
        text = read_discovered(path)
        total += len(text)
        if total > MAX_EXAMPLES_SIZE:
            message = (
                f"With this file the examples hold more than {MAX_EXAMPLES_SIZE:,} characters, so no more were read."
            )
            hint = "An example is about a page long. Check the path of the folder."
            raise IopFitError([Problem(Code.TOO_LARGE, message, Place(str(path)), hint)])
        yield str(path), text


def _witness(done: Check, request: CheckRequest) -> Iterator[PendingFile]:
    first = next((each for each in done.diagnostics if each.witness), None)
    if request.witness and first and first.witness and done.questionnaire:
        text = dump_sheet(first.witness.sheet, done.questionnaire)
        yield PendingFile(request.witness, text.encode, request.replace)


def _status(done: Check, *, strict: bool) -> int:
    if not done.all_read:
        return 4
    weights = [*Severity] if strict else [Severity.PROBLEM, Severity.FINDING]
    return int(any(done.of_severity(weight) for weight in weights))


def new_questionnaire(path: Path, *, replace: bool) -> PendingFile:
    """Return a small commented questionnaire to start from; raises `IopFitError` if it can't be written."""
    problem = target_problem(path, replace=replace)
    if problem:
        raise IopFitError([problem])
    starter = read_text(Path(__file__).parent / "starter.yaml")
    return PendingFile(path, starter.encode, replace)
