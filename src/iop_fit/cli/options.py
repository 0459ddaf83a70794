"""The options of the command line, each with its help."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from iop_fit.domain.question import Audience
from iop_fit.report.registry import DRAWN, FORMATS, PAPERS, REPORTS
from iop_fit.text import join

__all__ = [
    "DRAWN_TEXT",
    "LETTER",
    "TEXT",
    "About",
    "Answers",
    "Blank",
    "CheckedPath",
    "DrawnFormat",
    "DrawnOutput",
    "Examples",
    "Export",
    "ExportDrawn",
    "Force",
    "Format",
    "IncludeHomeSafety",
    "ListFormat",
    "ListOutput",
    "NewFile",
    "NewQuestionnaire",
    "OldFile",
    "On",
    "Output",
    "Paper",
    "PaperSize",
    "Plain",
    "Private",
    "Questions",
    "Resume",
    "Save",
    "SavedFile",
    "SchemaFor",
    "SchemaOf",
    "Strict",
    "WitnessFile",
]


Format = StrEnum("Format", {name.upper(): name for name in FORMATS})  # type: ignore[misc]  # the registry is the list
Format.__doc__ = "The formats of a result on standard output."
DrawnFormat = StrEnum("DrawnFormat", {name.upper(): name for name in ("text", *DRAWN)})  # type: ignore[misc]
DrawnFormat.__doc__ = "The formats of a comparison on standard output."
Paper = StrEnum("Paper", {name.upper(): name for name in PAPERS})  # type: ignore[misc]
Paper.__doc__ = "The sizes of paper."

TEXT, DRAWN_TEXT, LETTER = Format("text"), DrawnFormat("text"), Paper("letter")
"""What the options are unless they are given."""


def _endings(formats: Iterable[str]) -> str:
    return join((REPORTS[name].suffix for name in formats), last="or")


class ListFormat(StrEnum):
    """The formats of the list of questions."""

    TEXT = "text"
    JSON = "json"


class SchemaFor(StrEnum):
    """What a schema can be for."""

    QUESTIONNAIRE = "questionnaire"
    ANSWERS = "answers"


OUTPUT_HELP = "The format on standard output: text for a screen, the others for files."

Questions = Annotated[
    Path | None, typer.Option("--questions", metavar="PATH", help="Another questionnaire: a folder or one file.")
]
Plain = Annotated[bool, typer.Option("--plain", help="Only add lines: no boxes, bars or colors; for screen readers.")]
Answers = Annotated[
    str | None,
    typer.Option(
        "--answers", metavar="FILE", help="Read the answers from a YAML or JSON file, or - for standard input."
    ),
]
About = Annotated[Audience | None, typer.Option("--for", help="Who the questions are about; asked first if left out.")]
Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Keep the answers in this file while they are given."),
]
Resume = Annotated[
    Path | None,
    typer.Option("--resume", metavar="FILE", help="Go on with answers that were kept in this file."),
]
Export = Annotated[
    list[Path] | None,
    typer.Option(
        "--export",
        metavar="FILE",
        help=f"Also write it to a {_endings(REPORTS)} file; can be repeated.",
    ),
]
ExportDrawn = Annotated[
    list[Path] | None,
    typer.Option("--export", metavar="FILE", help=f"Also write it to a {_endings(DRAWN)} file; can be repeated."),
]
Output = Annotated[Format, typer.Option("--format", help=OUTPUT_HELP)]
DrawnOutput = Annotated[
    DrawnFormat,
    typer.Option("--format", help=OUTPUT_HELP),
]
PaperSize = Annotated[Paper, typer.Option("--paper", help="The size of the paper, for .pdf and .html.")]
SavedFile = Annotated[
    str, typer.Argument(metavar="RESULT.json", help="A saved result, or - for standard input.", show_default=False)
]
OldFile = Annotated[str, typer.Argument(metavar="OLD.json", help="The older result.", show_default=False)]
NewFile = Annotated[str, typer.Argument(metavar="NEW.json", help="The newer result.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there already.")]
IncludeHomeSafety = Annotated[
    bool,
    typer.Option("--include-home-safety", help="Let files show what was said about safety at home."),
]
Private = Annotated[
    bool, typer.Option("--private", help="Show the result where nothing of it stays, and write nothing.")
]
ListOutput = Annotated[ListFormat, typer.Option("--format", help="The format on standard output.")]
Blank = Annotated[bool, typer.Option("--blank", help="Print an answers file to fill in.")]
CheckedPath = Annotated[
    Path | None,
    typer.Argument(metavar="[PATH]", help="The questionnaire: a folder or one file; the bundled one, if left out."),
]
Examples = Annotated[
    Path | None,
    typer.Option(
        "--examples",
        metavar="FOLDER",
        help="Answers files that say what must come out; the folder `examples` in the questionnaire's, if left out.",
    ),
]
On = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="The day for which contacts are checked; today."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Let advice count as findings.")]
WitnessFile = Annotated[
    Path | None,
    typer.Option("--witness", metavar="FILE", help="Write the answers that show the first finding to this file."),
]
NewQuestionnaire = Annotated[
    Path, typer.Argument(metavar="FILE", help="The file to write, such as my-questionnaire.yaml.", show_default=False)
]
SchemaOf = Annotated[
    SchemaFor,
    typer.Argument(metavar="[questionnaire|answers]", help="What the schema is for; a questionnaire, if left out."),
]
