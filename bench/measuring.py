"""Measure commands and functions in turn: all of them once, then all again."""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter, process_time
from types import TracebackType
from typing import NamedTuple, Self

__all__ = ["ROOT", "Launcher", "Measured", "Usage", "functions_in_turn", "in_turn"]

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE_"))}
"""The environment of the commands, without what would change how Python starts or keeps compiled modules."""


class Usage(NamedTuple):
    """What one run used."""

    seconds: float
    processor: float
    """Seconds of processor time, of all cores together."""
    peak: int = 0
    """Peak memory in bytes; 0 if it was not measured."""


class Measured(NamedTuple):
    """All runs of one command or function."""

    name: str
    runs: tuple[Usage, ...]

    @property
    def least(self) -> float:
        """The seconds of the fastest run."""
        return min(each.seconds for each in self.runs)

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return median(each.seconds for each in self.runs)

    @property
    def processor(self) -> float:
        """The least processor seconds, which depend least on what else the computer does."""
        return min(each.processor for each in self.runs)

    @property
    def peak(self) -> int:
        """The largest peak memory, in bytes."""
        return max(each.peak for each in self.runs)


class Launcher:
    """A small process that starts the commands, so that our own memory doesn't count as theirs."""

    def __enter__(self) -> Self:
        """Start the process; commands run in the project's folder."""
        self._errors = TemporaryFile()
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", Path(__file__).with_name("launcher.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            cwd=ROOT,
            env=ENVIRONMENT,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._process.communicate()
        self._errors.close()

    def run(self, command: Sequence[str]) -> Usage:
        """Run a command, which names its program by a whole path; a status other than 0 ends the bench."""
        assert self._process.stdin
        assert self._process.stdout
        self._errors.seek(0)
        self._errors.truncate()
        self._process.stdin.write(json.dumps([*command]) + "\n")
        self._process.stdin.flush()
        *used, status = json.loads(self._process.stdout.readline())
        if status != 0:
            self._errors.seek(0)
            said = self._errors.read().decode(errors="replace").strip()
            raise SystemExit(f"{Path(command[0]).name} {' '.join(command[1:])} ended with status {status}.\n{said}")
        return Usage(*used)


def in_turn(
    launcher: Launcher, commands: Mapping[str, Sequence[str]], rounds: int, *, uncounted: int = 1
) -> list[Measured]:
    """Run the commands in turn, after rounds that don't count: they fill caches and compile modules."""
    rounds_run = [{name: launcher.run(each) for name, each in commands.items()} for _ in range(uncounted + rounds)]
    return [Measured(name, tuple(each[name] for each in rounds_run[uncounted:])) for name in commands]


def functions_in_turn(functions: Mapping[str, Callable[[], object]], rounds: int) -> list[Measured]:
    """Call the functions in turn, after one round that doesn't count."""
    rounds_run = [{name: used_by(each) for name, each in functions.items()} for _ in range(rounds + 1)]
    return [Measured(name, tuple(each[name] for each in rounds_run[1:])) for name in functions]


def used_by(function: Callable[[], object]) -> Usage:
    """Call a function, without the garbage of the one before it."""
    gc.collect()
    wall, processor = perf_counter(), process_time()
    function()
    return Usage(perf_counter() - wall, process_time() - processor)
