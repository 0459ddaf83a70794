"""The `show`, `compare` and `options` commands."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from iop_fit.cli.outputs import OutputPlan, Results, output_problems
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError, Problem, collect_problems
from iop_fit.files.output_target import OutputTarget
from iop_fit.files.reading import read_all
from iop_fit.files.targets import PendingFile
from iop_fit.loading.loader import load
from iop_fit.outline.blocks import Outline
from iop_fit.outline.comparison import comparison_of
from iop_fit.outline.parts.care_options import options_outline
from iop_fit.outline.recomputed import comes_out_otherwise, recomputing
from iop_fit.problem_codes import Code
from iop_fit.report.difference_to_json import difference_to_json
from iop_fit.report.formats import draw, draw_on_screen, render
from iop_fit.storage.difference import difference_of
from iop_fit.storage.result_reader import load_result
from iop_fit.storage.saved_result import SavedResult, recomputed, same_as_saved

__all__ = ["CommandOutput", "compare", "compare_options", "show"]


class CommandOutput(NamedTuple):
    """The output of a command."""

    output: str | bytes
    files: list[PendingFile]
    messages: tuple[str, ...] = ()
    """Sentences for standard error."""


def show(result: str, questions: Path | None, outputs: OutputPlan, view: OutputTarget) -> CommandOutput:
    """Render a saved result, and report whether recomputing it gives the same.

    Raises `IopFitError` if a machine-readable format is requested and some answers no longer fit the questionnaire.
    """
    (saved,) = _load_results((result,), questions, outputs)
    if saved.unasked and not {outputs.format, *outputs.exports.values()}.isdisjoint(MACHINE_READABLE):
        raise IopFitError([MISFITTING_ANSWERS])

    @cache
    def recompute(include_private: bool) -> tuple[Assessment, tuple[str, ...]]:
        return _recomputed(saved if include_private else saved.public())

    results = Results(lambda include_private: recompute(include_private)[0])
    _, messages = recompute(outputs.may_show_private(view))
    return CommandOutput(results.shown(outputs, view), results.files(outputs), messages)


def _recomputed(saved: SavedResult) -> tuple[Assessment, tuple[str, ...]]:
    """Recompute a saved result; return it with messages about differences, which a differing result also carries."""
    result = recomputed(saved)
    different = same_as_saved(saved, render(result, "json"))
    raised = {each.alert.id for each in result.alerts}
    gone = tuple(alert.title for alert in saved.said.alerts if alert.id not in raised)
    messages = recomputing(saved, different, gone)
    notes = messages if comes_out_otherwise(saved, different) else ()
    return result._replace(notes=notes), messages


MACHINE_READABLE = {"json", "fhir"}
MISFITTING_ANSWERS = Problem(
    code=Code.ANSWERS_DO_NOT_FIT,
    message="Some answers of this result no longer fit the questions, so it can't be written as JSON or FHIR.",
    hint="Use the questionnaire it was made with (--questions), or another format.",
)


def compare(old: str, new: str, questions: Path | None, outputs: OutputPlan, view: OutputTarget) -> CommandOutput:
    """Render what changed from one saved result to another."""
    before, after = _load_results((old, new), questions, outputs)
    full, public = difference_of(before, after), difference_of(before.public(), after.public())
    shown = full if outputs.may_show_private(view) else public
    in_files = full if outputs.include_home_safety else public
    output = difference_to_json(shown) if outputs.format == "json" else _for_stdout(comparison_of(shown), outputs, view)

    def content(name: str) -> bytes:
        if name == "json":
            return difference_to_json(in_files).encode()
        return draw(comparison_of(in_files), name, paper=outputs.paper)

    return CommandOutput(output, outputs.files(content))


def compare_options(
    questions: Path | None, result: str | None, about: Audience, outputs: OutputPlan, view: OutputTarget
) -> CommandOutput:
    """Render the options of care, marked with what a saved result points to if there is one.

    Private answers are left out everywhere: they mark nothing.
    """
    if result is None:
        with collect_problems() as problems:
            problems.extend(output_problems(outputs))
            questionnaire = load(questions)
        outline = options_outline(questionnaire, audience=about)
        return _drawn(outline, outputs, view)
    (saved,) = _load_results((result,), questions, outputs)
    assessment, messages = _recomputed(saved.public())
    outline = options_outline(assessment.questionnaire, assessment)
    return _drawn(outline, outputs, view)._replace(messages=messages)


def _drawn(outline: Outline, outputs: OutputPlan, view: OutputTarget) -> CommandOutput:
    """Return an outline for standard output and for files."""
    files = outputs.files(lambda name: draw(outline, name, paper=outputs.paper))
    return CommandOutput(_for_stdout(outline, outputs, view), files)


def _for_stdout(outline: Outline, outputs: OutputPlan, view: OutputTarget) -> str | bytes:
    if outputs.format == "text":
        return draw_on_screen(outline, width=view.width, color=view.color, plain=view.plain)
    return draw(outline, outputs.format, paper=outputs.paper)


def _load_results(names: tuple[str, ...], questions: Path | None, outputs: OutputPlan) -> tuple[SavedResult, ...]:
    with collect_problems() as problems:
        problems.extend(output_problems(outputs))
        questionnaire = load(questions)
        return read_all(names, lambda text, name: load_result(text, name, questionnaire))
