"""The keys after the result: the page for the visit, the full report, and done."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from iop_fit.interview.keys import key_for
from iop_fit.interview.screen import Line, Screen, ask_below
from iop_fit.storage.drafts import Draft
from iop_fit.text import join

__all__ = ["Action", "after_result"]


class Action(NamedTuple):
    """What a key does after the result."""

    label: str
    run: Callable[[], None]


DONE = "q"


def after_result(
    screen: Screen, draft: Draft, actions: Mapping[str, Action], reminder: tuple[Line, ...], *, in_sight: bool
) -> None:
    """Run the action of each key typed below the result, until `q` or the end of input.

    The keys are offered in the order of `actions`. The reminder of what matters most is above the prompt after each
    action, and at first unless it is still `in_sight`. `x` deletes the draft and raises `InterviewQuit`.
    """
    labels = (*(f"{key} = {action.label}" for key, action in actions.items()), f"{DONE} = done")
    notice = () if in_sight else reminder
    while True:
        typed = ask_below(screen, draft, f"{', '.join(labels)}: ", notice)
        key = DONE if typed is None else key_for(typed, words=True)
        if key == DONE:
            return
        if key in actions:
            actions[key].run()
            notice = reminder
        else:
            notice = (Line(f"Please type {join((*actions, DONE), last='or')}."),)
