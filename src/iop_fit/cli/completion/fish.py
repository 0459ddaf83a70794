"""Completion for fish."""

from collections.abc import Iterator
from shlex import quote

from iop_fit.cli.completion.shapes import CommandShape, Completes, ProgramShape, Shape

__all__ = ["fish_script"]

HEAD = """\
# Completion of iop-fit for fish. It runs nothing but fish itself.
# For this shell: iop-fit completion fish | source
# For all shells: iop-fit completion fish > ~/.config/fish/completions/iop-fit.fish

# Whether the command typed so far is this one; without an argument, whether there is none yet.
function __iop_fit_is
    for word in (commandline -opc)[2..]
        if not string match -q -- '-*' $word
            test "$word" = "$argv[1]"
            return
        end
    end
    test -z "$argv[1]"
end

complete -c iop-fit -f
"""


def fish_script(program: ProgramShape) -> str:
    """Return the script for fish."""
    return HEAD + "".join(f"{line}\n" for line in _lines(program))


def _lines(program: ProgramShape) -> Iterator[str]:
    for command in program.commands:
        yield f"complete -c iop-fit -n __iop_fit_is -a {command.name} -d {_quoted(command.help)}"
    for each in (CommandShape("", "", program.options, ()), *program.commands):
        condition = f"-n {_quoted(f'__iop_fit_is {each.name}'.strip())}"
        for option in each.options:
            yield f"complete -c iop-fit {condition} {_names(option)}{_value(option)} -d {_quoted(option.help)}"
        for argument in each.arguments[:1]:
            yield f"complete -c iop-fit {condition}{_completed(argument)}"


def _names(option: Shape) -> str:
    return " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)


def _value(option: Shape) -> str:
    if not option.takes_value:
        return ""
    return ("" if option.completes is Completes.FILES else " -x") + _completed(option)


def _completed(shape: Shape) -> str:
    match shape.completes:
        case Completes.FILES:
            return " -r -F"
        case Completes.FOLDERS:
            return " -a '(__fish_complete_directories)'"
        case Completes.WORDS:
            return f" -a {_quoted(' '.join(shape.words))}"
        case Completes.NOTHING:
            return ""


def _quoted(text: str) -> str:
    """Quote for fish, in which a backslash escapes a quote inside of quotes."""
    return quote(text) if "'" not in text else "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
