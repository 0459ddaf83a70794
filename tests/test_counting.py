"""How many sheets there are, also where questions open others in too many ways."""

from pathlib import Path

import pytest

from conftest import ROOT
from iop_fit.check import sheet_count
from iop_fit.check.sheet_count import number_of_sheets
from iop_fit.loading.loader import load_questionnaire

MINIMAL = (ROOT / "tests" / "questionnaires" / "valid" / "minimal.yaml").read_text()
QUESTION = "ask: Q?, why: W., options: {low: L, high: H}, dimension: 1"
GATED = "".join(
    f"      - {{id: {name}-more, {QUESTION}, ask when: [{{{name}: {{at least: high}}}}, {{c: {{at least: high}}}}]}}\n"
    for name in "ab"
)
WITH_GATES = MINIMAL.replace(
    "\nalerts:\n", "".join(f"      - {{id: {name}, {QUESTION}}}\n" for name in "abc") + GATED + "\nalerts:\n"
)


@pytest.mark.parametrize(("limit", "number"), [(4, 2 * 4 * (2 * 9 * 9 + 7 * 7)), (3, None)])
def test_number_of_sheets_is_not_known_once_questions_open_others_in_too_many_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, number: int | None
) -> None:
    """Before the third question is answered, each of two others may be open or not: four ways.

    Where it opens both, there are 3 * 3 answers to each pair; where it opens none, 1 + 3 + 3 to each pair. All that for
    4 answers to the question about evenings, and for 2 audiences.
    """
    path = tmp_path / "gates.yaml"
    path.write_text(WITH_GATES)
    monkeypatch.setattr(sheet_count, "MAX_STATES", limit)
    assert number_of_sheets(load_questionnaire(path)) == number
