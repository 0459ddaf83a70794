"""The problems of single rows are said with file, row and column, in the words of the reader of answers files."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from subprocess import CompletedProcess

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.rows.row_nodes import RowNodes
from iop_fit.scoring.rows.row_problems import problems_of_row
from iop_fit.scoring.scorer import open_scored
from support import Run
from support.scored_rows import random_sheets, row_of, spoiled
from support.scored_tables import FOLDER, Tables


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tables:
    return Tables(tmp_path, monkeypatch)


BAD_ROWS = """id,used,pills-daily,alone,pay
1,alcohol;pills,daily,often,plan
2,"[""alcohol"", ""pill""]",,ofen,plan
3,[],daily,often;always,plan
4,alcohol;alcohol,,["often"],cash
5,,,,
6,dont-know,,rather-not-say,myself
7,[],,ofen,plan
"""
SAID = """{file}, row 2, column used: "used" has no option "pill".
  Did you mean "pills"? Write a list of any of these, or [] for none: alcohol, pills. To skip it: rather-not-say.
{file}, row 2, column alone: "alone" has no option "ofen".
  Did you mean "often"? Write one of these: rarely, often, always. To skip it: rather-not-say.
  The same question has this kind of problem in 1 more row.
{file}, row 3, column alone: "alone" takes one answer, but 2 options are given.
  Write one of these: rarely, often, always.
  The same question has this kind of problem in 1 more row.
{file}, row 3, column pills-daily: "pills-daily" has an answer, but given the other answers it is not asked.
  It depends on "used". Change that answer, or empty this cell.
{file}, row 4, column used: "used" lists the option "alcohol" twice.
  Keep one of the two.
More kinds of problems: missing-answer:alone in 1 row, missing-answer:pay in 1 row, \
missing-answer:pills-daily in 1 row, missing-answer:used in 1 row and unknown-option:pay in 1 row.
Scored 7 sheets; 6 of them with problems."""


def test_first_row_of_each_kind_of_problem_is_explained(tables: Tables) -> None:
    tables.write("a.csv", BAD_ROWS)
    assert tables.said("a.csv") == SAID.format(file="a.csv")
    assert tables.said("a.csv", output="b.csv") == SAID.format(file="a.csv")


def test_blanks_around_a_cell_are_no_part_of_it(tables: Tables) -> None:
    tables.write(
        "a.csv", 'id,for,used,pills-daily,alone,pay\n1,"me\n","\talcohol;pills\r\n"," daily\t","\noften",plan\n'
    )
    assert tables.said("a.csv", output="b.jsonl") == "Scored 1 sheet."
    assert tables.rows("b.jsonl")[0]["rules"] == "pills-every-day;pills-and-alone;alone-often"


def test_unknown_option_twice_is_one_problem(tables: Tables) -> None:
    tables.write("a.csv", "id,used,pills-daily,alone,pay\n1,wine;wine;alcohol,,often,plan\n2,;,,often,plan\n")
    lists = "(1, ['alcohol', NULL]), (2, [NULL, NULL, 'wine'])) AS t(id, used)"
    tables.parquet(
        "a.parquet", f"SELECT id, used, '' AS \"pills-daily\", 'often' AS alone, 'plan' AS pay FROM (VALUES {lists}"
    )
    for name in ("a.csv", "a.parquet"):
        assert "More kinds" not in tables.said(name, output="b.jsonl")
        assert [row["problems"] for row in tables.rows("b.jsonl")] == ["unknown-option:used"] * 2


def test_number_with_words_is_explained(tables: Tables, questionnaire: Questionnaire) -> None:
    tables.write("a.csv", "id,age\n1,34 years\n2,34\n3,dont-know\n")
    tables.write("map.yaml", "missing: dont-know\n")
    assert tables.said("a.csv", mapping="map.yaml", questionnaire=questionnaire) == (
        'a.csv, row 1, column age: "age" takes a number in digits.\n'
        "  In a table, write it without other words.\nScored 3 sheets; 1 of them with problems."
    )


def test_problems_are_the_same_in_every_format(tables: Tables) -> None:
    rows = csv.DictReader(BAD_ROWS.splitlines())
    tables.write("a.jsonl", "".join(f"{json.dumps({k: v for k, v in row.items() if v})}\n" for row in rows))
    tables.write("a.csv", BAD_ROWS)
    tables.parquet("a.parquet", "SELECT * FROM read_csv('a.csv', all_varchar=true)")
    for name in ("a.jsonl", "a.parquet"):
        assert tables.said(name) == SAID.format(file=name)


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_row_far_down_is_named_by_its_number(tables: Tables, suffix: str) -> None:
    odd = "CASE range WHEN 81234 THEN 'nowhere' ELSE 'often' END AS alone"
    query = f"SELECT range AS id, '[]' AS used, NULL AS \"pills-daily\", {odd}, 'plan' AS pay FROM range(1, 100001)"
    tables.parquet("a.parquet", query)
    if suffix != "parquet":
        import duckdb

        how = "FORMAT csv, HEADER" if suffix == "csv" else "FORMAT json"
        duckdb.execute(f"COPY (FROM 'a.parquet' ORDER BY id) TO 'a.{suffix}' ({how})")
    assert tables.said(f"a.{suffix}", output="b.parquet") == (
        f'a.{suffix}, row 81,234, column alone: "alone" has no option "nowhere".\n'
        "  Write one of these: rarely, often, always. To skip it: rather-not-say.\n"
        "Scored 100,000 sheets; 1 of them with problems."
    )


def test_private_answers_are_never_repeated(tables: Tables) -> None:
    tables.write("a.csv", "id,sleep,used,pills-daily,pay,home-safe\na,good,[],,myself,hits-me\n")
    said = tables.said("a.csv", questionnaire=FOLDER, private=True)
    assert said == (
        'a.csv, row 1, column home-safe: "home-safe" has no such option.\n'
        "  Write one of these: safe, unsafe. To skip it: rather-not-say.\n"
        "Scored 1 sheet; 1 of them with problems."
    )
    assert tables.said("a.csv", questionnaire=FOLDER) == "Scored 1 sheet."


def test_only_the_first_word_of_a_cell_is_repeated(tables: Tables) -> None:
    tables.write("a.csv", "id,used,pills-daily,alone,pay\na,[],,my brother Sam knows,plan\n")
    assert tables.said("a.csv").startswith('a.csv, row 1, column alone: "alone" has no option "my…".\n')


def test_wrong_person_is_named(tables: Tables) -> None:
    tables.write("a.csv", "id,for,used,pills-daily,alone,pay\na,mother,[],,rarely,plan\nb,someone,[],,rarely,plan\n")
    assert tables.said("a.csv") == (
        'a.csv, row 1, column for: "for" must be me or someone.\nScored 2 sheets; 1 of them with problems.'
    )


def test_cells_of_any_type_are_read(tables: Tables) -> None:
    tables.parquet(
        "a.parquet",
        "SELECT 1 AS id, ['pills'] AS used, 2.0::DOUBLE AS FREQ, ['often'] AS alone, TRUE AS pay"
        " UNION ALL SELECT 2, [], NULL, ['often', 'always'], FALSE",
    )
    tables.write(
        "map.yaml",
        "columns: {FREQ: pills-daily}\nvalues: {FREQ: {2: often}, pay: {true: plan, false: other}}\n",
    )
    assert tables.said("a.parquet", mapping="map.yaml", output="b.parquet") == (
        'a.parquet, row 2, column alone: "alone" takes one answer, but 2 options are given.\n'
        "  Write one of these: rarely, often, always.\n"
        "Scored 2 sheets; 1 of them with problems."
    )
    assert [row["direction"] for row in tables.rows("b.parquet")] == ["most", "less"]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDbEngine]:
    (tmp_path / "scratch").mkdir()
    opened = DuckDbEngine(tmp_path / "scratch", threads=1)
    yield opened
    opened.close()


def test_words_and_codes_name_the_same_problems(
    engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    random, public = Random(8), questionnaire.public()
    rows = [spoiled(row_of(sheet, public), public, random) for sheet in random_sheets(public, random, 400)]
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow([(";".join(cell) or "[]") if isinstance(cell, list) else cell for cell in row.values()])
    table = engine.table(path)
    layout = layout_of(table, public, frozenset())
    query = open_scored(engine, public, table, layout)
    texts = {int(str(row)): str(text) for row, text in engine.rows(f"SELECT row, problems FROM ({query.sql})")}
    read = [*csv.DictReader(path.read_text().splitlines())]
    different = []
    for number, text in texts.items():
        codes = {tuple(each.split(":")) for each in text.split(";") if each}
        cells = RowNodes(path, number, read[number - 1])
        words = {(kind[0], kind[1]) for kind, _ in problems_of_row(public, layout, cells)}
        questions = {question for _, question in codes}
        if (
            not codes <= words | {("option-twice", each) for each in questions}
            or {each for _, each in words} != questions
        ):
            different.append((number, codes, words))
    assert different == []
    assert sum(map(bool, texts.values())) > 200


def test_strict_ends_with_4_if_a_row_has_problems(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,used,pills-daily,alone,pay\na,[],,rarely,plan\nb,[],,nowhere,plan\n")
    (tmp_path / "good.csv").write_text("id,used,pills-daily,alone,pay\na,[],,rarely,plan\n")
    sound = Path(__file__).parent.parent / "questionnaires" / "valid" / "sound.yaml"

    def scored(*arguments: str) -> CompletedProcess[str]:
        return run("score", *arguments, "--questions", sound)

    done = scored("a.csv", "--strict", "-o", "b.csv")
    assert (done.returncode, done.stdout.splitlines()[0]) == (4, "2 sheets")
    assert done.stderr == (
        'a.csv, row 2, column alone: "alone" has no option "nowhere".\n'
        "  Write one of these: rarely, often, always. To skip it: rather-not-say.\n"
        "Scored 2 sheets; 1 of them with problems.\n"
        "Written: b.csv\n"
    )
    assert len((tmp_path / "b.csv").read_text().splitlines()) == 3
    assert scored("a.csv").returncode == scored("good.csv", "--strict").returncode == 0
