"""The `population` command: make people up, to try scoring on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iop_fit.cli.options import AllowShared, Force, Plain, Questions
from iop_fit.limits import MAX_PEOPLE

if TYPE_CHECKING:
    from iop_fit.domain.questionnaire import Questionnaire
    from iop_fit.scoring.population.margins import Share

__all__ = ["population_command"]

People = Annotated[
    int, typer.Argument(metavar="NUMBER", min=1, max=MAX_PEOPLE, help="How many people.", show_default=False)
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="The same seed gives the same people.")]
PeopleFile = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE", readable=False, help="Write them to this file.", show_default=False),
]


class PopulationRequest(NamedTuple):
    """The checked options of `population`."""

    number: int
    seed: int
    questionnaire: "Questionnaire"
    output: Path
    replace: bool
    allow_shared: bool


def population_command(
    number: People,
    output: PeopleFile,
    seed: Seed = 1,
    questions: Questions = None,
    force: Force = False,
    allow_shared: AllowShared = False,
    plain: Plain = False,
) -> None:
    """Make up people with plausible answers, to try scoring on. None of them is real."""
    from iop_fit.files.output_target import detect_output
    from iop_fit.files.stdio import print_status, write_outputs
    from iop_fit.loading.loader import load
    from iop_fit.scoring.population.margins import margins_text

    questionnaire = load(questions).public()
    found = write_people(PopulationRequest(number, seed, questionnaire, output, force, allow_shared))
    write_outputs(margins_text(found, plain=detect_output(plain=plain).plain))
    print_status(f"Written: {output}")


def write_people(request: PopulationRequest) -> "list[Share]":
    """Write a table of people; return the shares of their traits, read from the file.

    One thread makes them, so that the rows of a file are always in the same order. Raises `IopFitError` if the file
    can't be written, or if there are no chances for a question.
    """
    from iop_fit.cli.scoring.engines import opened_engine, write_rows
    from iop_fit.errors import IopFitError
    from iop_fit.files.targets import target_problem
    from iop_fit.files.writing import private_target
    from iop_fit.scoring.engines.tables import Table, format_of
    from iop_fit.scoring.population.margins import counted, shares
    from iop_fit.scoring.population.query import column_names, population_query

    file_format, names = format_of(request.output), column_names(request.questionnaire)
    problem = target_problem(request.output, replace=request.replace, allow_shared=request.allow_shared)
    if problem:
        raise IopFitError([problem])
    query = population_query(request.questionnaire, request.number, request.seed, file_format)
    with (
        opened_engine(request.output, "make people up", threads=1) as (engine, _),
        private_target(request.output, replace=request.replace, allow_shared=request.allow_shared) as target,
    ):
        write_rows(engine, query, target, request.output, "Making people up")
        engine.open(Table(target, file_format, dict.fromkeys(names, False)), "people", names)
        return list(shares(engine.rows(counted("people"))))
