"""How the command line ends: the only place that catches, and that knows the exit statuses."""

import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NoReturn

from typer.exceptions import TyperException

from iop_fit.errors import InterviewQuit, IopFitError, Problem, Terminated
from iop_fit.files.signals import disable_core_dumps, ignore_signals, install_handlers

__all__ = ["run_and_exit"]


def run_and_exit(command_line: Callable[..., object]) -> NoReturn:
    """Run a command line and end the process, in order whatever happens, and without showing an answer.

    0 done, 1 findings of `check`, 2 wrong usage, 3 unfinished, 4 problems, 70 a mistake of ours; 128 and the number of
    the signal that asked it to end (Ctrl-C: 130).
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream:  # a stream that was closed outside is None
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.unraisablehook = lambda _: None  # it would show a message, which could hold an answer
    disable_core_dumps()
    try:
        install_handlers()
        status = _status_of(command_line)
    except Terminated as stopped:
        status = 128 + stopped.number
    ignore_signals()
    sys.exit(status)


def _status_of(command_line: Callable[..., object]) -> int:
    try:
        status = command_line(prog_name="iop-fit", standalone_mode=False)
    except (
        SystemExit
    ):  # the command-line library's, where nobody reads its help any more: their choice, as in `write_outputs`
        return 0
    except TyperException as error:
        return _usage_error(error)
    except IopFitError as error:
        return _failed(error.problems)
    except InterviewQuit:
        return 0
    except BaseException as error:  # native code raises some that are no `Exception`
        stopped = _stop_behind(error)
        if stopped:
            raise stopped from None
        return (isinstance(error, OSError) and _output_failed()) or _failed_unexpectedly(error)
    return status if isinstance(status, int) else 0


def _stop_behind(error: BaseException | None) -> Terminated | None:
    """Find what asked the program to end, also where Python made another error of it, as while a class is built."""
    while error:
        if isinstance(error, Terminated):
            return error
        error = error.__cause__ or error.__context__
    return None


def _usage_error(error: TyperException) -> int:
    from iop_fit.files.stdio import print_status

    said = StringIO()
    error.show(said)  # type: ignore[attr-defined]  # all that the command line raises can be shown
    print_status(said.getvalue().rstrip("\n"))
    return error.exit_code


def _failed(problems: tuple[Problem, ...]) -> int:
    from iop_fit.files.stdio import print_status

    for problem in problems:
        print_status(str(problem))
    return max((problem.code.exit_status for problem in problems), default=4)


def _output_failed() -> int:
    """Find out whether standard output is what can't be written: the command-line library writes help without us."""
    from iop_fit.files.stdio import write_outputs

    try:
        write_outputs("")
    except IopFitError as error:
        return _failed(error.problems)
    return 0


def _failed_unexpectedly(error: BaseException) -> int:
    """Name the type of an error and our line, never its message: that could hold an answer."""
    from iop_fit.files.stdio import print_status

    ours = Path(__file__).parent.parent
    place = "an unknown place"
    step = error.__traceback__
    while step:
        code = Path(step.tb_frame.f_code.co_filename)
        place = f"{code.name}:{step.tb_lineno}" if code.is_relative_to(ours) else place
        step = step.tb_next
    print_status(f"iop-fit stopped at {place} ({type(error).__name__}). This is a mistake in the program.")
    print_status("Please report this line; it holds no answers.")
    return 70
