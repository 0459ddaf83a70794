"""Whole processes: what a person waits for after Enter, beside other command lines in Python."""

import sys
from pathlib import Path

from bench.measuring import Launcher, Measured, in_turn
from bench.page import Table, figure, mebibytes, milliseconds
from iop_fit.text import plural

__all__ = ["commands"]

EXAMPLE = "examples/everyday-drinking.yaml"
BARE = "python -c pass"
ASSESS = f"iop-fit assess --answers {EXAMPLE}"

COMMANDS = {
    BARE: "a start of Python",
    "iop-fit --version": "",
    "copier --version": "",
    "sqlite-utils --version": "",
    "check-jsonschema --version": "",
    "yamllint --version": "",
    "iop-fit --help": "",
    "iop-fit hotlines": "",
    f"{ASSESS} --format json": "assess to JSON",
    ASSESS: "assess to the terminal",
    f"{ASSESS} --format pdf": "assess to PDF",
    "iop-fit check": "check of the bundled questionnaire",
}
"""Each command, with the words for it in the table; none if the command itself says it."""


def commands(launcher: Launcher, rounds: int) -> Table:
    """Run every command in turn, and compare each with a start of Python that does nothing."""
    measured = in_turn(launcher, {command: whole(command) for command in COMMANDS}, rounds)
    bare = measured[0]
    return Table(
        "Commands",
        f"How long a person waits after Enter, in {plural(rounds, 'run')} of each command. The multiple compares the "
        f"least wait with that of `{BARE}`, which starts the same Python and does nothing. Other command lines in "
        "Python give the scale.",
        ("command", "times a bare start", "least wait, ms", "median wait, ms", "processor, ms", "peak memory, MiB"),
        tuple(row(each, bare) for each in measured),
        tuple(measured),
    )


def whole(command: str) -> list[str]:
    """Return a command with the path of its program, which is beside this Python."""
    program, *arguments = command.split()
    return [str(Path(sys.executable).with_name(program)), *arguments]


def row(each: Measured, bare: Measured) -> tuple[str, ...]:
    """Return a row of the table."""
    return (
        COMMANDS[each.name] or f"`{each.name}`",
        figure(each.least / bare.least),
        milliseconds(each.least),
        milliseconds(each.median),
        milliseconds(each.processor),
        mebibytes(each.peak),
    )
