"""What is shown of a decision: the strongest reasons, the cards, and the points about what decided first."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.condition import AllOf, AnyOf, Condition, HasOptions, Not, OptionSet, evaluate
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Alert, AlertLevel, Point, PointList, Program
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of
from iop_fit.domain.selection.points import CAPS, areas_reached, points_of
from iop_fit.domain.selection.reasons import direction_reasons, strongest
from support.by_hand import SKIPPED, alert, ranked, rule, several, sheet, small
from support.sheets import sheets

DRINKS = ranked("drinks", "none", "some", "many", "most")
NIGHT = ranked("night", "somebody", "nobody")
SIGNS = several("signs", shaking=1, fever=3, sweats=2)

LADDER = small(
    DRINKS,
    NIGHT,
    SIGNS,
    rules={
        "some": rule("more", {"drinks": "some"}),
        "many": rule("more", {"drinks": "many"}),
        "many-alone": rule("most", {"drinks": "many", "night": "nobody"}),
        "fever": rule("more", {"signs": "fever"}),
        "shaking-or-sweats": rule("more", {"signs": "shaking"}, {"signs": "sweats"}),
        "sweats": rule("more", {"signs": "sweats"}),
    },
)


def decided(questionnaire: Questionnaire, **answers: object) -> Decision:
    return decide(questionnaire, sheet(answers))  # type: ignore[arg-type]


def reasons(**answers: object) -> list[str]:
    return [each.id for each in direction_reasons(decided(LADDER, **answers))]


# Reasons


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"drinks": "some"}, ["some"]),
        ({"drinks": "most"}, ["many"]),
        ({"drinks": "most", "night": "nobody"}, ["many-alone"]),
        ({"drinks": "some", "signs": ["fever"]}, ["some", "fever"]),
        ({"signs": ["shaking"]}, ["shaking-or-sweats"]),
        ({"signs": ["sweats"]}, ["shaking-or-sweats"]),
        ({"signs": ["shaking", "sweats"]}, ["shaking-or-sweats"]),
    ],
)
def test_reasons_are_only_the_strongest_rungs(answers: dict[str, object], shown: list[str]) -> None:
    assert reasons(**answers) == shown


def test_weaker_direction_never_hides_a_reason() -> None:
    """The rule of the lower direction was met by more options, but the higher one decided."""
    questionnaire = small(
        SIGNS,
        rules={
            "any": rule("more", {"signs": "shaking"}, {"signs": "sweats"}, {"signs": "fever"}),
            "two": rule("most", {"signs": "shaking"}),
        },
    )
    decision = decided(questionnaire, signs=["shaking", "sweats", "fever"])
    assert [each.id for each in direction_reasons(decision)] == ["two", "any"]


def test_gates_do_not_make_a_reason_stronger() -> None:
    gate = frozenset({("drinks", "some")})
    night = replace(NIGHT, asked_if=(gate,))
    questionnaire = small(
        DRINKS, night, rules={"some": rule("more", {"drinks": "some"}), "alone": rule("more", {"night": "nobody"})}
    )
    gated = [each._replace(gated_needs=frozenset(need | gate for need in each.needs)) for each in questionnaire.rules]
    decision = decided(replace(questionnaire, rules=tuple(gated)), drinks="some", night="nobody")
    assert [each.id for each in direction_reasons(decision)] == ["some", "alone"]


def random_ladder(seed: int) -> Questionnaire:
    rng = Random(seed)
    questions = [ranked(f"q{number}", "o0", "o1", "o2", "o3") for number in range(3)]

    def need() -> dict[str, str]:
        return {each.id: f"o{rng.randint(1, 3)}" for each in rng.sample(questions, rng.randint(1, 3))}

    rules = {
        f"r{n}": rule(rng.choice(["more", "most", "all"]), *(need() for _ in range(rng.randint(1, 2))))
        for n in range(8)
    }
    return small(*questions, rules=rules)


LADDERS = [random_ladder(seed) for seed in range(20)]


@given(st.sampled_from(LADDERS).flatmap(lambda ladder: st.tuples(st.just(ladder), sheets(ladder))))
def test_strongest_keeps_what_implies_the_rest(drawn: tuple[Questionnaire, AnswerSheet]) -> None:
    """Some reason stays, what is left out is implied by one that stays, and choosing again changes nothing."""
    questionnaire, answers = drawn
    decision = decide(questionnaire, answers)
    fired = decision.fired
    shown = strongest(fired)
    rank = questionnaire.rank

    def everything_reached(options: OptionSet) -> OptionSet:
        return frozenset().union(*(questionnaire.questions[name].reach[option] for name, option in options))

    assert bool(shown) == bool(fired)
    for each in fired:
        if each not in shown:
            assert any(
                each.by <= everything_reached(other.by) and rank[other.rule.raises] >= rank[each.rule.raises]
                for other in shown
            )
    assert strongest(shown) == shown
    assert not fired or any(each.rule.raises == decision.lowest.id for each in shown)
    for each in shown:
        assert not any(each.by < other.by and other.rule.raises == each.rule.raises for other in fired)


# Cards

STOPPING = small(
    DRINKS,
    SIGNS,
    NIGHT,
    rules={
        "some": rule("check", {"drinks": "some"}),
        "shaking": rule("today", {"signs": "shaking"}),
        "many-shaking": rule("today", {"signs": "shaking", "drinks": "many"}),
        "fever": rule("now", {"signs": "fever"}),
        "alone": rule("talk", {"night": "nobody"}),
    },
    alerts=[
        alert("talk", AlertLevel.ALWAYS),
        alert("check", AlertLevel.MEDICAL_FIRST, card="stopping"),
        alert("today", AlertLevel.SAME_DAY, card="stopping"),
        alert("now", AlertLevel.EMERGENCY, card="stopping"),
    ],
)


def cards(**answers: object) -> list[tuple[str, str]]:
    return [(card.alert.alert.id, card.reason.id) for card in cards_of(decided(STOPPING, **answers))]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"drinks": "none"}, []),
        ({"drinks": "some", "night": "nobody"}, [("check", "some"), ("talk", "alone")]),
        ({"drinks": "some", "signs": ["shaking"]}, [("today", "shaking")]),
        ({"drinks": "many", "signs": ["shaking"]}, [("today", "many-shaking")]),
        ({"drinks": "many", "night": "nobody", "signs": ["shaking", "fever"]}, [("now", "fever")]),
    ],
)
def test_card_shows_its_strongest_alert_and_reason(answers: dict[str, object], shown: list[tuple[str, str]]) -> None:
    assert cards(**answers) == shown


def test_emergencies_on_different_cards_are_all_shown() -> None:
    questionnaire = small(
        SIGNS,
        rules={each: rule(each, {"signs": each}) for each in ("shaking", "fever", "sweats")},
        alerts=[
            alert("shaking", AlertLevel.CRISIS),
            alert("fever", AlertLevel.EMERGENCY),
            alert("sweats", AlertLevel.EMERGENCY),
        ],
    )
    shown = cards_of(decided(questionnaire, signs=["shaking", "fever", "sweats"]))
    assert [card.alert.alert.id for card in shown] == ["fever", "sweats"]


def test_alerts_have_cards_of_their_own_by_default() -> None:
    questionnaire = small(
        SIGNS,
        rules={each: rule(each, {"signs": each}) for each in ("shaking", "fever")},
        alerts=[alert("shaking"), alert("fever")],
    )
    assert len(cards_of(decided(questionnaire, signs=["shaking", "fever"]))) == 2


# Points


def option(question: str, name: str) -> HasOptions:
    return HasOptions(frozenset(LADDER.questions[question].reach[name]))


def point(name: str, when: Condition | None = None, kind: PointList = PointList.FITS) -> Point:
    return Point(name, ("iop",), kind, name, when)


def with_points(*points: Point, alerts: Sequence[Alert] = ()) -> Questionnaire:
    return replace(
        LADDER, programs=(Program("iop", "IOP", "IOP", "Days."),), points=points, alerts=(*LADDER.alerts, *alerts)
    )


def chosen(questionnaire: Questionnaire, **answers: object) -> list[tuple[str, bool]]:
    return [(each.point.id, each.shown) for each in points_of(decided(questionnaire, **answers))]


ALWAYS = [point(f"always-{number}") for number in range(CAPS[PointList.FITS])]


def test_points_about_what_decided_come_first() -> None:
    questionnaire = with_points(*ALWAYS, point("fever", option("signs", "fever")))
    assert chosen(questionnaire, signs=["fever"]) == [
        ("fever", True),
        ("always-0", True),
        ("always-1", True),
        ("always-2", False),
    ]


def test_points_about_other_answers_keep_their_place() -> None:
    """Here `many-alone` decides by two answers; the fever raises less, and `not` names nothing."""
    questionnaire = with_points(
        *ALWAYS[:1],
        point("fever", option("signs", "fever")),
        point("no-sweats", Not(option("signs", "sweats"))),
        point("untrue-part", AnyOf((option("drinks", "most"), option("signs", "fever")))),
        point("night", AllOf((option("night", "nobody"), Not(option("signs", "sweats"))))),
    )
    order = [name for name, _ in chosen(questionnaire, drinks="many", night="nobody", signs=["fever"])]
    assert order == ["night", "always-0", "fever", "no-sweats", "untrue-part"]


def test_not_names_nothing_that_decided() -> None:
    either = AnyOf((Not(option("signs", "fever")), option("night", "nobody")))
    questionnaire = with_points(*ALWAYS[:1], point("either", either))
    assert [name for name, _ in chosen(questionnaire, night="nobody", signs=["fever"])] == ["always-0", "either"]


def test_points_about_a_raised_alert_come_first() -> None:
    questionnaire = replace(
        with_points(*ALWAYS, point("sweats", option("signs", "sweats")), alerts=[alert("call")]),
        rules=small(SIGNS, rules={"sweats": rule("call", {"signs": "sweats"})}).rules,
    )
    assert chosen(questionnaire, signs=["sweats"])[0] == ("sweats", True)
    assert chosen(questionnaire, signs=SKIPPED) == [(each.id, True) for each in ALWAYS]


def conditions() -> st.SearchStrategy[Condition]:
    tests = st.sampled_from([option(q.id, o) for q in LADDER.questions.values() for o in q.reach if q.reach[o]])
    return st.recursive(
        tests,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=1, max_size=3).map(lambda some: AllOf(tuple(some))),
            st.lists(inner, min_size=1, max_size=3).map(lambda some: AnyOf(tuple(some))),
        ),
        max_leaves=4,
    )


@settings(max_examples=60)
@given(st.lists(st.one_of(st.none(), conditions()), max_size=8), sheets(LADDER))
def test_order_never_changes_which_points_apply(whens: list[Condition | None], answers: AnswerSheet) -> None:
    questionnaire = with_points(*(point(f"p{number}", when) for number, when in enumerate(whens)))
    decision = decide(questionnaire, answers)
    certain, possible = areas_reached(decision)
    found = list(points_of(decision))
    assert {each.point for each in found} == {
        each for each in questionnaire.points if each.when is None or evaluate(each.when, certain, possible) is True
    }
    assert [each.shown for each in found] == [place < CAPS[PointList.FITS] for place in range(len(found))]
