"""What is wrong with a table as a whole is said in a sentence, and nothing is written."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.scoring.engines.tables import FileFormat
from support.scored_tables import FOLDER, Tables

HEADER = "id,used,pills-daily,alone,pay"
ROW = "a,alcohol,,often,plan"
GOOD = f"{HEADER}\n{ROW}\nb,[],,rarely,other\n"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tables:
    return Tables(tmp_path, monkeypatch)


SHAPE = 'Write each sheet on a line of its own, like {"id": 1, "age": 34}.'
WHOLE = "Copy it again, or give it the name of the kind that it is."
HALF = "This file is not a whole Parquet file: its end is missing, or it is a file of another kind."
COMMA = "A cell that holds a comma needs quotes around it."
RENAME = "Rename it, or save the table again as CSV in UTF-8."
OWN_NAME = "Give each column a name of its own."
NEW_HEADER = "The first line names the columns; `iop-fit score --template` writes it."
UTF_8 = "Save the table again as UTF-8."
QUOTES = "Put quotes around the whole cell, and write a quote in it twice."
BROKEN_QUOTE = "A quote in this row is not closed, or stands inside a cell."
MAPPING = "Name the columns after the questions, or use --mapping. Add --template to write a mapping to fill in."
IDS = "Give every row an id, or leave the column out: then the rows are numbered."

BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty file": ("a.csv", "", f"a.csv:1:1: This file has no header.\n  {NEW_HEADER}"),
    "empty JSON Lines": ("a.jsonl", "\n", f"a.jsonl: This file is empty.\n  {SHAPE}"),
    "empty Parquet": ("a.parquet", "", f"a.parquet: {HALF}\n  {WHOLE}"),
    "missing columns": (
        "a.csv",
        "id,used,alone\na,,\n",
        f'a.csv: There is no column for "pills-daily" and "pay".\n  {MAPPING}',
    ),
    "other capital letters": (
        "a.csv",
        GOOD.replace("pay", "PAY"),
        f'a.csv: There is no column for "pay".\n  {MAPPING} Is it "PAY"?',
    ),
    "semicolons": (
        "a.csv",
        GOOD.replace(",", ";"),
        (
            "a.csv:1:1: The cells of this file are separated by semicolons, not by commas.\n"
            "  Save it again with commas (in a spreadsheet: CSV UTF-8, comma delimited)."
        ),
    ),
    "too few cells": (
        "a.csv",
        f"{GOOD}c,[]\n",
        f"a.csv:4:1: This row has 2 cells, but the header has 5.\n  {COMMA}",
    ),
    "too many cells": (
        "a.csv",
        f"{GOOD}c,[],,rarely,other,x,y\n",
        f"a.csv:4:1: This row has more than 5 cells, but the header has 5.\n  {COMMA}",
    ),
    "quote not closed": ("a.csv", f'{GOOD}c,"[],,rarely,other\n{ROW}\n', f"a.csv:4:1: {BROKEN_QUOTE}\n  {QUOTES}"),
    "quote in a cell": ("a.csv", f'{GOOD}c,"a"lcohol,,rarely,other\n', f"a.csv:4:1: {BROKEN_QUOTE}\n  {QUOTES}"),
    "quote in the header": (
        "a.csv",
        f'"id{GOOD}',
        (
            "a.csv:1:1: The first line of this file can't be read as CSV: a quote isn't closed.\n"
            "  The first line names the columns, with commas between them."
        ),
    ),
    "line break in the header": (
        "a.csv",
        GOOD.replace("id,", '"my\nid",').replace("\n", "\r\n"),
        "a.csv:1:1: The name of column 1 has a line break in it.\n  Write the whole header on one line.",
    ),
    "mixed line ends": (
        "a.csv",
        f"{GOOD}{ROW}\r\n{ROW}\n",
        (
            "a.csv: This file can't be read as CSV: its lines may end in different ways.\n"
            "  Save it again in the program that it came from."
        ),
    ),
    "Latin-1": ("a.csv", GOOD.encode() + b"c,[],,rarely,\xe9\n", f"a.csv:4:1: This row is not valid UTF-8.\n  {UTF_8}"),
    "Latin-1 in the header": (
        "a.csv",
        b"id,\xe9\na,b\n",
        "a.csv:1:1: The first line of this file is not UTF-8.\n  Save it as CSV in UTF-8.",
    ),
    "UTF-16": (
        "a.csv",
        GOOD.encode("utf-16"),
        f"a.csv: The name of this file says CSV, but it is a text in UTF-16.\n  {RENAME}",
    ),
    "Excel": (
        "a.csv",
        b"PK\x03\x04rest",
        f"a.csv: The name of this file says CSV, but it is a Word, Excel or ZIP file.\n  {RENAME}",
    ),
    "Parquet as CSV": (
        "a.csv",
        b"PAR1rest",
        f"a.csv: The name of this file says CSV, but it is a Parquet file.\n  {RENAME}",
    ),
    "JSON as CSV": ("a.csv", '{"id": 1}\n', f"a.csv: The name of this file says CSV, but it is JSON.\n  {RENAME}"),
    "CSV as Parquet": ("a.parquet", GOOD, f"a.parquet: {HALF}\n  {WHOLE}"),
    "CSV as JSON Lines": ("a.jsonl", GOOD, f"a.jsonl:1:1: This line is not an object in JSON.\n  {SHAPE}"),
    "broken JSON": ("a.jsonl", '{"id": 1}\n{"id": 2\n', f"a.jsonl:2:1: This line is not an object in JSON.\n  {SHAPE}"),
    "key twice": (
        "a.jsonl",
        '{"id": 1}\n{"id": 2, "id": 3}\n',
        "a.jsonl:2:1: This line has a key twice.\n  Write each key once.",
    ),
    "list in JSON": (
        "a.jsonl",
        '[{"id": 1}]\n',
        (
            "a.jsonl:1:1: This file is one list in JSON, not JSON Lines.\n"
            "  Write each object on a line of its own, without the brackets and commas around them."
        ),
    ),
    "column twice": ("a.csv", f"{HEADER},id\n", f'a.csv:1:1: There are two columns "id".\n  {OWN_NAME}'),
    "capital letters": (
        "a.csv",
        f"{HEADER},Pay\n",
        f'a.csv:1:1: The columns "pay" and "Pay" differ only in capital letters.\n  {OWN_NAME}',
    ),
    "column without a name": (
        "a.csv",
        f",{HEADER}\n",
        "a.csv:1:1: Column 1 has no name.\n  Give it one. If pandas wrote it, write the table again with index=False.",
    ),
    "name of the output": (
        "a.csv",
        f"{HEADER},Rules\n{ROW},x\n",
        (
            'a.csv: The column "Rules" has the name of a column of the output.\n'
            "  Rename it, or name it under `leave out` in a mapping file."
        ),
    ),
    "row number as a column": (
        "a.csv",
        "row,used,pills-daily,alone,pay\n",
        (
            'a.csv: The column "row" has the name of a column of the output.\n'
            "  Rename it, or name it under `leave out` in a mapping file."
        ),
    ),
    "id twice": (
        "a.csv",
        f"{GOOD}a,[],,rarely,other\n",
        (
            "a.csv, row 3, column id: This row has the id of row 1, so their results could not be told apart.\n"
            '  Give each row an id of its own, or name another column than "id" as the id.'
        ),
    ),
    "row without an id": (
        "a.csv",
        f"{GOOD} ,[],,rarely,other\n",
        f"a.csv, row 3, column id: This row has no id.\n  {IDS}",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_table_is_named_and_nothing_is_written(tables: Tables, what: str) -> None:
    name, content, message = BAD[what]
    tables.write(name, content)
    tables.write("out.csv", "the old file")
    assert tables.said(name, output="out.csv") == message
    assert tables.left() == {name, "out.csv"}
    assert Path("out.csv").read_text() == "the old file"


def test_parquet_cut_in_half_is_named(tables: Tables) -> None:
    content = tables.parquet("b.parquet", "SELECT range AS id FROM range(10000)").read_bytes()
    tables.write("a.parquet", content[: len(content) // 2])
    assert tables.said("a.parquet") == f"a.parquet: {HALF}\n  {WHOLE}"


def test_parquet_with_capital_letters_is_named(tables: Tables) -> None:
    query = "SELECT {'id': 3} AS part, 1 AS id, [1] AS used, 2 AS \"ID_1\""
    content = tables.parquet("b.parquet", query).read_bytes()
    tables.write("a.parquet", content.replace(b"ID_1", b"USED"))
    message = 'a.parquet: The columns "used" and "USED" differ only in capital letters.'
    assert tables.said("a.parquet") == f"{message}\n  {OWN_NAME}"


def test_files_that_cannot_be_opened_are_named(tables: Tables) -> None:
    Path("folder.csv").mkdir()
    tables.write("a.csv", GOOD)
    spelling, suffixes = (
        "Check the spelling and the folder.",
        "Use a name that ends with .csv, .parquet, .jsonl or .ndjson.",
    )
    once = "Name a file: a table is read more than once."
    assert tables.said("none.csv") == f"none.csv: There is no such file.\n  {spelling}"
    assert tables.said("folder.csv") == "folder.csv: This is a folder, not a file.\n  Name a file in it."
    assert (
        tables.said("a.xlsx") == f"a.xlsx: The name of this file doesn't say which kind of table it is.\n  {suffixes}"
    )
    assert tables.said("-") == f"A table can't be read from standard input or written to standard output.\n  {once}"
    assert tables.said("a.csv", output="a.csv") == (
        "a.csv: The output would replace this file, which is read.\n  Name another output."
    )


GOOD_TABLES = {
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "carriage returns and line feeds": GOOD.replace("\n", "\r\n").encode(),
    "carriage returns": GOOD.replace("\n", "\r").encode(),
    "all in quotes": ('"' + GOOD.strip().replace(",", '","').replace("\n", '"\n"') + '"\n').encode(),
    "blank lines": GOOD.replace("\n", "\n\n").encode(),
}


@pytest.mark.parametrize("what", GOOD_TABLES)
def test_every_kind_of_csv_is_read(tables: Tables, what: str) -> None:
    tables.write("a.csv", GOOD_TABLES[what])
    assert tables.said("a.csv", output="b.jsonl") == "Scored 2 sheets."
    assert [(row["id"], row["direction"]) for row in tables.rows("b.jsonl")] == [("a", "more"), ("b", "less")]


def test_header_alone_makes_a_table_without_rows(tables: Tables) -> None:
    tables.write("a.csv", f"{HEADER}\n")
    assert tables.said("a.csv", output="b.csv") == "Scored 0 sheets."
    assert Path("b.csv").read_text().startswith("id,direction,lowest,")


HOSTILE = ['x"; DROP TABLE sheets; --', "a'b", "`x`", "{0}%s\\", "sémi;colon", "*", "select", "2nd"]


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_names_and_cells_are_never_code(tables: Tables, suffix: str) -> None:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([[*HEADER.split(","), *HOSTILE], [*ROW.split(","), *HOSTILE]])
    tables.write("a.csv", text.getvalue())
    name = f"what [is]* {{this}} 'name'?.{suffix}"
    assert tables.said("a.csv", output=name) == "Scored 1 sheet."
    Path(name).rename(f"b.{suffix}")
    (row,) = tables.rows(f"b.{suffix}")
    assert {key: row[key] for key in HOSTILE} == dict(zip(HOSTILE, HOSTILE, strict=True))


def test_file_whose_name_is_a_pattern_is_read_alone(tables: Tables) -> None:
    tables.write("a[1]*?.csv", GOOD)
    tables.write("a1xy.csv", GOOD + GOOD)
    assert tables.said("a[1]*?.csv") == "Scored 2 sheets."


def test_rows_without_ids_are_numbered_in_order(tables: Tables) -> None:
    rows = "".join(f"[],,{'always' if place % 1000 == 7 else 'rarely'},plan\n" for place in range(1, 60_001))
    tables.write("a.csv", "used,pills-daily,alone,pay\n" + rows)
    assert tables.said("a.csv", output="b.parquet") == "Scored 60,000 sheets."
    found = tables.rows("b.parquet")
    assert [row["row"] for row in found] == [*range(1, 60_001)]
    assert {row["row"] for row in found if row["alert_talk-today"] == "yes"} == {*range(7, 60_000, 1000)}


def test_private_columns_are_not_copied_whatever_their_letters(tables: Tables) -> None:
    tables.write("a.csv", "id,sleep,used,pills-daily,pay,HOME-SAFE\na,good,[],,myself,unsafe\n")
    assert tables.said("a.csv", output="b.csv", questionnaire=FOLDER) == "Scored 1 sheet."
    assert "unsafe" not in Path("b.csv").read_text()
    assert not {name.lower() for name in tables.rows("b.csv")[0]} & {"home-safe", "alert_safe-place"}


def test_full_disk_is_named(tables: Tables) -> None:
    (tables.folder / "scratch").mkdir()
    engine = DuckDbEngine(tables.folder / "scratch")
    with pytest.raises(Exception, match="no space left") as caught:
        engine.write("SELECT * FROM range(1000000)", Path("/dev/full"), FileFormat.CSV, lambda _: None)
    engine.close()
    assert str(caught.value) == (
        f"{tables.folder}: There is no space left in this folder, so no results were written.\n"
        "  Free up space, or write to another disk."
    )
