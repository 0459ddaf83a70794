"""What the commands do that ask or list, but for catching, writing and ending: files and answers in, texts out."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iop_fit.cli.outputs import OutputPlan, Results, output_problems
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.question import Audience
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import InterviewQuit, IopFitError, Terminated, collect_problems
from iop_fit.files.reading import read_input
from iop_fit.files.stdio import OutputTarget
from iop_fit.files.writing import PendingFile, target_problem
from iop_fit.loading.loader import load
from iop_fit.report.formats import export
from iop_fit.storage.answer_files import load_sheet

__all__ = ["AssessRequest", "asked", "open_screen", "page_for_provider", "prepare"]

if TYPE_CHECKING:
    from iop_fit.interview.leaving import InterviewResult
    from iop_fit.interview.plain_screen import PlainScreen
    from iop_fit.interview.rich_screen import RichScreen


class AssessRequest(NamedTuple):
    """What was asked of `assess`."""

    answers: str | None
    """The answers file, `-` for standard input, or None to ask on the terminal."""
    questions: Path | None
    about: Audience | None
    outputs: OutputPlan
    save: Path | None
    """The file to keep the answers in while they are given."""
    resume: Path | None
    """The draft to go on with, which is then also the file to keep the answers in, unless `save` names another."""
    private: bool
    """Whether the result is shown where nothing of it stays."""


def prepare(request: AssessRequest) -> tuple[Questionnaire, AnswerSheet | None]:
    """Load the questionnaire, and the answers if a file holds them; find all that is wrong before asking."""
    draft = request.save or request.resume
    with collect_problems() as problems:
        problems.extend(output_problems(request.outputs))
        there = request.outputs.replace or draft == request.resume
        problem = target_problem(draft, replace=there) if draft else None
        problems.extend([problem] if problem else [])
        questionnaire = load(request.questions)
        sheet = None if request.answers is None else load_sheet(*read_input(request.answers), questionnaire).sheet
    return questionnaire, sheet


@contextmanager
def asked(questionnaire: Questionnaire, request: AssessRequest, view: OutputTarget) -> Iterator["InterviewResult"]:
    """Ask all questions on the terminal; the screen stays open until the end of the block.

    When something goes wrong in the block, the person can save the answers first. Raises `IopFitError` when there is no
    terminal, when the draft can't be read or another run uses it, and when the input ends.
    """
    from iop_fit.interview.leaving import InterviewResult, offer_to_save
    from iop_fit.interview.screen import input_ended, no_terminal
    from iop_fit.interview.session import EMPTY_DRAFT, run_interview
    from iop_fit.storage.drafts import Draft, resume

    if not sys.stdin or not sys.stdin.isatty():
        raise IopFitError([input_ended()])
    if not sys.stderr.isatty():  # what is shown while asking would reach a file or another program
        raise IopFitError([no_terminal()])
    draft = Draft(questionnaire, request.save or request.resume, request.resume, enabled=not request.private)
    resumed = resume(request.resume, questionnaire) if request.resume else EMPTY_DRAFT
    with open_screen(plain=view.plain or view.simple) as screen:
        sheet = run_interview(questionnaire, screen, draft, resumed, request.about)
        done = InterviewResult(sheet, screen, draft)
        try:
            yield done
        except (InterviewQuit, Terminated, GeneratorExit):
            raise
        except BaseException as error:  # native code raises some that are no `Exception`
            offer_to_save(done, error)
            raise


def page_for_provider(results: Results, done: "InterviewResult", paper: str) -> PendingFile | None:
    """Offer a page for the provider; return the one that was wanted."""
    from iop_fit.interview.export_prompt import ask_for_export

    home_safety = any(raised.alert.private for raised in results.full.alerts)
    wanted = ask_for_export(done.screen, done.draft, home_safety=home_safety)
    if wanted is None:
        return None
    page = results.full if wanted.include_home_safety else results.public
    content = partial(export, page._replace(name=wanted.name), wanted.format, paper=paper)
    return PendingFile(wanted.path, content, wanted.replace)


@contextmanager
def open_screen(*, plain: bool) -> Iterator["PlainScreen | RichScreen"]:
    """Open the screen of this terminal, and leave the terminal as it was however the questions end."""
    from iop_fit.interview.plain_screen import PlainScreen
    from iop_fit.interview.rich_screen import RichScreen

    color = not os.environ.get("NO_COLOR")
    screen = PlainScreen(sys.stdin, sys.stderr) if plain else RichScreen(sys.stdin, sys.stderr, color=color)
    try:
        yield screen
    finally:
        screen.close()
        screen.keyboard.flush_typeahead()  # the rest of a pasted text must not reach the shell
