"""Find the example files of a questionnaire."""

from collections.abc import Iterator
from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.files.reading import is_dir, names_in, read_discovered
from iop_fit.limits import MAX_EXAMPLES_SIZE
from iop_fit.loading.questionnaire_files import MANIFEST, bundled_examples
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["example_texts", "examples_for"]

SUFFIXES = {".yaml", ".yml", ".json"}


def examples_for(questionnaire: Path | None, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each example file of a questionnaire, or of the bundled one if it is None.

    They are in `folder`, or else in the folder `examples` of the questionnaire, if it has one. Raises `IopFitError` if
    `folder` doesn't exist or a file can't be read.
    """
    default = questionnaire / "examples" if questionnaire else bundled_examples()
    if is_dir(folder or default):
        yield from example_texts(folder or default)
    elif folder:
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
