"""A run that is stopped or killed leaves no half of a result, and nothing of a killed one stays for long."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import duckdb
import pytest

from iop_fit.errors import Terminated
from iop_fit.files.scratch import scratch_folder
from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.scoring.engines.tables import FileFormat
from support import TESTS

SOUND = TESTS / "questionnaires" / "valid" / "sound.yaml"
ROWS = 30_000_000
"""Enough for about 20 seconds."""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table that takes long; most of it is compressed away."""
    path = tmp_path_factory.mktemp("many") / "many.parquet"
    query = (
        f"SELECT range AS id, '[]' AS used, NULL AS \"pills-daily\", 'often' AS alone, 'plan' AS pay FROM range({ROWS})"
    )
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 122880)")
    return path


def started(many: Path, folder: Path) -> "subprocess.Popen[str]":
    """Start scoring, and wait until it writes."""
    command = [sys.executable, "-m", "iop_fit", "score", str(many), "-o", "out.parquet", "--questions", str(SOUND)]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(
        path.is_file() and path.stat().st_size > 1000 for path in folder.iterdir()
    ):
        assert process.poll() is None
        time.sleep(0.05)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_it_at_once_and_leaves_nothing(many: Path, tmp_path: Path, number: signal.Signals) -> None:
    process = started(many, tmp_path)
    sent = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate()
    assert time.monotonic() - sent < 5, "it takes about 0.3 s"
    assert (process.returncode, said) == (128 + number, "Stopped: out.parquet was not written.\n")
    assert [*tmp_path.iterdir()] == []


class Deaf:
    """A connection that hears only the third interrupt, as DuckDB forgets one that comes before the first row."""

    def __init__(self) -> None:
        self.interrupts = 0
        self.heard = Event()

    def execute(self, sql: str) -> "Deaf":
        assert sql.startswith("COPY")
        self.heard.wait(20)
        return self

    def fetchall(self) -> list[object]:
        return []

    def query_progress(self) -> float:
        return 0

    def interrupt(self) -> None:
        self.interrupts += 1
        if self.interrupts == 3:
            self.heard.set()

    def close(self) -> None:
        assert self.heard.is_set()


def test_interrupt_is_repeated_until_it_is_heard(tmp_path: Path) -> None:
    def on_progress(_: float) -> None:
        raise Terminated(signal.SIGINT)

    engine, deaf = DuckDbEngine(tmp_path), Deaf()
    engine._connection.close()
    engine._connection = deaf  # type: ignore[assignment]
    with pytest.raises(Terminated):
        engine.write("SELECT 1", tmp_path / "out.csv", FileFormat.CSV, on_progress)
    engine.close()
    assert deaf.interrupts == 3


def test_what_a_killed_run_left_is_deleted_by_the_next(many: Path, tmp_path: Path) -> None:
    process = started(many, tmp_path)
    process.kill()
    process.communicate()
    left = {path.name for path in tmp_path.iterdir()}
    assert "out.parquet" not in left
    assert len(left) == 2, "the temporary file of the output and the scratch folder"
    (tmp_path / "few.csv").write_text("id,used,pills-daily,alone,pay\na,[],,rarely,plan\n")
    command = [sys.executable, "-m", "iop_fit", "score", "few.csv", "-o", "out.parquet", "--questions", str(SOUND)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert {path.name for path in tmp_path.iterdir()} == {"few.csv", "out.parquet"}


def test_scratch_folder_is_private_and_leaves_those_of_running_processes(tmp_path: Path) -> None:
    running = tmp_path / f".iop-fit-scratch-{os.getppid()}-abc"
    foreign = tmp_path / ".iop-fit-scratch-notes"
    for folder in (running, foreign):
        folder.mkdir()
    with scratch_folder(tmp_path) as first, scratch_folder(tmp_path) as second:
        assert (first.stat().st_mode & 0o777, second.parent) == (0o700, tmp_path)
        assert first.is_dir()
    assert {*tmp_path.iterdir()} == {running, foreign}
