"""Cards in the interview: shown when raised, and again only if a stronger alert takes over."""

import pytest

from iop_fit.domain.wording import Audience
from iop_fit.errors import InterviewQuit
from iop_fit.interview.session import run_interview
from iop_fit.loading.loader import load_questionnaire
from iop_fit.storage.drafts import Draft
from support import TESTS
from support.scripted import Script

QUESTIONNAIRE = load_questionnaire(TESTS / "questionnaires" / "valid" / "cards.yaml")


def shown_after(*typed: str) -> list[str]:
    """Return the titles of the alerts that are shown until the input asks to leave, without those shown at the end."""
    script = Script("g", *typed, "x")
    with pytest.raises(InterviewQuit):
        run_interview(QUESTIONNAIRE, script, Draft(QUESTIONNAIRE), about=Audience.ME)
    return script.alerts


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        (("2", "g", "1", "2", "g"), ["See a doctor first", "Find company"]),
        (("3", "g"), ["See a doctor today"]),
        (("2", "g", "b", "3", "g"), ["See a doctor first", "See a doctor today"]),
        (("3", "g", "b", "2", "g"), ["See a doctor today", "See a doctor first"]),
        (("3", "g", "2", "g", "2"), ["See a doctor today", "Call 911 now"]),
    ],
)
def test_card_shows_again_only_with_another_alert(typed: tuple[str, ...], titles: list[str]) -> None:
    """In the last case, company is not shown beside the emergency."""
    assert shown_after(*typed) == titles


def test_leaving_shows_cards_instead_of_alerts() -> None:
    script = Script("g", "3", "g", "q", "1")
    with pytest.raises(InterviewQuit):
        run_interview(QUESTIONNAIRE, script, Draft(QUESTIONNAIRE), about=Audience.ME)
    assert script.alerts == ["See a doctor today", "See a doctor today"]
