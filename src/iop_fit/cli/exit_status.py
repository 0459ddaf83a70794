"""The end of every command: the only module that turns exceptions into exit statuses."""

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NoReturn

from typer.exceptions import TyperException

from iop_fit.errors import InterviewQuit, IopFitError, Problem, Terminated, listed
from iop_fit.files.signals import disable_core_dumps, ignore_signals, install_handlers

__all__ = ["run_and_exit"]


def run_and_exit(command_line: Callable[..., object]) -> NoReturn:
    """Run a command line and exit, without a traceback, which could show an answer.

    Exit statuses: 0 success, 1 findings of `check`, 2 wrong usage, 3 incomplete answers, 4 problems, 70 internal
    error, 128 + n if terminated by signal n (Ctrl-C: 130).
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream:  # None if the caller closed it
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.unraisablehook = lambda _: None  # the default prints the message, which could contain an answer
    disable_core_dumps()
    try:
        install_handlers()
        status = _status_of(command_line)
    except Terminated as error:
        status = 128 + error.number
    ignore_signals()
    sys.exit(status)


def _status_of(command_line: Callable[..., object]) -> int:
    try:
        status = command_line(prog_name="iop-fit", standalone_mode=False)
    except SystemExit:  # raised by the command-line library if the reader of its help closed the pipe: no error
        return 0
    except TyperException as error:
        return _usage_error(error)
    except IopFitError as error:
        return _failed(error.problems)
    except InterviewQuit:
        return 0
    except BaseException as error:  # native code raises subclasses that aren't `Exception`
        terminated = _termination_behind(error)
        if terminated:
            raise terminated from None
        return (isinstance(error, OSError) and _output_failed()) or _failed_unexpectedly(error)
    return status if isinstance(status, int) else 0


def _termination_behind(error: BaseException | None) -> Terminated | None:
    """Return the `Terminated` that caused an error, if any: Python may wrap it, for example while it builds a class."""
    while error:
        if isinstance(error, Terminated):
            return error
        error = error.__cause__ or error.__context__
    return None


def _usage_error(error: TyperException) -> int:
    from typer._click.exceptions import NoSuchOption, UsageError

    from iop_fit.cli.help.slips import hint_for
    from iop_fit.files.stdio import print_status

    hint = hint_for(error, sys.argv[1:]) if isinstance(error, UsageError) else ""
    if isinstance(error, NoSuchOption):
        error.possibilities = None  # the hint names the most likely one
    message = StringIO()
    error.show(message)  # type: ignore[attr-defined]  # every error of the command line has `show`
    print_status(message.getvalue().rstrip("\n").expandtabs(2) + (f"\n  {hint}" if hint else ""))
    return error.exit_code


def _failed(problems: tuple[Problem, ...]) -> int:
    from iop_fit.files.stdio import print_status

    for message in listed(problems):
        print_status(message)
    return max((problem.code.exit_status for problem in problems), default=4)


def _output_failed() -> int:
    """Return the exit status if standard output can't be written (the library prints help itself), else 0."""
    from iop_fit.files.stdio import write_outputs

    try:
        write_outputs("")
    except IopFitError as error:
        return _failed(error.problems)
    return 0


def _failed_unexpectedly(error: BaseException) -> int:
    """Print the type of an error and our line, never its message, which could contain an answer."""
    from iop_fit.files.stdio import print_status

    ours = Path(__file__).parent.parent
    place = "an unknown line"
    step = error.__traceback__
    while step:
        code = Path(step.tb_frame.f_code.co_filename)
        place = f"{code.name}:{step.tb_lineno}" if code.is_relative_to(ours) else place
        step = step.tb_next
    print_status(f"iop-fit hit an internal error at {place} ({type(error).__name__}).")
    print_status("Please report this line. It contains no answers.")
    return 70
