"""Texts with two wordings, alone and in a questionnaire."""

import copy
import json
import pickle
from dataclasses import replace

import pytest

from iop_fit.domain.guidance import Addition, Direction
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience, Wording, worded
from support.by_hand import ranked, small

BOTH = Wording("Rest at your home.", "Rest at their home.")
TEXTS = {Audience.ME: "Rest at your home.", Audience.SOMEONE: "Rest at their home."}


def test_wording_is_the_text_for_its_audience() -> None:
    assert BOTH == "Rest at your home."
    for audience, text in TEXTS.items():
        assert BOTH.for_(audience) == text
        assert json.dumps([BOTH.for_(audience)]) == json.dumps([text])
        assert BOTH.for_(audience).for_(Audience.ME) == BOTH


@pytest.mark.parametrize("audience", Audience)
def test_wording_keeps_both_texts_when_copied(audience: Audience) -> None:
    text = BOTH.for_(audience)
    for same in (copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert (type(same), same, same.me, same.someone) == (Wording, text, *TEXTS.values())


def test_worded_replaces_texts_in_nested_records() -> None:
    steps = ("Call.", Wording("Ask your doctor.", "Ask their doctor."))
    direction = Direction("more", BOTH, "More.", "No.", "Then.", steps, (Addition("bed", BOTH),))
    other = worded(direction, Audience.SOMEONE)
    assert other == Direction(
        "more",
        "Rest at their home.",
        "More.",
        "No.",
        "Then.",
        ("Call.", "Ask their doctor."),
        (Addition("bed", "Rest at their home."),),
    )
    assert worded(other, Audience.ME) == direction


def test_worded_returns_the_same_object_if_nothing_changes() -> None:
    for thing in (BOTH, "Call.", ("Call.", BOTH), Addition("bed", BOTH), small(ranked("a", "x", "y"), rules={})):
        assert worded(thing, Audience.ME) is thing


@pytest.fixture
def questionnaire() -> Questionnaire:
    asked = replace(ranked("home", "fine", "hard"), ask=BOTH)
    return small(asked, ranked("work", "fine", "hard"), rules={"hard": ("more", [{"home": "hard"}])})


def test_questionnaire_is_worded_for_either_audience(questionnaire: Questionnaire) -> None:
    other = questionnaire.worded_for(Audience.SOMEONE)
    for each in (questionnaire, other):
        for audience, text in TEXTS.items():
            assert each.worded_for(audience).questions["home"].ask == text
    assert questionnaire.worded_for(Audience.ME) is questionnaire
    assert other.worded_for(Audience.SOMEONE) is other
    assert other.worded_for(Audience.ME) == questionnaire
    assert other.questions["work"] is questionnaire.questions["work"]
