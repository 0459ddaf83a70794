"""Completion for bash 3.2 and later."""

from collections.abc import Iterable, Iterator
from shlex import quote

from iop_fit.cli.completion.shapes import CommandShape, Completes, ProgramShape, Shape

__all__ = ["bash_script"]

SCRIPT = """\
# Completion of iop-fit for bash. It runs nothing but bash itself.
# For this shell: source <(iop-fit completion bash)
# For all shells: iop-fit completion bash > ~/.local/share/bash-completion/completions/iop-fit

_iop_fit() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command= word
    # Bash splits --format=json into three words.
    if [[ $previous == = ]]; then previous=${{COMP_WORDS[COMP_CWORD-2]}}; fi
    if [[ $current == = ]]; then previous=${{COMP_WORDS[COMP_CWORD-1]}} current=; fi
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        if [[ $word != -* ]]; then command=$word; break; fi
    done
    COMPREPLY=()
    case $command:$previous in
{values}
    esac
    case $command:$current in
{options}
{arguments}
    esac
}}

# An empty answer leaves file names to bash, which quotes them.
_iop_fit_words() {{
    compopt +o default 2>/dev/null
    COMPREPLY=($(compgen -W "$1" -- "$2"))
}}

complete -o default -F _iop_fit iop-fit
"""


def bash_script(program: ProgramShape) -> str:
    """Return the script for bash."""
    whole = CommandShape("", "", program.options, (_commands(program),))
    every = (whole, *program.commands)
    return SCRIPT.format(
        values="\n".join(line for each in every for line in _values(each)),
        options="\n".join(f"        {each.name}:-*) {_words(_names(each.options))} ;;" for each in every),
        arguments="\n".join(f"        {each.name}:*) {_argument(each)} ;;" for each in every),
    )


def _commands(program: ProgramShape) -> Shape:
    names = tuple(each.name for each in program.commands)
    return Shape((), "", takes_value=True, completes=Completes.WORDS, words=names)


def _values(command: CommandShape) -> Iterator[str]:
    """Yield what completes the value of each option."""
    for option in command.options:
        if option.takes_value:
            before = "|".join(f"{command.name}:{name}" for name in option.names)
            yield f"        {before}) {_completed(option)}; return ;;"


def _argument(command: CommandShape) -> str:
    return _completed(command.arguments[0]) if command.arguments else _words(_names(command.options))


def _completed(shape: Shape) -> str:
    match shape.completes:
        case Completes.FILES | Completes.FOLDERS:
            return ":"
        case Completes.WORDS | Completes.NOTHING:
            return _words(shape.words)


def _words(words: Iterable[str]) -> str:
    return f'_iop_fit_words {quote(" ".join(words))} "$current"'


def _names(options: Iterable[Shape]) -> Iterator[str]:
    return (name for option in options for name in option.names)
