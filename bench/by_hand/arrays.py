"""Arrays of numpy, one for each option: `python -m bench.by_hand.arrays people.parquet out.parquet`."""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import iop_fit
from bench.by_hand.rows import options_that_reach, ranges_of
from iop_fit.domain.condition import OptionRef
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire

Array = Any
"""An array of numpy."""
BATCH = 50_000
"""Rows that are read and written together."""


def score(source: Path, target: Path) -> None:
    """Score a table, some rows at a time."""
    questionnaire = iop_fit.load().public()
    writer = None
    with pq.ParquetFile(source) as table:
        for batch in table.iter_batches(BATCH):
            result = scored(batch, questionnaire)
            writer = writer or pq.ParquetWriter(target, result.schema)
            writer.write_table(result)
    if writer:
        writer.close()


def scored(batch: pa.RecordBatch, questionnaire: Questionnaire) -> pa.Table:
    """Return the result for some rows."""
    reached = reached_in(batch, questionnaire)
    fires = {
        rule.id: np.logical_or.reduce([np.logical_and.reduce([reached(each) for each in need]) for need in rule.needs])
        for rule in questionnaire.rules
    }
    raised = {
        f"alert_{each.id}": np.logical_or.reduce(
            [fires[rule.id] for rule in questionnaire.rules if rule.raises == each.id]
        )
        for each in questionnaire.alerts
    }
    direction = np.zeros(len(batch), dtype=int)
    for rule in questionnaire.direction_rules:
        np.maximum(direction, fires[rule.id] * questionnaire.rank[rule.raises], out=direction)
    return pa.table(
        {
            "id": pc.cast(batch["id"], pa.string()),
            "lowest": pa.array([each.id for each in questionnaire.directions]).take(pa.array(direction)),
            **raised,
            "rules": names_of(fires),
        }
    )


def reached_in(batch: pa.RecordBatch, questionnaire: Questionnaire) -> Callable[[OptionRef], Array]:
    """Return a function from an option to the rows that reach it."""

    @cache
    def reached(option: OptionRef) -> Array:
        question = questionnaire.questions[option[0]]
        return chosen_in(batch[question.id], question, options_that_reach(option, question))

    return reached


def chosen_in(column: pa.Array, question: Question, options: list[str]) -> Array:
    """Return the rows in which one of these options is chosen."""
    if question.options_are_bands:
        numbers = pc.cast(pc.if_else(pc.match_substring_regex(column, "^[0-9.]+$"), column, None), pa.float64())
        values = pc.fill_null(numbers, np.nan).to_numpy(zero_copy_only=False)
        within = [(start <= values) & (values < end) for start, end in ranges_of(options, question)]
        return np.logical_or.reduce(within)
    if pa.types.is_list(column.type):
        rows = np.zeros(len(column), dtype=bool)
        found = flags(pc.is_in(pc.list_flatten(column), pa.array(options)))
        rows[pc.list_parent_indices(column).to_numpy()[found]] = True
        return rows
    return flags(pc.is_in(column, pa.array(options)))


def flags(column: pa.Array) -> Array:
    """Return true and false as an array, false where the value is missing."""
    found: Array = pc.fill_null(column, fill_value=False).to_numpy(zero_copy_only=False)
    return found


def names_of(columns: dict[str, Array]) -> pa.Array:
    """Return, for each row, the names of the columns that are true, separated by semicolons."""
    rows = np.array([*columns.values()]).T
    ends = np.concatenate([[0], np.cumsum(rows.sum(axis=1))])
    names = pa.array(columns).take(pa.array(np.nonzero(rows)[1]))
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), names), ";")


if __name__ == "__main__":
    score(*map(Path, sys.argv[1:]))
