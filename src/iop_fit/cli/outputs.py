"""The result of one sheet as what was asked for: on standard output, and in files."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

import typer

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.assess import assess
from iop_fit.domain.assessment import Assessment
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place, Problem
from iop_fit.files.reading import real_path
from iop_fit.files.stdio import OutputTarget
from iop_fit.files.writing import PendingFile, target_problem
from iop_fit.report.formats import export, format_problem, render
from iop_fit.report.registry import FORMATS, REPORTS, format_of
from iop_fit.text import join

__all__ = ["OutputOptions", "OutputPlan", "Results", "output_problems", "plan_outputs"]


class OutputPlan(NamedTuple):
    """What was asked for."""

    format: str
    """The format on standard output."""
    exports: dict[Path, str]
    """The files to write, each with its format."""
    paper: str
    replace: bool
    """Whether files that are there may be replaced."""
    include_home_safety: bool
    """Whether files, and an output that may become one, show private answers."""

    def may_show_private(self, view: OutputTarget) -> bool:
        """Whether standard output may show private answers: only a screen does without being asked."""
        return self.include_home_safety or (self.format == "text" and view.on_screen)

    def files(self, content: Callable[[str], bytes]) -> list[PendingFile]:
        """Return each file; `content` gives what stands in one of this format."""
        return [PendingFile(path, partial(content, name), self.replace) for path, name in self.exports.items()]


def output_problems(outputs: OutputPlan) -> Iterator[Problem]:
    """Tell what speaks against the outputs, before anything was asked or written."""
    for path, name in outputs.exports.items():
        found = (target_problem(path, replace=outputs.replace), format_problem(name, Place(str(path))))
        yield from (problem for problem in found if problem)
    problem = format_problem(outputs.format)
    if problem:
        yield problem


@dataclass(frozen=True)
class Results:
    """A result, whole and without its private answers, each assessed when it is first looked at.

    Private answers reach a file, or an output that may become one, only where that was asked for.
    """

    assessed: Callable[[bool], Assessment]
    """Assesses, with the private answers or without."""

    @classmethod
    def of(cls, questionnaire: Questionnaire, sheet: AnswerSheet, day: date) -> "Results":
        """Return the results of one sheet."""
        return cls(lambda whole: assess(questionnaire, sheet, on=day, include_private=whole))

    @cached_property
    def full(self) -> Assessment:
        """The result for the eyes of the person alone."""
        return self.assessed(True)

    @cached_property
    def public(self) -> Assessment:
        """The result for files."""
        return self.assessed(False)

    def shown(self, outputs: OutputPlan, view: OutputTarget) -> str | bytes:
        """Render the result for standard output."""
        result = self.full if outputs.may_show_private(view) else self.public
        if outputs.format == "text":
            return render(result, width=view.width, color=view.color, plain=view.plain)
        content = export(result, outputs.format, paper=outputs.paper)
        return content if REPORTS[outputs.format].binary else content.decode()

    def files(self, outputs: OutputPlan) -> list[PendingFile]:
        """Return the files that were asked for."""
        return outputs.files(
            lambda name: export(self.full if outputs.include_home_safety else self.public, name, paper=outputs.paper)
        )


class OutputOptions(NamedTuple):
    """The options that say what comes out, as they were typed."""

    format: str
    export: list[Path] | None
    paper: str
    force: bool
    include_home_safety: bool


def plan_outputs(
    asked: OutputOptions, view: OutputTarget, read: Iterable[str | Path | None], formats: Iterable[str] = FORMATS
) -> OutputPlan:
    """Check the outputs against each other, the files that are read, and the formats that there are.

    Raises `typer.BadParameter`.
    """
    report = REPORTS.get(asked.format)
    if report and report.binary and view.on_screen:
        message = f"a {report.name.upper()} can't be shown here: use --export page{report.suffix}"
        raise typer.BadParameter(message, param_hint="--format")
    places = {place for each in read if each for place in _places(Path(each))}
    exports = _exports(asked.export or (), places, tuple(formats))
    return OutputPlan(asked.format, exports, asked.paper, asked.force, asked.include_home_safety)


def _exports(paths: Iterable[Path], read: set[Path], formats: tuple[str, ...]) -> dict[Path, str]:
    """Find the format of each file to write; two that are one file are refused, and so are those that are read."""
    suffixes = [REPORTS[name].suffix for name in formats if name in REPORTS]
    found: dict[Path, str] = {}
    places: set[Path] = set()
    for path in paths:
        name = format_of(path)
        place, _ = _places(path)
        if name is None or name not in formats:
            raise typer.BadParameter(f"{path.name} must end in {join(suffixes, last='or')}", param_hint="--export")
        if place in read:
            raise typer.BadParameter(f"{path} is read here, and would be overwritten", param_hint="--export")
        if place in places:
            raise typer.BadParameter(f"{path} is named twice", param_hint="--export")
        places.add(place)
        found[path] = name
    return found


def _places(path: Path) -> tuple[Path, Path]:
    """Where a file lies, so that two names of it can be told to be one, and where it leads, if it is a link."""
    return real_path(path.parent) / path.name, real_path(path)
