"""Counts of sheets on a screen, as a picture and as data: whole outputs."""

import csv
import json
import re
from collections.abc import Mapping
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from iop_fit.report.tallies.numbers import share_of
from iop_fit.report.tallies.to_data import summary_csv, summary_json
from iop_fit.report.tallies.to_svg import summary_svg
from iop_fit.report.tallies.to_text import summary_text
from iop_fit.scoring.counts.tally import Label, Shown, Summary, Tally, TallyRow

OUTCOMES = (
    Label("lighter", "A lighter step may be enough", "Weekly visits"),
    Label("iop", "Ask about an IOP", "IOP"),
    Label("withheld", "Withheld: an alert comes first", "Withheld"),
)
SHEETS = Label("sheets", "Sheets")
STATES = (Label("yes", "Yes"), Label("open", "Open"))
NASTY = "\x1b[31m</title><script>&"
TOTAL = Label("total", "Total")


def rows(sheets: int, counts: Mapping[Label, tuple[int | None, ...]]) -> tuple[TallyRow, ...]:
    return tuple(TallyRow(label, sheets, numbers) for label, numbers in counts.items())


DIRECTIONS = Tally(
    "directions",
    "Direction",
    "Direction",
    (SHEETS,),
    rows(12_000, {OUTCOMES[0]: (8_000,), OUTCOMES[1]: (3_999,), OUTCOMES[2]: (1,)}),
)
GROUPS = Tally(
    "groups",
    "By county",
    "county",
    OUTCOMES,
    (
        TallyRow(Label("Kings", "Kings"), 7_000, (5_000, 1_999, 1)),
        TallyRow(Label(NASTY, NASTY), 4_999, (None, None, 0)),
        TallyRow(Label(None, "No county"), 1, (0, 1, 0)),
        TallyRow(TOTAL, 12_000, (8_000, 3_999, 1)),
    ),
    sizes=True,
    parts=3,
)
ALERT = Label("call", "Call 911 now")
ALERTS = Tally("alerts", "Alerts", "Alert", STATES, rows(12_000, {ALERT: (120, 3)}), shown=Shown.IN_FULL, by_id=True)
SUMMARY = Summary("12,000 sheets", 12_000, (DIRECTIONS, GROUPS, ALERTS), ("A note.",), "county", 11)

AT_100 = """\
12,000 sheets

Direction
A lighter step may be enough    8,000  66.7%  ██████████████████████████▋
Ask about an IOP                3,999  33.3%  █████████████▍
Withheld: an alert comes first      1  <0.1%  ▏

By county
                                     Weekly
county                  Sheets       visits           IOP  Withheld
Kings                    7,000  5,000 71.4%  1,999  28.6%   1 <0.1%
�[31m</title><script>&   4,999            *             *   0  0.0%
No county                    1      0  0.0%      1 100.0%   0  0.0%
Total                   12,000  8,000 66.7%  3,999  33.3%   1 <0.1%

A note.
"""

AT_40 = """\
12,000 sheets

Direction
A lighter step    8,000  66.7%  █████▍
may be enough
Ask about an IOP  3,999  33.3%  ██▋
Withheld: an          1  <0.1%  ▏
alert comes
first

By county
Kings: 7,000 sheets
  Weekly visits: 5,000 (71.4%)
  IOP: 1,999 (28.6%)
  Withheld: 1 (<0.1%)
�[31m</title><script>&: 4,999 sheets
  Weekly visits: hidden
  IOP: hidden
  Withheld: 0 (0.0%)
No county: 1 sheet
  Weekly visits: 0 (0.0%)
  IOP: 1 (100.0%)
  Withheld: 0 (0.0%)
Total: 12,000 sheets
  Weekly visits: 8,000 (66.7%)
  IOP: 3,999 (33.3%)
  Withheld: 1 (<0.1%)

Alerts
Alert                     Yes     Open
Call 911 now (call)  120 1.0%  3 <0.1%

A note.
"""

PLAIN = """\
12,000 sheets

Direction
A lighter step may be enough: 8,000 (66.7%).
Ask about an IOP: 3,999 (33.3%).
Withheld: an alert comes first: 1 (<0.1%).

By county
Kings: 7,000 sheets
  Weekly visits: 5,000 (71.4%)
  IOP: 1,999 (28.6%)
  Withheld: 1 (<0.1%)
�[31m</title><script>&: 4,999 sheets
  Weekly visits: hidden
  IOP: hidden
  Withheld: 0 (0.0%)
No county: 1 sheet
  Weekly visits: 0 (0.0%)
  IOP: 1 (100.0%)
  Withheld: 0 (0.0%)
Total: 12,000 sheets
  Weekly visits: 8,000 (66.7%)
  IOP: 3,999 (33.3%)
  Withheld: 1 (<0.1%)

A note.
"""

LONG = """\
50 sheets

Alerts
                       Old      New  Gained    Lost
See a doctor (a3)  5 10.0%  5 10.0%  1 2.0%  0 0.0%
11 rows with no change are left out.
"""


def test_wide_text_is_tables_and_bars() -> None:
    assert summary_text(SUMMARY, 100) == AT_100


@pytest.mark.parametrize("width", [40, 41, 60, 80, 100, 200])
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("full", [False, True])
def test_text_fits_every_width(width: int, plain: bool, full: bool) -> None:
    text = summary_text(SUMMARY, width, plain=plain, full=full)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert ("Call 911 now (call)" in " ".join(text.split())) == full


def test_narrow_text_stacks_what_does_not_fit() -> None:
    assert summary_text(SUMMARY, 40, full=True) == AT_40


def test_plain_text_is_one_fact_a_line() -> None:
    assert summary_text(SUMMARY, 80, plain=True) == PLAIN


def test_color_adds_only_styles() -> None:
    colored = summary_text(SUMMARY, 80, color=True)
    lines = re.sub(r"\x1b\[[\d;]*m", "", colored).splitlines()
    assert [line.rstrip() for line in lines] == summary_text(SUMMARY, 80).splitlines()


def test_long_table_leaves_out_rows_without_changes() -> None:
    labels = [Label(f"a{number}", "See a doctor") for number in range(12)]
    counts: dict[Label, tuple[int | None, ...]] = {label: (5, 5, int(label.id == "a3"), 0) for label in labels}
    columns = tuple(Label(name, name.capitalize()) for name in ("old", "new", "gained", "lost"))
    alerts = Tally("alerts", "Alerts", "Alerts", columns, rows(50, counts), changes_from=2, by_id=True)
    assert summary_text(Summary("50 sheets", 50, (alerts,)), 80) == LONG


@pytest.mark.parametrize(
    ("count", "sheets", "share"),
    [
        (0, 10, "0.0%"),
        (10, 10, "100.0%"),
        (1, 3, "33.3%"),
        (1, 1_000_000, "<0.1%"),
        (999_999, 1_000_000, ">99.9%"),
        (0, 0, ""),
        (None, 10, ""),
    ],
)
def test_share_says_none_and_all_exactly(count: int | None, sheets: int, share: str) -> None:
    assert share_of(count, sheets) == share


@pytest.mark.parametrize("tallies", [(DIRECTIONS,), (DIRECTIONS, GROUPS), ()])
def test_picture_is_valid_and_says_all_in_words(tallies: tuple[Tally, ...]) -> None:
    picture = summary_svg(SUMMARY._replace(tallies=tallies))
    root = ET.fromstring(picture)
    space = "{http://www.w3.org/2000/svg}"
    names = {element.tag.removeprefix(space) for element in root.iter()}
    assert names <= {"svg", "title", "desc", "style", "defs", "pattern", "rect", "text", "path", "g"}
    assert [child.tag.removeprefix(space) for child in root][:2] == ["title", "desc"]
    assert "href" not in picture
    assert not re.search(r"\bon\w+=", picture)
    words = root.findtext(f"{space}desc") or ""
    if GROUPS in tallies:
        assert "�[31m</title><script>&: A lighter step may be enough: *, Ask about an IOP: *" in words
        assert "Kings: A lighter step may be enough: 5,000 (71.4%)" in words
    elif tallies:
        assert words.startswith("A lighter step may be enough: Sheets: 8,000 (66.7%)")


def test_picture_differs_without_color() -> None:
    picture = summary_svg(SUMMARY)
    fills = set(re.findall(r'fill="([^"]+)" stroke', picture))
    assert len(fills) == 3
    assert "url(#hatch)" in fills
    assert {fill[1:3] == fill[3:5] == fill[5:7] for fill in fills if fill.startswith("#")} == {True}  # grays


def test_json_names_hidden_counts_null() -> None:
    data = json.loads(summary_json(SUMMARY))
    assert (data["format"], data["sheets"], data["by"], data["min_group"]) == ("iop-fit counts 1", 12_000, "county", 11)
    assert data["tables"][1]["rows"][1] == {"id": NASTY, "label": NASTY, "sheets": 4_999, "counts": [None, None, 0]}
    assert [table["id"] for table in data["tables"]] == ["directions", "groups", "alerts"]


def test_csv_has_a_row_for_each_count() -> None:
    found = list(csv.DictReader(StringIO(summary_csv(SUMMARY))))
    assert len(found) == 3 + 4 * 3 + 2
    assert found[6] == {
        "table": "groups",
        "row": "�[31m</title><script>&",
        "row_label": "�[31m</title><script>&",
        "column": "lighter",
        "column_label": "A lighter step may be enough",
        "sheets": "4999",
        "count": "",
        "hidden": "1",
    }
