"""Prepare a conversation with a provider about an intensive outpatient program or inpatient care.

The functions are `load`, `load_answers`, `assess`, `render`, `export`, `load_result`, `compare` and `check`. Nothing
here prints, reads the clock or needs a terminal, and no `repr` shows answers.

>>> from datetime import date
>>> import iop_fit
>>> questionnaire = iop_fit.load()
>>> answers = iop_fit.load_answers("examples/everyday-drinking.yaml", questionnaire)
>>> result = iop_fit.assess(questionnaire, answers, on=date(2026, 1, 2))
>>> result.direction.title
'Ask about an IOP'
"""

from iop_fit.version import VERSION as __version__  # noqa: N811  # the name that tools expect

TYPE_CHECKING = False  # true for type checkers; importing `typing` would double the time of --version
if TYPE_CHECKING:
    from iop_fit.api.answers import load_answers
    from iop_fit.api.checks import check
    from iop_fit.api.rendering import export, render
    from iop_fit.api.results import Assessment, assess, compare, load_result
    from iop_fit.checking.checker import Check, Diagnostic, Severity
    from iop_fit.domain.answer_sheet import AnswerSheet
    from iop_fit.domain.answers import Chosen, Skipped, SkipReason, Written
    from iop_fit.domain.questionnaire import Questionnaire
    from iop_fit.domain.wording import Audience
    from iop_fit.errors import IopFitError, Place, Problem
    from iop_fit.loading.loader import load
    from iop_fit.problem_codes import Code
    from iop_fit.report.registry import FORMATS, PAPERS
    from iop_fit.storage.difference import Difference
    from iop_fit.storage.saved_result import SavedResult

__all__ = [
    "FORMATS",
    "PAPERS",
    "AnswerSheet",
    "Assessment",
    "Audience",
    "Check",
    "Chosen",
    "Code",
    "Diagnostic",
    "Difference",
    "IopFitError",
    "Place",
    "Problem",
    "Questionnaire",
    "SavedResult",
    "Severity",
    "SkipReason",
    "Skipped",
    "Written",
    "__version__",
    "assess",
    "check",
    "compare",
    "export",
    "load",
    "load_answers",
    "load_result",
    "render",
]

_NAMES = {
    "api.answers": ("load_answers",),
    "api.checks": ("check",),
    "api.results": ("Assessment", "assess", "compare", "load_result"),
    "checking.checker": ("Check", "Diagnostic", "Severity"),
    "domain.answer_sheet": ("AnswerSheet",),
    "domain.answers": ("Chosen", "SkipReason", "Skipped", "Written"),
    "domain.questionnaire": ("Questionnaire",),
    "domain.wording": ("Audience",),
    "errors": ("IopFitError", "Place", "Problem"),
    "loading.loader": ("load",),
    "problem_codes": ("Code",),
    "api.rendering": ("export", "render"),
    "report.registry": ("FORMATS", "PAPERS"),
    "storage.difference": ("Difference",),
    "storage.saved_result": ("SavedResult",),
}
"""The public names by the module that has them."""


def __getattr__(name: str) -> object:
    """Import public names on first use."""
    module = next((module for module, names in _NAMES.items() if name in names), None)
    if module is None:
        raise AttributeError(f"module 'iop_fit' has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"iop_fit.{module}"), name)
    return found


def __dir__() -> list[str]:
    """Return the public names, also those that are not imported yet."""
    return [*__all__]
