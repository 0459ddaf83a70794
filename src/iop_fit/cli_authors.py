"""The commands for those who write questionnaires."""

from datetime import date

import typer

from iop_fit.options import (
    CheckedPath,
    Examples,
    Force,
    ListFormat,
    ListOutput,
    NewQuestionnaire,
    On,
    SchemaFor,
    SchemaOf,
    Strict,
    WitnessFile,
)

__all__ = ["check_command", "new_command", "schema_command"]


def check_command(
    path: CheckedPath = None,
    examples: Examples = None,
    on: On = None,
    output: ListOutput = ListFormat.TEXT,
    strict: Strict = False,
    witness: WitnessFile = None,
    force: Force = False,
) -> None:
    """Check a questionnaire: all that is wrong, and what holds for every answer sheet. Ends with 1 for findings."""
    from iop_fit.authors import CheckRequest, check
    from iop_fit.files import real_path
    from iop_fit.private_files import is_there
    from iop_fit.standard_output import put

    read = {real_path(each) for each in (path, examples) if each}
    written = real_path(witness) if witness and is_there(witness) else None
    if written and not read.isdisjoint((written, *written.parents)):
        raise typer.BadParameter(f"{witness} is read here, and would be overwritten", param_hint="--witness")
    day = on.date() if on else date.today()
    checked = check(CheckRequest(path, day, examples, witness, output, strict, force))
    put(checked.output, checked.files)
    raise typer.Exit(checked.status)


def new_command(path: NewQuestionnaire, force: Force = False) -> None:
    """Write a small questionnaire with comments, to begin with. It passes `check`."""
    from iop_fit.authors import new_questionnaire
    from iop_fit.standard_output import put, tell

    put("", [new_questionnaire(path, replace=force)])
    tell(f"Next: iop-fit check {path}")


def schema_command(of: SchemaOf = SchemaFor.QUESTIONNAIRE) -> None:
    """Print the JSON Schema of questionnaires or answers files, for editors."""
    from iop_fit.schema import schema_text
    from iop_fit.standard_output import put

    put(schema_text(of))
