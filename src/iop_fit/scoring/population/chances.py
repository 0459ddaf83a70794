"""How an answer is drawn: the chances of the options of a question, and their SQL."""

from collections.abc import Mapping
from typing import NamedTuple

from iop_fit.scoring.population.draws import Draws
from iop_fit.scoring.population.expressions import Number, Truth, Value, sql_of, total
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["Chances", "If", "Steps", "Weights", "chance_of", "drawn_option", "options_of"]

Weights = Mapping[str, Value]
"""By option, its weight; of a question where several can be chosen, its chance. One that is left out has none."""


class Steps(NamedTuple):
    """Ranked options: each step up from the first one is taken with the same chance."""

    options: tuple[str, ...]
    chance: Value


class If(NamedTuple):
    """Chances that depend on something."""

    condition: Truth
    chances: "Chances"
    otherwise: "Chances"


Chances = Weights | Steps | If


def options_of(chances: Chances) -> frozenset[str]:
    """Return the options that can be drawn."""
    match chances:
        case If(_, chosen, otherwise):
            return options_of(chosen) | options_of(otherwise)
        case Steps(options):
            return frozenset(options)
        case _:
            return frozenset(chances)


def drawn_option(name: str, chances: Chances, draws: Draws) -> str:
    """Return which one of the options is drawn, as a text; `name` is that of the draw."""
    match chances:
        case If(condition, chosen, otherwise):
            first, second = drawn_option(name, chosen, draws), drawn_option(name, otherwise, draws)
            return f"CASE WHEN {condition.sql} THEN {first} ELSE {second} END"
        case Steps(options, chance):
            steps = [draws.happens(f"{name}:{step}", chance).then(1) for step in range(1, len(options))]
            return f"[{DUCKDB.texts(options)}][1 + CAST({sql_of(total(steps))} AS INT)]"
        case _:
            return _weighted(draws.uniform(name), chances)


def _weighted(drawn: Number, weights: Weights) -> str:
    *others, last = weights
    whens, below, whole = "", total(()), total(weights.values())
    for option in others:
        below = total((below, weights[option]))
        whens += f" WHEN {_falls_below(drawn, below, whole).sql} THEN {DUCKDB.text(option)}"
    return f"CASE{whens} ELSE {DUCKDB.text(last)} END" if others else DUCKDB.text(last)


def _falls_below(drawn: Number, below: Value, whole: Value) -> Truth:
    if isinstance(below, Number) or isinstance(whole, Number):
        return drawn * whole < below
    return drawn < below / whole


def chance_of(option: str, chances: Chances) -> Value:
    """Return the chance of one of several options."""
    if isinstance(chances, If):
        first, second = chance_of(option, chances.chances), chance_of(option, chances.otherwise)
        return chances.condition.then(first, second)
    assert not isinstance(chances, Steps), "several options can't be steps"
    return chances.get(option, 0)
