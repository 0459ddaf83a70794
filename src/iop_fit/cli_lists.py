"""The commands that list something, without a question."""

import typer

from iop_fit.options import Blank, Graph, ListFormat, ListOutput, Plain, Questions

__all__ = ["lines_command", "questions_command"]


def questions_command(
    questions: Questions = None,
    output: ListOutput = ListFormat.TEXT,
    blank: Blank = False,
    graph: Graph = False,
) -> None:
    """List the questions and what may be answered, without asking."""
    from iop_fit.commands import questions_text
    from iop_fit.standard_output import put

    if (blank or graph) and (output is not ListFormat.TEXT or (blank and graph)):
        raise typer.BadParameter("--blank and --graph go alone: each has a format of its own")
    put(questions_text(questions, "blank" if blank else "graph" if graph else output))


def lines_command(questions: Questions = None, plain: Plain = False) -> None:
    """Print the crisis and information numbers at once, without a question."""
    from iop_fit.commands import lines_text
    from iop_fit.standard_output import put, view_of

    put(lines_text(questions, view_of(plain=plain)))
