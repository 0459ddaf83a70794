"""The `assess` command: read the answers or ask for them."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iop_fit.cli.outputs import OutputPlan, output_problems
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import InterviewQuit, IopFitError, Terminated, collect_problems
from iop_fit.files.output_target import OutputTarget, wants_color
from iop_fit.files.reading import read_input
from iop_fit.files.targets import target_problem
from iop_fit.loading.loader import load
from iop_fit.storage.answer_files import load_sheet

__all__ = ["AssessRequest", "interview", "open_screen", "prepare"]

if TYPE_CHECKING:
    from iop_fit.interview.leaving import InterviewResult
    from iop_fit.interview.plain_screen import PlainScreen
    from iop_fit.interview.rich_screen import RichScreen
    from iop_fit.interview.screen import Screen
    from iop_fit.storage.drafts import Draft


class AssessRequest(NamedTuple):
    """The checked options of `assess`."""

    answers: str | None
    """The answers file, `-` for standard input, or None to ask on the terminal."""
    questions: Path | None
    about: Audience | None
    outputs: OutputPlan
    save: Path | None
    """The draft to write after each answer."""
    resume: Path | None
    """The draft to continue; also the draft to write, unless `save` names another."""
    private: bool
    """Whether to write no file, and to clear the screen after the result."""


def prepare(request: AssessRequest) -> tuple[Questionnaire, AnswerSheet | None]:
    """Load the questionnaire, and the answers if they come from a file.

    Raises `IopFitError` with every problem of the input and output files, before any question is asked.
    """
    draft = request.save or request.resume
    with collect_problems() as problems:
        problems.extend(output_problems(request.outputs, asks=request.answers is None))
        replace = request.outputs.replace or draft == request.resume
        problem = target_problem(draft, replace=replace, allow_shared=True) if draft else None
        problems.extend([problem] if problem else [])
        questionnaire = load(request.questions)
        given = None if request.answers is None else load_sheet(*read_input(request.answers), questionnaire)
    return (given.asked, given.sheet) if given else (questionnaire, None)


@contextmanager
def interview(questionnaire: Questionnaire, request: AssessRequest, view: OutputTarget) -> Iterator["InterviewResult"]:
    """Ask the questions on the terminal, and yield the answers with the screen still open.

    If the block fails, offer to save the answers first. Raises `IopFitError` if there is no terminal, the draft can't
    be read or is in use by another process, or the input ends early.
    """
    from iop_fit.interview.leaving import InterviewResult, offer_to_save
    from iop_fit.interview.screen import input_ended, no_terminal
    from iop_fit.interview.session import EMPTY_DRAFT, run_interview
    from iop_fit.storage.drafts import Draft, resume

    if not sys.stdin or not sys.stdin.isatty():
        raise IopFitError([input_ended()])
    if not sys.stderr.isatty():  # the questions would go to a file or another program
        raise IopFitError([no_terminal()])
    draft = Draft(
        questionnaire,
        request.save or request.resume,
        request.resume,
        enabled=not request.private,
        questions=request.questions,
        shared=request.outputs.shared,
    )
    content = draft.content if draft.path == draft.resumed_from else None
    resumed = resume(request.resume, questionnaire, content) if request.resume else EMPTY_DRAFT
    with open_screen(view) as screen:
        _confirm_shared_folders(screen, draft, request)
        prints_notes = request.outputs.exports or request.outputs.format != "text"  # else notes are asked with a page
        asked = questionnaire if prints_notes else questionnaire.without_notes(but=resumed.answered)
        sheet = run_interview(asked, screen, draft, resumed, request.about)
        done = InterviewResult(sheet, screen, draft)
        try:
            yield done
        except (InterviewQuit, Terminated, GeneratorExit):
            raise
        except BaseException as error:  # native code raises some that are no `Exception`
            offer_to_save(done, error)
            raise


def _confirm_shared_folders(screen: "Screen", draft: "Draft", request: AssessRequest) -> None:
    """Raise `InterviewQuit` if the person wants no file where others can read it, before there is any answer."""
    from iop_fit.interview.choices import confirm_shared_folders
    from iop_fit.interview.screen import Line

    paths = [path for path in (draft.path, *request.outputs.exports) if path]
    if not confirm_shared_folders(screen, draft, paths):
        screen.print((Line("Nothing was written. To continue, run the command again with another folder."),))
        raise InterviewQuit


@contextmanager
def open_screen(view: OutputTarget) -> Iterator["PlainScreen | RichScreen"]:
    """Open a screen on this terminal, and restore the terminal afterwards."""
    from iop_fit.interview.plain_screen import PlainScreen
    from iop_fit.interview.rich_screen import RichScreen
    from iop_fit.interview.typing.keyboard import Keyboard
    from iop_fit.interview.typing.output import Output

    color = wants_color(on_screen=True)
    output = Output(sys.stderr)
    keyboard = Keyboard(sys.stdin, output, marks_pastes=not view.simple)
    plain = view.plain or view.simple
    screen = PlainScreen(keyboard, output) if plain else RichScreen(keyboard, output, color=color)
    with keyboard.opened(), closing(screen):
        yield screen
