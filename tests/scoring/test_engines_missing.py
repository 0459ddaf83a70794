"""Without DuckDB, one sentence says how to install it; everything else works."""

import subprocess
import sys
from pathlib import Path

WITHOUT = """
import sys
sys.modules["duckdb"] = None
from iop_fit.__main__ import main
main()
"""


def run_without_duckdb(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], capture_output=True, text=True, check=False, timeout=60
    )


def test_score_without_duckdb_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "sheets.csv").write_text("id\n")
    done = run_without_duckdb("score", str(tmp_path / "sheets.csv"), "-o", str(tmp_path / "out.csv"))
    assert done.returncode == 4
    assert done.stdout == ""
    assert done.stderr == "DuckDB is needed to score tables.\n  Install it: pip install 'iop-fit[score]'\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheets.csv"]


def test_population_without_duckdb_says_how_to_install_it(tmp_path: Path) -> None:
    done = run_without_duckdb("population", "10", "-o", str(tmp_path / "people.csv"))
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "DuckDB is needed to make people up.\n  Install it: pip install 'iop-fit[score]'\n"
    assert [*tmp_path.iterdir()] == []


def test_template_and_sql_need_no_engine() -> None:
    assert run_without_duckdb("score", "--template").stdout.startswith("id,for,now,age,")
    assert run_without_duckdb("score", "--explain").stdout.startswith("CREATE TYPE direction AS ENUM (")
