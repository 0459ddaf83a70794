"""Spark scores as DuckDB and `decide` do, and says what is wrong; each test needs pyspark and Java."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from random import Random

import duckdb
import pytest

import iop_fit
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import FileFormat
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.scorer import open_scored
from support import ROOT
from support.questionnaires_at_random import questionnaire_at_random
from support.questionnaires_at_random import written as as_text
from support.scored_rows import Row, differences, random_sheets, row_of, spoiled, written

JAVA = Path(os.environ.get("JAVA_HOME", "/nowhere"), "bin/java").exists() or shutil.which("java")
pytestmark = pytest.mark.skipif(
    find_spec("pyspark") is None or not JAVA,
    reason="NOT RUN: Spark was not tested, since pyspark or Java is missing; with Java 17 installed, run `make spark`",
)


def score(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the real command in a folder; starting Java takes seconds, or a minute on a busy machine."""
    command = [sys.executable, "-m", "iop_fit", "score", *arguments]
    environment = {**os.environ, **environment}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=400
    )


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the name of a questionnaire with few rules, for which Spark compiles little."""
    path = tmp_path_factory.mktemp("small") / "small.yaml"
    path.write_text(as_text(questionnaire_at_random(3)))
    return str(path)


@pytest.fixture(scope="module")
def small(small_file: str) -> Questionnaire:
    return iop_fit.load(small_file)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    from iop_fit.scoring.engines.spark.engine import SparkEngine

    engine = SparkEngine("local[2]", tmp_path_factory.mktemp("scratch"))
    yield engine
    engine.close()


def mixed_rows(questionnaire: Questionnaire, random: Random, number: int) -> dict[str, Row]:
    """Return rows by id, every third with something wrong."""
    rows = (row_of(sheet, questionnaire) for sheet in random_sheets(questionnaire, random, number))
    return {
        f"row {place}": spoiled(row, questionnaire, random) if place % 3 == 0 else row for place, row in enumerate(rows)
    }


def scored(engine: Engine, questionnaire: Questionnaire, path: Path, file_format: FileFormat) -> list[str]:
    """Return the rows of the result as texts, sorted, through an output of this format."""
    table = engine.table(path)
    query = open_scored(engine, questionnaire, table, layout_of(table, questionnaire, frozenset()))
    target = path.with_name(f"scored-{type(engine).__name__}.{file_format.value.replace(' ', '')}")
    if isinstance(engine, DuckDbEngine):
        engine.write(query.sql, target, file_format, lambda _: None)
        return read_back(target, file_format)
    target.mkdir()
    engine.write(query.sql, target, file_format, lambda _: None)
    rows = [row for part in target.glob("part-*") for row in read_back(part, file_format)]
    shutil.rmtree(target)
    return sorted(rows)


def by_duckdb(questionnaire: Questionnaire, path: Path, file_format: FileFormat) -> list[str]:
    engine = DuckDbEngine(path.parent, threads=1)
    try:
        return scored(engine, questionnaire, path, file_format)
    finally:
        engine.close()


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read_back(path: Path, file_format: FileFormat) -> list[str]:
    """Return the rows of a file as JSON, sorted; what is NULL is left out."""
    kind = {FileFormat.PARQUET: "read_parquet", FileFormat.CSV: "read_csv", FileFormat.JSON_LINES: "read_ndjson"}
    options = ", all_varchar=true" if file_format is FileFormat.CSV else ""
    found = duckdb.execute(f"SELECT * FROM {kind[file_format]}('{path}'{options})")
    names = [name for name, *_ in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return sorted(
        json.dumps({name: str(cell) for name, cell in sorted(row.items()) if cell not in (None, "")}) for row in rows
    )


def test_spark_scores_as_decided_and_as_duckdb(spark: Engine, questionnaire: Questionnaire, tmp_path: Path) -> None:
    rows = mixed_rows(questionnaire, Random(17), 10_000)
    assert differences(spark, questionnaire, dict(rows), tmp_path / "sheets.csv") == []
    for file_format in FileFormat:
        expected = by_duckdb(questionnaire, tmp_path / "sheets.csv", file_format)
        assert len(expected) == 10_000
        assert scored(spark, questionnaire, tmp_path / "sheets.csv", file_format) == expected


def test_spark_reads_json_lines_and_parquet(spark: Engine, small: Questionnaire, tmp_path: Path) -> None:
    rows = mixed_rows(small, Random(18), 1_000)
    lines, as_parquet = tmp_path / "sheets.jsonl", tmp_path / "sheets.parquet"
    several = {name for name, question in small.questions.items() if question.takes_several}
    for row in rows.values():
        row |= {name: [cell] for name in several if isinstance(cell := row[name], str)}
    assert differences(spark, small, dict(rows), lines) == []
    kinds = {name: "VARCHAR[]" if name in several else "VARCHAR" for name in ("id", "for", *small.questions)}
    duckdb.execute(f"COPY (SELECT * FROM read_ndjson('{lines}', columns={kinds})) TO '{as_parquet}'")
    assert several <= {name for name, is_list in spark.table(as_parquet).columns.items() if is_list}
    found = [scored(spark, small, path, FileFormat.JSON_LINES) for path in (lines, as_parquet)]
    assert found[0] == found[1]


def test_spark_scores_other_questionnaires(spark: Engine, tmp_path: Path) -> None:
    paths = [ROOT / "examples" / "stepping-down"]
    for seed in range(6):
        paths.append(tmp_path / f"{seed}.yaml")
        paths[-1].write_text(as_text(questionnaire_at_random(seed)))
    for path in paths:
        questionnaire = iop_fit.load(path)
        rows = mixed_rows(questionnaire, Random(questionnaire.id), 60)
        assert differences(spark, questionnaire, dict(rows), tmp_path / "sheets.csv") == [], path.name


def test_spark_reads_odd_cells_as_duckdb(spark: Engine, small: Questionnaire, tmp_path: Path) -> None:
    path, name = tmp_path / "odd [1] {a}.csv", next(iter(small.questions))
    rows = [{"id": f"{place}", **row} for place, row in enumerate(mixed_rows(small, Random(2), 8).values())]
    odd = ["a,b", 'say "no"', "two\nlines", "back\\slash", "${HOME}", " spaces ", "'; DROP", "7.50"]
    for row, cell in zip(rows, odd, strict=True):
        row["Note, of `them`"] = cell
    rows[0][name] = "it's\\"
    rows[1][name] = "a;;b"
    written([*rows], path)
    for file_format in FileFormat:
        assert scored(spark, small, path, file_format) == by_duckdb(small, path, file_format)


def bad_tables(folder: Path, small: Questionnaire) -> Iterator[tuple[Path, str]]:
    """Yield tables that can't be read, each with what is said about it."""
    header = ",".join(["id", *small.questions])
    commas = "," * len(small.questions)
    short = folder / "short.csv"
    short.write_text(f"{header}\n1{commas}\n2,secret\n")
    yield short, f"{short}:3:1: This row doesn't fit the header."
    quote = folder / "quote.csv"
    quote.write_text(f'{header}\n1{commas}\n2"secret{commas}\n3{commas}\n')
    yield quote, f"{quote}:3:1: A quotation mark in this line is never closed."
    broken = folder / "broken.jsonl"
    broken.write_text('{"id": "1"}\n{"id": "2", secret\n')
    yield broken, f"{broken}:2:1: This line isn't a row in JSON."
    cut = folder / "cut.parquet"
    duckdb.execute(f"COPY (SELECT range AS id FROM range(1000)) TO '{cut}'")
    cut.write_bytes(cut.read_bytes()[:500])
    yield cut, f"{cut}: This file isn't a whole Parquet file."
    hidden = folder / "_hidden.csv"
    hidden.write_text(f"{header}\n")
    yield hidden, f"{hidden}: Spark skips files whose names begin with a dot or an underscore."


def test_spark_names_the_file_and_row_of_a_mistake(spark: Engine, small: Questionnaire, tmp_path: Path) -> None:
    for path, message in bad_tables(tmp_path, small):
        with pytest.raises(IopFitError) as caught:
            scored(spark, small, path, FileFormat.CSV)
        assert str(caught.value).split("\n")[0] == message
        assert "secret" not in str(caught.value)


def test_score_writes_a_private_folder(small: Questionnaire, small_file: str, tmp_path: Path) -> None:
    rows = [{"id": name, **row} for name, row in mixed_rows(small.public(), Random(3), 20).items()]
    written(rows, tmp_path / "sheets.csv")
    before = {*names_in(Path("/tmp"))}
    done = score(tmp_path, "--questions", small_file, "sheets.csv", "-o", "out.parquet", "--engine", "local[1]")
    assert (done.returncode, done.stdout.split("\n")[0]) == (0, "20 sheets")
    assert "\nScored 20 sheets; " in done.stderr
    assert done.stderr.endswith("Written: out.parquet\n")
    output = tmp_path / "out.parquet"
    (part,) = output.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (output, part)] == [0o700, 0o600]
    assert part.name.startswith("part-")
    assert names_in(tmp_path) == ["out.parquet", "sheets.csv"]
    assert not {name for name in {*names_in(Path("/tmp"))} - before if name.startswith(("spark", "blockmgr", "hsperf"))}

    done = score(tmp_path, "--questions", small_file, "sheets.csv", "-o", "out.parquet", "--engine", "local[1]")
    assert done.returncode == 4
    assert "already exists" in done.stderr
    (output / "mine.txt").write_text("Not part of an output.")
    done = score(
        tmp_path, "--questions", small_file, "sheets.csv", "-o", "out.parquet", "--engine", "local[1]", "--force"
    )
    assert done.returncode == 4
    assert "it was not replaced" in done.stderr
    assert names_in(output) == ["mine.txt", part.name]
    (output / "mine.txt").unlink()
    assert (
        score(
            tmp_path, "--questions", small_file, "sheets.csv", "-o", "out.parquet", "--engine", "local[1]", "--force"
        ).returncode
        == 0
    )
    assert [path.name == part.name for path in output.iterdir()] == [False]


def test_score_counts_and_compares_as_duckdb(small: Questionnaire, small_file: str, tmp_path: Path) -> None:
    older = questionnaire_at_random(3)
    del older["rules"][6]
    (tmp_path / "older.yaml").write_text(as_text(older))
    rows = [
        {"id": name, "county": random.choice(["Kent", "Lake"]), **row}
        for random in [Random(4)]
        for name, row in mixed_rows(small.public(), random, 400).items()
    ]
    written(rows, tmp_path / "sheets.csv")
    for more in ([], ["--against", "older.yaml"]):
        ends = {
            engine: score(
                tmp_path,
                *("--questions", small_file, "sheets.csv", "-o", f"{engine}.csv", "--engine", engine),
                *("--by", "county", "--min-group", "11", "--format", "json", *more, "--force"),
            )
            for engine in ("duckdb", "local[1]")
        }
        assert {done.returncode for done in ends.values()} == {0}
        assert ends["local[1]"].stdout == ends["duckdb"].stdout
        (part,) = (tmp_path / "local[1].csv").iterdir()
        shutil.copy(part, tmp_path / "spark.csv")
        rows_of = {name: read_back(tmp_path / f"{name}.csv", FileFormat.CSV) for name in ("duckdb", "spark")}
        assert rows_of["spark"] == rows_of["duckdb"] != []


@contextmanager
def scoring(folder: Path, small_file: str) -> Iterator["subprocess.Popen[str]"]:
    command = [
        sys.executable,
        "-m",
        "iop_fit",
        "score",
        "--questions",
        small_file,
        "sheets.csv",
        "-o",
        "out.csv",
        "--engine",
        "local[1]",
    ]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        yield running
        if running.poll() is None:
            running.kill()


@pytest.mark.parametrize("wait", [1.0, 8.0])
def test_ctrl_c_leaves_nothing(small: Questionnaire, small_file: str, tmp_path: Path, wait: float) -> None:
    rows = [{"id": name, **row} for name, row in mixed_rows(small.public(), Random(3), 2_000).items()]
    written(rows, tmp_path / "sheets.csv")
    with scoring(tmp_path, small_file) as running:
        time.sleep(wait)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=300)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert "Exception" not in said
    assert names_in(tmp_path) == ["sheets.csv"]


def test_score_says_when_there_is_no_master(small: Questionnaire, small_file: str, tmp_path: Path) -> None:
    written([{"id": "1", **row} for row in mixed_rows(small.public(), Random(3), 1).values()], tmp_path / "a.csv")
    done = score(tmp_path, "--questions", small_file, "a.csv", "--engine", "spark://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "The Spark master can't be reached.\n  Check the address after --engine.\n"


def test_score_says_when_there_is_no_java(small: Questionnaire, small_file: str, tmp_path: Path) -> None:
    written([{"id": "1", **row} for row in mixed_rows(small.public(), Random(3), 1).values()], tmp_path / "a.csv")
    done = score(tmp_path, "--questions", small_file, "a.csv", "--engine", "spark", JAVA_HOME=str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "Spark can't start.\n  It needs Java 17 or later.\n"
