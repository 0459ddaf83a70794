"""Rows of a table of answer sheets, at random and with problems, and what `decide` says about each."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from random import Random
from shutil import rmtree

import duckdb

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import Place
from iop_fit.loading.records import Problems
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.engines.tables import FileFormat
from iop_fit.scoring.layouts import layout_of
from iop_fit.scoring.scorer import open_scored
from iop_fit.scoring.sql.dialects import SPARK
from iop_fit.storage.answer_reader import GivenAnswers
from iop_fit.storage.sheet_reader import checked_sheet

__all__ = [
    "Cell",
    "Row",
    "columns_of",
    "differences",
    "expected",
    "in_csv",
    "random_sheets",
    "row_of",
    "score_rows",
    "spoiled",
    "written",
]

Cell = str | list[str] | None
Row = dict[str, Cell]
"""By column, the cell: an id, a number as a text, several ids, or None if it is empty."""

REASONS = [reason.value for reason in SkipReason]


def random_sheets(questionnaire: Questionnaire, random: Random, number: int) -> Iterator[AnswerSheet]:
    """Yield sheets with an answer or a skip for each question that is asked; some are calm, some are full of skips."""
    for _ in range(number):
        calm, skips = random.choice([0.0, 0.3, 0.7, 0.9]), random.choice([0.0, 0.02, 0.1, 0.5])
        sheet = AnswerSheet(about=random.choice([*Audience]))
        for gated in (False, True):
            asked = reached_by(questionnaire, sheet).asked
            answers = {
                each.id: Skipped(random.choice([*SkipReason]))
                if random.random() < skips
                else answer(each, random, calm)
                for each in asked
                if bool(each.asked_if) is gated and not each.optional
            }
            sheet = AnswerSheet({**sheet.answers, **answers}, sheet.about)
        yield sheet


def answer(question: Question, random: Random, calm: float) -> Answer:
    """Return an answer by chance: with the chance `calm` that of least concern."""
    options = [*question.options_by_id]
    if isinstance(question, MultipleQuestion):
        most = min(question.at_most or 3, len(options), 3)
        chosen = set() if random.random() < calm else {*random.sample(options, random.randint(0, most))}
        return Chosen(tuple(option for option in options if option in chosen))
    if isinstance(question, NumberQuestion):
        least, largest = question.number_range
        edges = [option.start or 0 for option in question.options]
        number = random.choice([*edges, *(edge - 0.5 for edge in edges), largest, random.uniform(least, largest)])
        return question.at(round(min(max(number, least), largest), 1)) or question.choose((options[0],))
    return question.choose((options[0] if random.random() < calm else random.choice(options),))


def row_of(sheet: AnswerSheet, questionnaire: Questionnaire) -> Row:
    """Return a sheet as a row."""
    cells: Row = {"for": sheet.about.value}
    for name, question in questionnaire.questions.items():
        given = sheet.answers.get(name)
        value = None if given is None else question.value_of(given)
        cells[name] = value["skipped"] if isinstance(value, dict) else _cell(value)
    return cells


def _cell(value: object) -> Cell:
    return [*map(str, value)] if isinstance(value, list) else None if value is None else str(value)


def spoiled(row: Row, questionnaire: Questionnaire, random: Random) -> Row:
    """Return a row with one to three things wrong, or that may be wrong."""
    row = dict(row)
    for _ in range(random.randint(1, 3)):
        name = random.choice([*questionnaire.questions])
        question, cell = questionnaire.questions[name], row[name]
        options = [] if question.options_are_bands else [*question.options_by_id]
        options = options or ["1"]
        row[name] = random.choice(
            [
                None,
                random.choice(REASONS),
                "nowhere",
                random.choice(options),
                [*options[:1], "nowhere"] if question.takes_several else ";".join(options[:2]),
                [*options[:1], *options[:1]] if question.takes_several else "1000000",
                [*options[:9]] if question.takes_several else "-1",
                cell,
            ]
        )
        if question.takes_several and isinstance(row[name], str):
            row[name] = [str(row[name])]
    if random.random() < 0.05:
        row["for"] = random.choice([None, "mother"])
    return row


def differences(
    engine: Engine, questionnaire: Questionnaire, sheets: Mapping[str, AnswerSheet | Row], path: Path
) -> list[object]:
    """Return how the result of scoring differs from `decide`, by row, through a table written to this path.

    A row is given as a sheet that is complete, or as cells that may have problems.
    """
    rows = [
        {"id": name, **(row_of(sheet, questionnaire) if isinstance(sheet, AnswerSheet) else sheet)}
        for name, sheet in sheets.items()
    ]
    found = {str(row["id"]): row for row in score_rows(engine, questionnaire, written(rows, path))}
    assert found.keys() == sheets.keys()
    wanted = {name: {"id": name, **expected(questionnaire, sheet)} for name, sheet in sheets.items()}
    return [(name, sheets[name], _differing(found[name], want)) for name, want in wanted.items() if found[name] != want]


def _differing(found: Mapping[str, object], want: Mapping[str, object]) -> dict[str, object]:
    names = {*found, *want}
    return {name: (found.get(name), want.get(name)) for name in names if found.get(name) != want.get(name)}


def expected(questionnaire: Questionnaire, sheet: AnswerSheet | Row) -> dict[str, object]:
    """Return the columns of the result for a row, by `decide`."""
    if isinstance(sheet, AnswerSheet):
        decision = decide(questionnaire, sheet)
        assert not decision.still_needed
        return {**columns_of(decision), "problems": set()}
    return _expected_of_cells(questionnaire, sheet)


def _expected_of_cells(questionnaire: Questionnaire, row: Row) -> dict[str, object]:
    about = Audience.SOMEONE if row["for"] == Audience.SOMEONE else Audience.ME
    answers = {
        name: _answer(question, cell)
        for name, question in questionnaire.questions.items()
        if (cell := row.get(name)) is not None
    }
    places = {name: {"": Place(name)} for name in answers}
    problems = Problems()
    given = GivenAnswers(answers, places, {*answers}, Place("answers"))
    sheet = checked_sheet(given, about, questionnaire, problems)
    found = {f"{each.code}:{each.unanswered or (each.place and each.place.file)}" for each in problems}
    if row["for"] not in {*Audience, None}:
        found.add("wrong-shape:for")
    decision = decide(questionnaire, _filled(questionnaire, sheet) if found else sheet)
    return {**columns_of(decision), "problems": found}


def _answer(question: Question, cell: str | list[str]) -> Answer:
    texts = cell if isinstance(cell, list) else [cell]
    if len(texts) == 1 and texts[0] in REASONS and not question.optional:
        return Skipped(SkipReason(texts[0]))
    if question.takes_several:
        order = [*question.options_by_id]
        return Chosen(tuple(sorted(texts, key=lambda text: order.index(text) if text in order else len(order))))
    (text,) = texts
    return Chosen(tuple(text.split(";"))) if ";" in text and not question.optional else question.answer_from(text)


def _filled(questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerSheet:
    """Return a sheet with problems in which each question that is or may be asked has a valid answer or a skip."""
    fitting = {
        name: given
        for name, given in sheet.answers.items()
        if isinstance(given, Skipped) or not [*questionnaire.questions[name].misfits(given)]
    }
    for gated in (False, True):
        asked = reached_by(questionnaire, AnswerSheet(fitting, sheet.about)).asked
        skips = {each.id: Skipped(SkipReason.DONT_KNOW) for each in asked if bool(each.asked_if) is gated}
        fitting = {**skips, **fitting}
    return AnswerSheet(fitting, sheet.about)


def columns_of(decision: Decision) -> dict[str, object]:
    """Return the columns of a decision."""
    questionnaire = decision.questionnaire
    open_rules = {each.rule.id for each in decision.open}
    fired = [each.rule.id for each in decision.fired]
    maybe_raised = {each.rule.raises for each in decision.open} - {each.rule.raises for each in decision.fired}
    withheld = decision.withheld_by
    return {
        "direction": None if withheld else decision.lowest.id,
        "lowest": decision.lowest.id,
        "highest": decision.highest.id,
        "firm": decision.firm,
        "withheld_by": withheld and withheld.id,
        **{
            f"alert_{each.id}": "yes" if each in decision.alerts else "open" if each.id in maybe_raised else "no"
            for each in questionnaire.alerts
        },
        **{f"addition_{name}": _addition(decision, name, {*fired}, open_rules) for name in _additions(questionnaire)},
        **{f"score_{area.section.id}": area.score for area in decision.areas},
        **{f"level_{area.section.id}": area.level.value for area in decision.areas},
        "rules": ";".join(fired),
    }


def _additions(questionnaire: Questionnaire) -> list[str]:
    return [*dict.fromkeys(each.id for direction in questionnaire.directions for each in direction.additions)]


def _addition(decision: Decision, name: str, fired: set[str], open_rules: set[str]) -> str:
    questionnaire, lowest = decision.questionnaire, decision.questionnaire.rank[decision.lowest.id]
    calling = {rule.id for rule in questionnaire.rules if name in rule.adds}
    rank = questionnaire.rank
    may_be = {lowest, *(rank[each.rule.raises] for each in decision.open if rank.get(each.rule.raises, 0) > lowest)}
    offering = {rank[way.id] for way in questionnaire.directions if name in {each.id for each in way.additions}}
    if lowest in offering and calling & fired:
        return "yes"
    return "open" if may_be & offering and calling & (fired | open_rules) else "no"


def written(rows: Sequence[Row], path: Path) -> Path:
    """Write rows as CSV, JSON Lines or Parquet, by the name of the file; in Parquet, several options are a list."""
    if path.suffix == ".parquet":
        lists = {name for row in rows for name, cell in row.items() if isinstance(cell, list)}
        listed = [
            {name: [cell] if name in lists and isinstance(cell, str) else cell for name, cell in row.items()}
            for row in rows
        ]
        lines = written(listed, path.with_suffix(".jsonl"))
        columns = ", ".join(f"'{name}': '{'VARCHAR[]' if name in lists else 'VARCHAR'}'" for name in rows[0])
        with duckdb.connect() as connection:
            connection.execute(f"COPY (FROM read_ndjson('{lines}', columns={{{columns}}})) TO '{path}'")
        return path
    path.write_text(in_json_lines(rows) if path.suffix == ".jsonl" else in_csv(rows), newline="")
    return path


def in_json_lines(rows: Sequence[Row]) -> str:
    """Return rows as JSON Lines, without empty cells."""
    return "".join(json.dumps({name: cell for name, cell in row.items() if cell is not None}) + "\n" for row in rows)


def in_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV, with a header."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows(map(_csv_cell, row.values()) for row in rows)
    return text.getvalue()


def _csv_cell(cell: Cell) -> str:
    return (";".join(cell) or "[]") if isinstance(cell, list) else cell or ""


def score_rows(engine: Engine, questionnaire: Questionnaire, path: Path) -> Iterator[dict[str, object]]:
    """Yield the rows of the result, in no order, with the problems as a set."""
    table = engine.table(path)
    query = open_scored(engine, questionnaire, table, layout_of(table, questionnaire, frozenset()))
    target = path.with_name("scored-by-spark.jsonl" if engine.dialect is SPARK else "scored.jsonl")
    if engine.dialect is SPARK:  # it writes parts in a folder
        target.mkdir(exist_ok=True)
    engine.write(query.sql, target, FileFormat.JSON_LINES, lambda _: None)
    for written_file in [*target.glob("part-*")] or [target]:
        for line in written_file.read_text().split("\n")[:-1]:
            row = json.loads(line)
            yield {**row, "problems": {*filter(None, row["problems"].split(";"))}}
    if target.is_dir():
        rmtree(target)
