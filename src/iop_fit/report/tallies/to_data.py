"""Counts of sheets for programs: JSON, and CSV with one count in a row."""

import csv
from io import StringIO

from iop_fit.report.tallies.numbers import safe
from iop_fit.scoring.counts.tally import Label, Summary, Tally
from iop_fit.text import json_text
from iop_fit.version import VERSION

__all__ = ["COUNTS_FORMAT", "summary_csv", "summary_json"]

COUNTS_FORMAT = "iop-fit counts 1"
"""The name and version of the format."""

COLUMNS = ("table", "row", "row_label", "column", "column_label", "sheets", "count", "hidden")


def summary_json(summary: Summary) -> str:
    """Return a summary as JSON, in the format that `docs/reference/json-output.md` describes."""
    return json_text(
        {
            "format": COUNTS_FORMAT,
            "tool": {"id": "iop-fit", "version": VERSION},
            "sheets": summary.sheets,
            "by": summary.by or None,
            "min_group": summary.min_group,
            "notes": list(summary.notes),
            "tables": [_table(tally) for tally in summary.tallies],
        }
    )


def _table(tally: Tally) -> dict[str, object]:
    return {
        "id": tally.id,
        "title": tally.title,
        "columns": list(map(_label, tally.columns)),
        "rows": [{**_label(row.label), "sheets": row.sheets, "counts": list(row.counts)} for row in tally.rows],
    }


def _label(label: Label) -> dict[str, object]:
    return {"id": label.id, "label": label.text}


def summary_csv(summary: Summary) -> str:
    """Return a summary as CSV: one row for each count; a hidden one is empty."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for tally in summary.tallies:
        for row in tally.rows:
            for column, count in zip(tally.columns, row.counts, strict=True):
                ends = ("" if row.sheets is None else row.sheets, "" if count is None else count, int(count is None))
                writer.writerow((tally.id, *_names(row.label), *_names(column), *ends))
    return file.getvalue()


def _names(label: Label) -> tuple[str, str]:
    return safe(label.id or ""), safe(label.text)
