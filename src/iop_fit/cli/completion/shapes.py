"""The commands, options and arguments, and what completes each: the part that all shells share."""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from typer._click import Command, Context, Parameter
from typer._types import TyperChoice
from typer.core import TyperGroup

__all__ = ["CommandShape", "Completes", "ProgramShape", "Shape", "program_shape"]


class Completes(Enum):
    """What completes the value of an option or an argument."""

    NOTHING = "nothing"
    FILES = "files"
    FOLDERS = "folders"
    WORDS = "words"


class Shape(NamedTuple):
    """An option or an argument."""

    names: tuple[str, ...]
    """The spellings of an option; empty for an argument."""
    help: str
    takes_value: bool
    completes: Completes
    words: tuple[str, ...] = ()
    """The values, if there are only these."""
    many: bool = False
    """Whether it can be repeated."""


class CommandShape(NamedTuple):
    """A command, or the program itself without a name."""

    name: str
    help: str
    options: tuple[Shape, ...]
    arguments: tuple[Shape, ...]


class ProgramShape(NamedTuple):
    """The program: its own options, and its commands."""

    options: tuple[Shape, ...]
    commands: tuple[CommandShape, ...]


def program_shape(program: Context, question_ids: Iterable[str]) -> ProgramShape:
    """Return what can be completed; hidden commands are left out. Question ids complete the arguments called `ID`."""
    group = program.command
    assert isinstance(group, TyperGroup)
    shown = {name: command for name, command in group.commands.items() if not command.hidden}
    words = {"ID": tuple(question_ids), "COMMAND": tuple(shown)}
    commands = tuple(_command(name, command, program, words) for name, command in shown.items())
    return ProgramShape(_split(group, program, words)[0], commands)


def _command(name: str, command: Command, program: Context, words: dict[str, tuple[str, ...]]) -> CommandShape:
    context = type(program)(command, info_name=name, parent=program)
    options, arguments = _split(command, context, words)
    return CommandShape(name, command.get_short_help_str(limit=80), options, arguments)


def _split(
    command: Command, context: Context, words: dict[str, tuple[str, ...]]
) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """Return the options and the arguments of a command."""
    shapes = [_shape(each, words) for each in command.get_params(context)]
    return tuple(each for each in shapes if each.names), tuple(each for each in shapes if not each.names)


def _shape(param: Parameter, words: dict[str, tuple[str, ...]]) -> Shape:
    names = tuple(sorted((name for name in param.opts if name.startswith("-")), key=len))
    metavar = (getattr(param, "metavar", None) or "").strip("[].")
    if isinstance(param.type, TyperChoice):
        completes, values = Completes.WORDS, tuple(map(str, param.type.choices))
    elif metavar in words:
        completes, values = Completes.WORDS, words[metavar]
    else:
        completes, values = _completed_by(metavar), ()
    return Shape(
        names=names,
        help=getattr(param, "help", None) or "",
        takes_value=not names or not getattr(param, "is_flag", False),
        completes=completes,
        words=values,
        many=getattr(param, "multiple", False) or param.nargs == -1,
    )


def _completed_by(metavar: str) -> Completes:
    if metavar == "FOLDER":
        return Completes.FOLDERS
    return Completes.FILES if metavar in ("FILE", "PATH") or metavar.endswith(".json") else Completes.NOTHING
