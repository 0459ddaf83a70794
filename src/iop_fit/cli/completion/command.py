"""The `completion` command."""

from typing import Annotated, Literal

import typer

from iop_fit.cli.options import Questions

__all__ = ["completion_command"]

Shell = Annotated[
    Literal["bash", "zsh", "fish"],
    typer.Argument(metavar="SHELL", help="The shell that the script is for: bash, zsh or fish.", show_default=False),
]


def completion_command(context: typer.Context, shell: Shell, questions: Questions = None) -> None:
    """Print a script that completes commands, options, files and question ids in a shell."""
    from iop_fit.cli.completion.bash import bash_script
    from iop_fit.cli.completion.fish import fish_script
    from iop_fit.cli.completion.shapes import program_shape
    from iop_fit.cli.completion.zsh import zsh_script
    from iop_fit.files.stdio import write_outputs
    from iop_fit.loading.loader import load

    script = {"bash": bash_script, "zsh": zsh_script, "fish": fish_script}[shell]
    write_outputs(script(program_shape(context.find_root(), load(questions).questions)))
