"""The `score` command."""

from pathlib import Path
from typing import Annotated

import typer

from iop_fit.cli.options import AllowShared, Force, IncludeHomeSafety, Questions

__all__ = ["score_command"]

Sheets = Annotated[
    Path | None,
    typer.Argument(metavar="[SHEETS]", readable=False, help="A .csv, .parquet or .jsonl file.", show_default=False),
]
Rows = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        readable=False,
        help="Write the result of each row to this file; with Spark, to parts in a folder of this name.",
    ),
]


def _engine_name(name: str) -> str:
    """Return the name of an engine. Raises `BadParameter` if there is none with it."""
    from iop_fit.scoring.engines.names import spark_master

    try:
        spark_master(name)
    except ValueError:
        raise typer.BadParameter("use duckdb, spark, local[2] or the address of a master: spark://host:7077") from None
    return name


EngineName = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="ENGINE",
        callback=_engine_name,
        help="duckdb; spark (this computer, all cores); or a Spark master, such as local[2] or spark://host:7077.",
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help="Print the SQL, and score nothing.")]
Template = Annotated[bool, typer.Option("--template", help="Print the header of a table, and score nothing.")]
StrictRows = Annotated[bool, typer.Option("--strict", help="Exit with 4 if a row has problems.")]


def score_command(
    sheets: Sheets = None,
    output: Rows = None,
    questions: Questions = None,
    strict: StrictRows = False,
    engine: EngineName = "duckdb",
    template: Template = False,
    explain: Explain = False,
    force: Force = False,
    allow_shared: AllowShared = False,
    include_home_safety: IncludeHomeSafety = False,
) -> None:
    """Score many answer sheets at once: one row a sheet, one column a question."""
    from iop_fit.cli.scoring.run import ScoreRequest, score
    from iop_fit.cli.scoring.run import explain as explain_sql
    from iop_fit.files.stdio import print_status, write_outputs
    from iop_fit.loading.loader import load
    from iop_fit.scoring.layout import template as template_of

    loaded = load(questions)
    if template or explain:
        asked = loaded if include_home_safety else loaded.public()
        write_outputs((template_of(asked) if template else explain_sql(asked, engine)).encode())
        return
    if sheets is None:
        raise typer.BadParameter("name a table of answer sheets", param_hint="SHEETS")
    done = score(ScoreRequest(sheets, loaded, output, engine, force, allow_shared, include_home_safety))
    print_status(done.sentence)
    raise typer.Exit(4 if strict and done.with_problems else 0)
