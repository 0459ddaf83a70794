"""Errors, sheets, results and questionnaires survive pickling, copying and the way to another process."""

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import iop_fit
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import CannotDrawError, InterviewQuit, IopFitError, Place, Problem, Terminated
from iop_fit.problem_codes import Code
from iop_fit.report.formats import export
from support import DAY, ROOT
from support.example_results import EXAMPLES

PROBLEMS = (
    Problem(Code.UNREADABLE, "There is no such file.", Place("answers.yaml"), "Check the spelling."),
    Problem(Code.EMPTY, "This file is empty.", Place("b.yaml", 3, 5)),
)


class ReadingError(IopFitError):
    """What a program might make of it, with an argument more."""

    def __init__(self, folder: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.folder = folder


def pickled(thing: object) -> object:
    return pickle.loads(pickle.dumps(thing))


WAYS = {"pickle": pickled, "copy": copy.copy, "deepcopy": copy.deepcopy}
each_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
ERRORS = {
    "error": IopFitError(PROBLEMS),
    "no problems": IopFitError(()),
    "subclass": ReadingError("people", PROBLEMS),
    "terminated": Terminated(15),
    "quit": InterviewQuit(),
    "undrawn": CannotDrawError("emoji"),
}


@each_way
@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)
def test_errors_arrive_whole(error: BaseException, way: Callable[[object], object]) -> None:
    error.add_note("While reading.")
    again = way(error)
    assert isinstance(again, BaseException)
    assert (type(again), again.args, vars(again)) == (type(error), error.args, vars(error))
    assert str(again) == str(error)


def test_error_says_each_problem_on_its_lines() -> None:
    expected = "answers.yaml: There is no such file.\n  Check the spelling.\nb.yaml:3:5: This file is empty."
    assert str(pickled(IopFitError(PROBLEMS))) == expected


@each_way
def test_sheet_questionnaire_and_result_arrive_equal(
    way: Callable[[object], object], questionnaire: Questionnaire
) -> None:
    answers = iop_fit.load_answers(EXAMPLES[0], questionnaire)
    result = iop_fit.assess(questionnaire, answers, on=DAY)
    saved = iop_fit.load_result(result.to_dict(), questionnaire)
    for thing in (answers, questionnaire, result, saved, iop_fit.compare(saved, saved)):
        again = way(thing)
        assert (type(again), again) == (type(thing), thing)


@pytest.mark.parametrize("path", EXAMPLES[::6], ids=lambda path: path.stem)
def test_pickled_result_is_written_as_before(path: Path, questionnaire: Questionnaire) -> None:
    result = iop_fit.assess(questionnaire, iop_fit.load_answers(path, questionnaire), on=DAY)
    again = pickled(result)
    assert isinstance(again, iop_fit.Assessment)
    for name in ("text", "html", "markdown", "plain", "fhir", "json"):
        assert export(again, name) == export(result, name)


def test_pool_assesses_and_reports_every_problem(questionnaire: Questionnaire) -> None:
    """Started anew, a process has imported nothing, and gets everything pickled."""
    answers = iop_fit.load_answers(ROOT / "examples" / "steady-home.yaml", questionnaire)
    wrong: dict[str, object] = {"answers": {"mood": "heron"}}
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        result = pool.submit(iop_fit.assess, questionnaire, answers, on=DAY).result()
        failed = pool.submit(iop_fit.assess, questionnaire, wrong, on=DAY).exception()
    assert result == iop_fit.assess(questionnaire, answers, on=DAY)
    assert isinstance(failed, IopFitError)
    with pytest.raises(IopFitError) as here:
        iop_fit.assess(questionnaire, wrong, on=DAY)
    assert failed.problems == here.value.problems


def test_check_remains_a_function_after_unpickling() -> None:
    """A package of that name would replace the function as soon as a result of a check is unpickled."""
    found = iop_fit.check(ROOT / "examples" / "stepping-down", on=DAY)
    assert pickled(found.diagnostics) == found.diagnostics
    assert callable(iop_fit.check)
