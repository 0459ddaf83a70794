"""What each command does, but for catching, writing and ending: files and answers in, texts out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iop_fit.answers import AnswerSheet
from iop_fit.api import load
from iop_fit.assembly import assess
from iop_fit.assessment import Assessment
from iop_fit.errors import IopFitError, Problem
from iop_fit.files import MAX_BYTES, decode, read_text, target_problem
from iop_fit.formats import render
from iop_fit.question import Audience
from iop_fit.questionnaire import Questionnaire
from iop_fit.sheets import load_sheet
from iop_fit.source import STANDARD_INPUT

if TYPE_CHECKING:
    from iop_fit.drafts import Draft
    from iop_fit.screen import Screen

__all__ = [
    "Asked",
    "AssessRequest",
    "File",
    "Results",
    "View",
    "asked",
    "lines_text",
    "page_for_provider",
    "prepare",
    "questions_text",
    "texts_for",
]


class View(NamedTuple):
    """Where standard output goes to."""

    on_screen: bool
    width: int
    color: bool
    plain: bool
    simple: bool
    """Whether the terminal itself knows no escapes, wherever standard output goes."""


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
    save: Path | None
    """The file to keep the answers in while they are given."""
    resume: Path | None
    """The draft to go on with, which is then also the file to keep the answers in, unless `save` names another."""
    private: bool
    """Whether the result is shown where nothing of it stays."""


class Asked(NamedTuple):
    """What was answered, and where."""

    sheet: AnswerSheet
    screen: "Screen"
    draft: "Draft"


class File(NamedTuple):
    """A file to write."""

    path: Path
    text: str
    replace: bool


def prepare(request: AssessRequest) -> tuple[Questionnaire, AnswerSheet | None]:
    """Load the questionnaire, and the answers if a file holds them; find all that is wrong before asking."""
    new_draft = (request.save,) if request.save and request.save != request.resume else ()
    with _all_problems() as problems:
        found = (target_problem(path, replace=request.replace) for path in (*request.exports, *new_draft))
        problems.extend(problem for problem in found if problem)
        questionnaire = load(request.questions)
        sheet = _read_answers(request.answers, questionnaire) if request.answers is not None else None
    return questionnaire, sheet


@dataclass(frozen=True)
class Results:
    """The result of one sheet, whole and without its private answers, each assessed when it is first looked at.

    Private answers reach a file, or an output that may become one, only where that was asked for.
    """

    questionnaire: Questionnaire
    sheet: AnswerSheet
    today: date

    @cached_property
    def whole(self) -> Assessment:
        """The result for the eyes of the person alone."""
        return assess(self.questionnaire, self.sheet, on=self.today, include_private=True)

    @cached_property
    def public(self) -> Assessment:
        """The result for files."""
        return assess(self.questionnaire, self.sheet, on=self.today)


def texts_for(results: Results, request: AssessRequest, view: View) -> tuple[str, list[File]]:
    """Render the result for standard output and for each file that was asked for."""
    on_screen = request.output == "text" and view.on_screen
    shown = results.whole if on_screen or request.include_home_safety else results.public
    text = render(shown, request.output, width=view.width, color=view.color, plain=view.plain)
    return text, [_file(path, name, results, request) for path, name in request.exports.items()]


def _file(path: Path, name: str, results: Results, request: AssessRequest) -> File:
    page = results.whole if request.include_home_safety else results.public
    return File(path, render(page, name), request.replace)


@contextmanager
def asked(questionnaire: Questionnaire, request: AssessRequest, view: View) -> Iterator["Asked"]:
    """Ask all questions on the terminal; the screen stays open until the end of the block.

    Raises `IopFitError` when there is no terminal, when the draft can't be read, and when the input ends.
    """
    from iop_fit.drafts import Draft, resume
    from iop_fit.prompt import NOTHING, interview
    from iop_fit.screen import input_ended, no_terminal
    from iop_fit.terminal import open_screen

    if not sys.stdin or not sys.stdin.isatty():
        raise IopFitError([input_ended()])
    if not sys.stderr.isatty():  # what is shown while asking would reach a file or another program
        raise IopFitError([no_terminal()])
    resumed = resume(request.resume, questionnaire) if request.resume else NOTHING
    draft = Draft(questionnaire, request.save or request.resume, request.resume)
    with open_screen(plain=view.plain or view.simple) as screen:
        sheet = interview(questionnaire, screen, draft, resumed, request.about)
        yield Asked(sheet, screen, draft)


def page_for_provider(results: Results, done: Asked) -> File | None:
    """Offer a page for the provider, and render it as it was wanted."""
    from iop_fit.offer import offer_a_page

    home_safety = any(raised.alert.private for raised in results.whole.alerts)
    wanted = offer_a_page(done.screen, done.draft, home_safety=home_safety)
    if wanted is None:
        return None
    page = results.whole if wanted.include_home_safety else results.public
    return File(wanted.path, render(page._replace(name=wanted.name), wanted.format), wanted.replace)


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
        content = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
        text = decode(content, STANDARD_INPUT)
        return load_sheet(text, STANDARD_INPUT, questionnaire).sheet
    return load_sheet(read_text(Path(name)), name, questionnaire).sheet


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

    outline = lines_outline(load(path))
    if view.plain:
        from iop_fit.report.to_plain import to_plain

        return to_plain(outline, view.width)
    from iop_fit.report.to_terminal import to_terminal

    return to_terminal(outline, view.width, color=view.color)
