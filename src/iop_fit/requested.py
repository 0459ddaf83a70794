"""The outputs that were asked for, checked as options of the command line."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import typer

from iop_fit.files import real_path
from iop_fit.formats import BY_SUFFIX, FORMATS, format_of
from iop_fit.results import Outputs
from iop_fit.standard_output import View
from iop_fit.words import listed

__all__ = ["OutputOptions", "requested"]


class OutputOptions(NamedTuple):
    """The options that say what comes out, as they were typed."""

    format: str
    export: list[Path] | None
    paper: str
    force: bool
    include_home_safety: bool


def requested(
    asked: OutputOptions, view: View, read: Iterable[str | Path | None], formats: Iterable[str] = FORMATS
) -> Outputs:
    """Check the outputs against each other, the files that are read, and the formats that there are.

    Raises `typer.BadParameter`.
    """
    if asked.format == "pdf" and view.on_screen:
        raise typer.BadParameter("a PDF can't be shown here: use --export page.pdf", param_hint="--format")
    places = {place for each in read if each for place in _places(Path(each))}
    exports = _exports(asked.export or (), places, tuple(formats))
    return Outputs(asked.format, exports, asked.paper, asked.force, asked.include_home_safety)


def _exports(paths: Iterable[Path], read: set[Path], formats: tuple[str, ...]) -> dict[Path, str]:
    """Find the format of each file to write; two that are one file are refused, and so are those that are read."""
    suffixes = [suffix for suffix, name in BY_SUFFIX.items() if name in formats]
    found: dict[Path, str] = {}
    places: set[Path] = set()
    for path in paths:
        name = format_of(path)
        place, _ = _places(path)
        if name is None or name not in formats:
            raise typer.BadParameter(f"{path.name} must end in {listed(suffixes, last='or')}", param_hint="--export")
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
