"""Many sheets: `iop-fit score` beside a loop of one's own, numpy and SQL by hand, each a whole process."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

import iop_fit
from bench.commands import whole
from bench.measuring import Launcher, Measured, in_turn
from bench.page import Table, figure, mebibytes, seconds

__all__ = ["Batch", "batch", "check_results", "population", "require_commands"]

SCORE = "`iop-fit score`"
LOOP = "a loop over `decide()`"
PROGRAMS = {"numpy by hand": "arrays", "one flat SELECT by hand": "flat_sql", LOOP: "loop"}
"""Each other way, with the program in `bench/by_hand/`."""


class Batch(NamedTuple):
    """How many rows are scored, and how often."""

    rounds: Mapping[int, int]
    """Rounds by number of rows, from few rows to many."""
    looped: int
    """The most rows for the loop, which takes a minute for every hundred thousand."""


def batch(launcher: Launcher, scale: Batch, folder: Path) -> Table:
    """Check that every way gives the same result, then score populations of growing size; `folder` takes the files."""
    measured: dict[int, list[Measured]] = {}
    for rows, rounds in scale.rounds.items():
        people = population(launcher, rows, folder)
        ways = ways_to_score(people, folder)
        if not measured:
            in_turn(launcher, ways, 0)  # fills caches, so that no other round is uncounted
            check_results(folder)
        if rows > scale.looped:
            del ways[LOOP]
        measured[rows] = in_turn(launcher, ways, rounds, uncounted=0)
    return Table(
        "Many sheets",
        "A made-up population from Parquet to Parquet, each way as one process. For every row of the smallest one, all "
        "ways gave the same direction, alerts and fired rules, or nothing would have been timed. Only "
        f"{SCORE} also says what skipped answers leave open, and finds problems in the rows. For {scale.looped:,} "
        f"rows, it is {times_as_fast(measured, scale.looped)} times as fast as the loop.",
        ("way", "rows", "least, s", "processor, s", "rows per second", "peak memory, MiB"),
        tuple(row(each, rows) for rows, found in measured.items() for each in found),
        tuple(each._replace(name=f"{each.name}, {rows} rows") for rows, found in measured.items() for each in found),
    )


def require_commands() -> None:
    """End the bench if this iop-fit has no command `score` or `population`."""
    for name in ("score", "population"):
        done = subprocess.run(whole(f"iop-fit {name} --help"), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"The bench needs `iop-fit {name}`, which did not start:\n{done.stderr.strip()}")


def population(launcher: Launcher, rows: int, folder: Path) -> Path:
    """Write a made-up population to a file, and return its path."""
    people = folder / f"people-{rows}.parquet"
    if not people.exists():
        launcher.run([*whole("iop-fit"), "population", str(rows), "--seed", "7", "-o", str(people)])
    return people


def ways_to_score(people: Path, folder: Path) -> dict[str, Sequence[str]]:
    """Return the command of each way, with a result of its own in the folder."""
    by_hand = {
        name: [sys.executable, "-m", f"bench.by_hand.{program}", str(people), str(folder / f"{program}.parquet")]
        for name, program in PROGRAMS.items()
    }
    score = [*whole("iop-fit"), "score", str(people), "--force", "-o", str(folder / "score.parquet")]
    return {SCORE: score, **by_hand}


def check_results(folder: Path) -> None:
    """End the bench if two ways give a row another direction, alert or fired rule."""
    alerts = [f"alert_{alert.id}" for alert in iop_fit.load().public().alerts]
    raised = " ".join(f"OR (ours.{each} = 'yes') IS DISTINCT FROM theirs.{each}" for each in map(quoted, alerts))
    for name, program in PROGRAMS.items():
        [(differing,)] = duckdb.execute(
            f"SELECT count(*) FROM '{folder}/score.parquet' AS ours FULL JOIN '{folder}/{program}.parquet' AS theirs "
            "ON CAST(ours.id AS VARCHAR) = CAST(theirs.id AS VARCHAR) "
            f"WHERE ours.lowest IS DISTINCT FROM theirs.lowest {raised} "
            "OR list_sort(string_split(ours.rules, ';')) <> list_sort(string_split(theirs.rules, ';'))"
        ).fetchall()
        if differing != 0:
            raise SystemExit(f"{name} differs from {SCORE} in {differing} rows.")


def quoted(name: str) -> str:
    """Return a name for SQL."""
    return f'"{name}"'


def row(each: Measured, rows: int) -> tuple[str, ...]:
    """Return a row of the table."""
    return (
        each.name,
        f"{rows:,}",
        seconds(each.least),
        seconds(each.processor),
        figure(rows / each.least),
        mebibytes(each.peak),
    )


def times_as_fast(measured: Mapping[int, Sequence[Measured]], rows: int) -> str:
    """Return how many times as many rows per second the command scores as the loop, at the most rows of the loop."""
    least = {each.name: each.least for each in measured[rows]}
    return figure(least[LOOP] / least[SCORE])
