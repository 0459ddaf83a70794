"""Completion for zsh."""

from collections.abc import Iterator
from shlex import quote

from iop_fit.cli.completion.shapes import CommandShape, Completes, ProgramShape, Shape

__all__ = ["zsh_script"]

SCRIPT = """\
#compdef iop-fit
# Completion of iop-fit for zsh. It runs nothing but zsh itself.
# For this shell: source <(iop-fit completion zsh)
# For all shells: iop-fit completion zsh > FOLDER/_iop-fit, where FOLDER is one of $fpath

_iop_fit() {{
    local curcontext=$curcontext state line
    local -a commands=(
{commands}
    )
    _arguments -C \\
{options} \\
        '1:command:->command' \\
        '*::argument:->argument'
    case $state in
        command) _describe -t commands command commands ;;
        argument)
            case $words[1] in
{cases}
            esac ;;
    esac
}}

if [[ $funcstack[1] == _iop-fit ]]; then
    _iop_fit "$@"
else
    (( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit -i -D }}  # -D writes no file
    compdef _iop_fit iop-fit
fi
"""


def zsh_script(program: ProgramShape) -> str:
    """Return the script for zsh."""
    described = (f"{each.name}:{_escaped(each.help, ':')}" for each in program.commands)
    return SCRIPT.format(
        commands="\n".join(f"        {quote(each)}" for each in described),
        options=_lines([_option(each) for each in program.options], 8),
        cases="\n".join(line for each in program.commands for line in _case(each)),
    )


def _case(command: CommandShape) -> Iterator[str]:
    specs = [*map(_option, command.options), *(_argument(each) for each in command.arguments)]
    yield f"                {command.name}) _arguments \\"
    yield f"{_lines(specs, 20)} ;;"


def _lines(specs: list[str], indent: int) -> str:
    return " \\\n".join(" " * indent + spec for spec in specs)


def _option(option: Shape) -> str:
    """Return an option for `_arguments`: its spellings exclude each other, and `=` may follow a long one."""
    value = f":{_noun(option)}:{_action(option)}" if option.takes_value else ""
    rest = f"[{_escaped(option.help, '[]:')}]{value}"
    names = [f"{name}=" if option.takes_value and name.startswith("--") else name for name in option.names]
    if len(names) == 1:
        return quote(f"{'*' if option.many else ''}{names[0]}{rest}")
    before = "*" if option.many else f"({' '.join(option.names)})"
    return f"{quote(before)}{{{','.join(names)}}}{quote(rest)}"


def _argument(argument: Shape) -> str:
    return quote(f"{'*' if argument.many else ''}:{_noun(argument)}:{_action(argument)}")


def _noun(shape: Shape) -> str:
    return shape.completes.value if shape.completes in (Completes.FILES, Completes.FOLDERS) else "value"


def _action(shape: Shape) -> str:
    match shape.completes:
        case Completes.FILES:
            return "_files"
        case Completes.FOLDERS:
            return "_files -/"
        case Completes.WORDS:
            return f"({' '.join(shape.words)})"
        case Completes.NOTHING:
            return " "


def _escaped(text: str, signs: str) -> str:
    return "".join(f"\\{letter}" if letter in signs else letter for letter in text)
