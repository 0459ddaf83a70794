"""What each command does, but for catching, writing and ending: files and answers in, texts out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from iop_fit.answers import AnswerSheet
from iop_fit.api import load
from iop_fit.assembly import assess
from iop_fit.errors import IopFitError, Problem
from iop_fit.files import MAX_BYTES, decode, read_text, target_problem
from iop_fit.formats import render
from iop_fit.question import Audience
from iop_fit.questionnaire import Questionnaire
from iop_fit.sheets import load_sheet
from iop_fit.source import STANDARD_INPUT

__all__ = ["AssessRequest", "AssessTexts", "View", "assess_texts", "lines_text", "questions_text"]


class View(NamedTuple):
    """Where standard output goes to."""

    on_screen: bool
    width: int
    color: bool


class AssessRequest(NamedTuple):
    """What was asked of `assess`."""

    answers: str | None
    """The answers file, `-` for standard input, or None to ask on the terminal."""
    questions: Path | None
    about: Audience | None
    exports: dict[Path, str]
    """The files to write, each with its format."""
    output: str
    replace: bool
    include_home_safety: bool


class AssessTexts(NamedTuple):
    """What `assess` has to say."""

    standard_output: str
    files: dict[Path, str]


def assess_texts(request: AssessRequest, view: View, today: date) -> AssessTexts:
    """Ask or read the answers, and render the result for the screen and for each file.

    Everything that can be wrong is looked for before the first question. Private answers reach a file, or an output
    that may become one, only where that was asked for: what is made for files comes from a sheet without them.
    """
    with _all_problems() as problems:
        found = (target_problem(path, replace=request.replace) for path in request.exports)
        problems.extend(problem for problem in found if problem)
        questionnaire = load(request.questions)
        sheet = _read_answers(request.answers, questionnaire) if request.answers is not None else None
    if sheet is None:
        sheet = _interview(questionnaire, request.about)
    whole = assess(questionnaire, sheet, on=today)
    public = questionnaire.public()
    for_files = whole if request.include_home_safety else assess(public, sheet.only(public.questions), on=today)
    shown = whole if request.output == "text" and view.on_screen else for_files
    return AssessTexts(
        standard_output=render(shown, request.output, width=view.width, color=view.color),
        files={path: render(for_files, name) for path, name in request.exports.items()},
    )


@contextmanager
def _all_problems() -> Iterator[list[Problem]]:
    """Collect problems of several steps, and raise them together with those that end a step."""
    problems: list[Problem] = []
    try:
        yield problems
    except IopFitError as error:
        problems.extend(error.problems)
    if problems:
        raise IopFitError(problems)


def _read_answers(name: str, questionnaire: Questionnaire) -> AnswerSheet:
    if name == "-":
        text = decode(sys.stdin.buffer.read(MAX_BYTES + 1), STANDARD_INPUT)
        return load_sheet(text, STANDARD_INPUT, questionnaire).sheet
    return load_sheet(read_text(Path(name)), name, questionnaire).sheet


def _interview(questionnaire: Questionnaire, about: Audience | None) -> AnswerSheet:
    from iop_fit.prompt import input_ended, interview
    from iop_fit.terminal import Terminal

    if not sys.stdin.isatty():
        raise IopFitError([input_ended()])
    return interview(questionnaire, Terminal(), about)


def questions_text(path: Path | None, output: str, *, blank: bool) -> str:
    """List the questions, or write an answers file to fill in."""
    from iop_fit.listing import listing_json, listing_text
    from iop_fit.sheets import blank_sheet

    questionnaire = load(path)
    if blank:
        return blank_sheet(questionnaire)
    return listing_json(questionnaire) if output == "json" else listing_text(questionnaire)


def lines_text(path: Path | None, view: View) -> str:
    """Say whom to turn to."""
    from iop_fit.outline_lines import lines_outline
    from iop_fit.report.to_terminal import outline_to_terminal

    return outline_to_terminal(lines_outline(load(path).contacts), ("numbers",), view.width, color=view.color)
