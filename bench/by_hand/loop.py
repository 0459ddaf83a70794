"""A loop over `decide()`: `python -m bench.by_hand.loop people.parquet out.parquet`."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import iop_fit
from bench.by_hand.rows import sheet_of
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire

BATCH = 10_000
"""Rows that are read and written together."""


def score(source: Path, target: Path) -> None:
    """Score each row of a table with `decide()`."""
    questionnaire = iop_fit.load().public()
    alerts = [(f"alert_{alert.id}", pa.bool_()) for alert in questionnaire.alerts]
    columns = pa.schema([("id", pa.string()), ("lowest", pa.string()), *alerts, ("rules", pa.string())])
    with pq.ParquetFile(source) as table, pq.ParquetWriter(target, columns) as writer:
        for batch in table.iter_batches(BATCH):
            rows = [scored(row, questionnaire) for row in batch.to_pylist()]
            writer.write_table(pa.Table.from_pylist(rows, columns))


def scored(row: Mapping[str, object], questionnaire: Questionnaire) -> dict[str, object]:
    """Return one row of the result."""
    decision = decide(questionnaire, sheet_of(row, questionnaire))
    raised = {alert.id for alert in decision.alerts}
    return {
        "id": str(row["id"]),
        "lowest": decision.lowest.id,
        **{f"alert_{alert.id}": alert.id in raised for alert in questionnaire.alerts},
        "rules": ";".join(each.rule.id for each in decision.fired),
    }


if __name__ == "__main__":
    score(*map(Path, sys.argv[1:]))
