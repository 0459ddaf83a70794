"""Looking for a sheet: found, known not to be there, or given up at a limit."""

from collections.abc import Iterable

import pytest

from conftest import ROOT
from iop_fit.check import point_search
from iop_fit.check.point_search import Search, Sought
from iop_fit.domain.answers import AnswerSheet, Chosen
from iop_fit.domain.decision import Decision
from iop_fit.loading.loader import load_questionnaire

SOUND = load_questionnaire(ROOT / "tests" / "questionnaires" / "valid" / "sound.yaml")


def on_all(_: Decision, unsettled: frozenset[str]) -> Iterable[str]:
    return sorted(unsettled)


def on_nothing(_: Decision, _unsettled: frozenset[str]) -> Iterable[str]:
    return ()


def never(_: Decision) -> bool:
    return False


def test_find_returns_a_whole_sheet() -> None:
    def sought(decision: Decision) -> bool:
        return decision.sheet.answers["used"] == Chosen(("alcohol", "pills"))

    sheet = Search(SOUND, {}).find(Sought(sought, on_all))
    assert sheet
    assert {*sheet.answers} == {"used", "pills-daily", "alone", "pay"}


def test_find_turns_back_when_what_is_sought_hangs_on_nothing_more() -> None:
    assert Search(SOUND, {}).find(Sought(never, on_nothing)) is None


def test_find_goes_through_everything_before_it_returns_none() -> None:
    assert Search(SOUND, {}).find(Sought(never, on_all)) is None


def test_find_gives_up_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(point_search, "MAX_VISITS", len(SOUND.questions))  # as many as one sheet has
    with pytest.raises(LookupError):
        Search(SOUND, {}).find(Sought(never, on_all))


def test_find_tries_little_once_much_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(point_search, "MAX_VISITS_IN_ALL", 0)
    tried: list[AnswerSheet] = []

    def sought(decision: Decision) -> bool:
        tried.append(decision.sheet)
        return False

    with pytest.raises(LookupError):
        Search(SOUND, {}).find(Sought(sought, on_all))
    assert (
        len(tried) == 2 * point_search.FEW_TRIES + 1
    )  # each partly filled sheet and its calm filling; the first one's full


def test_find_tries_nothing_once_very_much_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(point_search, "NO_MORE_VISITS", -1)
    with pytest.raises(LookupError):
        Search(SOUND, {}).find(Sought(lambda _: True, on_all))
