"""What can be wrong with the ids of rows: without them, no result can be matched to its sheet."""

from pathlib import Path

from iop_fit.errors import IopFitError, Place, Problem
from iop_fit.problem_codes import Code
from iop_fit.scoring.engines.engine import Engine
from iop_fit.scoring.layout import AnswerSource
from iop_fit.scoring.sql.answers.cells import text_cell
from iop_fit.text import plural, quote

__all__ = ["NUMBER", "check_ids"]

NUMBER = "number of the row"
"""The column of a numbered view."""


PART = 2_500_000
"""How many ids are compared at once: all of ten million would take 450 MB."""


def check_ids(engine: Engine, path: Path, column: str, results: str, numbered: str) -> None:
    """Raise `IopFitError` if a row of a view of results has no id, or two have the same.

    Their rows are looked up in the view `numbered` of the table in `path`, which has the column `NUMBER` if the engine
    numbers rows; if not, they are not named.
    """
    name, number = engine.dialect.name(column), engine.dialect.name(NUMBER)
    text = text_cell(AnswerSource(column), engine.dialect)
    rows, named = _counts(engine, f"SELECT count(*), count({text}) FROM {results}")
    if rows != named and not engine.numbers_rows:
        message, hint = f"{plural(rows - named, 'row has', 'rows have')} no id.", "Give every row an id."
        raise IopFitError([Problem(Code.ROW_WITHOUT_ID, message, Place(f"{path}, column {column}"), hint)])
    if rows != named:
        ((row,),) = engine.rows(f"SELECT min({number}) FROM {numbered} WHERE {text} IS NULL")
        place = Place(f"{path}, row {row:,}, column {column}")
        hint = "Give every row an id, or leave the column out: then the rows are numbered."
        raise IopFitError([Problem(Code.ROW_WITHOUT_ID, "This row has no id.", place, hint)])
    if rows == _different(engine, name, results, rows):
        return
    if engine.numbers_rows:
        doubles = engine.rows(
            f"SELECT min({number}) AS first, max({number}) FROM {numbered} GROUP BY {name}"
            " HAVING count(*) > 1 ORDER BY first LIMIT 1"
        )
        for row, other in doubles:  # none if only their hashes were the same
            place = Place(f"{path}, row {other:,}, column {column}")
            message = f"This row has the id of row {row:,}, so their results could not be told apart."
            hint = f"Give each row an id of its own, or name another column than {quote(column)} as the id."
            raise IopFitError([Problem(Code.ROW_ID_TWICE, message, place, hint)])
    elif engine.rows(f"SELECT {name} FROM {results} GROUP BY {name} HAVING count(*) > 1 LIMIT 1"):
        message, hint = "An id is there more than once.", "Give each row an id of its own."
        raise IopFitError([Problem(Code.ROW_ID_TWICE, message, Place(f"{path}, column {column}"), hint)])


def _different(engine: Engine, name: str, results: str, rows: int) -> int:
    """Return how many different ids there are, or a few less."""
    code = engine.dialect.hash.format(name)
    parts = rows // PART + 1
    queries = (
        f"SELECT count(DISTINCT {code}) FROM {results} WHERE abs({code} % {parts}) = {part}" for part in range(parts)
    )
    return sum(_counts(engine, query)[0] for query in queries)


def _counts(engine: Engine, query: str) -> tuple[int, ...]:
    ((*counts,),) = engine.rows(query)
    return tuple(int(str(count)) for count in counts)
