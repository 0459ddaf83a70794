"""What the commands do that open saved results: files in, texts out."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from iop_fit.cli.outputs import OutputPlan, Results, output_problems
from iop_fit.domain.assessment import Assessment
from iop_fit.errors import IopFitError, Problem, collect_problems
from iop_fit.files.reading import read_all
from iop_fit.files.stdio import OutputTarget
from iop_fit.files.writing import PendingFile
from iop_fit.loading.loader import load
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.recomputed import comes_out_otherwise, recomputing
from iop_fit.problem_codes import Code
from iop_fit.report.formats import draw, draw_on_screen, render
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed, same_as_saved

__all__ = ["CommandOutput", "compare", "show"]


class CommandOutput(NamedTuple):
    """What to show and to write."""

    output: str | bytes
    files: list[PendingFile]
    said: tuple[str, ...] = ()
    """What to say beside it."""


def show(result: str, questions: Path | None, outputs: OutputPlan, view: OutputTarget) -> CommandOutput:
    """Render a saved result, and say whether recomputing it gives the same.

    Raises `IopFitError` when it is to be written for programs again, and its answers do not all fit any more.
    """
    (saved,) = _opened((result,), questions, outputs)
    lacking = saved.dropped or saved.new
    if lacking and not {outputs.format, *outputs.exports.values()}.isdisjoint(FOR_PROGRAMS):
        raise IopFitError([CANT_BE_WRITTEN_AGAIN])

    @cache
    def again(whole: bool) -> tuple[Assessment, tuple[str, ...]]:
        return _recomputed(saved if whole else saved.public())

    results = Results(lambda whole: again(whole)[0])
    _, said = again(outputs.may_show_private(view))
    return CommandOutput(results.shown(outputs, view), results.files(outputs), said)


def _recomputed(saved: SavedResult) -> tuple[Assessment, tuple[str, ...]]:
    """Assess a saved result again, and say how it comes out; where that is otherwise, the paper says so too."""
    result = recomputed(saved)
    different = same_as_saved(saved, render(result, "json"))
    raised = {each.alert.id for each in result.alerts}
    gone = tuple(alert.title for alert in saved.said.alerts if alert.id not in raised)
    said = recomputing(saved, different, gone)
    notes = said if comes_out_otherwise(saved, different) else ()
    return result._replace(notes=notes, unasked=frozenset((*saved.dropped, *saved.new))), said


FOR_PROGRAMS = {"json", "fhir"}
CANT_BE_WRITTEN_AGAIN = Problem(
    code=Code.ANSWERS_DO_NOT_FIT,
    message="The answers of this result do not all fit today's questions, so no program should take them from here.",
    hint="Name the questions that it was made with (--questions), or write it for people.",
)


def compare(old: str, new: str, questions: Path | None, outputs: OutputPlan, view: OutputTarget) -> CommandOutput:
    """Say what changed from one saved result to another."""
    before, after = _opened((old, new), questions, outputs)
    whole = comparison_of(difference_of(before, after))
    public = comparison_of(difference_of(before.public(), after.public()))
    shown = whole if outputs.may_show_private(view) else public
    in_files = whole if outputs.include_home_safety else public
    output: str | bytes
    if outputs.format == "text":
        output = draw_on_screen(shown, width=view.width, color=view.color, plain=view.plain)
    else:
        output = draw(shown, outputs.format, paper=outputs.paper)
    return CommandOutput(output, outputs.files(lambda name: draw(in_files, name, paper=outputs.paper)))


def _opened(names: tuple[str, ...], questions: Path | None, outputs: OutputPlan) -> tuple[SavedResult, ...]:
    with collect_problems() as problems:
        problems.extend(output_problems(outputs))
        questionnaire = load(questions)
        return read_all(names, lambda text, name: load_result(text, name, questionnaire))
