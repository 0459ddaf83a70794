"""Check a questionnaire of one's own."""

from datetime import date
from pathlib import Path

from iop_fit.checking.checker import Check, check_reading
from iop_fit.checking.example_files import examples_for
from iop_fit.errors import drops_inner_frames
from iop_fit.files.sources import FilePath
from iop_fit.loading.loader import read_questionnaire
from iop_fit.loading.questionnaire_files import bundled

__all__ = ["check"]


@drops_inner_frames
def check(path: FilePath | None = None, *, on: date, examples: FilePath | None = None) -> Check:
    """Check a questionnaire, and what holds for every possible answer sheet; without a path, the bundled one.

    What is wrong is in `diagnostics`; an invalid questionnaire raises nothing. Dates are compared with the day `on`.
    The examples are the files in the folder `examples`, or else in the folder of that name beside the questionnaire.
    Raises `IopFitError` if an example file can't be read.

    >>> found = iop_fit.check("examples/stepping-down", on=date(2026, 11, 24))
    >>> found.questionnaire.id, found.of_severity(iop_fit.Severity.FINDING)
    ('stepping-down', ())
    """
    own = None if path is None else Path(path)
    texts = [*examples_for(own, None if examples is None else Path(examples))]
    return check_reading(read_questionnaire(own or bundled()), texts, on)
