"""Choices between numbered labels, such as whether to write where others can read."""

from collections.abc import Iterable
from pathlib import Path

from iop_fit.domain.kinds.typed_choice import choice_in
from iop_fit.errors import IopFitError
from iop_fit.files.targets import folder_of, target_problem
from iop_fit.interview.keys import key_for
from iop_fit.interview.screen import Line, Page, Screen, ask, input_ended, numbered
from iop_fit.problem_codes import Code
from iop_fit.storage.drafts import Draft

__all__ = ["agrees_to_share", "choose", "confirm_shared_folders"]

WRITE_THERE = ("Don't write there", "Write there anyway")


def choose(screen: Screen, draft: Draft, question: str, labels: tuple[str, ...]) -> int | None:
    """Ask for a choice and return its number; 1, which does nothing, for `q`, and None if the input ends."""
    page = Page((Line(question, strong=True), *numbered(labels)))
    notice: tuple[Line, ...] = ()
    while True:
        typed = ask(screen, draft, page, "Number: ", notice)
        if typed is None:
            return None
        if key_for(typed, words=True) == "q":
            return 1
        place = choice_in(typed, labels)
        if place is not None:
            return place + 1
        notice = (Line(f"Please type a number from 1 to {len(labels)}."),)


def agrees_to_share(screen: Screen, draft: Draft, path: Path) -> bool | None:
    """Ask whether to write to a folder where others can read a file; a yes holds for the whole run.

    None if the input ends.
    """
    question = (
        f"Other people could read what is written in {folder_of(path)}:"
        " it can't keep files private, like most USB sticks and network drives."
    )
    choice = choose(screen, draft, question, WRITE_THERE)
    if choice == 2:
        draft.shared.agree(path)
    return None if choice is None else choice == 2


def confirm_shared_folders(screen: Screen, draft: Draft, paths: Iterable[Path]) -> bool:
    """Ask about each folder where others could read these files; return whether all may be written.

    Raises `IopFitError` if the input ends.
    """
    for path in paths:
        problem = target_problem(path, replace=True, allow_shared=draft.shared.allows(path))
        if problem and problem.code == Code.OTHERS_CAN_READ:
            agrees = agrees_to_share(screen, draft, path)
            if agrees is None:
                raise IopFitError([input_ended()])
            if not agrees:
                return False
    return True
