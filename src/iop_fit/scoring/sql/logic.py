"""AND and OR as SQL. A truth value of SQL is that of a rule: TRUE fired, NULL open, FALSE neither."""

from collections import Counter
from collections.abc import Iterable

__all__ = ["FALSE", "TRUE", "all_of", "any_of", "any_of_all"]

FALSE, TRUE = "FALSE", "TRUE"


def any_of(expressions: Iterable[str]) -> str:
    """Return the OR of some expressions; none of them is FALSE."""
    return " OR ".join(expressions) or FALSE


def all_of(expressions: Iterable[str]) -> str:
    """Return the AND of some expressions; none of them is TRUE."""
    return " AND ".join(expressions) or TRUE


def any_of_all(alternatives: Iterable[frozenset[str]]) -> str:
    """Return the OR of alternatives, each the AND of its tests, with shared tests written once.

    The test that most alternatives share is put before them, again and again: `a AND b OR a AND c` becomes
    `a AND (b OR c)`, which has the same three truth values.
    """
    left = sorted(set(alternatives), key=sorted)
    parts: list[str] = []
    while left:
        shared, times = _most_shared(left)
        if times < 2:
            return any_of([*parts, *(all_of(sorted(each)) for each in left)])
        inside = any_of_all(each - {shared} for each in left if shared in each)
        parts.append(shared if inside == TRUE else f"{shared} AND ({inside})")
        left = [each for each in left if shared not in each]
    return any_of(parts)


def _most_shared(alternatives: Iterable[frozenset[str]]) -> tuple[str, int]:
    counts = Counter(test for each in alternatives for test in each)
    return min(counts.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
