"""Ids are compared in parts, so that they take little memory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from iop_fit.errors import IopFitError
from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.scoring.rows import ids
from iop_fit.scoring.rows.ids import NUMBER, check_ids


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDbEngine]:
    opened = DuckDbEngine(tmp_path, threads=1)
    yield opened
    opened.close()


def check(engine: DuckDbEngine, query: str) -> str:
    """Return what is said about the column `x` of a query."""
    engine.rows(f'CREATE OR REPLACE VIEW numbered AS SELECT row_number() OVER () AS "{NUMBER}", * FROM ({query})')
    try:
        check_ids(engine, Path("a.csv"), "x", "numbered", "numbered")
    except IopFitError as error:
        return str(error).split("\n")[0]
    return ""


@pytest.mark.parametrize("part", [7, 1000, 10_000])
def test_two_equal_ids_are_found_in_any_part(engine: DuckDbEngine, monkeypatch: pytest.MonkeyPatch, part: int) -> None:
    monkeypatch.setattr(ids, "PART", part)
    assert check(engine, "SELECT range AS x FROM range(1000)") == ""
    twice = "SELECT CASE range WHEN 777 THEN 12 ELSE range END AS x FROM range(1000)"
    said = "a.csv, row 778, column x: This row has the id of row 13, so their results could not be told apart."
    assert check(engine, twice) == said
    assert check(engine, f"SELECT 'id ' || x AS x FROM ({twice})") == said


def test_row_without_an_id_is_found_first(engine: DuckDbEngine) -> None:
    query = "SELECT CASE WHEN range > 5 THEN '' ELSE 'same' END AS x FROM range(10)"
    assert check(engine, query) == "a.csv, row 7, column x: This row has no id."
    assert check(engine, "SELECT NULL::BIGINT AS x") == "a.csv, row 1, column x: This row has no id."
