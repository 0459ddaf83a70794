"""`iop-fit population`: made-up people, drawn in SQL."""

import csv
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from math import comb
from pathlib import Path
from random import Random

import pytest

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import IopFitError
from iop_fit.limits import MAX_PEOPLE
from iop_fit.scoring.population.chances import Chances, If, Steps, drawn_option
from iop_fit.scoring.population.draws import ROW_KEY, Draws
from iop_fit.scoring.population.expressions import Number, Truth
from iop_fit.scoring.population.margins import WHAT_IT_IS_NOT
from iop_fit.scoring.population.query import population_query
from iop_fit.scoring.population.rows import slots
from iop_fit.scoring.population.traits import MARGINS, TOGETHER, TRAITS, raked_cells
from iop_fit.scoring.sql.dialects import DUCKDB
from support import ROOT, Run
from support.people import Traits, crowd, rows_of

ROWS = 20_000
SUFFIXES = ("parquet", "csv", "jsonl")
NEAR_ZERO = 5 / ROWS**0.5
"""Five times the standard error of a correlation over so many rows."""


def drawn_rows(draws: Draws, *columns: str) -> list[tuple[object, ...]]:
    """Return columns over draws."""
    uniform = ", ".join(f"{expression} AS {name}" for name, expression in draws.columns())
    keyed = f"SELECT range AS number, hash(range::UBIGINT) AS {ROW_KEY} FROM range({ROWS})"
    return rows_of(f"SELECT {', '.join(columns)} FROM (SELECT number, {uniform} FROM ({keyed}))")


def numbers(draws: Draws, number: Number) -> list[float]:
    return [float(str(value)) for (value,) in drawn_rows(draws, number.sql)]


# Draws


def test_draws_are_independent_of_each_other_and_of_the_row() -> None:
    draws, other = Draws(1), Draws(2)
    columns = [draws.uniform(name).sql for name in ("a", "b", "c", "a:1", "a:2")]
    other_seed = other.uniform_from("hash(number::UBIGINT)", "a")
    tested = [f"CAST(number AS DOUBLE) / {ROWS}", "CAST(number % 2 AS DOUBLE)", other_seed, *columns]
    lowest = [f"CAST({column} < 0.1e0 AS INT)" for column in tested]  # linear correlation alone misses much
    pairs = [*combinations(tested, 2), *combinations(lowest, 2), *zip(lowest, tested[1:], strict=False)]
    (found,) = drawn_rows(draws, *(f"corr({one}, {another})" for one, another in pairs))
    assert [pair for pair, value in zip(pairs, found, strict=True) if abs(float(str(value))) > NEAR_ZERO] == []


def test_neighboring_rows_are_independent() -> None:
    draws = Draws(1)
    drawn = numbers(draws, draws.uniform("a"))
    mean = sum(drawn) / ROWS
    products = [(one - mean) * (another - mean) for one, another in pairwise(drawn)]
    assert abs(sum(products) / ROWS * 12) < NEAR_ZERO


def distance(found: list[float], expected: list[float]) -> float:
    """Return the largest difference of two distributions, times the root of the number (Kolmogorov and Smirnov)."""
    ranked = sorted([(value, 1) for value in found] + [(value, -1) for value in expected])
    ahead, most = 0, 0
    for place, (value, step) in enumerate(ranked):
        ahead += step
        if place + 1 == len(ranked) or ranked[place + 1][0] != value:
            most = max(most, abs(ahead))
    return float(most / len(found) * (len(found) / 2) ** 0.5)


def test_distributions_are_those_of_python() -> None:
    draws, random = Draws(1), Random(1)
    pairs = {
        "uniform": (draws.uniform("u"), random.random),
        "whole": (draws.whole("w", 15, 17), lambda: random.randint(15, 17)),
        "beta": (draws.beta("b", Number("1.1e0"), 3), lambda: random.betavariate(1.1, 3)),
        "lognormal": (draws.lognormal("l", 1.4, 0.5), lambda: random.lognormvariate(1.4, 0.5)),
        "triangular": (draws.triangular("t", 18, 64, 31), lambda: random.triangular(18, 64, 31)),
    }
    far = {
        name: distance(numbers(draws, number), [draw() for _ in range(ROWS)]) for name, (number, draw) in pairs.items()
    }
    assert {name: value for name, value in far.items() if value > 1.95} == {}  # one in a thousand by chance


def test_distance_finds_a_small_difference() -> None:
    random = Random(1)
    drawn = [random.random() for _ in range(2 * ROWS)]
    assert distance(drawn[:ROWS], drawn[ROWS:]) < 1.95 < distance(drawn[:ROWS], [each * 0.95 for each in drawn[ROWS:]])


# Chances


UP = 0.3


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ({"only": 3}, {"only": 1.0}),
        ({"a": 1, "b": 2, "c": 1}, {"a": 0.25, "b": 0.5, "c": 0.25}),
        ({"a": 1, "b": 0, "c": 1}, {"a": 0.5, "c": 0.5}),
        ({"a": Number("2e0"), "b": 6}, {"a": 0.25, "b": 0.75}),
        (Steps(("a", "b", "c"), UP), {each: comb(2, n) * UP**n * (1 - UP) ** (2 - n) for n, each in enumerate("abc")}),
        (If(Truth("number % 4 = 0"), {"a": 1}, {"b": 1}), {"a": 0.25, "b": 0.75}),
    ],
    ids=["one", "weights", "zero", "expressions", "steps", "if"],
)
def test_options_are_drawn_with_their_chances(chances: Chances, expected: dict[str, float]) -> None:
    draws = Draws(1)
    draws.uniform("unused")
    drawn = [str(option) for (option,) in drawn_rows(draws, drawn_option("question", chances, draws))]
    shares = {option: drawn.count(option) / ROWS for option in {*drawn}}
    assert shares == pytest.approx(expected, abs=0.015)


# Traits


def test_raked_cells_have_the_published_margins() -> None:
    for place, margin in enumerate(MARGINS.values()):
        found = {value: sum(cell.share for cell in raked_cells() if cell.values[place] == value) for value in margin}
        assert found == pytest.approx({value: share / sum(margin.values()) for value, share in margin.items()})


def test_raked_cells_keep_the_odds_of_the_guesses() -> None:
    """Raking multiplies by trait, so the odds ratio of four cells that differ in a guessed pair stays."""
    share = dict(raked_cells())
    base = dict(zip(TRAITS, ("independent", "once", "some", "other", "no", "no", "no"), strict=True))
    for times, pair in TOGETHER[:8]:
        (one, value), (another, other) = pair.items()
        corners = [{}, {one: value}, {another: other}, pair]
        none, first, second, both = (share[tuple({**base, **corner}.values())] for corner in corners)
        assert both * none / (first * second) == pytest.approx(times)


def test_slots_give_each_cell_its_share() -> None:
    shares = [cell.share for cell in raked_cells()]
    found = [0.0] * len(shares)
    for place, slot in enumerate(slots(shares)):
        found[place] += slot.own / len(shares)
        found[slot.other] += (1 - slot.own) / len(shares)
    assert found == pytest.approx(shares, abs=1e-12)
    assert 0.0 in shares
    assert [slot for slot, share in zip(slots(shares), shares, strict=True) if not share and slot.own] == []


def test_traits_are_drawn_from_the_raked_cells(questionnaire: Questionnaire) -> None:
    columns = ", ".join(map(DUCKDB.name, TRAITS))
    people = population_query(questionnaire, 200_000, 1)
    counts = {
        tuple(values): int(str(number))
        for *values, number in rows_of(f"SELECT {columns}, count(*) FROM ({people}) GROUP BY ALL")
    }
    expected = {cell.values: 200_000 * cell.share for cell in raked_cells()}
    common = [values for values, number in expected.items() if number >= 20]
    square = sum((counts.get(values, 0) - expected[values]) ** 2 / expected[values] for values in common)
    assert square / len(common) == pytest.approx(1, abs=5 * (2 / len(common)) ** 0.5)
    assert {*counts} <= {values for values, number in expected.items() if number}


# People


def test_questions_are_asked_as_their_gates_say(questionnaire: Questionnaire) -> None:
    for _, sheet in crowd(questionnaire, 2000, 3):
        assert reached_by(questionnaire, sheet).asked_ids == set(sheet.answers)


def test_more_people_begin_with_the_same_people(questionnaire: Questionnaire) -> None:
    assert crowd(questionnaire, 3000, 3)[:2000] == crowd(questionnaire, 2000, 3)


def test_population_needs_chances_for_each_need() -> None:
    other = iop_fit.load(ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml")
    with pytest.raises(IopFitError) as caught:
        population_query(other, 10, 1)
    assert str(caught.value) == (
        'How people answer "pills-daily" is not known, so no population can be made.\n  A population is for the bundled'
        " questionnaire, or for one that changes it but asks about no other need."
    )


def lacking(questionnaire: Questionnaire, name: str, option: str) -> Questionnaire:
    """Return a questionnaire whose question of that name lacks an option."""
    old = questionnaire.questions[name]
    new = replace(old, options=tuple(each for each in old.options if each.id != option))
    sections = (
        section._replace(questions=tuple(new if each is old else each for each in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(sections))


def test_population_needs_the_options_of_a_single_answer(questionnaire: Questionnaire) -> None:
    with pytest.raises(IopFitError, match='How people answer "hold-off" is not known'):
        population_query(lacking(questionnaire, "hold-off", "hours"), 10, 1)


def test_population_chooses_no_option_that_is_gone(questionnaire: Questionnaire) -> None:
    others = crowd(lacking(questionnaire, "used", "nicotine"), 200, 3)
    without = [chosen.replace("nicotine", "").split() for chosen in map(used_in, crowd(questionnaire, 200, 3))]
    assert [used_in(each).split() for each in others] == without


def used_in(person: tuple[Traits, AnswerSheet]) -> str:
    return " ".join(getattr(person[1].answers["used"], "options", ()))


# The command


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the same people in every format."""
    folder = tmp_path_factory.mktemp("people")
    for suffix in SUFFIXES:
        command(folder, "population", str(ROWS), "--seed", "5", "-o", f"people.{suffix}")
    return folder


def command(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "iop_fit", *arguments], cwd=folder, capture_output=True, check=True)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_people_score_without_problems(tables: Path, suffix: str) -> None:
    command(tables, "score", f"people.{suffix}", "-o", f"scored-{suffix}.parquet", "--strict")
    scored = f"read_parquet('{tables / f'scored-{suffix}.parquet'}')"
    assert rows_of(f"SELECT count(*), count(DISTINCT id), max(problems) FROM {scored}") == [(ROWS, ROWS, "")]


def test_formats_hold_the_same_people(tables: Path) -> None:
    """So does a Python program that reads the rows of the query."""
    path = str(tables / "people.")
    as_text = "SELECT * REPLACE ({}) FROM read_parquet('{}parquet')"
    lists = rows_of(
        f"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet('{path}parquet')) WHERE column_type LIKE '%[]'"
    )
    assert len(lists) == 10
    joined = ", ".join(
        f"""CASE WHEN len("{name}") = 0 THEN '[]' ELSE array_to_string("{name}", ';') END AS "{name}" """
        for (name,) in lists
    )
    parquet = rows_of(f"SELECT COLUMNS(*)::VARCHAR FROM ({as_text.format(joined, path)})")
    assert parquet == rows_of(f"SELECT * FROM read_csv('{path}csv', all_varchar=true)")
    json_lines = rows_of(f"SELECT COLUMNS(*)::VARCHAR FROM read_ndjson('{path}jsonl')")
    assert json_lines == rows_of(f"SELECT COLUMNS(*)::VARCHAR FROM read_parquet('{path}parquet')")


def test_columns_are_those_of_the_template_and_the_traits(run: Run, tables: Path) -> None:
    template = run("score", "--template").stdout.strip()
    with (tables / "people.csv").open() as file:
        assert file.readline().strip() == ",".join([template, *TRAITS])


def test_same_seed_gives_the_same_file(run: Run, tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("again", "7"), ("other", "8"), ("default", "1")):
        run("population", "2000", "--seed", seed, "-o", f"{name}.parquet")
    run("population", "2000", "-o", "without.parquet")
    made = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert made["one"] == made["again"] != made["other"]
    assert made["without"] == made["default"]


def test_margins_are_printed_beside_those_published(run: Run, tmp_path: Path) -> None:
    done = run("population", "40", "-o", "people.csv", "--plain")
    lines = done.stdout.splitlines()
    with (tmp_path / "people.csv").open(newline="") as file:
        rows = [*csv.DictReader(file)]
    expected = [
        f"{trait}, {value}: {sum(row[trait] == value for row in rows) / 40:.1%} of these people,"
        f" {share / sum(margin.values()):.1%} published."
        for trait, margin in MARGINS.items()
        for value, share in margin.items()
    ]
    assert lines == [*expected, "", WHAT_IT_IS_NOT]
    assert (done.returncode, done.stderr) == (0, "Written: people.csv\n")


def test_margins_fit_a_narrow_screen(run: Run) -> None:
    table, said = run("population", "40", "-o", "people.csv").stdout.split("\n\n")
    assert table.startswith("in percent              here   published\nliving_arrangement\n  homeless              ")
    assert {len(line) for line in table.splitlines() if line.startswith(" ")} == {40}
    assert said == WHAT_IT_IS_NOT + "\n"


@pytest.mark.parametrize("number", ["0", "-5", str(MAX_PEOPLE + 1), "many"])
def test_number_of_people_has_limits(run: Run, tmp_path: Path, number: str) -> None:
    assert run("population", "-o", "people.csv", "--", number).returncode == 2
    assert [*tmp_path.iterdir()] == []


def test_existing_file_stays_without_force(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("mine")
    done = run("population", "10", "-o", "people.csv")
    assert done.returncode == 4
    assert done.stderr.startswith("people.csv: This file already exists and was not changed.")
    assert (tmp_path / "people.csv").read_text() == "mine"
    assert run("population", "10", "-o", "people.csv", "--force").returncode == 0
    assert (tmp_path / "people.csv").read_text().startswith("id,for,now,")
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_unknown_suffix_is_refused_before_any_work(run: Run, tmp_path: Path) -> None:
    done = run("population", str(MAX_PEOPLE), "-o", "people.xlsx")
    assert done.returncode == 4
    assert done.stderr.startswith("people.xlsx: The name of this file doesn't say which kind of table it is.")
    assert [*tmp_path.iterdir()] == []
