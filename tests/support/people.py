"""People that `iop-fit population` makes up, with their answers as sheets."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.duckdb import DuckDbEngine
from iop_fit.scoring.population.query import column_names, population_query
from iop_fit.scoring.population.traits import TRAITS

__all__ = ["Traits", "crowd", "people", "person", "rows_of"]

Traits = Mapping[str, str]
"""The value of each trait."""
BATCH = 500


def people(questionnaire: Questionnaire, random: Random) -> Iterator[tuple[Traits, AnswerSheet]]:
    """Yield random people, with their traits, without end."""
    while True:
        yield from crowd(questionnaire, BATCH, random.getrandbits(32))


def person(questionnaire: Questionnaire, random: Random) -> AnswerSheet:
    """Return the sheet of one random person."""
    return random.choice(crowd(questionnaire, BATCH, 1))[1]


@cache
def crowd(questionnaire: Questionnaire, number: int, seed: int) -> tuple[tuple[Traits, AnswerSheet], ...]:
    """Return so many people, each with the traits and the sheet; all write a note."""
    names = column_names(questionnaire)
    rows = (dict(zip(names, row, strict=True)) for row in rows_of(population_query(questionnaire, number, seed)))
    return tuple(({trait: str(row[trait]) for trait in TRAITS}, _sheet(questionnaire, row)) for row in rows)


def rows_of(sql: str) -> list[tuple[object, ...]]:
    """Return the rows of a query in DuckDB, in their order."""
    with TemporaryDirectory() as scratch:
        engine = DuckDbEngine(Path(scratch), threads=1)
        try:
            return engine.rows(sql)
        finally:
            engine.close()


def _sheet(questionnaire: Questionnaire, row: Mapping[str, object]) -> AnswerSheet:
    answers: dict[str, Answer] = {}
    for question in questionnaire.questions.values():
        if question.optional:
            answers[question.id] = Written("Evenings work best.")
        elif row[question.id] is not None:
            answers[question.id] = _answer(question, row[question.id])
    return AnswerSheet(answers)


def _answer(question: Question, cell: object) -> Answer:
    texts = cell if isinstance(cell, list) else [str(cell)]
    if texts and texts[0] in {*SkipReason}:
        return Skipped(SkipReason(texts[0]))
    if isinstance(question, NumberQuestion):
        answer = question.at(float(texts[0]))
        assert answer
        return answer
    return Chosen(tuple(texts))
