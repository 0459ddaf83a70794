"""What the commands do that ask or list, but for catching, writing and ending: files and answers in, texts out."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iop_fit.answers import AnswerSheet
from iop_fit.api import load
from iop_fit.errors import IopFitError, Left, Stopped, all_problems
from iop_fit.formats import draw_on_screen, export
from iop_fit.inputs import read_input
from iop_fit.private_files import File, target_problem
from iop_fit.question import Audience
from iop_fit.questionnaire import Questionnaire
from iop_fit.results import Outputs, Results, output_problems
from iop_fit.sheets import load_sheet
from iop_fit.standard_output import View

if TYPE_CHECKING:
    from iop_fit.leaving import Asked

__all__ = ["AssessRequest", "asked", "lines_text", "page_for_provider", "prepare", "questions_text"]


class AssessRequest(NamedTuple):
    """What was asked of `assess`."""

    answers: str | None
    """The answers file, `-` for standard input, or None to ask on the terminal."""
    questions: Path | None
    about: Audience | None
    outputs: Outputs
    save: Path | None
    """The file to keep the answers in while they are given."""
    resume: Path | None
    """The draft to go on with, which is then also the file to keep the answers in, unless `save` names another."""
    private: bool
    """Whether the result is shown where nothing of it stays."""


def prepare(request: AssessRequest) -> tuple[Questionnaire, AnswerSheet | None]:
    """Load the questionnaire, and the answers if a file holds them; find all that is wrong before asking."""
    draft = request.save or request.resume
    with all_problems() as problems:
        problems.extend(output_problems(request.outputs))
        there = request.outputs.replace or draft == request.resume
        problem = target_problem(draft, replace=there) if draft else None
        problems.extend([problem] if problem else [])
        questionnaire = load(request.questions)
        sheet = None if request.answers is None else load_sheet(*read_input(request.answers), questionnaire).sheet
    return questionnaire, sheet


@contextmanager
def asked(questionnaire: Questionnaire, request: AssessRequest, view: View) -> Iterator["Asked"]:
    """Ask all questions on the terminal; the screen stays open until the end of the block.

    When something goes wrong in the block, the person can save the answers first. Raises `IopFitError` when there is no
    terminal, when the draft can't be read or another run uses it, and when the input ends.
    """
    from iop_fit.drafts import Draft, resume
    from iop_fit.leaving import Asked, save_before_the_end
    from iop_fit.prompt import NOTHING, interview
    from iop_fit.screen import input_ended, no_terminal
    from iop_fit.terminal import open_screen

    if not sys.stdin or not sys.stdin.isatty():
        raise IopFitError([input_ended()])
    if not sys.stderr.isatty():  # what is shown while asking would reach a file or another program
        raise IopFitError([no_terminal()])
    draft = Draft(questionnaire, request.save or request.resume, request.resume, allowed=not request.private)
    resumed = resume(request.resume, questionnaire) if request.resume else NOTHING
    with open_screen(plain=view.plain or view.simple) as screen:
        sheet = interview(questionnaire, screen, draft, resumed, request.about)
        done = Asked(sheet, screen, draft)
        try:
            yield done
        except (Left, Stopped, GeneratorExit):
            raise
        except BaseException as error:  # native code raises some that are no `Exception`
            save_before_the_end(done, error)
            raise


def page_for_provider(results: Results, done: "Asked", paper: str) -> File | None:
    """Offer a page for the provider; return the one that was wanted."""
    from iop_fit.offer import offer_a_page

    home_safety = any(raised.alert.private for raised in results.whole.alerts)
    wanted = offer_a_page(done.screen, done.draft, home_safety=home_safety)
    if wanted is None:
        return None
    page = results.whole if wanted.include_home_safety else results.public
    content = partial(export, page._replace(name=wanted.name), wanted.format, paper=paper)
    return File(wanted.path, content, wanted.replace)


def questions_text(path: Path | None, output: str) -> str:
    """List the questions as `text` or `json`, write a `blank` answers file to fill in, or draw a `graph`."""
    from iop_fit.graph import graph_text
    from iop_fit.listing import listing_json, listing_text
    from iop_fit.sheets import blank_sheet

    written = {"text": listing_text, "json": listing_json, "blank": blank_sheet, "graph": graph_text}
    return written[output](load(path))


def lines_text(path: Path | None, view: View) -> str:
    """Say whom to turn to."""
    from iop_fit.outline_lines import lines_outline

    return draw_on_screen(lines_outline(load(path)), width=view.width, color=view.color, plain=view.plain)
