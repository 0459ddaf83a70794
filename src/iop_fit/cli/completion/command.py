"""The `completion` command."""

from enum import StrEnum
from typing import Annotated

import typer

from iop_fit.cli.options import Questions

__all__ = ["Shell", "completion_command"]


class Shell(StrEnum):
    """The shells that have a completion."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


ShellName = Annotated[Shell, typer.Argument(help="The shell that the script is for.", show_default=False)]


def completion_command(context: typer.Context, shell: ShellName, questions: Questions = None) -> None:
    """Print a script that completes commands, options, files and question ids in a shell."""
    from iop_fit.cli.completion.bash import bash_script
    from iop_fit.cli.completion.fish import fish_script
    from iop_fit.cli.completion.shapes import program_shape
    from iop_fit.cli.completion.zsh import zsh_script
    from iop_fit.files.stdio import write_outputs
    from iop_fit.loading.loader import load

    script = {Shell.BASH: bash_script, Shell.ZSH: zsh_script, Shell.FISH: fish_script}[shell]
    write_outputs(script(program_shape(context.find_root(), load(questions).questions)))
