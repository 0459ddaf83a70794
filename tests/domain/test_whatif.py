"""What-if search on small questionnaires: which answers are tried, and which changes are returned."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from iop_fit.domain import whatif
from iop_fit.domain.assess import assess
from iop_fit.domain.decision import decide
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.whatif import find_changes, search_completed
from iop_fit.outline.blocks import Block, Heading, Paragraph
from iop_fit.outline.parts import reasons
from support import DAY
from support.by_hand import SKIPPED, alert, ranked, rule, several, sheet, small
from support.scripted import calm_sheet

Found = tuple[dict[str, tuple[str, int]], str]
"""By question, the new answer and its distance in options; and the direction it leads to."""


def changes(questionnaire: Questionnaire, **answers: object) -> list[Found]:
    given: Mapping[str, object] = answers
    decision = decide(questionnaire, sheet(given))  # type: ignore[arg-type]
    found = find_changes(decision)
    for change in found:
        named = [step.question.id for step in change.steps]
        assert named == [name for name in questionnaire.questions if name in named]
        for step in change.steps:
            answer = given[step.question.id]
            assert step.before == ((answer,) if isinstance(answer, str) else answer)
    return [
        (
            {step.question.id: (" ".join(step.after), step.distance) for step in change.steps},
            change.direction.id,
        )
        for change in found
    ]


SLEEP = ranked("sleep", "well", "mostly", "badly", "hardly", "never")


def test_changes_take_the_nearest_option_each_way() -> None:
    questionnaire = small(
        SLEEP, rules={"bad": rule("more", {"sleep": "badly"}), "no": rule("most", {"sleep": "never"})}
    )
    assert changes(questionnaire, sleep="well") == [({"sleep": ("badly", 2)}, "more")]
    assert changes(questionnaire, sleep="badly") == [
        ({"sleep": ("mostly", -1)}, "less"),
        ({"sleep": ("never", 2)}, "most"),
    ]
    assert changes(questionnaire, sleep="hardly") == [
        ({"sleep": ("mostly", -2)}, "less"),
        ({"sleep": ("never", 1)}, "most"),
    ]
    assert changes(questionnaire, sleep="never") == [({"sleep": ("hardly", -1)}, "more")]


def test_changes_never_go_below_the_goal() -> None:
    questionnaire = small(
        replace(SLEEP, goal="mostly"),
        rules={"any": rule("more", {"sleep": "mostly"}), "bad": rule("most", {"sleep": "badly"})},
    )
    assert changes(questionnaire, sleep="hardly") == [({"sleep": ("mostly", -2)}, "more")]
    assert changes(questionnaire, sleep="mostly") == [({"sleep": ("badly", 1)}, "most")]
    assert changes(questionnaire, sleep="well") == [({"sleep": ("mostly", 1)}, "more")]


def test_changes_leave_out_questions_of_urgent_alerts() -> None:
    def found(level: AlertLevel) -> list[Found]:
        questionnaire = small(
            SLEEP,
            rules={"bad": rule("more", {"sleep": "badly"}), "told": rule("told", {"sleep": "never"})},
            alerts=[alert("told", level)],
        )
        return changes(questionnaire, sleep="badly")

    assert found(AlertLevel.SAME_DAY) == []
    assert found(AlertLevel.ALWAYS) == [({"sleep": ("mostly", -1)}, "less")]


def test_changes_add_or_remove_one_of_several() -> None:
    questionnaire = small(
        several("signs", shaking=0, fever=0, sweat=0),
        rules={
            "fever": rule("more", {"signs": "fever"}),
            "sweat": rule("most", {"signs": "sweat"}),
        },
    )
    assert changes(questionnaire, signs=()) == [({"signs": ("fever", 1)}, "more")]
    assert changes(questionnaire, signs=("shaking", "fever")) == [
        ({"signs": ("shaking", -1)}, "less"),
        ({"signs": ("shaking fever sweat", 1)}, "most"),
    ]
    assert changes(questionnaire, signs=("fever", "sweat")) == [({"signs": ("fever", -1)}, "more")]


def test_changes_try_only_changeable_answers() -> None:
    fixed = ranked("fixed", "no", "yes", changeable=False)
    named = ranked("named", "no", "yes")
    free = ranked("free", "no", "yes")
    questionnaire = small(
        fixed,
        named,
        free,
        rules={
            "all": rule("more", {"fixed": "yes", "named": "yes", "free": "yes"}),
            "alert": rule("call", {"named": "yes"}),
        },
        alerts=[alert("call")],
    )
    assert changes(questionnaire, fixed="yes", named="yes", free="yes") == [({"free": ("no", -1)}, "less")]
    assert changes(questionnaire, fixed="yes", named="yes", free="no") == [({"free": ("yes", 1)}, "more")]
    assert changes(questionnaire, fixed="yes", named="yes", free=SKIPPED) == []
    assert changes(questionnaire, fixed="yes", named="yes") == []


# Two answers together


def test_changes_pair_questions_only_if_needed() -> None:
    questionnaire = small(
        *(ranked(name, "no", "yes") for name in ("home", "a", "b", "c")),
        rules={
            "one": rule("more", {"home": "yes", "a": "yes"}),
            "other": rule("more", {"home": "yes", "b": "yes"}),
            "higher": rule("most", {"home": "yes", "c": "yes"}),
        },
    )
    assert changes(questionnaire, home="yes", a="yes", b="yes", c="no") == [
        ({"home": ("no", -1)}, "less"),
        ({"a": ("no", -1), "b": ("no", -1)}, "less"),
        ({"c": ("yes", 1)}, "most"),
    ]
    assert changes(questionnaire, home="yes", a="yes", b="no", c="no") == [
        ({"home": ("no", -1)}, "less"),
        ({"a": ("no", -1)}, "less"),
        ({"c": ("yes", 1)}, "most"),
    ]


def test_changes_of_pairs_take_the_shortest_distance() -> None:
    """Lowering both by two and one, or by one and three, leads to less; lowering one question does not."""
    questionnaire = small(
        ranked("a", "a0", "a1", "a2"),
        ranked("b", "b0", "b1", "b2", "b3"),
        rules={"any": rule("more", {"a": "a2"}, {"b": "b3"}, {"a": "a1", "b": "b1"})},
    )
    assert changes(questionnaire, a="a2", b="b3") == [({"a": ("a0", -2), "b": ("b2", -1)}, "less")]


def test_changes_of_pairs_never_raise_an_answer() -> None:
    questionnaire = small(
        ranked("a", "no", "some", "yes"),
        ranked("b", "no", "some", "yes"),
        rules={
            "b": rule("more", {"b": "some"}),
            "a": rule("more", {"a": "some"}),
            "both": rule("all", {"a": "yes", "b": "yes"}),
        },
    )
    assert changes(questionnaire, a="some", b="some") == [({"a": ("no", -1), "b": ("no", -1)}, "less")]
    assert changes(questionnaire, a="no", b="no") == [({"a": ("some", 1)}, "more"), ({"b": ("some", 1)}, "more")]


# Limits


def test_changes_are_at_most_five() -> None:
    names = ["a", "b", "c", "d", "e", "f"]
    questions = [ranked(name, "no", "yes") for name in names]
    lighter = small(*questions, rules={"all": rule("more", dict.fromkeys(names, "yes"))})
    assert changes(lighter, **dict.fromkeys(names, "yes")) == [({name: ("no", -1)}, "less") for name in "abcde"]
    both_ways = small(
        *questions,
        rules={
            "early": rule("more", {"e": "yes", "f": "yes"}),
            **{name: rule("most", {name: "yes"}) for name in "abcd"},
        },
    )
    assert changes(both_ways, a="no", b="no", c="no", d="no", e="yes", f="yes") == [
        ({"e": ("no", -1)}, "less"),
        ({"f": ("no", -1)}, "less"),
        ({"a": ("yes", 1)}, "most"),
        ({"b": ("yes", 1)}, "most"),
        ({"c": ("yes", 1)}, "most"),
    ]


def test_changes_are_empty_if_no_pair_is_enough() -> None:
    questionnaire = small(
        *(ranked(name, "no", "yes") for name in "abc"),
        rules={name: rule("more", {name: "yes"}) for name in "abc"},
    )
    assert changes(questionnaire, a="yes", b="yes", c="yes") == []


# Early stop


def test_search_completed_is_false_if_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    questionnaire = small(
        SLEEP, ranked("walk", "daily", "never"), rules={"no": rule("more", {"sleep": "badly"}, {"walk": "never"})}
    )
    calm = decide(questionnaire, sheet({"sleep": "well", "walk": "daily"}))
    size = len(questionnaire.questions)  # fewer than ten needs count as nothing
    assert search_completed(calm)
    assert len(find_changes(calm)) == 2
    # Four other answers to one question, and one to the other.
    monkeypatch.setattr(whatif, "MAX_TRIAL_VISITS", 5 * size)
    assert search_completed(calm)
    monkeypatch.setattr(whatif, "MAX_TRIAL_VISITS", 5 * size - 1)
    assert not search_completed(calm)
    monkeypatch.setattr(whatif, "MAX_TRIAL_VISITS", 2 * size)
    assert [change.steps[0].question.id for change in find_changes(calm)] == ["sleep"]
    monkeypatch.setattr(whatif, "MAX_TRIAL_VISITS", 0)
    assert find_changes(calm) == ()


def test_changes_say_if_the_search_was_cut_short(monkeypatch: pytest.MonkeyPatch, questionnaire: Questionnaire) -> None:
    def blocks() -> list[Block]:
        return list(reasons.changes(assess(questionnaire, calm_sheet(questionnaire), on=DAY)))

    assert [block.text for block in blocks() if isinstance(block, Heading)] == ["What could mean more support"]
    monkeypatch.setattr(whatif, "MAX_TRIAL_VISITS", 0)
    assert blocks() == [Paragraph("There are too many answers to try each of them.")]


def test_changes_of_pairs_stop_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    questionnaire = small(
        SLEEP,
        ranked("walk", "daily", "never"),
        rules={"a": rule("more", {"sleep": "badly"}), "b": rule("more", {"walk": "never"})},
    )
    much = decide(questionnaire, sheet({"sleep": "badly", "walk": "never"}))
    assert [len(change.steps) for change in find_changes(much)] == [2]
    monkeypatch.setattr(whatif, "MAX_TRIAL_VISITS", 5 * len(questionnaire.questions))
    assert search_completed(much)
    assert find_changes(much) == ()
