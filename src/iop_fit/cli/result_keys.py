"""The keys below the result of an interview, and what stays in sight at its end."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from iop_fit.cli.outputs import OutputPlan, Results
from iop_fit.cli.paging import is_longer_than_window, show_long
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.assessment import Assessment
from iop_fit.errors import IopFitError
from iop_fit.files.output_target import OutputTarget
from iop_fit.files.stdio import write_outputs
from iop_fit.files.targets import PendingFile
from iop_fit.limits import MAX_REMINDERS
from iop_fit.report.formats import draw_on_screen, export, render

if TYPE_CHECKING:
    from iop_fit.interview.export_prompt import ExportChoice
    from iop_fit.interview.leaving import InterviewResult
    from iop_fit.interview.screen import Line
    from iop_fit.storage.drafts import Draft

__all__ = ["offer_keys"]


def offer_keys(
    results: Callable[[AnswerSheet], Results], done: "InterviewResult", outputs: OutputPlan, view: OutputTarget
) -> None:
    """Offer the page for the visit and the full report until the person is done; the result is printed already.

    `results` returns the results of a sheet: notes are asked only for a page.

    The first card and the direction are above the prompt, even if what was printed is too long for the window.
    """
    from iop_fit.interview.after_result import Action, after_result
    from iop_fit.interview.export_prompt import ask_notes
    from iop_fit.interview.screen import Line
    from iop_fit.outline.parts.care_options import options_outline

    sheet, written = done.sheet, bool(outputs.exports)
    visible = results(sheet).visible(outputs, view)
    text = partial(render, visible, width=view.width, plain=view.plain)

    def page() -> None:
        nonlocal sheet, written
        choice = _page_for_visit(results(sheet), done)
        if choice:
            sheet = ask_notes(visible.questionnaire, sheet, done.screen, done.draft)
        done.screen.close()
        if choice is None:
            done.screen.print((Line("No page was written."),))
            return
        try:
            write_outputs("", [_file(results(sheet), choice, done.draft, outputs.paper)])
            written = True
        except IopFitError as error:  # the answers and the note are still here for another try
            done.screen.print(tuple(Line(str(problem)) for problem in error.problems))

    show = partial(_show, done=done, outputs=outputs, view=view)

    def options() -> None:
        drawn = draw_on_screen(
            options_outline(visible.questionnaire, visible), width=view.width, color=False, plain=view.plain
        )
        show(drawn)

    actions = {"p": Action("page for your visit", page), "f": Action("full report", lambda: show(text(full=True)))}
    if visible.questionnaire.care_options:
        actions["c"] = Action("compare options", options)
    in_sight = view.on_screen and not outputs.full and not is_longer_than_window(text())
    after_result(done.screen, done.draft, actions, _reminder(visible), in_sight=in_sight)
    _print_saved(done, written=written)


def _print_saved(done: "InterviewResult", *, written: bool) -> None:
    """Print where the answers are still saved; `written` is whether a file has the result."""
    from iop_fit.interview.leaving import left_on_disk
    from iop_fit.interview.screen import Line

    if done.draft.is_saved:
        done.screen.print((Line(f"The answers are still saved in {done.draft.path}, except private ones."),))
    elif line := left_on_disk(done.draft):
        done.screen.print((line,))
    elif not written:
        done.screen.print((Line("Nothing was saved."),))


def _show(text: str, *, done: "InterviewResult", outputs: OutputPlan, view: OutputTarget) -> None:
    """Print a text below the result, or on the screen of the interview if standard output is elsewhere."""
    if view.on_screen:
        with done.screen.paused():
            show_long(text, view, pager=outputs.pager)
    else:
        done.screen.show(text)
        done.screen.close()


def _page_for_visit(results: Results, done: "InterviewResult") -> "ExportChoice | None":
    """Ask which page to write for the visit."""
    from iop_fit.interview.export_prompt import ask_for_export

    home_safety = any(raised.alert.private for raised in results.full.alerts)
    return ask_for_export(done.screen, done.draft, home_safety=home_safety)


def _file(results: Results, choice: "ExportChoice", draft: "Draft", paper: str) -> PendingFile:
    page = results.full if choice.include_home_safety else results.public
    content = partial(export, page._replace(name=choice.name), choice.format, paper=paper)
    return PendingFile(choice.path, content, choice.replace, draft.shared.allows(choice.path))


def _reminder(result: Assessment) -> tuple["Line", ...]:
    """Return the title of the first card, of each further card that can't wait, and the direction, each on a line."""
    from iop_fit.interview.screen import Line
    from iop_fit.outline.parts.direction import COMES_FIRST, headline

    urgent = [card for card in result.cards[1:] if card.alert.alert.level in COMES_FIRST][: MAX_REMINDERS - 1]
    first = [Line(card.alert.alert.title, strong=True) for card in (*result.cards[:1], *urgent)]
    direction = [Line(headline(result))] if result.direction and not result.emergency else []
    return (Line(), *first, *direction)
