"""The rules engine on small questionnaires: fired and open rules, directions, alerts and areas."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import FrozenInstanceError, replace

import pytest

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import Area, Decision, decide
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel
from iop_fit.domain.questionnaire import Questionnaire
from support.by_hand import SKIPPED, alert, ranked, rule, section, several, sheet, small

SLEEP = ranked("sleep", "well", "badly", "never")
ALONE = ranked("alone", "rarely", "often", "always")
SIGNS = several("signs", shaking=1, fever=3)


def decided(questionnaire: Questionnaire, **answers: object) -> Decision:
    return decide(questionnaire, sheet(answers))  # type: ignore[arg-type]


def fired(decision: Decision) -> list[str]:
    return [each.rule.id for each in decision.fired]


def open_rules(decision: Decision) -> Mapping[str, AbstractSet[str]]:
    return {each.rule.id: each.open_questions for each in decision.open}


ENGINE = small(
    SLEEP,
    ALONE,
    SIGNS,
    rules={
        "any-of-three": rule("more", {"sleep": "badly"}, {"alone": "often"}, {"signs": "fever"}),
        "both": rule("most", {"sleep": "never", "alone": "always"}),
        "fever": rule("call", {"signs": "fever"}),
    },
    alerts=[alert("call")],
)


def test_decide_fires_rules_in_order() -> None:
    assert fired(decided(ENGINE, sleep="well", alone="rarely", signs=())) == []
    assert fired(decided(ENGINE, sleep="badly", alone="rarely", signs=())) == ["any-of-three"]
    assert fired(decided(ENGINE, sleep="never", alone="always", signs=["fever"])) == ["fever", "both", "any-of-three"]


def test_fired_rule_has_options_of_its_met_needs() -> None:
    decision = decided(ENGINE, sleep="never", alone=SKIPPED, signs=["shaking", "fever"])
    (_, call, _), (_, any_of_three, _) = [(each.rule.raises, each.by, each) for each in decision.fired]
    assert call == {("signs", "fever")}
    assert any_of_three == {("sleep", "badly"), ("signs", "fever")}


def test_open_rule_lists_its_open_questions() -> None:
    assert open_rules(decided(ENGINE, sleep="never", alone=SKIPPED, signs=())) == {"both": {"alone"}}
    assert open_rules(decided(ENGINE, sleep=SKIPPED, alone=SKIPPED, signs=())) == {
        "any-of-three": {"sleep", "alone"},
        "both": {"sleep", "alone"},
    }
    assert open_rules(decided(ENGINE, sleep="badly", alone=SKIPPED, signs=SKIPPED)) == {"fever": {"signs"}}


@pytest.mark.parametrize(
    ("answers", "lowest", "highest", "firm"),
    [
        ({"sleep": "well", "alone": "rarely", "signs": ()}, "less", "less", True),
        ({"sleep": "well", "alone": "rarely", "signs": ["fever"]}, "more", "more", True),
        ({"sleep": "never", "alone": "always", "signs": ()}, "most", "most", True),
        ({"sleep": "never", "alone": SKIPPED, "signs": ()}, "more", "most", False),
        ({"sleep": SKIPPED, "alone": "rarely", "signs": ()}, "less", "more", False),
        ({"sleep": "badly", "alone": SKIPPED, "signs": ()}, "more", "more", True),
        ({"sleep": "badly", "alone": "rarely", "signs": SKIPPED}, "more", "more", False),
        ({}, "less", "less", True),
    ],
)
def test_direction_is_the_highest_raised(answers: Mapping[str, object], lowest: str, highest: str, firm: bool) -> None:
    decision = decided(ENGINE, **answers)
    assert (decision.lowest.id, decision.highest.id, decision.firm) == (lowest, highest, firm)


def test_answer_behind_a_skipped_gate_fires_its_rule() -> None:
    gate = several("used", alcohol=1)
    days = replace(ranked("days", "few", "daily"), asked_if=(frozenset({("used", "alcohol")}),))
    questionnaire = small(gate, days, rules={"daily": rule("most", {"days": "daily"})})
    assert decide(questionnaire, sheet({"used": SKIPPED, "days": "daily"})).lowest.id == "most"
    assert decide(questionnaire, sheet({"used": (), "days": "daily"})).lowest.id == "less"


def test_direction_ignores_alerts() -> None:
    questionnaire = small(SLEEP, rules={"no-sleep": rule("call", {"sleep": "never"})}, alerts=[alert("call")])
    decision = decided(questionnaire, sleep="never")
    assert (decision.lowest.id, decision.highest.id) == ("less", "less")
    assert [each.id for each in decision.alerts] == ["call"]
    assert decided(questionnaire, sleep=SKIPPED).highest.id == "less"


def test_decision_is_frozen_once_made() -> None:
    decision = decided(ENGINE)
    with pytest.raises(FrozenInstanceError):
        decision.sheet = AnswerSheet()  # type: ignore[misc]


# Alerts

ALERTS = small(
    SLEEP,
    ALONE,
    SIGNS,
    ranked("home", "safe", "unsafe", private=True),
    rules={
        "no-sleep": rule("doctor", {"sleep": "never"}),
        "fever": rule("doctor", {"signs": "fever"}),
        "shaking": rule("ambulance", {"signs": "shaking"}),
        "alone": rule("minor", {"alone": "always"}),
        "unsafe": rule("shelter", {"home": "unsafe"}),
        "bad-sleep": rule("more", {"sleep": "badly"}),
    },
    alerts=[
        alert("minor", AlertLevel.ADULTS_ONLY, withholds=True),
        alert("doctor", AlertLevel.MEDICAL_FIRST),
        alert("shelter", AlertLevel.HOME_SAFETY, private=True),
        alert("ambulance", AlertLevel.EMERGENCY, withholds=True),
    ],
)


def alerts(decision: Decision) -> tuple[list[str], list[str], str | None]:
    """Return the raised alerts, the open alerts, and the alert that withholds the direction."""
    withheld_by = decision.withheld_by
    return (
        [each.id for each in decision.alerts],
        [each.id for each in decision.open_alerts],
        None if withheld_by is None else withheld_by.id,
    )


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ([], [], None)),
        ({"sleep": "never"}, (["doctor"], [], None)),
        ({"sleep": "never", "home": "unsafe"}, (["doctor", "shelter"], [], None)),
        ({"alone": "always", "sleep": "never"}, (["doctor", "minor"], [], "minor")),
        (
            {"alone": "always", "signs": ["shaking", "fever"]},
            (["ambulance", "doctor", "minor"], [], "ambulance"),
        ),
        ({"sleep": SKIPPED, "alone": SKIPPED}, ([], ["doctor", "minor"], None)),
        ({"signs": SKIPPED, "home": SKIPPED}, ([], ["ambulance", "doctor"], None)),
        ({"sleep": "never", "signs": SKIPPED}, (["doctor"], ["ambulance"], None)),
    ],
)
def test_alerts_are_sorted_by_strength(
    answers: Mapping[str, object], expected: tuple[list[str], list[str], str | None]
) -> None:
    assert alerts(decided(ALERTS, **answers)) == expected


@pytest.mark.parametrize(
    ("answers", "matter", "firm"),
    [
        ({"sleep": "well", "signs": SKIPPED, "alone": "rarely"}, {"signs"}, False),
        ({"sleep": SKIPPED, "signs": [], "alone": "rarely"}, {"sleep"}, False),
        ({"sleep": SKIPPED, "signs": ["fever"], "alone": "rarely"}, {"sleep"}, False),
        ({"sleep": "never", "signs": ["shaking"], "alone": "rarely", "home": SKIPPED}, set(), True),
        ({"sleep": "badly", "signs": SKIPPED, "alone": SKIPPED}, {"signs", "alone"}, False),
        ({"sleep": "never", "signs": SKIPPED, "alone": "rarely"}, {"signs"}, False),
    ],
)
def test_undecided_questions_could_raise_something(
    answers: Mapping[str, object], matter: AbstractSet[str], firm: bool
) -> None:
    decision = decided(ALERTS, **answers)
    assert decision.undecided_questions == matter
    assert decision.firm is firm


def test_undecided_questions_skip_what_is_raised() -> None:
    raised_already = small(
        SLEEP,
        ALONE,
        SIGNS,
        rules={
            "no-sleep": rule("most", {"sleep": "never"}),
            "alone": rule("most", {"alone": "always"}),
            "fever": rule("more", {"signs": "fever"}),
        },
    )
    decision = decided(raised_already, sleep="never", alone=SKIPPED, signs=SKIPPED)
    assert set(open_rules(decision)) == {"alone", "fever"}
    assert decision.undecided_questions == set()
    below = decided(raised_already, sleep="well", alone=SKIPPED, signs=["fever"])
    assert below.undecided_questions == {"alone"}
    doctor_twice = small(
        SLEEP,
        SIGNS,
        rules={"no-sleep": rule("doctor", {"sleep": "never"}), "fever": rule("doctor", {"signs": "fever"})},
        alerts=[alert("doctor")],
    )
    assert decided(doctor_twice, sleep=SKIPPED, signs=["fever"]).undecided_questions == set()


# Areas

BEHIND = replace(ranked("behind", "no", "yes"), asked_if=(frozenset({("signs", "fever")}),))
DAYS = section(
    "days",
    SLEEP,
    SIGNS,
    BEHIND,
    ranked("rent", "paid", "owed", need=False),
    ranked("home", "safe", "unsafe", private=True),
    some=2,
    a_lot=5,
)
AREAS = small(DAYS, section("nights", ALONE), section("weeks", ranked("work", "some", "none"), some=1), rules={})


@pytest.mark.parametrize(
    ("answers", "score", "level", "highest_level", "answered", "asked"),
    [
        ({}, 0, "little", "a lot", 0, 2),
        ({"sleep": "well", "signs": []}, 0, "little", "little", 2, 2),
        ({"sleep": "badly", "signs": ["shaking"]}, 2, "some", "some", 2, 2),
        ({"sleep": "badly", "signs": ["fever", "shaking"], "behind": "no"}, 4, "some", "some", 3, 3),
        ({"sleep": "never", "signs": ["fever"], "behind": "yes"}, 6, "a lot", "a lot", 3, 3),
        ({"sleep": SKIPPED, "signs": []}, 0, "little", "some", 1, 2),
        ({"sleep": "badly", "signs": SKIPPED, "behind": SKIPPED}, 1, "little", "a lot", 1, 3),
        (
            {"sleep": "badly", "signs": [], "behind": "yes", "rent": "owed", "home": "unsafe"},
            1,
            "little",
            "little",
            2,
            2,
        ),
    ],
)
def test_area_sums_scores_of_asked_questions(
    answers: Mapping[str, object], score: int, level: str, highest_level: str, answered: int, asked: int
) -> None:
    assert decided(AREAS, **answers).areas[0] == Area(
        section=DAYS,
        score=score,
        maximum=6,
        level=AreaLevel(level),
        highest_level=AreaLevel(highest_level),
        answered=answered,
        asked=asked,
    )


def test_areas_are_sections_with_levels() -> None:
    assert [each.section.id for each in decided(AREAS).areas] == ["days", "weeks"]
