"""The `score` command."""

from pathlib import Path
from typing import Annotated

import typer

from iop_fit.cli.options import AllowShared, Force, IncludeHomeSafety, ListOutput, Plain, Questions
from iop_fit.cli.scoring.count_options import Against, By, FullCounts, MinGroup, Summaries

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
        help="Write the result of each row to this file, or of each that differs with --against.",
    ),
]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping", metavar="FILE", readable=False, help="A YAML file that says which column answers which question."
    ),
]


def _engine_name(name: str) -> str:
    """Return the name of an engine. Raises `BadParameter` if there is none with it."""
    from iop_fit.scoring.engines.choice import spark_master

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
Explain = Annotated[
    bool, typer.Option("--explain", help="Print the SQL, which reads a table named sheets, and score nothing.")
]
Template = Annotated[
    bool, typer.Option("--template", help="Print the header of a table, or with SHEETS a mapping file for it.")
]
StrictRows = Annotated[bool, typer.Option("--strict", help="Exit with 4 if a row has problems.")]


def score_command(
    sheets: Sheets = None,
    output: Rows = None,
    mapping: MappingFile = None,
    questions: Questions = None,
    against: Against = None,
    by: By = "",
    min_group: MinGroup = 0,
    summary: Summaries = None,
    counts: ListOutput = "text",
    full: FullCounts = False,
    plain: Plain = False,
    strict: StrictRows = False,
    engine: EngineName = "duckdb",
    template: Template = False,
    explain: Explain = False,
    force: Force = False,
    allow_shared: AllowShared = False,
    include_home_safety: IncludeHomeSafety = False,
) -> None:
    """Score many answer sheets at once: one row a sheet, one column a question."""
    from iop_fit.cli.scoring.counting import SummaryFiles, shown
    from iop_fit.cli.scoring.run import ScoreRequest, explain_table, mapping_to_fill_in, score
    from iop_fit.cli.scoring.run import explain as explain_sql
    from iop_fit.files.output_target import detect_output
    from iop_fit.files.stdio import print_status, write_outputs
    from iop_fit.loading.loader import load
    from iop_fit.scoring.counts.groups import Grouping
    from iop_fit.scoring.layout import template as template_of

    loaded = load(questions)
    asked = loaded if include_home_safety else loaded.public()
    if sheets is None and (explain or template):
        write_outputs((template_of(asked) if template else explain_sql(asked, engine)).encode())
        return
    if sheets is None:
        raise typer.BadParameter("name a table of answer sheets", param_hint="SHEETS")
    summaries = SummaryFiles(tuple(summary or ()), force, allow_shared)
    summaries.check((sheets, output))
    older, grouping = load(against) if against else None, Grouping(by, min_group)
    options = (sheets, loaded, output, engine, force, allow_shared, include_home_safety, mapping)
    request = ScoreRequest(*options, older, grouping, summaries)
    if explain or template:
        write_outputs((mapping_to_fill_in if template else explain_table)(request).encode())
        return
    done = score(request)
    problems = [*done.details, done.sentence] if done.counts.with_problems else []
    for line in (*problems, *([f"Written: {output}"] if output else [])):
        print_status(line)
    summary_of_all, view = done.counts.summary, detect_output(plain=plain)
    write_outputs(shown(summary_of_all, counts, view, full=full), summaries.pending(summary_of_all))
    raise typer.Exit(4 if strict and done.counts.with_problems else 0)
