"""Processor time and memory of scoring, by whole processes; not seconds by the clock, which depend on other work."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

import duckdb
import pytest

from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.layout import Layout
from iop_fit.scoring.sql.compiler import compile_questionnaire
from iop_fit.scoring.sql.dialects import DUCKDB
from support import UNMEASURED
from support.scored_rows import columns_of, random_sheets, row_of, written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc")

FEW, MANY = 20_000, 200_000


class Cost(NamedTuple):
    """What a process cost."""

    seconds: float
    megabytes: float


PROBE = """
import atexit, os, re, sys
def tell():
    used = os.times()
    peak = re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]
    print(used.user + used.system, int(peak) / 1024, file=open(os.environ["COST"], "w"))
atexit.register(tell)
from iop_fit.__main__ import main
main()
"""
"""The program, which says at its end what it cost; the peak that a parent sees can be that of the parent."""


def cost_of(table: Path, folder: Path) -> Cost:
    """Run `iop-fit score` on a table."""
    return cost_of_command(folder, "score", str(table), "-o", str(folder / table.name))


def cost_of_command(folder: Path, *arguments: str) -> Cost:
    command = [sys.executable, "-c", PROBE, *arguments]
    subprocess.run(command, check=True, capture_output=True, env={**UNMEASURED, "COST": str(folder / "cost")})
    seconds, megabytes = (folder / "cost").read_text().split()
    return Cost(float(seconds), float(megabytes))


@pytest.fixture(scope="module")
def tables(questionnaire: Questionnaire, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Tables in Parquet by their number of rows, all of the same thousand sheets."""
    folder = tmp_path_factory.mktemp("tables")
    public = questionnaire.public()
    rows = [row_of(sheet, public) for sheet in random_sheets(public, Random(1), 1000)]
    sheets = written(rows, folder / "sheets.csv")
    for number in (FEW, MANY):
        times = f"read_csv('{sheets}', all_varchar=true) s, range({number // 1000})"
        repeated = f"SELECT row_number() OVER () AS id, s.* FROM {times}"
        with duckdb.connect() as connection:
            connection.execute(f"COPY ({repeated}) TO '{folder / str(number)}.parquet' (ROW_GROUP_SIZE 30720)")
    return {number: folder / f"{number}.parquet" for number in (FEW, MANY)}


def test_scoring_is_twenty_times_as_fast_as_a_loop(
    tables: dict[int, Path], questionnaire: Questionnaire, tmp_path: Path
) -> None:
    few, many = (cost_of(table, tmp_path) for table in tables.values())
    a_row = (many.seconds - few.seconds) / (MANY - FEW)
    assert a_row < loop_seconds(questionnaire.public()) / 20
    assert a_row < 40e-6, "it takes about 10 µs"
    assert few.seconds < 4, "it takes about 1 s to start"


def loop_seconds(questionnaire: Questionnaire) -> float:
    """Return the processor seconds that a loop needs for one sheet."""
    sheets = [*random_sheets(questionnaire, Random(2), 200)]
    began = time.process_time()
    for sheet in sheets:
        decision = decide(questionnaire, sheet)
        columns_of(decision)
    return (time.process_time() - began) / len(sheets)


def test_memory_does_not_grow_with_rows(tables: dict[int, Path], tmp_path: Path) -> None:
    few, many = (cost_of(table, tmp_path) for table in tables.values())
    assert many.megabytes < 300
    assert many.megabytes < few.megabytes * 1.5, "two threads hold one group of rows each"


def test_population_takes_little_time_and_memory(tmp_path: Path) -> None:
    few, many = (
        cost_of_command(tmp_path, "population", str(number), "-o", str(tmp_path / f"{number}.parquet"))
        for number in (FEW, MANY)
    )
    assert (many.seconds - few.seconds) / (MANY - FEW) < 40e-6, "it takes about 11 µs"
    assert few.seconds < 5, "it takes about 1 s to start"
    assert many.megabytes < 300
    assert many.megabytes < few.megabytes * 1.5


def test_compiling_takes_little(questionnaire: Questionnaire) -> None:
    public = questionnaire.public()
    layout = Layout.by_id(public)
    compile_questionnaire(public, layout, DUCKDB)
    began = time.process_time()
    sql = compile_questionnaire(public, layout, DUCKDB).sql
    assert time.process_time() - began < 0.2, "it takes about 0.02 s"
    assert len(sql) < 120_000
