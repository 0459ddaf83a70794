"""The cell of one question in the row of a made-up person, as SQL."""

from collections.abc import Callable, Mapping

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.question import Question
from iop_fit.errors import IopFitError, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.population.chances import Chances, chance_of, drawn_option, options_of
from iop_fit.scoring.population.expressions import Number, at_least, at_most
from iop_fit.scoring.population.life_chances import LIFE_CHANCES, age
from iop_fit.scoring.population.person import Person
from iop_fit.scoring.population.use_chances import USE_CHANCES
from iop_fit.scoring.sql.dialects import DUCKDB
from iop_fit.text import quote

__all__ = ["SKIPPED", "cell"]

SKIPPED = 0.015
"""Share of questions that are skipped, with either reason."""

CHANCES: Mapping[str, Callable[[Person], Chances]] = {**LIFE_CHANCES, **USE_CHANCES}
NUMBERS: Mapping[str, Callable[[Person], Number]] = {"age": age, "drinks": lambda person: person.drinks}
CHOSEN = 0.15
"""The chance of each option of a practical question that takes several."""


def cell(question: Question, asked: str | None, person: Person) -> str:
    """Return the answer as a text or a list of texts; NULL unless the question is `asked`.

    Raises `IopFitError` if there are no chances for a question that rules may use, or for other options of it.
    """
    if question.need and question.id not in {*CHANCES, *NUMBERS}:
        raise IopFitError([_no_chances(question)])
    drawn = person.draws.uniform(f"{question.id}:skip")
    reasons = f"CASE WHEN {(drawn < SKIPPED / 2).sql} THEN {{}} ELSE {{}} END".format(*map(DUCKDB.text, SkipReason))
    if isinstance(question, MultipleQuestion):
        reasons, answer = f"[{reasons}]", _several(question, person)
    elif isinstance(question, NumberQuestion):
        answer = _number(question, person)
    else:
        answer = _one(question, person)
    unless_asked = f"WHEN NOT {asked} THEN NULL " if asked else ""
    return f"CASE {unless_asked}WHEN {(drawn < SKIPPED).sql} THEN {reasons} ELSE {answer} END"


def _no_chances(question: Question) -> Problem:
    message = f"How people answer {quote(question.id)} is not known, so no population can be made."
    hint = "A population is for the bundled questionnaire, or for one that changes it but asks about no other need."
    return Problem(Code.NO_CHANCES, message, hint=hint)


def _one(question: Question, person: Person) -> str:
    of = CHANCES.get(question.id)
    chances = of(person) if of else dict.fromkeys(question.options_by_id, 1)
    if not options_of(chances) <= question.options_by_id.keys():
        raise IopFitError([_no_chances(question)])
    return drawn_option(question.id, chances, person.draws)


def _several(question: MultipleQuestion, person: Person) -> str:
    of = CHANCES.get(question.id)
    chances = of(person) if of else dict.fromkeys(question.options_by_id, CHOSEN)
    chosen = (
        person.draws.happens(f"{question.id}:{option}", chance_of(option, chances)).sql
        for option in question.options_by_id
    )
    options = f"list_where([{DUCKDB.texts(question.options_by_id)}], [{', '.join(chosen)}])"
    return f"{options}[:{question.at_most}]" if question.at_most else options


def _number(question: NumberQuestion, person: Person) -> str:
    least, most = question.number_range
    of = NUMBERS.get(question.id)
    number = of(person) if of else person.draws.whole(question.id, round(least), round(most))
    within = person.name(f"number:{question.id}", at_least(least, at_most(most, number))).sql
    text = DUCKDB.text_type
    return f"CASE WHEN {within} = floor({within}) THEN {within}::INT::{text} ELSE {within}::{text} END"
