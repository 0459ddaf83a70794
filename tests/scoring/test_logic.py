"""AND and OR as SQL: factoring keeps the three truth values."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_fit.scoring.sql.logic import any_of_all

TESTS = "abcde"
alternatives = st.lists(st.sets(st.sampled_from(TESTS), max_size=4).map(frozenset), max_size=6)
values = st.fixed_dictionaries({test: st.sampled_from([True, False, None]) for test in TESTS})


def truth(need: frozenset[str], given_values: dict[str, bool | None]) -> bool | None:
    of_tests = [given_values[test] for test in need]
    return False if False in of_tests else None if None in of_tests else True


@settings(deadline=None)
@given(alternatives, values)
def test_any_of_all_has_the_truth_of_its_alternatives(
    needs: list[frozenset[str]], given_values: dict[str, bool | None]
) -> None:
    of_needs = [truth(need, given_values) for need in needs]
    columns = ", ".join(
        f"CAST({'NULL' if value is None else value} AS BOOLEAN) AS {name}" for name, value in given_values.items()
    )
    with duckdb.connect() as connection:
        ((found,),) = connection.execute(f"SELECT {any_of_all(needs)} FROM (SELECT {columns})").fetchall()
    assert found == (True if True in of_needs else None if None in of_needs else False)


def test_shared_tests_are_written_once() -> None:
    needs = [frozenset("ab"), frozenset("ac"), frozenset("d")]
    assert any_of_all(needs) == "a AND (b OR c) OR d"
