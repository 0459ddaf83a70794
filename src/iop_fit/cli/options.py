"""Options and arguments, each with its help text."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.models import OptionInfo

from iop_fit.domain.wording import Audience
from iop_fit.report.registry import DIFFERENCE_FORMATS, DRAWN, REPORTS, DifferenceFormat, DrawnFormat, Format, Paper
from iop_fit.text import join

__all__ = [
    "About",
    "AfterResult",
    "AllowShared",
    "Answers",
    "Blank",
    "CheckedPath",
    "DifferenceOutput",
    "DrawnOutput",
    "Examples",
    "Export",
    "ExportDifference",
    "ExportOptions",
    "Force",
    "Full",
    "IncludeHomeSafety",
    "ListOutput",
    "NewFile",
    "NewQuestionnaire",
    "NoPager",
    "OldFile",
    "On",
    "Output",
    "PaperSize",
    "Plain",
    "Private",
    "QuestionIds",
    "Questions",
    "QuestionsOutput",
    "Resume",
    "Save",
    "SavedFile",
    "SchemaOf",
    "SchemaOfAnswers",
    "Strict",
    "WitnessFile",
    "WordedFor",
]


def _export(what: str, formats: Iterable[str]) -> OptionInfo:
    suffixes = join((REPORTS[name].suffix for name in formats), last="or")
    purpose = f"Also write the {what} to a {suffixes} file; can be repeated."
    option: OptionInfo = typer.Option("--export", "-o", metavar="FILE", readable=False, help=purpose)
    return option


FORMAT: OptionInfo = typer.Option(
    "--format", "-f", help="Format of standard output: text for a screen, the others for files."
)

# Paths are not checked here (`readable=False`): what a disk says of access is not always true, and reading says more.
Questions = Annotated[
    Path | None,
    typer.Option(
        "--questions", metavar="PATH", readable=False, help="Use another questionnaire: a folder or one file."
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="Plain text for screen readers: no boxes, bars or colors.")]
Answers = Annotated[
    str | None,
    typer.Option(
        "--answers",
        "-a",
        metavar="FILE",
        help="Read the answers from a YAML, JSON or FHIR file, or - for standard input.",
    ),
]
About = Annotated[Audience | None, typer.Option("--for", help="Who the questions are about; asked first if omitted.")]
Save = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", readable=False, help="Save your answers to this file as you go."),
]
Resume = Annotated[
    Path | None,
    typer.Option("--resume", metavar="FILE", readable=False, help="Pick up where you left off, from this file."),
]
Export = Annotated[list[Path] | None, _export("result", REPORTS)]
ExportDifference = Annotated[list[Path] | None, _export("comparison", DIFFERENCE_FORMATS)]
ExportOptions = Annotated[list[Path] | None, _export("options", DRAWN)]
AfterResult = Annotated[
    str | None,
    typer.Option("--result", metavar="FILE", help="Mark what this saved result points to; - for standard input."),
]
WordedFor = Annotated[Audience, typer.Option("--for", help="Who the care is for, if there is no --result.")]
Output = Annotated[Format, FORMAT]
DrawnOutput = Annotated[DrawnFormat, FORMAT]
DifferenceOutput = Annotated[DifferenceFormat, FORMAT]
PaperSize = Annotated[Paper, typer.Option("--paper", help="Paper size of .pdf and .html files.")]
SavedFile = Annotated[
    str, typer.Argument(metavar="RESULT.json", help="A saved result, or - for standard input.", show_default=False)
]
OldFile = Annotated[str, typer.Argument(metavar="OLD.json", help="The older result.", show_default=False)]
NewFile = Annotated[str, typer.Argument(metavar="NEW.json", help="The newer result.", show_default=False)]
Full = Annotated[bool, typer.Option("--full", help="Print the full report instead of the summary.")]
NoPager = Annotated[bool, typer.Option("--no-pager", help="Print a long report without a pager.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite existing files.")]
AllowShared = Annotated[
    bool,
    typer.Option("--allow-shared", help="Write files where other people can read them, such as on a USB stick."),
]
IncludeHomeSafety = Annotated[
    bool,
    typer.Option("--include-home-safety", help="Include the answer about safety at home in files."),
]
Private = Annotated[bool, typer.Option("--private", help="Show the result, then clear the screen. Save nothing.")]
ListOutput = Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="Format of standard output.")]
QuestionsOutput = Annotated[
    Literal["text", "json", "fhir"],
    typer.Option("--format", "-f", help="Format of standard output; fhir is a form for a provider's system."),
]
Blank = Annotated[bool, typer.Option("--blank", help="Print a blank answers file to fill in.")]
CheckedPath = Annotated[
    Path | None,
    typer.Argument(metavar="[PATH]", readable=False, help="A folder or one file. Default: the bundled questionnaire."),
]
Examples = Annotated[
    Path | None,
    typer.Option(
        "--examples",
        metavar="FOLDER",
        readable=False,
        help="Answers files with expected results. Default: `examples` in the questionnaire's folder.",
    ),
]
On = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="Check contacts as of this day. Default: today."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Treat advice as findings.")]
WitnessFile = Annotated[
    Path | None,
    typer.Option(
        "--witness", metavar="FILE", readable=False, help="Write answers that show the first finding to this file."
    ),
]
NewQuestionnaire = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", readable=False, help="The file to create, such as my-questionnaire.yaml.", show_default=False
    ),
]
SchemaOfAnswers = Annotated[
    bool, typer.Option("--answers", help="Describe the answers to the questionnaire, with its ids and labels.")
]
QuestionIds = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]...", help="The ids of the questions to list. Default: all.", show_default=False),
]
SchemaOf = Annotated[
    Literal["questionnaire", "answers"],
    typer.Argument(metavar="[questionnaire|answers]", help="The kind of file to describe. Default: questionnaire."),
]
