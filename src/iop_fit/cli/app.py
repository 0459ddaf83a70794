"""The command line: its commands; only they read the clock."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from iop_fit.cli.completion.command import completion_command
from iop_fit.cli.exit_status import run_and_exit
from iop_fit.cli.help.commands import HELP_OPTIONS, Commands, help_command
from iop_fit.cli.options import (
    About,
    AllowShared,
    Answers,
    DifferenceOutput,
    Export,
    ExportDifference,
    Force,
    Full,
    IncludeHomeSafety,
    NewFile,
    NoPager,
    OldFile,
    Output,
    PaperSize,
    Plain,
    Private,
    Questions,
    Resume,
    Save,
    SavedFile,
)
from iop_fit.cli.options_command import options_command
from iop_fit.cli.other_commands import (
    about_command,
    check_command,
    hotlines_command,
    new_command,
    questions_command,
    schema_command,
)
from iop_fit.cli.scoring.commands import score_command
from iop_fit.cli.scoring.population import population_command
from iop_fit.version import VERSION

if TYPE_CHECKING:
    from iop_fit.cli.asking import AssessRequest
    from iop_fit.files.output_target import OutputTarget

__all__ = ["app", "run"]

app: typer.Typer = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback must never show an answer
    rich_markup_mode=None,  # a usage error without boxes, in half the time
    suggest_commands=False,  # `hint_for` knows more
    cls=Commands,
    context_settings={"help_option_names": HELP_OPTIONS},
    help="Get ready to talk with a provider about treatment for alcohol or drugs. Nothing leaves this computer.",
    epilog="In an emergency in the United States: 911. In a crisis: call or text 988. All numbers: iop-fit hotlines",
)


def _version(requested: bool) -> None:
    if requested:
        typer.echo(f"iop-fit {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command("assess", epilog="Example: iop-fit assess --export for-the-provider.pdf")
def assess_command(
    answers: Answers = None,
    questions: Questions = None,
    about: About = None,
    save: Save = None,
    resume: Resume = None,
    export: Export = None,
    output: Output = "text",
    paper: PaperSize = "letter",
    force: Force = False,
    allow_shared: AllowShared = False,
    include_home_safety: IncludeHomeSafety = False,
    plain: Plain = False,
    private: Private = False,
    full: Full = False,
    no_pager: NoPager = False,
) -> None:
    """Answer questions and see what treatment to ask about."""
    from iop_fit.cli.asking import AssessRequest
    from iop_fit.cli.outputs import OutputOptions, plan_outputs
    from iop_fit.files.output_target import detect_output

    view = detect_output(plain=plain)
    if answers is not None and (about or save or resume):
        raise typer.BadParameter("--answers can't be combined with --for, --save or --resume")
    if private and (answers is not None or save or resume or export or output != "text" or view.plain or view.simple):
        raise typer.BadParameter(
            "--private needs a terminal that can clear its screen, and can't be combined with --answers, --save,"
            " --resume, --export, --format or --plain"
        )
    options = OutputOptions(output, export, paper, force, include_home_safety, allow_shared, full, no_pager)
    outputs = plan_outputs(options, view, read=(answers, questions, save, resume))
    _assess(AssessRequest(answers, questions, about, outputs, save, resume, private), view)


def _assess(request: "AssessRequest", view: "OutputTarget") -> None:
    from iop_fit.cli.asking import interview, prepare
    from iop_fit.cli.outputs import Results
    from iop_fit.cli.paging import show_result
    from iop_fit.cli.result_keys import offer_keys

    today = date.today()
    questionnaire, sheet = prepare(request)
    if sheet is not None:
        results = Results.of(questionnaire, sheet, today)
        show_result(results.shown(request.outputs, view), results.files(request.outputs), request.outputs, view)
        return
    with interview(questionnaire, request, view) as done:
        results_of = partial(Results.of, questionnaire, day=today)
        results = results_of(done.sheet)
        output, files = results.shown(request.outputs, view), results.files(request.outputs)
        if request.private:
            assert isinstance(output, str)
            done.screen.show(output)
            return
        done.screen.close()
        show_result(output, files, request.outputs, view)
        offer_keys(results_of, done, request.outputs, view)


@app.command(
    "show",
    short_help="Show a saved result in any format.",
    epilog="Example: iop-fit show result.json --export for-the-provider.pdf",
)
def show_command(
    result: SavedFile,
    questions: Questions = None,
    export: Export = None,
    output: Output = "text",
    paper: PaperSize = "letter",
    force: Force = False,
    allow_shared: AllowShared = False,
    include_home_safety: IncludeHomeSafety = False,
    plain: Plain = False,
    full: Full = False,
    no_pager: NoPager = False,
) -> None:
    """Show a saved result in any format, and check that recomputing it gives the same."""
    from iop_fit.cli.outputs import OutputOptions, plan_outputs
    from iop_fit.cli.paging import show_command_output
    from iop_fit.cli.saved_results import show
    from iop_fit.files.output_target import detect_output

    view = detect_output(plain=plain)
    options = OutputOptions(output, export, paper, force, include_home_safety, allow_shared, full, no_pager)
    outputs = plan_outputs(options, view, read=(result, questions))
    show_command_output(show(result, questions, outputs, view), outputs, view)


@app.command("compare", epilog="Example: iop-fit compare spring.json autumn.json")
def compare_command(
    old: OldFile,
    new: NewFile,
    questions: Questions = None,
    export: ExportDifference = None,
    output: DifferenceOutput = "text",
    paper: PaperSize = "letter",
    force: Force = False,
    allow_shared: AllowShared = False,
    include_home_safety: IncludeHomeSafety = False,
    plain: Plain = False,
) -> None:
    """Show what changed between two saved results."""
    from iop_fit.cli.outputs import OutputOptions, plan_outputs
    from iop_fit.cli.paging import show_command_output
    from iop_fit.cli.saved_results import compare
    from iop_fit.files.output_target import detect_output
    from iop_fit.report.registry import DIFFERENCE_FORMATS

    if old == new == "-":
        raise typer.BadParameter("only one of the two results can be read from standard input")
    view = detect_output(plain=plain)
    options = OutputOptions(output, export, paper, force, include_home_safety, allow_shared)
    outputs = plan_outputs(options, view, (old, new, questions), formats=DIFFERENCE_FORMATS)
    show_command_output(compare(old, new, questions, outputs, view), outputs, view)


app.command("options", epilog="Example: iop-fit options --result result.json")(options_command)
app.command("questions", epilog="Example: iop-fit questions --blank > answers.yaml")(questions_command)
app.command("hotlines", epilog="Example: iop-fit hotlines")(hotlines_command)
app.command("lines", hidden=True)(hotlines_command)  # the old name
app.command("about", short_help="Say where the questionnaire comes from.", epilog="Example: iop-fit about")(
    about_command
)
app.command("score", epilog="Example: iop-fit score sheets.parquet -o scored.parquet")(score_command)
app.command(
    "population",
    short_help="Make people up, to try scoring on.",
    epilog="Example: iop-fit population 1000000 --seed 7 -o people.parquet",
)(population_command)
app.command("check", epilog="Example: iop-fit check my-questionnaire.yaml --strict")(check_command)
app.command("new", epilog="Example: iop-fit new my-questionnaire.yaml")(new_command)
app.command(
    "schema",
    short_help="Print a JSON Schema for editors.",
    epilog="Example: iop-fit schema > questionnaire.schema.json",
)(schema_command)
app.command(
    "completion",
    short_help="Print a completion script for a shell.",
    epilog="Example: source <(iop-fit completion bash)",
)(completion_command)
app.command("help", epilog="Example: iop-fit help assess")(help_command)


def run() -> None:
    """Run the command line and exit."""
    run_and_exit(app)
