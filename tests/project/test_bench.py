"""The bench: what it measures with, the rules it hands to other engines, its page, and a quick run of all of it."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from random import Random

import duckdb
import pytest

from bench.agreement import Engine, check_equal
from bench.batch import check_results
from bench.by_hand.flat_sql import select
from bench.facts import expression_of, facts_of, names_in
from bench.measuring import Launcher, Measured, Usage, functions_in_turn, in_turn
from bench.page import INTRODUCTION, Table, figure, page
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from support import ROOT
from support.scored_rows import random_sheets, row_of, written

PAGE = ROOT / "docs" / "reference" / "performance.md"
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
TABLES = [
    "Computer and versions",
    "Commands",
    "Rules engines",
    "Many sheets",
    "Spark",
    "Growth with questions",
    "Growth with rules",
]
SHELL = "/bin/sh"


def titles(text: str) -> list[str]:
    return re.findall(r"^## (.*)$", text, re.MULTILINE)


# Measuring


def test_commands_run_in_turn_after_a_round_apart(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with Launcher() as launcher:
        measured = in_turn(launcher, {each: [SHELL, "-c", f"echo {each} >> {log}"] for each in "abc"}, 2)
    assert log.read_text().split() == [*"abc" * 3]
    assert [(each.name, len(each.runs)) for each in measured] == [("a", 2), ("b", 2), ("c", 2)]


def test_functions_run_in_turn_after_a_round_apart() -> None:
    called: list[str] = []
    measured = functions_in_turn({each: partial(called.append, each) for each in "ab"}, 2)
    assert called == [*"ab" * 3]
    assert [len(each.runs) for each in measured] == [2, 2]


def test_launcher_counts_neither_our_memory_nor_waiting() -> None:
    ours = bytearray(200 * 2**20)
    with Launcher() as launcher:
        small = launcher.run([SHELL, "-c", "sleep 0.3"])
        large = launcher.run([sys.executable, "-c", "bytearray(b'x') * (60 * 2**20)"])
    assert len(ours) > small.peak * 4
    assert small.seconds >= 0.3 > small.processor * 2
    assert large.peak > 60 * 2**20


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([SHELL, "-c", "echo no file >&2; exit 4"], "sh -c echo no file >&2; exit 4 ended with status 4.\nno file"),
        (["/nowhere/tool", "--help"], "tool --help ended with status 127.\nNo such file or directory"),
    ],
    ids=["failed", "not there"],
)
def test_launcher_names_the_command_that_failed(command: list[str], said: str) -> None:
    with Launcher() as launcher:
        launcher.run([SHELL, "-c", "echo not this >&2"])
        with pytest.raises(SystemExit) as raised:
            launcher.run(command)
        assert str(raised.value) == said
        launcher.run([SHELL, "-c", "exit 0"])


def test_measured_gives_least_median_and_peak() -> None:
    measured = Measured("it", (Usage(3, 5, 10), Usage(1, 2, 30), Usage(2, 2, 20)))
    assert (measured.least, measured.median, measured.processor, measured.peak) == (1, 2, 2, 30)


# Rules for other engines


def test_expressions_fire_the_same_rules(questionnaire: Questionnaire) -> None:
    names = names_in(questionnaire)
    compiled = {rule.id: compile(expression_of(rule), rule.id, "eval") for rule in questionnaire.rules}
    seen: set[str] = set()
    for sheet in random_sheets(questionnaire, Random(7), 100):
        decision = decide(questionnaire, sheet)
        facts = facts_of(decision.reached.certain, names)
        fired = {name for name, code in compiled.items() if eval(code, {}, facts)}
        assert fired == {each.rule.id for each in decision.fired}
        seen |= fired
    assert len(seen) > 80


def test_engines_that_disagree_end_the_bench() -> None:
    ours = Engine("ours", lambda sheet: ["first", "second"][: sheet + 1])
    check_equal([ours, Engine("alike", lambda sheet: {"second", "first"} if sheet else {"first"})], 2)
    with pytest.raises(SystemExit) as raised:
        check_equal([ours, Engine("theirs", lambda _: ["first"])], 2)
    assert str(raised.value) == "theirs differs from ours in sheet 1, in the rules: second."


# Many sheets by hand


def parquet(sheets: Mapping[str, AnswerSheet], questionnaire: Questionnaire, folder: Path) -> Path:
    """Write sheets to a table, as a population is written: lists where several options can be chosen."""
    columns: list[str] = []
    for name, question in questionnaire.questions.items():
        several = f'CASE "{name}" WHEN \'[]\' THEN []::VARCHAR[] ELSE string_split("{name}", \';\') END AS "{name}"'
        columns.append(several if question.takes_several else f'"{name}"')
    rows = [{"id": name, **row_of(sheet, questionnaire)} for name, sheet in sheets.items()]
    table, target = written(rows, folder / "sheets.csv"), folder / "sheets.parquet"
    duckdb.execute(f"COPY (SELECT id, {', '.join(columns)} FROM read_csv('{table}', all_varchar=true)) TO '{target}'")
    return target


def test_flat_select_gives_what_decide_gives(questionnaire: Questionnaire, tmp_path: Path) -> None:
    public = questionnaire.public()
    sheets = {f"{number}": sheet for number, sheet in enumerate(random_sheets(public, Random(7), 300))}
    found = {name: row for name, *row in duckdb.execute(select(public, parquet(sheets, public, tmp_path))).fetchall()}
    assert found.keys() == sheets.keys()
    for name, sheet in sheets.items():
        decision = decide(public, sheet)
        lowest, *raised, rules = found[name]
        assert (lowest, raised) == (decision.lowest.id, [alert in decision.alerts for alert in public.alerts])
        assert sorted(rules.split(";")) == sorted({each.rule.id for each in decision.fired} or {""})


def results(folder: Path, questionnaire: Questionnaire, **changed: str) -> None:
    """Write a result of two rows for each way to score, alike but for what is changed in that of the loop."""
    for name in ("score", "arrays", "flat_sql", "loop"):
        yes, no = ("'yes'", "'open'") if name == "score" else ("TRUE", "FALSE")
        raised = {f"alert_{alert.id}": no for alert in questionnaire.public().alerts}
        columns = {"id": "i", "lowest": "'iop'", **raised, "alert_naloxone": yes, "rules": "'one;two'"}
        columns |= changed if name == "loop" else {}
        listed = ", ".join(f'{value} AS "{column}"' for column, value in columns.items())
        duckdb.execute(f"COPY (SELECT {listed} FROM range(2) AS rows(i)) TO '{folder / name}.parquet'")


def test_equal_results_let_the_bench_go_on(questionnaire: Questionnaire, tmp_path: Path) -> None:
    results(tmp_path, questionnaire, rules="'two;one'")
    check_results(tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"lowest": "if(i = 0, 'iop', 'inpatient')"},
        {"alert_naloxone": "i = 0"},
        {"rules": "if(i = 0, 'one;two', 'two')"},
        {"id": "if(i = 0, 0, 7)"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_results_that_differ_end_the_bench(
    questionnaire: Questionnaire, tmp_path: Path, changed: dict[str, str]
) -> None:
    results(tmp_path, questionnaire, **changed)
    with pytest.raises(SystemExit, match=r"^a loop over `decide\(\)` differs from `iop-fit score` in [12] rows\.$"):
        check_results(tmp_path)


# The page


def test_table_is_markdown_with_figures_flush_right() -> None:
    table = Table("Cups", "How many " + "cups " * 30 + "there are.", ("cup", "number"), (("tea", figure(12345.6)),))
    meaning = "How many " + "cups " * 21 + "cups\n" + "cups " * 8 + "there are."
    assert page([table]) == (
        f"{INTRODUCTION}\n## Cups\n\n{meaning}\n\n| cup | number |\n| --- | ---: |\n| tea | 12,346 |\n"
    )


@pytest.mark.parametrize(
    ("number", "shown"), [(0.123, "0.12"), (9.994, "9.99"), (9.996, "10.0"), (99.94, "99.9"), (1234.5, "1,234")]
)
def test_figure_has_three_digits_at_most_from_one_up(number: float, shown: str) -> None:
    assert figure(number) == shown


def test_page_has_every_table_and_names_no_place() -> None:
    text = PAGE.read_text()
    assert text.startswith(INTRODUCTION)
    assert titles(text) == TABLES
    assert re.findall(r"(?<![\w.])[/~]/?(?:home|root|tmp|usr|var|opt|work|Users)\b.*|\w+://.*|hostname", text) == []
    assert all(len(line) <= 120 for line in text.splitlines() if not line.startswith("|"))


@pytest.mark.skipif(not PYTHON.with_name("iop-fit").exists(), reason="THE BENCH DID NOT RUN: see `make bench`")
def test_quick_bench_measures_every_part(tmp_path: Path) -> None:
    written, values = tmp_path / "page.md", tmp_path / "values.json"
    command = map(str, [PYTHON, "-m", "bench", "--quick", "--page", written, "--values", values])
    environment = {"PYTHONPATH": "tests", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([*command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert titles(written.read_text()) == TABLES
    assert len(json.loads(values.read_text())["benchmarks"]) > 30
