"""The command line: the only place that catches, exits, writes, and reads the clock and the environment."""

import os
import sys
from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from iop_fit.errors import IopFitError, Left, Problem, Stopped
from iop_fit.options import (
    About,
    Answers,
    Blank,
    Export,
    Force,
    Format,
    IncludeHomeSafety,
    ListFormat,
    ListOutput,
    Output,
    Plain,
    Private,
    Questions,
    Resume,
    Save,
)
from iop_fit.version import VERSION
from iop_fit.words import listed

if TYPE_CHECKING:
    from iop_fit.commands import AssessRequest, File, View

__all__ = ["app", "run"]

UNFINISHED = {"missing-answer", "input-ended", "no-terminal"}
"""The problems that end with exit status 3; all others end with 4."""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback must never show an answer
    rich_markup_mode=None,  # a usage error without boxes, in half the time
    help="Prepare a talk with a provider about treatment for alcohol or drug use. Nothing leaves this computer.",
    epilog="In an emergency in the United States: 911. In a crisis: call or text 988. All numbers: iop-fit lines",
)


def run() -> None:
    """Run the command line and end the process: 0 done, 2 wrong usage, 3 unfinished, 4 problems, 130 Ctrl-C."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream:  # a stream that was closed outside is None
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        app(prog_name="iop-fit")
    except IopFitError as error:
        _fail(error.problems)
    except Left:
        sys.exit(0)
    except Stopped as stopped:
        sys.exit(128 + stopped.number)
    except Exception as error:
        _fail_unexpectedly(error)


def _fail(problems: tuple[Problem, ...]) -> NoReturn:
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(3 if all(problem.code in UNFINISHED for problem in problems) else 4)


def _fail_unexpectedly(error: Exception) -> NoReturn:
    """Name the type of an error and our line, never its message: that could hold an answer."""
    ours = Path(__file__).parent
    place = "an unknown place"
    step = error.__traceback__
    while step:
        code = Path(step.tb_frame.f_code.co_filename)
        place = f"{code.name}:{step.tb_lineno}" if code.is_relative_to(ours) else place
        step = step.tb_next
    print(f"iop-fit stopped at {place} ({type(error).__name__}). This is a mistake in the program.", file=sys.stderr)
    print("Please report this line; it holds no answers.", file=sys.stderr)
    sys.exit(70)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"iop-fit {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command("assess", epilog="Example: iop-fit assess --export for-the-provider.md")
def assess_command(
    answers: Answers = None,
    questions: Questions = None,
    about: About = None,
    save: Save = None,
    resume: Resume = None,
    export: Export = None,
    output: Output = Format.TEXT,
    force: Force = False,
    include_home_safety: IncludeHomeSafety = False,
    plain: Plain = False,
    private: Private = False,
) -> None:
    """Ask the questions, or read the answers from a file, and say what is worth raising with a provider."""
    from iop_fit.commands import AssessRequest

    view = _view(plain=plain)
    if answers is not None and (about or save or resume):
        raise typer.BadParameter("--answers asks nothing, so it goes without --for, --save and --resume")
    if private and (
        answers is not None or save or resume or export or output is not Format.TEXT or view.plain or view.simple
    ):
        raise typer.BadParameter("--private goes alone: it keeps nothing, and needs a screen that can be cleared")
    request = AssessRequest(
        answers=answers,
        questions=questions,
        about=about,
        exports=_exports(export or [], answers, questions, save, resume),
        output=output,
        replace=force,
        include_home_safety=include_home_safety,
        save=save,
        resume=resume,
        private=private,
    )
    _assess(request, view)


def _assess(request: "AssessRequest", view: "View") -> None:
    from iop_fit.commands import Results, asked, page_for_provider, prepare, texts_for
    from iop_fit.pages import Line

    today = date.today()
    questionnaire, sheet = prepare(request)
    if sheet is not None:
        text, files = texts_for(Results(questionnaire, sheet, today), request, view)
        _write(files, text)
        return
    with asked(questionnaire, request, view) as done:
        results = Results(questionnaire, done.sheet, today)
        text, files = texts_for(results, request, view)
        if request.private:
            done.screen.show(text)
            return
        done.screen.close()
        _write(files, text)
        page = None if files else page_for_provider(results, done)
        done.screen.close()
        _write([page] if page else [], "")
        if done.draft.path:
            said = f"The answers are still kept in {done.draft.path}, but for private ones."
            done.screen.tell((Line(said),))


def _write(files: "list[File]", text: str) -> None:
    """Write files, then show a text: nothing is lost when that can't be shown."""
    from iop_fit.files import write_private

    for file in files:
        write_private(file.path, file.text.encode(), replace=file.replace)
    _print(text)
    for file in files:
        print(f"Written: {file.path}", file=sys.stderr)


def _place(path: Path) -> Path:
    """Where a file lies, so that two names of it can be told to be one; the file itself may be a link."""
    return Path(os.path.realpath(path.parent)) / path.name


def _exports(paths: list[Path], *read: str | Path | None) -> dict[Path, str]:
    """Find the format of each file to write; two that are one file are refused, and so are those that are read."""
    from iop_fit.formats import BY_SUFFIX, format_of

    formats: dict[Path, str] = {}
    places: set[Path] = set()
    sources = {_place(Path(source)) for source in read if source}
    for path in paths:
        name = format_of(path)
        if name is None:
            raise typer.BadParameter(f"{path.name} must end in {listed(BY_SUFFIX, last='or')}", param_hint="--export")
        place = _place(path)
        if place in sources:
            raise typer.BadParameter(f"{path} is read here, and would be overwritten", param_hint="--export")
        if place in places:
            raise typer.BadParameter(f"{path} is named twice", param_hint="--export")
        places.add(place)
        formats[path] = name
    return formats


def _view(*, plain: bool = False) -> "View":
    from iop_fit.commands import View

    on_screen = bool(sys.stdout) and sys.stdout.isatty()
    simple = os.environ.get("TERM", "dumb") == "dumb"
    return View(
        on_screen=on_screen,
        width=get_terminal_size().columns,
        color=on_screen and not simple and not os.environ.get("NO_COLOR"),
        plain=plain or bool(os.environ.get("IOP_FIT_PLAIN")) or (simple and on_screen),
        simple=simple,
    )


def _print(text: str) -> None:
    """Write to standard output; whoever reads it may have gone, which is their choice and no problem of ours."""
    if not sys.stdout:  # closed outside
        raise IopFitError([Problem(code="unwritable", message="Standard output is closed.", hint="Use --export.")])
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        message = f"Standard output can't be written: {os.strerror(error.errno or 0)}."
        raise IopFitError([Problem(code="unwritable", message=message, hint="Make room, or use --export.")]) from None


@app.command("questions", epilog="Example: iop-fit questions --blank > answers.yaml")
def questions_command(
    questions: Questions = None,
    output: ListOutput = ListFormat.TEXT,
    blank: Blank = False,
) -> None:
    """List the questions and what may be answered, without asking."""
    from iop_fit.commands import questions_text

    if blank and output is not ListFormat.TEXT:
        raise typer.BadParameter(
            "a blank answers file has one format, so it goes without --format", param_hint="--blank"
        )
    _print(questions_text(questions, output, blank=blank))


@app.command("lines", epilog="Example: iop-fit lines")
def lines_command(questions: Questions = None, plain: Plain = False) -> None:
    """Print the crisis and information numbers at once, without a question."""
    from iop_fit.commands import lines_text

    _print(lines_text(questions, _view(plain=plain)))
