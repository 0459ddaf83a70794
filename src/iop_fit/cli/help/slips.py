"""Slips on the command line: each gets one sentence that names the right option or command, and nothing is run."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shlex import join as shell_join

from typer._click import Command, Context, Parameter
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError
from typer._types import TyperChoice
from typer.core import TyperGroup

from iop_fit.cli.help.given_file import QUESTIONNAIRE, RESULT, looks_like_a_file, use_of
from iop_fit.cli.help.other_names import COMMANDS, EXAMPLE_VALUES, FORMAT_NAMES, OPTIONS, meant_by
from iop_fit.report.registry import DRAWN, REPORTS, format_of
from iop_fit.text import closest

__all__ = ["hint_for"]

DASHES = "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
"""What word processors and phones make of two hyphens."""
TWO_HYPHENS = "Options start with two hyphens"

NOT_ONE_OF = re.compile(r"'(.*)' is not one of ", re.DOTALL)


def hint_for(error: UsageError, arguments: Sequence[str]) -> str:
    """Return a sentence about the right way for an error of the command line, or nothing if none is likely."""
    if isinstance(error, BadOptionUsage):
        value = EXAMPLE_VALUES.get(error.option_name)
        return f"For example: {error.option_name} {value}" if value else ""
    return next(_hints(error, error.ctx, arguments), "") if error.ctx else ""


def _hints(error: UsageError, context: Context, arguments: Sequence[str]) -> Iterator[str]:
    """Yield hints, the most likely first."""
    yield from _hyphens(context, arguments)
    match error:
        case NoSuchOption(option_name=name):
            yield from _about_option(name, context)
        case MissingParameter():
            yield _example(context)
        case BadParameter(param=Parameter(type=TyperChoice(choices=choices))) if NOT_ONE_OF.match(error.message):
            yield from _about_choice(error.message, choices)
        case BadParameter():
            pass  # the message says what to do
        case _ if isinstance(context.command, TyperGroup):
            yield from _about_command(arguments, context.command)
        case _:
            yield from _about_argument(_extra_argument(error.message, arguments), context)
            yield _example(context)


def _hyphens(context: Context, arguments: Sequence[str]) -> Iterator[str]:
    """Yield a hint about a long option with one hyphen, or with a dash that a phone or word processor made of two."""
    known = _options_of(context.command)
    for argument in arguments:
        name = f"--{argument.lstrip('-' + DASHES).partition('=')[0]}"
        if argument[:1] in DASHES and argument[:1]:
            yield f"{TWO_HYPHENS}: {name if name in known else '--help'}"
        elif re.match("-[a-z]{2}", argument) and name in known:
            yield f"Options of more than one letter start with two hyphens: {name}"


def _about_option(name: str, context: Context) -> Iterator[str]:
    """Yield hints about an unknown option."""
    command, word = context.command, name.lstrip("-").lower() if name.startswith("--") else name
    own = _options_of(command)
    others = {each: _options_of(inner) for each, inner in _commands_of(context).items()}
    others |= {"": _options_of(context.find_root().command)}
    yield from _about_format(word, context)
    for option, purpose in meant_by(word, OPTIONS):
        if option.split()[0] in own:
            yield f"{purpose}: {_with(option, context)}"
    if word and word in others:
        yield f"Commands have no hyphens: iop-fit {word}"
    if isinstance(command, TyperGroup):  # before any command, an option is meant for the interview
        for option, purpose in meant_by(word, OPTIONS):
            yield from _having(option, purpose, others)
    elsewhere = "Options come after the command" if isinstance(command, TyperGroup) else "It belongs to another command"
    yield from _having(name, elsewhere, others)
    if near := closest(name, sorted(own)):
        yield f"Did you mean {near}?"
    for option, purpose in meant_by(word, OPTIONS):
        yield from _having(option, purpose, others)
    yield from (f"{purpose}: iop-fit {right}" for right, purpose in meant_by(word, COMMANDS))


def _having(option: str, purpose: str, commands: dict[str, set[str]]) -> Iterator[str]:
    """Yield a hint with the first command that has an option; the program itself has no name."""
    spelling, *_ = option.split()
    for name, options in commands.items():
        if spelling in options:
            yield f"{purpose}: iop-fit {name} {option}" if name else f"It comes without a command: iop-fit {option}"
            return


def _about_format(word: str, context: Context) -> Iterator[str]:
    """Yield a hint about the name of a format as an option or argument."""
    name = FORMAT_NAMES.get(word, word)
    formats = next((each.type.choices for each in context.command.params if "--format" in each.opts), ())  # type: ignore[attr-defined]
    if name not in formats:
        return
    shown = f"For this format: {_with(f'--format {name}', context)}"
    if name not in REPORTS or "--export" not in _options_of(context.command):
        yield shown
    elif REPORTS[name].binary:
        yield f"To write to a file: {_with(f'--export page{REPORTS[name].suffix}', context)}"
    else:
        yield f"{shown}, or --export page{REPORTS[name].suffix} for a file"


def _about_choice(message: str, choices: Iterable[str]) -> Iterator[str]:
    """Yield a hint about a wrong value of an option with a few values."""
    found = NOT_ONE_OF.match(message)
    word = found[1].lower() if found else ""
    name = FORMAT_NAMES.get(word, word).removeprefix(".")
    known = [*map(str, choices)]
    if near := name if name in known else closest(name, known):
        yield f"Did you mean {near}?"
    elif "someone" in known:
        yield "For anyone but yourself: --for someone"


def _about_command(arguments: Sequence[str], group: TyperGroup) -> Iterator[str]:
    """Yield hints about an unknown command."""
    words = [each for each in arguments if not each.startswith("-")]
    word = next((each for each in words if each != "help"), "")
    if not word:
        yield "For all commands: iop-fit --help"
    use = use_of(word) if looks_like_a_file(word) else None
    if use:
        yield f"{use.purpose}: {shell_join(('iop-fit', *use.on(word)))}"
    yield from (f"{purpose}: iop-fit {right}" for right, purpose in meant_by(word.lower(), COMMANDS))
    if near := closest(word, [name for name, command in group.commands.items() if not command.hidden]):
        yield f"Did you mean {near}?"


def _extra_argument(message: str, arguments: Sequence[str]) -> str:
    """Return the first argument that an error of too many arguments is about."""
    return next((each for each in arguments if f"({each} " in message or message.endswith(f"({each})")), "")


def _about_argument(word: str, context: Context) -> Iterator[str]:
    """Yield hints about an argument that the command doesn't take."""
    own, path = _options_of(context.command), context.command_path
    format_name = format_of(Path(word))
    use = use_of(word) if looks_like_a_file(word) else None
    if "--export" in own and format_name in DRAWN:
        yield f"To write to this file: {_with(shell_join(('--export', word)), context)}"
    elif use and "--result" in own and not use.option:
        yield f"{RESULT_GIVEN}: {shell_join((*path.split(), '--result', word))}"
    elif use and "--answers" in own:
        yield f"{use.purpose}: {shell_join(('iop-fit', *use.on(word)))}"
    elif use and use is not RESULT and "--questions" in own:
        yield f"{QUESTIONNAIRE.purpose}: {shell_join((*path.split(), '--questions', word))}"
    if f"--{word}" in own:
        yield f"{TWO_HYPHENS}: --{word}"
    yield from _about_format(word, context)
    if not word:
        return
    if word in ("me", "someone") and "--for" in own:
        yield f"To say who it is about: {path} --for {word}"
    elif word in _commands_of(context):
        yield "Run one command at a time."


RESULT_GIVEN = "To mark what this result points to"


def _with(option: str, context: Context) -> str:
    """Return the command with an option; only the option if the command needs arguments as well."""
    needs_more = any(each.required for each in context.command.params if not each.opts[0].startswith("-"))
    return option if needs_more else f"{context.command_path} {option}"


def _example(context: Context) -> str:
    return f"For example: {(context.command.epilog or '').removeprefix('Example: ')}"


def _options_of(command: Command) -> set[str]:
    """Return the names of the options of a command."""
    named = {name for each in command.params for name in each.opts if name.startswith("-")}
    return {*named, "--help", "-h"}


def _commands_of(context: Context) -> dict[str, Command]:
    """Return the commands of the program by name, without hidden ones."""
    group = context.find_root().command
    commands = group.commands if isinstance(group, TyperGroup) else {}
    return {name: command for name, command in commands.items() if not command.hidden}
