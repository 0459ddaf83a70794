"""Measure all parts and write the page, or measure one part and print it."""

import argparse
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow.parquet as pq
import pyperf

import iop_fit
from bench.batch import Batch, batch, population, require_commands
from bench.by_hand.rows import sheet_of
from bench.commands import commands
from bench.engines import engines
from bench.growth import Sizes, growth
from bench.machine import machine
from bench.measuring import ROOT, Launcher, Measured
from bench.page import Table, page
from bench.spark import spark

PAGE = ROOT / "docs" / "reference" / "performance.md"
VALUES = ROOT / "build" / "bench.json"


class Scale(NamedTuple):
    """How much is measured."""

    rounds: int
    """Rounds of the commands; other parts have fewer."""
    sheets: int
    """Sheets for the rules engines."""
    batch: Batch
    spark: tuple[int, ...]
    """Numbers of rows for Spark."""
    sizes: Sizes


FULL = Scale(
    rounds=20,
    sheets=300,
    batch=Batch({10_000: 5, 100_000: 3, 1_000_000: 3}, looped=100_000),
    spark=(100_000, 1_000_000),
    sizes=Sizes(questions=(25, 50, 100, 200, 400), rules=(50, 100, 200, 400, 800)),
)
QUICK = Scale(
    rounds=1,
    sheets=10,
    batch=Batch({300: 1}, looped=300),
    spark=(300,),
    sizes=Sizes(questions=(10, 20), rules=(20, 40)),
)
LARGE = 10_000_000
"""The number of rows that `--large` adds."""


class Bench(NamedTuple):
    """What every part needs."""

    scale: Scale
    launcher: Launcher
    folder: Path
    """A temporary folder for the files of the parts."""


def measure_commands(bench: Bench) -> Iterable[Table]:
    """Measure whole processes."""
    return [commands(bench.launcher, bench.scale.rounds)]


def measure_engines(bench: Bench) -> Iterable[Table]:
    """Measure rules engines inside this process."""
    questionnaire = iop_fit.load().public()
    people = pq.read_table(population(bench.launcher, bench.scale.sheets, bench.folder)).to_pylist()
    sheets = [sheet_of(row, questionnaire) for row in people]
    return [engines(questionnaire, sheets, min(bench.scale.rounds, 7))]


def measure_batch(bench: Bench) -> Iterable[Table]:
    """Measure the scoring of many sheets."""
    return [batch(bench.launcher, bench.scale.batch, bench.folder)]


def measure_spark(bench: Bench) -> Iterable[Table]:
    """Measure the scoring of many sheets with Spark."""
    return [spark(bench.launcher, bench.scale.spark, bench.folder)]


def measure_growth(bench: Bench) -> Iterable[Table]:
    """Measure larger questionnaires."""
    return growth(bench.launcher, bench.scale.sizes, min(bench.scale.rounds, 5), bench.folder)


PARTS: dict[str, Callable[[Bench], Iterable[Table]]] = {
    "commands": measure_commands,
    "engines": measure_engines,
    "batch": measure_batch,
    "spark": measure_spark,
    "growth": measure_growth,
}
"""Each part by its name for `--only`, in the order of the page."""


def measure(names: Collection[str], scale: Scale) -> Iterator[Table]:
    """Measure parts one after the other; what they need is checked first."""
    require_commands()
    with Launcher() as launcher, TemporaryDirectory(prefix="iop-fit-bench-") as folder:
        for name in names:
            print(f"Measuring: {name}", file=sys.stderr)
            yield from PARTS[name](Bench(scale, launcher, Path(folder)))


def keep(tables: Iterable[Table], path: Path) -> None:
    """Write the processor seconds of every run for pyperf, which can compare them with those of another day."""
    kept = [benchmark(f"{table.title}: {each.name}", each) for table in tables for each in table.measured]
    path.parent.mkdir(exist_ok=True)
    pyperf.BenchmarkSuite(kept).dump(str(path), replace=True)


def benchmark(name: str, measured: Measured) -> object:
    """Return what was measured as pyperf keeps it."""
    runs = [pyperf.Run([run.processor], metadata={"name": name}, collect_metadata=False) for run in measured.runs]
    return pyperf.Benchmark(runs)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="measure one part, and print it instead of writing the page")
    parser.add_argument(
        "--quick", action="store_true", help="measure as little as possible, to see that all of it works"
    )
    parser.add_argument("--large", action="store_true", help=f"also score {LARGE:,} rows")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--values", type=Path, default=VALUES, help="the values of all runs to write, for pyperf")
    given = parser.parse_args()
    scale = QUICK if given.quick else FULL
    if given.large:
        scale = scale._replace(
            batch=scale.batch._replace(rounds={**scale.batch.rounds, LARGE: 1}), spark=(*scale.spark, LARGE)
        )
    tables = list(measure([given.only] if given.only else PARTS, scale))
    keep(tables, given.values)
    if given.only:
        print("\n".join(table.markdown() for table in tables))
    else:
        given.page.write_text(page([machine(date.today()), *tables]), encoding="utf-8")
        print(f"Written: {given.page.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
