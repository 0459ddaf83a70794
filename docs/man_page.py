"""The man page, made from the tree of commands: run by `make docs`."""

from collections.abc import Iterator
from textwrap import wrap

import typer
from typer._click import Command, Context
from typer.core import TyperGroup
from typer.main import get_command

from iop_fit.cli.app import app
from iop_fit.cli.help.reference import ENVIRONMENT, EXIT_STATUSES
from iop_fit.loading.loader import load
from iop_fit.version import VERSION

__all__ = ["man_page"]


def man_page() -> str:
    """Return the man page in roff, with every shown command and option."""
    program = get_command(app)
    assert isinstance(program, TyperGroup)
    context = program.make_context("iop-fit", [], resilient_parsing=True)
    return "\n".join(_lines(program, context)) + "\n"


def _lines(program: TyperGroup, context: Context) -> Iterator[str]:
    yield from (
        r".\" Made by docs/man_page.py from the help of the program.",
        f'.TH IOP\\-FIT 1 "{load().provenance.published}" "iop\\-fit {VERSION}" "User Commands"',
        ".SH NAME",
        r"iop\-fit \- get ready to talk about treatment for alcohol or drugs",
        ".SH SYNOPSIS",
        r".B iop\-fit",
        r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGS\fR]...",
        ".SH DESCRIPTION",
        _escaped(program.help or ""),
        ".PP",
        _escaped(program.epilog or ""),
        ".SH OPTIONS",
        *_options(program, context),
        ".SH COMMANDS",
    )
    for name, command in program.commands.items():
        if not command.hidden:
            yield from _command(command, type(context)(command, info_name=name, parent=context))
    yield from (".SH ENVIRONMENT", *_entries(ENVIRONMENT), ".SH EXIT STATUS", *_entries(EXIT_STATUSES))


def _command(command: Command, context: typer.Context | Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (f".SS {_escaped(f'iop-fit {context.info_name} {usage}')}", _escaped(command.help or ""))
    arguments = [record for each in command.params if (record := _argument(each, context))]
    yield from _entries(dict(arguments))
    yield from _options(command, context)
    yield from (".PP", _escaped(command.epilog or ""))


def _argument(param: object, context: Context) -> tuple[str, str] | None:
    """Return the name and the help of an argument, or None for an option."""
    help_text = getattr(param, "help", None)
    if not isinstance(param, typer.core.TyperArgument) or not help_text:
        return None
    return param.make_metavar(context).strip("{}"), help_text


def _options(command: Command, context: Context) -> Iterator[str]:
    records = (each.get_help_record(context) for each in command.get_params(context) if each.opts[0].startswith("-"))
    return _entries(dict(filter(None, records)))


def _entries(entries: dict[str, str]) -> Iterator[str]:
    for name, text in entries.items():
        yield from (".TP", rf"\fB{_escaped(name)}\fR", _escaped(text))


def _escaped(text: str) -> str:
    """Escape for roff: lines of at most 80 columns, hyphens that can be copied, and no line that begins a request."""
    whole = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    lines = wrap(whole, 78, break_long_words=False, break_on_hyphens=False)
    return "\n".join(rf"\&{line}" if line[:1] in (".", "'") else line for line in lines)
