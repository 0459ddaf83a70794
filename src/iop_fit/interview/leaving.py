"""Before the questions are left: the answers are in a file, or the person wants them in none."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.errors import IopFitError
from iop_fit.files.reading import expand_home
from iop_fit.interview.screen import Line, Page, Screen, ask, numbered
from iop_fit.storage.drafts import Draft
from iop_fit.text import join

__all__ = ["InterviewResult", "confirm_exit", "offer_to_save"]


class InterviewResult(NamedTuple):
    """What was answered, and where."""

    sheet: AnswerSheet
    screen: Screen
    draft: Draft


class _Choice(Enum):
    LEAVE = "Leave, and keep nothing"
    SAVE = "Leave, and save the answers so far (but for private ones)"
    GO_ON = "Go on with the questions"


def confirm_exit(asked: InterviewResult) -> bool:
    """Ask whether to leave, and whether to save the answers first, unless a file holds them; False to go on."""
    sheet, _, draft = asked
    if not sheet.answers:
        return True
    problem = draft.save(sheet)
    if draft.is_saved:
        return True
    choices = tuple(_Choice) if draft.enabled else (_Choice.LEAVE, _Choice.GO_ON)
    told = [Line(f"The answers could not be kept in {draft.path}: {problem.message}")] if problem else []
    return _leaves(asked, "Leave the questions?", choices, told)


def offer_to_save(asked: InterviewResult, error: BaseException) -> None:
    """Offer to save the answers once something went wrong that ends the run, unless a file holds them."""
    sheet, screen, draft = asked
    draft.save(sheet)
    if draft.is_saved:
        screen.tell((Line(f"The answers are kept in {draft.path}, but for private ones."),))
    elif draft.enabled and sheet.answers:
        problems = error.problems if isinstance(error, IopFitError) else ()
        told = [Line(str(problem)) for problem in problems] or [Line("A mistake in the program came up.")]
        title = "This can't be finished. Save the answers, to go on later?"
        _leaves(asked, title, (_Choice.LEAVE, _Choice.SAVE), told)


def _leaves(asked: InterviewResult, title: str, choices: tuple[_Choice, ...], told: Iterable[Line]) -> bool:
    page = Page((Line(title, strong=True), *numbered(tuple(choice.value for choice in choices))))
    by_number = {str(number): choice for number, choice in enumerate(choices, 1)}
    while True:
        typed = ask(asked.screen, asked.draft, page, "Number: ", tuple(told))
        choice = _Choice.LEAVE if typed is None else by_number.get(typed.strip())
        if choice in (_Choice.LEAVE, _Choice.GO_ON):
            return choice is _Choice.LEAVE
        told = _save_in_a_file(asked) if choice else [Line(f"Please type {join(by_number, last='or')}.")]
        if asked.draft.is_saved:
            return True


def _save_in_a_file(asked: InterviewResult) -> list[Line]:
    """Ask for a file and keep the answers there; return what went wrong."""
    sheet, screen, draft = asked
    page = Page((Line("The name of the file to save the answers in, such as answers.json:", strong=True),))
    typed = (ask(screen, draft, page, "File: ") or "").strip()
    problem = draft.start(expand_home(typed), sheet) if typed else None
    return [Line(problem.message), Line(problem.hint)] if problem else []
