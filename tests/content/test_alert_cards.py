"""Cards of alerts: which alerts share one, which words win, and what must be true for the person."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from iop_fit.domain.decision import Decision
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of
from iop_fit.domain.wording import Audience
from support.clinical_tables import CALM, CalmRow, cells_of, decided

SHARED = {
    "call-911": {"emergency-now", "emergency-withdrawal", "emergency-supply", "emergency-after-birth"},
    "call-988": {"suicide-now", "crisis-line"},
    "emergency-room-today": {"severe-withdrawal-now", "racing-after-stopping"},
    "doctor-today-mind": {"voices-now", "possible-mania"},
    "pregnancy-today": {"pregnancy-stop-safely", "pregnancy-other-drugs", "pregnancy-care", "pregnancy-alcohol"},
    "before-stopping": {
        *("already-stopped", "severe-withdrawal", "alcohol-withdrawal", "older-drinking", "alcohol-check"),
        *("any-withdrawal", "next-time", "stopped-over-a-week"),
    },
    "opioids": {
        *("overdose-opioids", "overdose-recent", "opioid-break", "opioid-dose", "opioid-withdrawal", "pain-medicine"),
        *("after-birth-opioids", "opioid-stay", "opioid-medication", "opioid-past", "naloxone"),
    },
    "pills-slowly": {"stopped-pills", "pills-stop-slowly"},
    "illness": {"illness-and-use", "see-a-doctor-soon"},
}
"""By card, the alerts with the same first step."""


def test_alerts_with_one_first_step_share_a_card(questionnaire: Questionnaire) -> None:
    found: dict[str, set[str]] = {}
    for alert in questionnaire.alerts:
        found.setdefault(alert.card, set()).add(alert.id)
    assert {card: ids for card, ids in found.items() if len(ids) > 1} == SHARED


class Words(NamedTuple):
    """Answers, and the alerts that give their words to the cards, in order."""

    answers: str
    cards: tuple[str, ...]


CARDS = [Words(given, tuple(cards.split(", "))) for given, cards in cells_of("cards")]


@pytest.mark.parametrize("row", CARDS, ids=str)
def test_strongest_alert_gives_its_words_to_the_card(questionnaire: Questionnaire, row: Words) -> None:
    assert tuple(card.alert.alert.id for card in cards_of(decided(questionnaire, row.answers))) == row.cards


# What is said must be true for that person


def said(questionnaire: Questionnaire, answers: str) -> Iterator[str]:
    """Yield what the cards say, in both wordings."""
    for audience in Audience:
        for card in cards_of(decided(questionnaire.worded_for(audience), answers)):
            yield f"{card.alert.alert.title}. {card.alert.text} {card.reason.because}"


STOPPED = (
    "used=alcohol alcohol-days=most drinks=8 without=shaking last-use=days",
    "used=alcohol alcohol-days=daily drinks=8 ever-stopping=seizure age=70 last-use=days",
    "used=pills pill-days=daily without=shaking last-use=days",
    "used=opioids opioid-days=daily without=shaking opioids=break last-use=days",
    "used=kratom other-days=daily without=shaking last-use=days",
    "used=alcohol alcohol-days=most drinks=8 health=serious last-use=days",
    "used=alcohol alcohol-days=most drinks=8 without=shaking last-use=week",
    "used=pills pill-days=daily without=shaking ever-stopping=seizure last-use=week",
    "used=alcohol alcohol-days=most drinks=8 health=pregnant last-use=days",
)
BEFORE_STOPPING = re.compile(
    r"before (you|they) stop|don't stop|shouldn't stop|stop slowly|cut down slowly", re.IGNORECASE
)


@pytest.mark.parametrize("answers", STOPPED)
def test_stopped_person_is_not_told_what_comes_before(questionnaire: Questionnaire, answers: str) -> None:
    assert [text for text in said(questionnaire, answers) if BEFORE_STOPPING.search(text)] == []


ON_MEDICINE = (
    "used=opioids opioids=steady opioid-days=daily without=shaking medicine=still-using",
    "used=opioids opioids=steady opioid-days=daily without=shaking medicine=taking",
    "opioids=steady medicine=taking treatment=helped",
    "used=fentanyl opioids=steady overdose=twice medicine=still-using",
)
START = re.compile(r"\bstarts? (buprenorphine|methadone|medicine)|today about buprenorphine$", re.IGNORECASE)


@pytest.mark.parametrize("answers", ON_MEDICINE)
def test_person_on_medicine_is_not_told_to_start_it(questionnaire: Questionnaire, answers: str) -> None:
    assert [text for text in said(questionnaire, answers) if START.search(text)] == []


OPIOIDS = (
    "used=opioids opioids=steady",
    "used=fentanyl opioids=break overdose=month",
    "used=pain-rx opioids=pain-now opioid-days=daily without=shaking",
    "opioids=year medicine=taking",
    "opioids=earlier hold-off=hard",
    "used=stimulants overdose=twice",
    "health=birth opioids=year",
)


@pytest.mark.parametrize("answers", OPIOIDS)
def test_card_for_opioids_names_naloxone_whatever_gives_its_words(questionnaire: Questionnaire, answers: str) -> None:
    for audience in Audience:
        cards = cards_of(decided(questionnaire.worded_for(audience), answers))
        [words] = [
            f"{each.alert.alert.title} {each.alert.text}" for each in cards if each.alert.alert.card == "opioids"
        ]
        assert "naloxone" in words


UNTRUE = (
    ("used=alcohol overdose=month", "naloxone"),
    ("used=kratom ever-stopping=help", "going without makes"),
    ("used=alcohol ever-stopping=help", "going without makes"),
    ("used=alcohol alcohol-days=most without=never", "every day"),
    ("used=alcohol opioids=none overdose=month", "opioid"),
    ("tried=longer-ago", "these thoughts"),
    ("health=pregnant opioids=steady medicine=taking", "before you stop"),
)
"""Answers, and words that are not true for whoever gives them."""


@pytest.mark.parametrize(("answers", "untrue"), UNTRUE)
def test_cards_are_true_for_the_person(questionnaire: Questionnaire, answers: str, untrue: str) -> None:
    assert [text for text in said(questionnaire, answers) if untrue in text.casefold()] == []


STRONG = re.compile(r"\b(deadly|kills?|die|dying|death|seizures?)\b", re.IGNORECASE)
CARRIED = {"pills-stop-slowly", "pills-mixed"}
"""Alerts that calm answers may raise, and whose danger is the message: pills on most days, or mixed."""


@pytest.mark.parametrize("row", CALM, ids=lambda row: row.answers or "nothing")
def test_calm_people_read_calm_cards(questionnaire: Questionnaire, row: CalmRow) -> None:
    decision = decided(questionnaire, row.answers)
    cards = [card for card in cards_of(decision) if card.alert.alert.id not in CARRIED]
    strong = [card.alert.alert.id for card in cards if STRONG.search(f"{card.alert.alert.title} {card.alert.text}")]
    assert strong == []


@pytest.mark.parametrize("used", ["cannabis", "stimulants", "cannabis+stimulants"])
def test_hospital_stay_without_sedation_says_no_seizure(questionnaire: Questionnaire, used: str) -> None:
    texts = said(questionnaire, f"used={used} ever-stopping=hospital+help without=shaking")
    assert [text for text in texts if "seizure" in text] == []


def test_minors_read_no_reason_about_being_older(questionnaire: Questionnaire) -> None:
    decision = decided(questionnaire, "age=16 used=alcohol alcohol-days=daily without=shaking")
    assert [each.rule.because for each in decision.fired if re.search(r"\b65\b", each.rule.because)] == []


def test_emergencies_stand_alone(questionnaire: Questionnaire) -> None:
    level = {alert.id: alert.level for alert in questionnaire.alerts}
    shown = [cards_of(decision) for decision in _emergencies(questionnaire)]
    assert all(shown)
    assert {level[card.alert.alert.id] for cards in shown for card in cards} == {AlertLevel.EMERGENCY}


def _emergencies(questionnaire: Questionnaire) -> Iterator[Decision]:
    beside = "thoughts=plan overdose=twice mind=voices used=alcohol+opioids alcohol-days=daily drinks=12 without=severe"
    for option in questionnaire.questions["now"].options:
        yield decided(questionnaire, f"now={option.id} {beside}")
