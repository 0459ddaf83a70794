"""Distribution of directions over plausible random people."""

from support.people import shares


def test_directions_are_spread_over_random_people() -> None:
    number = 400
    directions, _, _ = shares(number)
    given = {name: count / number for name, count in directions.items()}
    assert set(given) == {"lighter", "iop", "iop-plus", "inpatient", "withheld"}
    assert max(given.values()) < 0.55
    assert min(given[name] for name in ("lighter", "iop", "iop-plus", "inpatient")) > 0.04
