"""The early end of an interview: the prompts to leave or save the answers, and what is printed last."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.assessment import Card
from iop_fit.domain.kinds.typed_choice import choice_in
from iop_fit.errors import IopFitError, Problem
from iop_fit.files.invocation import command_line
from iop_fit.files.reading import typed_path
from iop_fit.interview.choices import agrees_to_share
from iop_fit.interview.pages import callouts
from iop_fit.interview.screen import Line, Page, Screen, ask, numbered
from iop_fit.problem_codes import Code
from iop_fit.storage.drafts import Draft
from iop_fit.text import join

__all__ = ["InterviewResult", "confirm_exit", "left_on_disk", "not_saved", "offer_to_save", "print_saved"]


class InterviewResult(NamedTuple):
    """The answers, and the screen and draft they were given with."""

    sheet: AnswerSheet
    screen: Screen
    draft: Draft


class _Choice(Enum):
    LEAVE = "Quit without saving"
    SAVE = "Save my answers and quit (private answers are not saved)"
    CONTINUE = "Keep going"


def confirm_exit(result: InterviewResult) -> bool:
    """Ask whether to leave, and to save the answers first if no draft has them; False to continue."""
    sheet, _, draft = result
    if not sheet.answers:
        return True
    problem = draft.save(sheet)
    if draft.is_saved:
        return True
    choices = tuple(_Choice) if draft.enabled else (_Choice.LEAVE, _Choice.CONTINUE)
    notice = [not_saved(draft, problem)] if problem else []
    return _choose(result, "Quit?", choices, notice)


def not_saved(draft: Draft, problem: Problem) -> Line:
    """Return the line that says why the answers could not be saved in the draft."""
    return Line(f"The answers could not be saved in {draft.path}: {problem.message}")


def print_saved(result: InterviewResult, cards: Iterable[Card]) -> None:
    """Print whether the answers are saved, how to continue, the raised alerts, and the command for phone numbers."""
    sheet, screen, draft = result
    alerts = callouts(cards)
    to_save = draft.path and sheet.answers
    problem = draft.save(sheet) if to_save else None
    if problem:
        screen.print((not_saved(draft, problem), *alerts))
    elif to_save:
        screen.print((Line(f"Your answers are saved in {draft.path}, except private ones."), *alerts))
        screen.print((Line(f"To continue later: {draft.resume_command}", literal=True),))
    else:
        screen.print((left_on_disk(draft) or Line("Nothing was saved."), *alerts))
    screen.print((Line(f"For phone numbers at any time: {command_line('hotlines')}", literal=True),))


def left_on_disk(draft: Draft) -> Line | None:
    """Return the line that names the files with answers that still exist; None if there are none."""
    remaining = draft.on_disk
    return Line(f"Still on disk: {join(map(str, remaining))}.") if remaining else None


def offer_to_save(result: InterviewResult, error: BaseException) -> None:
    """Offer to save the answers after a fatal error, if no draft has them."""
    sheet, screen, draft = result
    draft.save(sheet)
    if draft.is_saved:
        screen.print((Line(f"Your answers are saved in {draft.path}, except private ones."),))
    elif draft.enabled and sheet.answers:
        problems = error.problems if isinstance(error, IopFitError) else ()
        notice = [Line(str(problem)) for problem in problems] or [Line("iop-fit hit an internal error.")]
        _choose(
            result, "iop-fit can't finish. Save your answers and continue later?", (_Choice.LEAVE, _Choice.SAVE), notice
        )


def _choose(result: InterviewResult, title: str, choices: tuple[_Choice, ...], notice: Iterable[Line]) -> bool:
    """Ask until the answers are saved or a choice needs no file; return whether to leave."""
    labels = [choice.value for choice in choices]
    numbers = join(map(str, range(1, len(labels) + 1)), last="or")
    page = Page((Line(title, strong=True), *numbered(tuple(labels))))
    while True:
        typed = ask(result.screen, result.draft, page, "Number: ", tuple(notice))
        place = 0 if typed is None else choice_in(typed, labels)
        choice = None if place is None else choices[place]
        if choice in (_Choice.LEAVE, _Choice.CONTINUE):
            return choice is _Choice.LEAVE
        notice = _save_to_file(result) if choice else [Line(f"Please type {numbers}.")]
        if result.draft.is_saved:
            return True


def _save_to_file(result: InterviewResult) -> list[Line]:
    """Ask for a file and save the answers there; return what failed."""
    sheet, screen, draft = result
    page = Page((Line("What file should the answers be saved in? For example, answers.json.", strong=True),))
    typed = (ask(screen, draft, page, "File: ") or "").strip()
    if not typed:
        return []
    path = typed_path(typed)
    problem = draft.start(path, sheet)
    if problem and problem.code == Code.OTHERS_CAN_READ:
        if not agrees_to_share(screen, draft, path):
            return []
        problem = draft.start(path, sheet)
    return [Line(problem.message), Line(problem.hint)] if problem else []
