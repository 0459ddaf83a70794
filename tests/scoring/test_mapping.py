"""A table with other names and codes, read with a mapping file."""

import csv
import re
from pathlib import Path
from random import Random

import pytest

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.scoring.engines.tables import FileFormat, Table
from iop_fit.scoring.mapping.reader import read_mapping
from iop_fit.scoring.mapping.starter import PLAIN
from support.scored_rows import Row, random_sheets, row_of
from support.scored_tables import FOLDER, SOUND, Tables


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tables:
    return Tables(tmp_path, monkeypatch)


FOREIGN = """CASE,ALCFLG,PILLFLG,FREQ,EVE,PRIMPAY,COUNTY
1,1,0,,1,1,Kent
2,0,1,3,2.0,2,Lake
3,No,YES,-9,3,7,Lake
"""
MAPPING = """columns:
  CASE: id
  FREQ: pills-daily
  EVE: alone
  PRIMPAY: pay
values:
  FREQ: {1: seldom, 2: often, 3: daily, -9: dont-know}
  EVE: {1: rarely, 2: often, 3: always}
  PRIMPAY: {1: plan, 2: myself}
flags:
  used: {ALCFLG: alcohol, PILLFLG: pills}
"""


def test_mapped_table_is_scored(tables: Tables) -> None:
    tables.write("a.csv", FOREIGN)
    tables.write("map.yaml", MAPPING)
    assert tables.said("a.csv", mapping="map.yaml", output="b.jsonl") == (
        'a.csv, row 3, column PRIMPAY: "pay" has no option "7".\n'
        "  Say under `values` in map.yaml what it means.\n"
        "Scored 3 sheets; 1 of them with problems."
    )
    shown = ("CASE", "COUNTY", "direction", "highest", "rules", "problems")
    assert [tuple(str(row[name]) for name in shown) for row in tables.rows("b.jsonl")] == [
        ("1", "Kent", "less", "less", "", ""),
        ("2", "Lake", "most", "most", "pills-every-day;pills-and-alone;alone-often", ""),
        ("3", "Lake", "more", "most", "alone-always;alone-often", "unknown-option:pay"),
    ]


def coded(rows: list[Row], questionnaire: Questionnaire, random: Random, tables: Tables) -> None:
    """Write rows with other names and codes as `foreign.csv`, and what they mean as `map.yaml`."""
    columns, values, flags = ["  CASE: id", "  WHOM: for"], ["  WHOM: {1: me, 2: someone}"], []
    codes = {"WHOM": {"me": "1", "someone": "2"}}
    for place, question in enumerate(questionnaire.questions.values()):
        options = [*question.options_by_id]
        if question.takes_several and place % 2:
            named = ", ".join(f"{question.id}__{number}: {option}" for number, option in enumerate(options))
            flags.append(f"  {question.id}: {{{named}}}")
            values.append(f"  {question.id}: {{9: dont-know}}")
            continue
        name = f"Q{place}"
        columns.append(f"  {name}: {question.id}")
        codes[name] = (
            {option: str(number) for number, option in enumerate(options)} if not question.number_range else {}
        )
        codes[name] |= {"dont-know": "-8", "rather-not-say": "-9"}
        values.append(f"  {name}: {{{', '.join(f'{code}: {option}' for option, code in codes[name].items())}}}")
    parts = {"columns": columns, "values": values, "flags": flags}
    tables.write("map.yaml", "".join(f"{key}:\n" + "\n".join(lines) + "\n" for key, lines in parts.items() if lines))
    with Path("foreign.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(rows):
            cells = {"CASE": str(number), "WHOM": codes["WHOM"][str(row["for"])]}
            for place, question in enumerate(questionnaire.questions.values()):
                cells |= foreign_cells(
                    f"Q{place}", row[question.id], [*question.options_by_id], codes, question.id, random
                )
            if number == 0:
                writer.writerow(cells)
            writer.writerow(cells.values())


def foreign_cells(
    name: str, cell: object, options: list[str], codes: dict[str, dict[str, str]], question: str, random: Random
) -> dict[str, str]:
    """Return the cell of a question as a foreign table has it."""
    if name in codes:
        if isinstance(cell, list):
            return {name: ";".join(codes[name].get(str(each), str(each)) for each in cell) or "[]"}
        code = codes[name].get(str(cell), str(cell)) if cell else ""
        return {name: f"{code}.0" if code.isdigit() and random.random() < 0.2 and codes[name].get(str(cell)) else code}
    if not isinstance(cell, list) or set(cell) & {"dont-know", "rather-not-say"}:
        return {f"{question}__{number}": "9" if cell else "" for number, _ in enumerate(options)}
    yes, no = ("1", "1.0", "yes", "TRUE", "Checked"), ("0", "0.0", "No", "false", "Unchecked")
    return {
        f"{question}__{number}": random.choice(yes if option in cell else no) for number, option in enumerate(options)
    }


def test_foreign_table_scores_as_one_of_ours(tables: Tables, questionnaire: Questionnaire) -> None:
    public = questionnaire.public()
    rows: list[Row] = [row_of(sheet, public) for sheet in random_sheets(public, Random(5), 200)]
    coded(rows, public, Random(6), tables)
    with Path("ours.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", *rows[0]])
        for number, row in enumerate(rows):
            writer.writerow([number, *((";".join(c) or "[]") if isinstance(c, list) else c for c in row.values())])
    assert tables.said("ours.csv", output="a.parquet", questionnaire=questionnaire) == "Scored 200 sheets."
    done = tables.said("foreign.csv", mapping="map.yaml", output="b.parquet", questionnaire=questionnaire)
    assert done == "Scored 200 sheets."
    ours, foreign = ([[*row.values()] for row in tables.rows(name)] for name in ("a.parquet", "b.parquet"))
    assert ours == foreign
    assert len({tuple(row[1:]) for row in ours}) > 100


WRONG = """columns:
  CASE: id
  FREQ: pils-daily
  EVE: alone
  PRIMPAY: alone
  COUNTY:
  CITY: pay
values:
  EVE: {1: rarely, 2: oft, 3: [always], 1: often, "": rarely}
  COUNTY: {1: plan}
  PRIMPAY: 3
flags:
  used: {ALCFLG: alcohol, PILFLG: pills}
  alone: {PILLFLG: often}
  nothing: {PILLFLG: often}
missing: unknown
leave out: [TOWN]
extra: 1
"""


PROBLEMS = """map.yaml:3:9: There is no question "pils-daily".
  Did you mean "pills-daily"?
map.yaml:5:12: "alone" is mapped twice; the first time is on line 4.
  Keep one of the two.
map.yaml:6:10: Expected the id of a question, not nothing.
  `iop-fit questions` lists them. Delete the line if the column answers none.
map.yaml:7:3: The table has no column "CITY".
  Known here: CASE, ALCFLG, PILLFLG, FREQ, EVE, PRIMPAY, COUNTY.
map.yaml:9:23: There is no option "oft".
  Did you mean "often"?
map.yaml:9:31: Expected the id of an option, not a list.
  Use one of: rarely, often, always, rather-not-say or dont-know.
map.yaml:9:41: An empty cell is no value.
  Say with `missing` or `empty flags` what empty cells count as.
map.yaml:11:12: Expected what each cell means, not a single value.
  Write it like `{1: an-option}`.
map.yaml:13:27: The table has no column "PILFLG".
  Did you mean "PILLFLG"?
map.yaml:14:3: "alone" takes one answer, so it can't have a column for each option.
  Name its column under `columns`.
map.yaml:15:3: There is no question "nothing".
  Known here: used, pills-daily, alone, pay.
map.yaml:16:10: "missing" must be one of the allowed words, not "unknown".
  Use one of: rather-not-say or dont-know.
map.yaml:17:13: The table has no column "TOWN".
  Known here: CASE, ALCFLG, PILLFLG, FREQ, EVE, PRIMPAY, COUNTY.
map.yaml:18:1: A mapping has no key "extra".
  Known here: columns, values, flags, other options, empty flags, missing, leave out.
"""


def test_every_problem_of_a_mapping_is_named(tables: Tables) -> None:
    tables.write("a.csv", FOREIGN)
    tables.write("map.yaml", WRONG)
    twice = "map.yaml:9:41: Duplicate key; the first one is on line 9."
    assert tables.said("a.csv", mapping="map.yaml") == f"{twice}\n  Keep one of the two."
    columns = dict.fromkeys(FOREIGN.split("\n", maxsplit=1)[0].split(","), False)
    with pytest.raises(IopFitError) as caught:
        read_mapping(WRONG.replace("1: often, ", ""), "map.yaml", SOUND, Table(Path("a.csv"), FileFormat.CSV, columns))
    assert "".join(f"{problem}\n" for problem in caught.value.problems) == PROBLEMS


ALONE = {
    "column and own name": (
        FOREIGN.replace("COUNTY", "alone"),
        MAPPING,
        'map.yaml:4:8: The table also has a column that is called "alone".\n  Name the wrong one under `leave out`.',
    ),
    "question without a column": (
        FOREIGN,
        MAPPING.replace("  PRIMPAY: pay\n", "").replace("  PRIMPAY: {1: plan, 2: myself}\n", ""),
        'a.csv: There is no column for "pay".\n  Map a column to it, or add `missing: dont-know` to the mapping.',
    ),
    "option without a flag": (
        FOREIGN,
        MAPPING.replace(", PILLFLG: pills", ""),
        (
            'map.yaml:11:3: "used" has no column for "pills".\n'
            "  Add their columns. If they count as not chosen, add `other options: no`."
        ),
    ),
    "answers file": (
        FOREIGN,
        "answers: {alone: often}\n",
        (
            "map.yaml: This is an answers file or a draft, not a mapping of columns.\n"
            "  Use `iop-fit assess --answers map.yaml`."
        ),
    ),
    "separators in values": (
        FOREIGN,
        "columns: {ALCFLG: used}\nvalues: {ALCFLG: {'wine, beer': alcohol}}\nmissing: dont-know\n",
        (
            'map.yaml:2:19: "wine, beer" holds a comma or a semicolon, which stand between several answers.\n'
            "  Name each answer by itself, or use a column for each option, under `flags`."
        ),
    ),
}


@pytest.mark.parametrize("what", ALONE)
def test_mapping_that_does_not_fit_the_table_is_named(tables: Tables, what: str) -> None:
    table, mapping, message = ALONE[what]
    tables.write("a.csv", table)
    tables.write("map.yaml", mapping)
    assert tables.said("a.csv", mapping="map.yaml") == message


def scored(tables: Tables, table: str, mapping: str) -> dict[str, tuple[str, ...]]:
    """Return by id the highest direction, whether the alert about pills is raised, and the problems."""
    tables.write("a.csv", table)
    tables.write("map.yaml", mapping)
    tables.said("a.csv", mapping="map.yaml", output="b.jsonl")
    shown = ("highest", "alert_see-a-doctor", "problems")
    return {str(row["id"]): tuple(str(row[name]) for name in shown) for row in tables.rows("b.jsonl")}


FLAG_ROWS = """id,A,P,pills-daily,alone,pay
all no,0,0,,rarely,plan
chosen,1,1,daily,often,plan
all empty,,,daily,often,plan
one empty,1,,daily,often,plan
not known,1,9,daily,often,plan
unclear,1,7,daily,often,plan
"""
FLAGS = "flags: {used: {A: alcohol, P: pills}}\nvalues: {P: {9: dont-know}}\n"


def test_flags_are_known_only_if_all_are(tables: Tables) -> None:
    assert scored(tables, FLAG_ROWS, FLAGS) == {
        "all no": ("less", "no", ""),
        "chosen": ("most", "yes", ""),
        "all empty": ("most", "open", "missing-answer:used;not-asked:pills-daily"),
        "one empty": ("most", "open", "unknown-option:used"),
        "not known": ("most", "open", ""),
        "unclear": ("most", "open", "unknown-option:used"),
    }


def test_empty_flags_can_mean_no(tables: Tables) -> None:
    found = scored(tables, FLAG_ROWS, f"{FLAGS}empty flags: no\n")
    assert found["one empty"] == ("more", "no", "not-asked:pills-daily")
    assert found["all empty"] == ("most", "open", "missing-answer:used;not-asked:pills-daily")


def test_missing_answers_can_count_as_skipped(tables: Tables) -> None:
    found = scored(tables, FLAG_ROWS, f"{FLAGS}missing: dont-know\n")
    assert found["one empty"] == found["all empty"] == ("most", "open", "")


def test_question_without_a_column_is_open_if_missing_counts_as_skipped(tables: Tables) -> None:
    found = scored(tables, "id,alone\na,rarely\nb,often\nc,\n", "columns: {alone: alone}\nmissing: dont-know\n")
    assert found == {"a": ("less", "open", ""), "b": ("most", "open", ""), "c": ("most", "open", "")}


@pytest.fixture(scope="module")
def numbers() -> Questionnaire:
    import iop_fit
    from support import TESTS

    return iop_fit.load(TESTS / "questionnaires" / "valid" / "numbers.yaml")


def test_codes_of_bands_are_not_read_as_numbers(tables: Tables, numbers: Questionnaire) -> None:
    name, question = next((name, each) for name, each in numbers.questions.items() if each.number_range)
    first, *_ = question.options_by_id
    tables.write("a.csv", "id,CODE\na,1\nb,2\nc,-9\n")
    mapping = f"columns: {{CODE: {name}}}\nmissing: dont-know\nvalues: {{CODE: {{1: {first}, -9: dont-know}}}}\n"
    tables.write("map.yaml", mapping)
    tables.said("a.csv", mapping="map.yaml", output="b.jsonl", questionnaire=numbers)
    assert [row["problems"] for row in tables.rows("b.jsonl")] == ["", f"not-a-number:{name}", ""]
    tables.write("map.yaml", mapping.replace(f"1: {first}, ", ""))
    tables.said("a.csv", mapping="map.yaml", output="b.jsonl", questionnaire=numbers)
    assert [row["problems"] for row in tables.rows("b.jsonl")] == ["", "", ""]


def test_values_are_never_code(tables: Tables) -> None:
    name, cell = 'it\'s ""; DROP TABLE sheets', "x'); DROP TABLE sheets; --"
    tables.write("a.csv", f'id,"{name}",used,pills-daily,pay\na,{cell},[],,plan\n')
    quoted = name.replace('""', '\\"')
    tables.write("map.yaml", f'columns: {{"{quoted}": alone}}\nvalues: {{"{quoted}": {{"{cell}": always}}}}\n')
    assert tables.said("a.csv", mapping="map.yaml", output="b.jsonl") == "Scored 1 sheet."
    assert tables.rows("b.jsonl")[0]["alert_talk-today"] == "yes"


def test_mapped_private_answers_stay_out(tables: Tables) -> None:
    tables.write("a.csv", "id,sleep,used,pills-daily,pay,HARM\na,good,[],,myself,1\nb,good,[],,myself,0\n")
    tables.write("map.yaml", "columns: {HARM: home-safe}\nvalues: {HARM: {0: safe, 1: unsafe}}\n")
    for private in (False, True):
        tables.said("a.csv", mapping="map.yaml", output="b.jsonl", questionnaire=FOLDER, private=private)
        assert "HARM" not in Path("b.jsonl").read_text()
        assert ("alert_safe-place" in tables.rows("b.jsonl")[0]) is private


def test_starter_names_every_column_and_question(tables: Tables) -> None:
    from iop_fit.cli.scoring.run import ScoreRequest, mapping_to_fill_in

    tables.write("a.csv", 'CASE,"a: b",alone\n')
    text = mapping_to_fill_in(ScoreRequest(Path("a.csv"), SOUND, None))
    assert PLAIN.fullmatch("CASE")
    assert re.findall(r"^  (.*):$", text, re.MULTILINE) == ["CASE", '"a: b"']
    assert all(f"#   {question.id}: {question.ask}\n" in text for question in SOUND.questions.values())
    tables.write(
        "map.yaml", text.replace("  CASE:", "  CASE: id").replace('  "a: b":\n', "").replace("# missing", "missing")
    )
    assert tables.said("a.csv", mapping="map.yaml") == "Scored 0 sheets."


@pytest.mark.parametrize("identified", [True, False])
def test_explained_sql_scores_the_mapped_table(tables: Tables, identified: bool) -> None:
    import duckdb

    from iop_fit.cli.scoring.run import ScoreRequest, explain_table

    tables.write("a.csv", FOREIGN)
    tables.write("map.yaml", MAPPING if identified else MAPPING.replace("  CASE: id\n", ""))
    tables.said("a.csv", mapping="map.yaml", output="b.jsonl")
    sql = explain_table(ScoreRequest(Path("a.csv"), SOUND, mapping=Path("map.yaml")))
    connection = duckdb.connect()
    connection.execute("CREATE VIEW sheets AS SELECT * FROM read_csv('a.csv', all_varchar=true)")
    rows = connection.execute(sql).fetchall()
    assert sorted(map(str, rows)) == sorted(str(tuple(row.values())) for row in tables.rows("b.jsonl"))
