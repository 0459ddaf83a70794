"""Scoring a table gives for every row what `decide` gives for its sheet."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from random import Random

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Chosen
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.storage.answer_files import load_sheet
from support import EXAMPLES as RANDOM_SHEETS
from support import ROOT
from support.example_results import AT_THE_LINES, EXAMPLES
from support.people import crowd
from support.questionnaires_at_random import questionnaire_at_random
from support.questionnaires_at_random import written as as_text
from support.scored_rows import Row, differences, random_sheets, row_of, spoiled

VALID = ROOT / "tests" / "questionnaires" / "valid"
MANY = 100 * RANDOM_SHEETS
"""How many sheets each of the large tests compares: 10,000, or more by hand."""
OTHERS = [ROOT / "examples" / "stepping-down", *sorted(VALID.iterdir())]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDbEngine]:
    (tmp_path / "scratch").mkdir()
    opened = DuckDbEngine(tmp_path / "scratch", threads=1)
    yield opened
    opened.close()


def each_named(sheets: Iterable[AnswerSheet | Row]) -> dict[str, AnswerSheet | Row]:
    return {f"sheet {place}": sheet for place, sheet in enumerate(sheets)}


def spoiled_rows(questionnaire: Questionnaire, random: Random, number: int) -> Iterator[Row]:
    for sheet in random_sheets(questionnaire, random, number):
        yield spoiled(row_of(sheet, questionnaire), questionnaire, random)


def at_the_edges(questionnaire: Questionnaire) -> Iterator[AnswerSheet]:
    """Yield for each need of a rule the sheet of least concern that meets it, and each that is one step short of it."""
    for rule in questionnaire.rules:
        for need in rule.gated_needs:
            answers = {name: each.least_answer(need) for name, each in questionnaire.questions.items()}
            yield complete(questionnaire, answers)
            for name in {name for name, _ in need}:
                for less in one_step_less(questionnaire.questions[name], answers[name], need):
                    yield complete(questionnaire, answers | {name: less})


def one_step_less(question: Question, answer: Answer, need: OptionSet) -> Iterator[Answer]:
    assert isinstance(answer, Chosen)
    for others, distance in question.other_answers(answer.options):
        reached = frozenset[OptionRef]().union(*(question.reach[option] for option in others))
        if distance == -1 and not need & question.all_options <= reached:
            yield question.choose(others)


def complete(questionnaire: Questionnaire, answers: dict[str, Answer]) -> AnswerSheet:
    """Return a sheet with those answers to the questions that are asked, and a calm one to others."""
    sheet = AnswerSheet(answers)
    asked = {question.id for question in reached_by(questionnaire, sheet).asked if not question.optional}
    return AnswerSheet({name: answer for name, answer in answers.items() if name in asked})


def test_examples_score_as_decided(engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path) -> None:
    sheets = {
        path.stem: load_sheet(path.read_text(), path.name, questionnaire).sheet for path in (*EXAMPLES, *AT_THE_LINES)
    }
    assert len(sheets) > 100
    assert differences(engine, questionnaire, dict(sheets), tmp_path / "sheets.csv") == []


def test_edges_of_rules_score_as_decided(engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path) -> None:
    sheets = each_named(at_the_edges(questionnaire))
    assert len(sheets) > 3 * len(questionnaire.rules)
    assert differences(engine, questionnaire, sheets, tmp_path / "sheets.jsonl") == []


@pytest.mark.parametrize("seed", [1, 2])
def test_random_sheets_score_as_decided(
    engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path, seed: int
) -> None:
    sheets = each_named(random_sheets(questionnaire, Random(seed), MANY))
    assert differences(engine, questionnaire, sheets, tmp_path / "sheets.csv") == []


def test_made_up_people_score_as_decided(engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path) -> None:
    public = questionnaire.public()
    sheets = each_named(sheet for _, sheet in crowd(public, MANY, 5))
    assert differences(engine, public, sheets, tmp_path / "sheets.parquet") == []


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_rows_with_problems_score_as_decided(
    engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path, suffix: str
) -> None:
    rows = each_named(spoiled_rows(questionnaire, Random(suffix), 3_000))
    assert differences(engine, questionnaire, rows, tmp_path / f"sheets.{suffix}") == []


def test_public_questions_score_as_decided(engine: DuckDbEngine, questionnaire: Questionnaire, tmp_path: Path) -> None:
    public = questionnaire.public()
    rows = each_named(spoiled_rows(public, Random(3), 2_000))
    assert differences(engine, public, rows, tmp_path / "sheets.csv") == []


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_other_questionnaires_score_as_decided(engine: DuckDbEngine, tmp_path: Path, path: Path) -> None:
    questionnaire = iop_fit.load(path)
    assert_scored_as_decided(engine, questionnaire, tmp_path, sheets=300)


@pytest.mark.parametrize("hundred", [0, 100, 200])
def test_random_questionnaires_score_as_decided(tmp_path: Path, hundred: int) -> None:
    for seed in range(hundred, hundred + 100):
        path = tmp_path / f"{seed}.yaml"
        path.write_text(as_text(questionnaire_at_random(seed)))
        engine = DuckDbEngine(tmp_path, threads=1)
        assert_scored_as_decided(engine, iop_fit.load(path), tmp_path, sheets=40)
        engine.close()


def assert_scored_as_decided(engine: DuckDbEngine, questionnaire: Questionnaire, folder: Path, sheets: int) -> None:
    random = Random(questionnaire.id)
    rows: Iterable[AnswerSheet | Row] = chain(
        random_sheets(questionnaire, random, sheets), spoiled_rows(questionnaire, random, sheets)
    )
    assert differences(engine, questionnaire, each_named(rows), folder / "sheets.csv") == []
