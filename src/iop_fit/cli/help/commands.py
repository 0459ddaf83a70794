"""The group of all commands, whose help ends with environment variables and exit statuses."""

from typing import Annotated

import typer
from typer._click import Command, Context, HelpFormatter
from typer.core import TyperGroup

from iop_fit.cli.help.reference import ENVIRONMENT, EXIT_STATUSES

__all__ = ["HELP_OPTIONS", "Commands", "help_command"]

HELP_OPTIONS = ["--help", "-h"]


class Commands(TyperGroup):
    """All commands of the program."""

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what belongs to the whole program, then the numbers for an emergency."""
        for title, entries in (("Environment variables", ENVIRONMENT), ("Exit statuses", EXIT_STATUSES)):
            with formatter.section(title):
                formatter.write_dl([*entries.items()])
        super().format_epilog(ctx, formatter)


def help_command(
    context: typer.Context,
    command: Annotated[str | None, typer.Argument(metavar="[COMMAND]", help="The command.", show_default=False)] = None,
) -> None:
    """Show the help of a command."""
    program = context.find_root()
    assert isinstance(program.command, TyperGroup)
    typer.echo(_help_of(program, program.command, command))


def _help_of(program: Context, commands: TyperGroup, name: str | None) -> str:
    if name is None:
        return commands.get_help(program)
    _, found, _ = commands.resolve_command(program, [name])
    assert isinstance(found, Command)
    return found.get_help(type(program)(found, info_name=name, parent=program))
