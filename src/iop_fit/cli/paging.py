"""A long text on a screen, one window at a time."""

from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from iop_fit.cli.outputs import OutputPlan
from iop_fit.files.output_target import OutputTarget
from iop_fit.files.stdio import print_status, write_outputs
from iop_fit.files.targets import PendingFile

if TYPE_CHECKING:
    from iop_fit.cli.saved_results import CommandOutput

__all__ = ["is_longer_than_window", "show_command_output", "show_long", "show_result", "uses_pager"]


def show_result(output: str | bytes, files: Iterable[PendingFile], outputs: OutputPlan, view: OutputTarget) -> None:
    """Write the files of a result, then print it: a full report in a pager if it is longer than the window."""
    if outputs.full and isinstance(output, str) and uses_pager(output, view, pager=outputs.pager):
        write_outputs("", files)
        show_long(output, view, pager=outputs.pager)
    else:
        write_outputs(output, files)


def show_command_output(result: "CommandOutput", outputs: OutputPlan, view: OutputTarget) -> None:
    """Write the files of a command and print its output, then its messages."""
    show_result(result.output, result.files, outputs, view)
    for message in result.messages:
        print_status(message)


def is_longer_than_window(text: str) -> bool:
    """Whether a text has more lines than the window, with two left for a prompt."""
    return text.count("\n") + 2 > get_terminal_size().lines


def uses_pager(text: str, view: OutputTarget, *, pager: bool) -> bool:
    """Whether a text is shown in a pager: it needs a screen that can move its cursor, and a text that is too long."""
    return pager and view.on_screen and not view.plain and not view.simple and is_longer_than_window(text)


def show_long(text: str, view: OutputTarget, *, pager: bool) -> None:
    """Print a text, in a pager if there is one and the text is longer than the window; a pager gets no escapes."""
    if uses_pager(text, view, pager=pager):
        from rich.text import Text

        from iop_fit.cli.pager import show_in_pager

        if show_in_pager(Text.from_ansi(text).plain):
            return
    write_outputs(text)
