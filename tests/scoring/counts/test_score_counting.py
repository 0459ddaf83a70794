"""Counts of a table are those of `decide` on each row, and moves those between two decisions."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import iop_fit
from iop_fit.cli.scoring.run import ScoreRequest, score
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.scoring.counts.groups import Grouping
from iop_fit.scoring.counts.moves import Moves
from iop_fit.scoring.counts.shares import Shares, levels_of
from support.counted_rows import counted, counts_in, decisions, rows_for, table_of, tally_in
from support.questionnaires_at_random import questionnaire_at_random, written
from support.scored_rows import Row
from support.scored_rows import written as rows_written

Cells = Iterator[tuple[str | None, str | None]]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [*rows_for(iop_fit.load().public(), Random(5), 150)]


@pytest.fixture(scope="module")
def table(rows: list[Row], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return table_of(rows, tmp_path_factory.mktemp("tables") / "sheets.csv")


def shares_of(table: Path, grouping: Grouping, output: Path | None = None) -> Shares:
    done = score(ScoreRequest(table, iop_fit.load(), output, grouping=grouping)).counts
    assert isinstance(done, Shares)
    return done


def outcome(decided: dict[str, object]) -> str:
    return "withheld" if decided["withheld_by"] else str(decided["direction"])


def group(row: Row) -> str | None:
    county = row["county"]
    assert county is None or isinstance(county, str)
    return county


@pytest.mark.parametrize("suffix", ["", ".csv", ".jsonl", ".parquet"])
def test_shares_are_those_of_decide(table: Path, rows: list[Row], suffix: str, tmp_path: Path) -> None:
    questionnaire = iop_fit.load().public()
    decided = [dict(each) for each in decisions(questionnaire, rows)]
    shares = shares_of(table, Grouping("county"), tmp_path / f"scored{suffix}" if suffix else None)
    summary = shares.summary
    assert (summary.sheets, shares.with_problems) == (150, sum(bool(each["problems"]) for each in decided))

    def certainty(each: dict[str, object]) -> Iterator[str]:
        yield from ["not-firm"] * (not each["firm"]) + ["with-problems"] * bool(each["problems"])

    def states(each: dict[str, object]) -> Cells:
        yield from ((alert.id, str(each[f"alert_{alert.id}"])) for alert in questionnaire.alerts)

    def levels(each: dict[str, object]) -> Cells:
        for level, alerts in levels_of(questionnaire).items():
            found = {each[f"alert_{alert.id}"] for alert in alerts}
            yield level.value, next(state for state in ("yes", "open", "no") if state in found)

    assert counts_in(summary, "directions") == counted((outcome(each), "sheets") for each in decided)
    assert counts_in(summary, "certainty") == counted((name, "sheets") for each in decided for name in certainty(each))
    assert counts_in(summary, "alerts") == without_no(cell for each in decided for cell in states(each))
    assert counts_in(summary, "alert-levels") == without_no(cell for each in decided for cell in levels(each))
    by_county = counted(
        (name, cell)
        for row, each in zip(rows, decided, strict=True)
        for name in (group(row), "total")
        for cell in (outcome(each), *certainty(each))
    )
    assert counts_in(summary, "groups") == by_county
    open_in_kings = sum(
        each["alert_crisis-line"] == "open" for row, each in zip(rows, decided, strict=True) if group(row) == "Kings"
    )
    assert counts_in(summary, "alerts-by-group").get(("Kings", "crisis-line:open"), 0) == open_in_kings


def without_no(cells: Cells) -> dict[tuple[str | None, str | None], int | None]:
    return {cell: count for cell, count in counted(cells).items() if cell[1] != "no"}


def load(seed: int, path: Path, *, prefix: str = "q") -> Questionnaire:
    """Return a random questionnaire whose ids of questions begin with this prefix."""
    path.write_text(re.sub(r'"q(\d+)"', rf'"{prefix}\1"', written(questionnaire_at_random(seed))))
    return iop_fit.load(path)


def both_rows(old: Questionnaire, new: Questionnaire, random: Random) -> list[Row]:
    """Return rows with the columns of both questionnaires."""
    pairs = zip(rows_for(old, random, 60), rows_for(new, random, 60), strict=True)
    return [{**before, **after} for before, after in pairs]


@pytest.mark.parametrize("seed", range(8))
def test_moves_are_those_between_two_decisions(seed: int, tmp_path: Path) -> None:
    old = load(seed, tmp_path / "old.json", prefix="p").public()
    new = load(seed + 1, tmp_path / "new.json").public()
    rows = both_rows(old, new, Random(seed))
    table = table_of(rows, tmp_path / "sheets.jsonl")
    output = tmp_path / "moved.csv"
    done = score(ScoreRequest(table, new, output, against=old, grouping=Grouping("county"))).counts
    assert isinstance(done, Moves)
    pairs = list(zip(map(dict, decisions(old, rows)), map(dict, decisions(new, rows)), strict=True))
    assert_moves(done, old, new, rows, pairs)
    assert_changes(output, old, new, rows, pairs)


Pair = tuple[dict[str, object], dict[str, object]]


def assert_moves(
    done: Moves, old: Questionnaire, new: Questionnaire, rows: Sequence[Row], pairs: Sequence[Pair]
) -> None:
    summary = done.summary
    cells = [(outcome(before), outcome(after)) for before, after in pairs]
    crossed = {cell: n for cell, n in counts_in(summary, "moves").items() if "total" not in cell}
    assert crossed == counted(iter(cells))
    both = [("old", before) for before, _ in cells] + [("new", after) for _, after in cells]
    assert counts_in(summary, "directions") == counted((name, age) for age, name in both)
    alerts = {alert.id for each in (old, new) for alert in each.alerts}
    changes = [(alert, name) for pair in pairs for alert in alerts for name in alert_changes(pair, alert)]
    assert counts_in(summary, "alerts") == counted(iter(changes))
    shifts = [
        (name, shift)
        for row, (before, after) in zip(rows, cells, strict=True)
        for name in (group(row), "total")
        for shift in shifts_of(before, after)
    ]
    assert counts_in(summary, "groups") == counted(iter(shifts))


def state(decided: dict[str, object], alert: str) -> object:
    return decided.get(f"alert_{alert}", "no")


def alert_changes(pair: Pair, alert: str) -> Iterator[str]:
    before, after = state(pair[0], alert), state(pair[1], alert)
    if before == "yes":
        yield "old"
        if after != "yes":
            yield "lost"
    if after == "yes":
        yield "new"
        if before != "yes":
            yield "gained"
    if (before, after) == ("no", "open"):
        yield "newly-open"
    if (before, after) == ("open", "no"):
        yield "no-longer-open"


def shifts_of(before: str, after: str) -> Iterator[str]:
    """Yield how a sheet moves; both questionnaires number their directions from the least, `step0`."""
    if before == after:
        return
    if "withheld" in {before, after}:
        yield "newly-withheld" if after == "withheld" else "no-longer-withheld"
    else:
        yield "more" if after > before else "less"


def assert_changes(
    output: Path, old: Questionnaire, new: Questionnaire, rows: Sequence[Row], pairs: Sequence[Pair]
) -> None:
    """The file has one row for each sheet that differs."""
    alerts = list(dict.fromkeys(alert.id for each in (new, old) for alert in each.alerts_strongest_first))
    wanted = {}
    for place, (row, pair) in enumerate(zip(rows, pairs, strict=True)):
        same = all(pair[0][name] == pair[1][name] for name in ("direction", "withheld_by", "highest"))
        if same and all(state(pair[0], alert) == state(pair[1], alert) for alert in alerts):
            continue
        lists = {
            f"alerts_{name.replace('-', '_')}": ";".join(a for a in alerts if name in alert_changes(pair, a))
            for name in ("gained", "lost", "newly-open", "no-longer-open")
        }
        compared = {
            f"{name}_{age}": text_of(decided[name])
            for name in ("direction", "highest", "firm", "withheld_by")
            for age, decided in zip(("old", "new"), pair, strict=True)
        }
        wanted[f"r{place}"] = {"id": f"r{place}", "county": group(row) or "", **compared, **lists}
    with output.open(newline="") as file:
        found = {row["id"]: row for row in csv.DictReader(file)}
    assert found == wanted


def text_of(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_moves_of_the_same_questionnaire_are_none(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "moved.csv"
    done = score(ScoreRequest(table, iop_fit.load(), output, against=iop_fit.load()))
    assert counts_in(done.counts.summary, "differences") == {}
    assert len(output.read_text().splitlines()) == 1


def test_moves_keep_an_id_column_named_row(rows: list[Row], tmp_path: Path) -> None:
    table = rows_written([{"row": f"r{place}", **row} for place, row in enumerate(rows[:3])], tmp_path / "sheets.csv")
    (tmp_path / "map.yaml").write_text("columns: {row: id}\n")
    output, new = tmp_path / "moved.csv", iop_fit.load()
    request = ScoreRequest(table, new, output, mapping=tmp_path / "map.yaml", against=replace(new, rules=()))
    assert score(request).counts.sheets == 3
    header, *moved = output.read_text().splitlines()
    assert header.startswith("row,")
    assert moved
    assert {line.partition(",")[0] for line in moved} <= {"r0", "r1", "r2"}


def test_moves_handle_what_only_one_side_has(table: Path, rows: list[Row]) -> None:
    """Without an alert that withholds, nobody is withheld by it; nobody loses an alert that stays."""
    new = iop_fit.load()
    gone = "adults-only"
    fewer = replace(
        new,
        alerts=tuple(alert for alert in new.alerts if alert.id != gone),
        rules=tuple(rule for rule in new.rules if rule.raises != gone),
    )
    done = score(ScoreRequest(table, fewer, None, against=new))
    young = sum(each["alert_adults-only"] == "yes" for each in decisions(new.public(), rows))
    assert young > 0
    assert counts_in(done.counts.summary, "alerts")[gone, "lost"] == young
    back = score(ScoreRequest(table, new, None, against=fewer))
    assert counts_in(back.counts.summary, "alerts")[gone, "gained"] == young


def test_hidden_totals_are_hidden_in_every_table(table: Path) -> None:
    summary = shares_of(table, Grouping("county", 11)).summary
    totals = tally_in(summary, "groups").rows[-1].counts
    alone = [row.counts[0] for name in ("directions", "certainty") for row in tally_in(summary, name).rows]
    assert list(totals) == alone
    assert "alerts-by-group" not in {tally.id for tally in summary.tallies}
    assert all(
        count is None or count == 0 or count >= 11 for row in tally_in(summary, "alerts").rows for count in row.counts
    )


def test_too_few_sheets_show_nothing(table: Path) -> None:
    summary = shares_of(table, Grouping("county", 151)).summary
    assert (summary.sheets, summary.tallies) == (None, ())
    assert summary.title == "There are fewer than 151 sheets, so no counts are shown."


@pytest.mark.parametrize("column", ["county ", "mood", "id"])
def test_unknown_group_column_is_reported(table: Path, column: str) -> None:
    with pytest.raises(IopFitError) as caught:
        shares_of(table, Grouping(column))
    (problem,) = caught.value.problems
    assert (problem.code, problem.place and problem.place.file) == ("no-such-groups", str(table))
    assert f'"{column}"' in problem.message


def test_too_many_groups_are_reported(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("groups", "shares"):
        monkeypatch.setattr(f"iop_fit.scoring.counts.{module}.MAX_GROUPS", 3)
    with pytest.raises(IopFitError, match="more than 3 different values"):
        shares_of(table, Grouping("county"))


@pytest.mark.parametrize("minimum", [0, 11])
def test_empty_table_counts_nothing(rows: list[Row], minimum: int, tmp_path: Path) -> None:
    table = tmp_path / "empty.csv"
    table.write_text(",".join(["id", *rows[0]]) + "\n")
    summary = shares_of(table, Grouping("county", minimum)).summary
    assert summary.title == "0 sheets"
    assert {count for tally in summary.tallies for row in tally.rows for count in row.counts} == {0}
    done = score(
        ScoreRequest(table, iop_fit.load(), None, against=iop_fit.load(), grouping=Grouping("county", minimum))
    )
    assert {count for tally in done.counts.summary.tallies for row in tally.rows for count in row.counts} == {0}


def test_missing_column_of_the_older_questions_names_them(table: Path, tmp_path: Path) -> None:
    old = load(3, tmp_path / "old.json")
    with pytest.raises(IopFitError, match="The questionnaire of --against needs it"):
        score(ScoreRequest(table, iop_fit.load(), None, against=old))


def test_column_named_like_a_result_is_reported(rows: list[Row], tmp_path: Path) -> None:
    table = table_of([{**row, "firm": "x"} for row in rows[:2]], tmp_path / "sheets.csv")
    with pytest.raises(IopFitError, match='"firm" has the name of a column of the output'):
        shares_of(table, Grouping())
