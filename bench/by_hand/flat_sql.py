"""One flat SELECT for DuckDB: `python -m bench.by_hand.flat_sql people.parquet out.parquet`."""

import sys
from math import inf
from pathlib import Path

import duckdb

import iop_fit
from bench.by_hand.rows import options_that_reach, ranges_of
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["select"]


def score(source: Path, target: Path) -> None:
    """Score a table."""
    with duckdb.connect() as connection:
        statement = f"COPY ({select(iop_fit.load().public(), source)}) TO '{target}' (FORMAT parquet)"
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(statement)


def select(questionnaire: Questionnaire, source: Path) -> str:
    """Return the statement: every rule is written out where the direction, an alert or the fired rules need it."""
    fires = {rule.id: any_of(rule.needs, questionnaire) for rule in questionnaire.rules}
    directions = "\n".join(f"    WHEN {fires[rule.id]} THEN '{rule.raises}'" for rule in questionnaire.direction_rules)
    alerts = {
        alert.id: " OR ".join(fires[rule.id] for rule in questionnaire.rules if rule.raises == alert.id)
        for alert in questionnaire.alerts
    }
    raised = "\n".join(f'  coalesce({condition}, FALSE) AS "alert_{name}",' for name, condition in alerts.items())
    rules = ",\n".join(f"    CASE WHEN {condition} THEN '{name}' END" for name, condition in fires.items())
    return f"""
SELECT id,
  CASE
{directions}
    ELSE '{questionnaire.directions[0].id}' END AS lowest,
{raised}
  concat_ws(';',
{rules}) AS rules
FROM '{source}'"""


def any_of(needs: frozenset[OptionSet], questionnaire: Questionnaire) -> str:
    """Return a rule: any of its needs."""
    whole = (" AND ".join(thresholds(need, questionnaire)) for need in sorted(needs, key=sorted))
    return "(" + " OR ".join(f"({each})" for each in whole) + ")"


def thresholds(need: OptionSet, questionnaire: Questionnaire) -> list[str]:
    """Return what a need asks of each question."""
    asked = sorted({name for name, _ in need})
    return [
        reaches((name, option.id), questionnaire)
        for name in asked
        for option in questionnaire.questions[name].thresholds_in(need)
    ]


def reaches(option: OptionRef, questionnaire: Questionnaire) -> str:
    """Return whether a row reaches an option."""
    question = questionnaire.questions[option[0]]
    options = options_that_reach(option, question)
    if question.options_are_bands:
        number = f'TRY_CAST("{question.id}" AS DOUBLE)'
        within = [
            f"{number} >= {start:g}" + ("" if end == inf else f" AND {number} < {end:g}")
            for start, end in ranges_of(options, question)
        ]
        return f"({' OR '.join(within)})"
    if question.kind == "several":
        return f"list_contains(\"{question.id}\", '{option[1]}')"
    return f'"{question.id}" IN ({", ".join(f"{each!r}" for each in options)})'


if __name__ == "__main__":
    score(*map(Path, sys.argv[1:]))
