"""Options for counts of many sheets."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["Against", "By", "FullCounts", "MinGroup", "Summaries"]

By = Annotated[
    str, typer.Option("--by", metavar="COLUMN", help="Count by this column of the table, such as county or month.")
]
MinGroup = Annotated[
    int, typer.Option("--min-group", metavar="N", min=0, help="Hide counts below N, and what would give them away.")
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="PATH",
        readable=False,
        help="Also score with this older questionnaire, and show who moves.",
    ),
]
Summaries = Annotated[
    list[Path] | None,
    typer.Option(
        "--summary",
        metavar="FILE",
        readable=False,
        help="Also write the counts to a .csv, .json or .svg file; can be repeated.",
    ),
]
FullCounts = Annotated[bool, typer.Option("--full", help="List each alert, not only how urgent they are.")]
