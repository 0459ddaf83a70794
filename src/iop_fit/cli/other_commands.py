"""The commands for authors of questionnaires, `hotlines` and `about`."""

from datetime import date

import typer

from iop_fit.cli.options import (
    Blank,
    CheckedPath,
    Examples,
    Force,
    ListOutput,
    NewQuestionnaire,
    On,
    Plain,
    QuestionIds,
    Questions,
    QuestionsOutput,
    SchemaOf,
    SchemaOfAnswers,
    Strict,
    WitnessFile,
)

__all__ = ["about_command", "check_command", "hotlines_command", "new_command", "questions_command", "schema_command"]


def check_command(
    path: CheckedPath = None,
    examples: Examples = None,
    on: On = None,
    output: ListOutput = "text",
    strict: Strict = False,
    witness: WitnessFile = None,
    force: Force = False,
) -> None:
    """Check a questionnaire. Exits with 1 if there are findings."""
    from iop_fit.cli.authoring import CheckRequest, check
    from iop_fit.files.reading import real_path
    from iop_fit.files.stdio import write_outputs
    from iop_fit.files.targets import is_there

    read = {real_path(each) for each in (path, examples) if each}
    written = real_path(witness) if witness and is_there(witness) else None
    if written and not read.isdisjoint((written, *written.parents)):
        raise typer.BadParameter(f"{witness} is an input file and would be overwritten", param_hint="--witness")
    day = on.date() if on else date.today()
    checked = check(CheckRequest(path, day, examples, witness, output, strict, force))
    write_outputs(checked.output if output == "text" else checked.output.encode(), checked.files)
    raise typer.Exit(checked.status)


def new_command(path: NewQuestionnaire, force: Force = False) -> None:
    """Create a small questionnaire with comments, to start from."""
    from iop_fit.cli.authoring import new_questionnaire
    from iop_fit.files.invocation import command_line
    from iop_fit.files.stdio import print_status, write_outputs

    write_outputs("", [new_questionnaire(path, replace=force)])
    print_status(f"Next: {command_line('check', str(path))}")


def schema_command(
    of: SchemaOf = "questionnaire", answers: SchemaOfAnswers = False, questions: Questions = None
) -> None:
    """Print the JSON Schema of questionnaires, or of the answers to one, for editors."""
    from iop_fit.files.stdio import write_outputs
    from iop_fit.loading.json_schema import answers_schema_text, schema_text
    from iop_fit.loading.loader import load

    of_answers = answers or of == "answers"
    if questions and not of_answers:
        raise typer.BadParameter("--questions chooses whose answers to describe: add --answers")
    write_outputs((answers_schema_text(load(questions)) if of_answers else schema_text()).encode())


def questions_command(
    ids: QuestionIds = None,
    questions: Questions = None,
    output: QuestionsOutput = "text",
    blank: Blank = False,
) -> None:
    """List the questions and their options."""
    from iop_fit.cli.lists.questions import questions_text
    from iop_fit.files.stdio import write_outputs

    if blank and output != "text":
        raise typer.BadParameter(f"--blank can't be combined with --format {output}")
    if blank and ids:
        raise typer.BadParameter("--blank lists all questions, so no ID can be given")
    text = questions_text(questions, "blank" if blank else output, ids or ())
    write_outputs(text.encode() if blank or output != "text" else text)


def hotlines_command(questions: Questions = None, output: ListOutput = "text", plain: Plain = False) -> None:
    """Print the crisis and information numbers."""
    from iop_fit.cli.lists.hotlines import hotlines
    from iop_fit.errors import IopFitError
    from iop_fit.files.output_target import detect_output
    from iop_fit.files.stdio import write_outputs

    done = hotlines(questions, output, detect_output(plain=plain))
    write_outputs(done.output)
    if done.problems:
        raise IopFitError(done.problems)


def about_command(questions: Questions = None, plain: Plain = False) -> None:
    """Say where the questionnaire comes from, and how far to trust it."""
    from iop_fit.files.output_target import detect_output
    from iop_fit.files.stdio import write_outputs
    from iop_fit.loading.loader import load
    from iop_fit.outline.provenance import about_outline
    from iop_fit.report.formats import draw_on_screen

    outline, view = about_outline(load(questions), date.today()), detect_output(plain=plain)
    write_outputs(draw_on_screen(outline, width=view.width, color=view.color, plain=view.plain))
