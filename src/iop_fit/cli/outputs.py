"""Output options, and a result rendered for standard output and files."""

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
from iop_fit.files.output_target import OutputTarget
from iop_fit.files.reading import real_path
from iop_fit.files.targets import PendingFile, SharedFolders, target_problem
from iop_fit.report.formats import export, format_problem, render
from iop_fit.report.registry import FORMATS, REPORTS, format_of
from iop_fit.text import join

__all__ = ["OutputOptions", "OutputPlan", "Results", "output_problems", "plan_outputs"]


class OutputPlan(NamedTuple):
    """The checked output options."""

    format: str
    """The format of standard output."""
    exports: dict[Path, str]
    """The files to write, each with its format."""
    paper: str
    replace: bool
    """Whether existing files may be overwritten."""
    include_home_safety: bool
    """Whether files, and standard output if it isn't a screen, include private answers."""
    shared: SharedFolders
    """The folders where files may be written although others can read them."""
    full: bool = False
    """Whether `text` is the full report instead of the summary."""
    pager: bool = True
    """Whether a full report that is longer than the window is shown in a pager."""

    def may_show_private(self, view: OutputTarget) -> bool:
        """Whether standard output may include private answers; by default only a screen may."""
        return self.include_home_safety or (self.format == "text" and view.on_screen)

    def files(self, content: Callable[[str], bytes]) -> list[PendingFile]:
        """Return the files to write; `content` renders a format by its name."""
        return [
            PendingFile(path, partial(content, name), self.replace, self.shared.allows(path))
            for path, name in self.exports.items()
        ]


def output_problems(outputs: OutputPlan, *, asks: bool = False) -> Iterator[Problem]:
    """Yield what makes an output impossible, so that it is known before any question is asked.

    `asks` is whether the person is asked about files that others could read, so that those are no problem yet.
    """
    for path, name in outputs.exports.items():
        target = target_problem(path, replace=outputs.replace, allow_shared=asks or outputs.shared.allows(path))
        problems = (target, format_problem(name, Place(str(path))))
        yield from (problem for problem in problems if problem)
    problem = format_problem(outputs.format)
    if problem:
        yield problem


@dataclass(frozen=True)
class Results:
    """A result with and without private answers, each computed on first use."""

    assessed: Callable[[bool], Assessment]
    """Compute the result, with the private answers if the argument is true."""

    @classmethod
    def of(cls, questionnaire: Questionnaire, sheet: AnswerSheet, day: date) -> "Results":
        """Return the results of one sheet."""
        return cls(lambda include_private: assess(questionnaire, sheet, on=day, include_private=include_private))

    @cached_property
    def full(self) -> Assessment:
        """The result with private answers."""
        return self.assessed(True)

    @cached_property
    def public(self) -> Assessment:
        """The result without private answers."""
        return self.assessed(False)

    def visible(self, outputs: OutputPlan, view: OutputTarget) -> Assessment:
        """Return the result as standard output may show it."""
        return self.full if outputs.may_show_private(view) else self.public

    def shown(self, outputs: OutputPlan, view: OutputTarget) -> str | bytes:
        """Render the result for standard output: text for people, or else the same bytes as a file."""
        result = self.visible(outputs, view)
        if outputs.format == "text":
            return render(result, full=outputs.full, width=view.width, color=view.color, plain=view.plain)
        return export(result, outputs.format, paper=outputs.paper)

    def files(self, outputs: OutputPlan) -> list[PendingFile]:
        """Return the files to write."""
        return outputs.files(
            lambda name: export(self.full if outputs.include_home_safety else self.public, name, paper=outputs.paper)
        )


class OutputOptions(NamedTuple):
    """The output options as typed."""

    format: str
    export: list[Path] | None
    paper: str
    force: bool
    include_home_safety: bool
    allow_shared: bool
    full: bool = False
    no_pager: bool = False


def plan_outputs(
    options: OutputOptions, view: OutputTarget, read: Iterable[str | Path | None], formats: Iterable[str] = FORMATS
) -> OutputPlan:
    """Check the output options against each other, the input files and the allowed formats.

    Raises `typer.BadParameter`.
    """
    report = REPORTS.get(options.format)
    if report and report.binary and view.on_screen:
        message = f"a {report.name.upper()} can't be shown on a terminal: use --export page{report.suffix}"
        raise typer.BadParameter(message, param_hint="--format")
    if options.full and options.format != "text":
        raise typer.BadParameter("--full is only for --format text: the other formats hold everything")
    inputs = {path for each in read if each for path in _real_paths(Path(each))}
    exports = _exports(options.export or (), inputs, tuple(formats))
    return OutputPlan(
        format=options.format,
        exports=exports,
        paper=options.paper,
        replace=options.force,
        include_home_safety=options.include_home_safety,
        shared=SharedFolders(every=options.allow_shared),
        full=options.full,
        pager=not options.no_pager,
    )


def _exports(paths: Iterable[Path], inputs: set[Path], formats: tuple[str, ...]) -> dict[Path, str]:
    """Return the format of each file to write; raises `typer.BadParameter` for an input file or a duplicate."""
    suffixes = [REPORTS[name].suffix for name in formats if name in REPORTS]
    exports: dict[Path, str] = {}
    seen: set[Path] = set()
    for path in paths:
        name = format_of(path)
        real, _ = _real_paths(path)
        if str(path) == "-":
            raise typer.BadParameter("for standard output, use --format instead of --export -", param_hint="--export")
        if name is None or name not in formats:
            raise typer.BadParameter(f"{path.name} must end in {join(suffixes, last='or')}", param_hint="--export")
        if real in inputs:
            raise typer.BadParameter(f"{path} is an input file and would be overwritten", param_hint="--export")
        if real in seen:
            raise typer.BadParameter(f"{path} is given twice", param_hint="--export")
        seen.add(real)
        exports[path] = name
    return exports


def _real_paths(path: Path) -> tuple[Path, Path]:
    """Return the absolute path of a file itself, and that of its target if it is a link."""
    return real_path(path.parent) / path.name, real_path(path)
