"""Prepare a conversation with a provider about an intensive outpatient program or inpatient care.

>>> from datetime import date
>>> import iop_fit
>>> questionnaire = iop_fit.load()
>>> sheet = iop_fit.load_answers("examples/steady-home.yaml", questionnaire)
>>> print(iop_fit.render(iop_fit.assess(questionnaire, sheet, on=date.today()), "markdown"))
"""

from iop_fit.version import VERSION as __version__  # noqa: N811  # the name that tools expect

TYPE_CHECKING = False  # true for type checkers; importing `typing` would double the time of --version
if TYPE_CHECKING:
    from iop_fit.domain.answer_sheet import AnswerSheet
    from iop_fit.domain.assess import assess
    from iop_fit.domain.assessment import Assessment
    from iop_fit.domain.questionnaire import Questionnaire
    from iop_fit.errors import IopFitError, Place, Problem
    from iop_fit.loading.loader import load
    from iop_fit.report.formats import export, render
    from iop_fit.storage.answer_files import load_answers

__all__ = [
    "AnswerSheet",
    "Assessment",
    "IopFitError",
    "Place",
    "Problem",
    "Questionnaire",
    "__version__",
    "assess",
    "export",
    "load",
    "load_answers",
    "render",
]

_MODULES = {
    "AnswerSheet": "domain.answer_sheet",
    "Assessment": "domain.assessment",
    "IopFitError": "errors",
    "Place": "errors",
    "Problem": "errors",
    "Questionnaire": "domain.questionnaire",
    "assess": "domain.assess",
    "export": "report.formats",
    "load": "loading.loader",
    "load_answers": "storage.answer_files",
    "render": "report.formats",
}


def __getattr__(name: str) -> object:
    """Import public names on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module 'iop_fit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"iop_fit.{_MODULES[name]}"), name)
