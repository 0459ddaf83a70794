"""No `repr` of anything that the Python API returns shows an answer, in tracebacks with variables neither."""

import dataclasses
import os
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from io import StringIO

import pytest
from rich.console import Console
from rich.traceback import Traceback

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen, Skipped, SkipReason, Written
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.validation import problems_of
from iop_fit.storage.answer_files import dump_sheet
from support import DAY, ROOT
from support.example_results import EXAMPLES

NOTE = "The blue heron knows it"
LONGEST = 200


@pytest.fixture(scope="module")
def sheet(questionnaire: Questionnaire) -> AnswerSheet:
    found = iop_fit.load_answers(ROOT / "examples" / "everyday-drinking.yaml", questionnaire)
    return found.with_answer("note", Written(NOTE))


@pytest.fixture(scope="module")
def returned(questionnaire: Questionnaire, sheet: AnswerSheet) -> dict[str, object]:
    """Return one of everything that the API returns, and of what it decides from."""
    result = iop_fit.assess(questionnaire, sheet, on=DAY, include_private=True)
    saved = iop_fit.load_result(result.to_dict(), questionnaire)
    own = os.path.relpath(ROOT / "examples" / "stepping-down")  # the problems of a check name its files
    skipped = sheet.with_answer("mood", Skipped(SkipReason.RATHER_NOT_SAY))
    unsure = iop_fit.assess(questionnaire, skipped, on=DAY, include_private=True)
    return {
        "sheet": sheet,
        "result": result,
        "unsure": unsure,
        "decision": decide(questionnaire, sheet),
        "saved": saved,
        "difference": iop_fit.compare(saved, iop_fit.load_result(unsure.to_dict(), questionnaire)),
        "problems": problems_of(questionnaire, sheet.with_answer("mood", Chosen(("heron",)))),
        "check": iop_fit.check(own, on=DAY),
    }


def parts_of(thing: object) -> Iterator[object]:
    """Yield what the fields and the computed properties of a thing hold."""
    if isinstance(thing, Mapping):
        yield from thing.values()
    elif isinstance(thing, (tuple, list, frozenset)):
        yield from thing
    elif dataclasses.is_dataclass(thing):
        yield from (getattr(thing, field.name) for field in dataclasses.fields(thing))
    if type(thing).__module__.startswith("iop_fit."):
        computed = [name for name, value in vars(type(thing)).items() if hasattr(value, "__get__")]
        yield from (getattr(thing, name) for name in computed if not name.startswith("_") and is_data(thing, name))


def is_data(thing: object, name: str) -> bool:
    return type(vars(type(thing))[name]).__name__ in {"property", "cached_property"}


def reachable(*things: object) -> Iterator[object]:
    seen, waiting = set[int](), [*things]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen and not isinstance(thing, str):
            seen.add(id(thing))
            kept.append(thing)  # so that no id is used again
            yield thing
            waiting.extend(parts_of(thing))


kept: list[object] = []


def test_every_repr_is_short_and_without_answers(returned: dict[str, object]) -> None:
    ours = [thing for thing in reachable(*returned.values()) if type(thing).__module__.startswith("iop_fit.")]
    public = {name: getattr(iop_fit, name) for name in iop_fit.__all__}
    classes = {name for name, thing in public.items() if isinstance(thing, type) and not issubclass(thing, Enum)}
    assert classes - {type(thing).__name__ for thing in ours} == {"IopFitError"}
    shown = {type(thing).__name__: text for thing in ours if len(text := repr(thing)) > LONGEST or "heron" in text}
    assert shown == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("sheet", "AnswerSheet(...)"),
        ("result", "Assessment(Questionnaire('program-fit', 'V'), 2026-01-02, ...)"),
        ("decision", "Decision(...)"),
        ("saved", "SavedResult(...)"),
        ("difference", "Difference(...)"),
    ],
)
def test_repr_says_what_a_thing_is(returned: dict[str, object], name: str, shown: str) -> None:
    assert re.sub(r"'\d[\d.]*'", "'V'", repr(returned[name])) == shown


def test_answers_of_a_sheet_have_short_reprs(sheet: AnswerSheet) -> None:
    given = {**sheet.answers, "mood": Skipped(SkipReason.DONT_KNOW)}
    shown = set(re.findall(r": (\w+\(.*?\))", repr(given)))
    assert shown == {"Chosen(...)", "Written(...)", "Skipped(...)"}


def test_error_repr_leaves_out_what_messages_quote(questionnaire: Questionnaire) -> None:
    with pytest.raises(iop_fit.IopFitError, match="heron") as caught:
        iop_fit.load_answers({"answers": {"mood": "heron"}}, questionnaire)
    assert repr(caught.value).startswith("IopFitError(Problem('missing-answer', answers), ")
    assert repr(caught.value.problems[-1]) == "Problem('unknown-option', answers.mood)"
    assert "heron" not in repr(caught.value)


def traceback_with_variables(error: Exception) -> str:
    console = Console(file=StringIO(), width=200, color_system=None)
    console.print(Traceback.from_exception(type(error), error, error.__traceback__, show_locals=True))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_traceback_with_variables_shows_no_answers(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    """The text of the answers is a variable only in the frames that are left out, and in those of the caller."""
    text = dump_sheet(sheet.with_answer("mood", Chosen(("swan",))), questionnaire)
    shown = []
    for load in (
        lambda: iop_fit.load_answers(text=text, questionnaire=questionnaire),
        lambda: iop_fit.assess(questionnaire, {"answers": {"note": NOTE}}, on=DAY),
        lambda: iop_fit.assess(questionnaire, sheet.with_answer("age", Chosen(("swan",))), on=DAY),
    ):
        with pytest.raises(iop_fit.IopFitError) as caught:
            load()
        assert caught.value.__context__ is None
        frames = [each.frame for each in caught.traceback][2:]
        assert [frame.code.name for frame in frames] == ["call"]
        caught.value.problems = ()
        shown.append(traceback_with_variables(caught.value.with_traceback(caught.tb.tb_next.tb_next)))  # type: ignore[union-attr]
    assert "heron" not in "".join(shown)


@pytest.mark.parametrize("path", EXAMPLES[::10], ids=lambda path: path.stem)
def test_results_of_examples_have_short_reprs(path: str, questionnaire: Questionnaire) -> None:
    answers = iop_fit.load_answers(path, questionnaire)
    result = iop_fit.assess(questionnaire, answers, on=DAY)
    assert max(len(repr(thing)) for thing in (questionnaire, answers, result, *result.replies, *result.reasons)) < 90
