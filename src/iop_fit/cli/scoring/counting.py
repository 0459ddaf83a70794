"""Counts of many sheets as output."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import typer

from iop_fit.errors import Problem
from iop_fit.files.output_target import OutputTarget
from iop_fit.files.reading import real_path
from iop_fit.files.targets import PendingFile, target_problem
from iop_fit.scoring.counts.tally import Summary
from iop_fit.text import join

__all__ = ["SummaryFiles", "shown"]

SUFFIXES = {".csv": "csv", ".json": "json", ".svg": "svg"}


class SummaryFiles(NamedTuple):
    """The files that hold the counts."""

    paths: tuple[Path, ...] = ()
    replace: bool = False
    allow_shared: bool = False

    def check(self, others: Iterable[Path | None]) -> None:
        """Raise `typer.BadParameter` for an unknown suffix, or a file that is also one of the others."""
        seen = {real_path(path) for path in others if path}
        for path in self.paths:
            if path.suffix.lower() not in SUFFIXES:
                message = f"{path.name} must end in {join(SUFFIXES, last='or')}"
                raise typer.BadParameter(message, param_hint="--summary")
            if real_path(path) in seen:
                raise typer.BadParameter(f"{path} is also used for something else", param_hint="--summary")
            seen.add(real_path(path))

    def problems(self) -> Iterator[Problem]:
        """Yield why a file can't be written."""
        for path in self.paths:
            problem = target_problem(path, replace=self.replace, allow_shared=self.allow_shared)
            if problem:
                yield problem

    def pending(self, summary: Summary) -> list[PendingFile]:
        """Return the files to write."""
        return [PendingFile(path, self._content(path, summary), self.replace, self.allow_shared) for path in self.paths]

    @staticmethod
    def _content(path: Path, summary: Summary) -> Callable[[], bytes]:
        return lambda: _drawn(summary, SUFFIXES[path.suffix.lower()]).encode()


def shown(summary: Summary, output: str, view: OutputTarget, *, full: bool) -> str | bytes:
    """Return a summary for standard output: text for people, or the bytes of a file."""
    if output != "text":
        return _drawn(summary, output).encode()
    from iop_fit.report.tallies.to_text import summary_text

    return summary_text(summary, view.width, color=view.color, plain=view.plain, full=full)


def _drawn(summary: Summary, name: str) -> str:
    if name == "svg":
        from iop_fit.report.tallies.to_svg import summary_svg

        return summary_svg(summary)
    from iop_fit.report.tallies.to_data import summary_csv, summary_json

    return summary_json(summary) if name == "json" else summary_csv(summary)
