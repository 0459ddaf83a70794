"""Sabotages of a questionnaire that still loads, each with the code of the finding it should cause."""

from collections.abc import Callable, Iterator
from random import Random

from support.conditions_at_random import RANKED, Noun

__all__ = ["SABOTAGES", "sabotaged"]

MAIN = {"fits": 3, "plan for": 3, "ask": 6}
"""Lists about a program, with their caps."""


def sabotaged(questionnaire: Noun, number: int) -> str:
    """Apply the first applicable sabotage, counting from `number`; return its name."""
    rng = Random(number)
    names = list(SABOTAGES)
    for place in range(len(names)):
        name = names[(number + place) % len(names)]
        if SABOTAGES[name][1](questionnaire, rng):
            return name
    raise AssertionError("nothing can be sabotaged")


def rule_that_asks_for_more(whole: Noun, rng: Random) -> bool:
    """Add a rule that requires the same as another rule and more."""
    private = {alert["id"] for alert in whole["alerts"] if "private" in alert}
    rule = rng.choice([rule for rule in whole["rules"] if rule["raises"] not in private])
    when = {"all": [rule["when"], first_answer(whole)]}
    copy = {key: value for key, value in rule.items() if key != "adds"}
    whole["rules"].append({**copy, "id": "sabotage", "when": when})
    return True


def alert_without_rules(whole: Noun, rng: Random) -> bool:
    """Remove all rules of an alert."""
    alerts = alerts_not_named(whole)
    for alert in rng.sample(alerts, min(1, len(alerts))):
        whole["rules"] = [rule for rule in whole["rules"] if rule["raises"] != alert["id"]]
    return bool(alerts)


def direction_without_rules(whole: Noun, rng: Random) -> bool:
    direction = rng.choice(whole["directions"][1:])
    whole["rules"] = [rule for rule in whole["rules"] if rule["raises"] != direction["id"]]
    return True


def direction_below_another(whole: Noun, rng: Random) -> bool:
    """Make whatever raises one direction raise a higher one too."""
    if len(whole["directions"]) < 3:
        return False
    place = rng.randrange(1, len(whole["directions"]) - 1)
    lower, higher = whole["directions"][place], whole["directions"][-1]
    repeat_rules(whole, lower["id"], higher["id"])
    return True


def direction_withheld(whole: Noun, rng: Random) -> bool:
    """Make whatever raises a direction raise an alert that withholds it."""
    alerts = [alert for alert in alerts_not_named(whole) if "private" not in alert]
    direction = rng.choice(whole["directions"][1:])["id"]
    whens = [rule["when"] for rule in whole["rules"] if rule["raises"] == direction]
    if not alerts or any(value for when in whens for value in alerts_in(when)):
        return False  # a rule of an alert can't name alerts
    alert = rng.choice(alerts)
    alert["withholds"] = "yes"
    repeat_rules(whole, direction, alert["id"])
    return True


def alert_behind_a_gate(whole: Noun, rng: Random) -> bool:
    """Make an alert's only rule name just a gated question; add a gate if there is none."""
    raised = [rule["raises"] for rule in whole["rules"]]
    alerts = [alert["id"] for alert in whole["alerts"] if "private" not in alert and alert["id"] in raised]
    asked = [question for question, section in questions_of(whole) if is_need(question, section)]
    tests = [gate.get("all", [gate]) for question, _ in questions_of(whole) for gate in question.get("ask when", ())]
    gates = {name for several in tests for test in several for name in test}
    gated = [question for question in asked if "ask when" in question]
    able = gated or [question for question in asked[1:] if question["id"] not in gates]
    if not alerts or not able:
        return False
    alert, question = rng.choice(alerts), rng.choice(able)
    if not gated:
        question["ask when"] = [highest(asked[0])]
    first = raised.index(alert)
    whole["rules"][first]["when"] = highest(question)
    whole["rules"] = [each for place, each in enumerate(whole["rules"]) if place <= first or each["raises"] != alert]
    return True


def point_that_contradicts_itself(whole: Noun, rng: Random) -> bool:
    points = [point for point in points_of(whole) if "when" in point]
    for point in rng.sample(points, min(1, len(points))):
        point["when"] = {"all": [point["when"], {"not": point["when"]}]}
    return bool(points)


def point_behind_a_full_list(whole: Noun, rng: Random) -> bool:
    if not whole["programs"]:
        return False
    name = rng.choice(list(MAIN))
    more = {"why": "It differs.", "listen for": "A clear reply."} if name == "ask" else {}
    first = whole["sections"][0]
    filling = [{"id": f"sabotage{n}", "list": name, "text": "Talk.", **more} for n in range(MAIN[name] + 1)]
    first["points"] = [*filling, *first.get("points", ())]
    return True


def program_without_points(whole: Noun, rng: Random) -> bool:
    """Make every point about a program require an answer to the first question."""
    if not whole["programs"]:
        return False
    program = rng.choice(whole["programs"])["id"]
    for point in points_of(whole):
        spoken_of = point.get("for", program)
        if point["list"] in MAIN and program in ([spoken_of] if isinstance(spoken_of, str) else spoken_of):
            point["when"] = {"all": [point.get("when", first_answer(whole)), first_answer(whole)]}
    return True


def threshold_lowered(whole: Noun, rng: Random) -> bool:
    """Lower one `at least` of a rule to the lowest valid option."""
    options = {question["id"]: list(question.get("options", ())) for question, _ in questions_of(whole)}
    able = [test for rule in whole["rules"] for test in thresholds(rule["when"], options)]
    lowered = [(name, test) for name, test in able if test["at least"] != options[name][1]]
    for name, test in rng.sample(lowered, min(1, len(lowered))):
        test["at least"] = options[name][1]
    return bool(lowered)


def options_swapped(whole: Noun, rng: Random) -> bool:
    """Swap the two highest options of a ranked question, but not their scores."""
    able = [
        question
        for question, _ in questions_of(whole)
        if question.get("kind", "ranked") in RANKED and len(question["options"]) > 2
    ]
    for question in rng.sample(able, min(1, len(able))):
        names, labels = list(question["options"]), list(question["options"].values())
        question["options"] = dict(zip([*names[:-2], names[-1], names[-2]], labels, strict=True))
    return bool(able)


def repeat_rules(whole: Noun, lower: str, higher: str) -> None:
    for rule in [rule for rule in whole["rules"] if rule["raises"] == lower]:
        copy = {key: value for key, value in rule.items() if key != "adds"}
        whole["rules"].append({**copy, "id": f"{rule['id']}-again", "raises": higher})


def questions_of(whole: Noun) -> list[tuple[Noun, Noun]]:
    return [(question, section) for section in whole["sections"] for question in section["questions"]]


def points_of(whole: Noun) -> list[Noun]:
    return [point for part in (*whole["sections"], whole) for point in part.get("points", ())]


def is_need(question: Noun, section: Noun) -> bool:
    scored = question.get("kind", "ranked") in (*RANKED, "several")
    return scored and section["kind"] == "need" and "need" not in question and "private" not in question


def highest(question: Noun) -> Noun:
    return {
        question["id"]: {"any of" if question.get("kind") == "several" else "at least": list(question["options"])[-1]}
    }


def first_answer(whole: Noun) -> Noun:
    return highest(whole["sections"][0]["questions"][0])


def alerts_not_named(whole: Noun) -> list[Noun]:
    """Return the alerts that no condition names by id or level."""
    whens = [noun["when"] for noun in (*whole["rules"], *points_of(whole)) if "when" in noun]
    named = {name for when in whens for name in alerts_in(when)}
    return [alert for alert in whole["alerts"] if not {alert["id"], alert["level"]} & named]


def alerts_in(when: object) -> Iterator[str]:
    """Yield the alert ids and levels that a condition names at any depth."""
    entries = (
        when.items() if isinstance(when, dict) else [("", each) for each in when] if isinstance(when, list) else ()
    )
    for key, value in entries:
        if key in ("alert", "alert-level"):
            yield from [value] if isinstance(value, str) else value
        else:
            yield from alerts_in(value)


def thresholds(when: object, options: dict[str, list[str]]) -> Iterator[tuple[str, Noun]]:
    entries = (
        when.items() if isinstance(when, dict) else [("", each) for each in when] if isinstance(when, list) else ()
    )
    for key, value in entries:
        if key in options and "at least" in value:
            yield key, value
        else:
            yield from thresholds(value, options)


SABOTAGES: dict[str, tuple[str, Callable[[Noun, Random], bool]]] = {
    "a rule that asks for more": ("idle-rule", rule_that_asks_for_more),
    "an alert without rules": ("unreachable-alert", alert_without_rules),
    "a direction without rules": ("unreachable-direction", direction_without_rules),
    "a direction below another": ("unreachable-direction", direction_below_another),
    "a direction withheld": ("unreachable-direction", direction_withheld),
    "an alert behind a gate": ("silent-alert", alert_behind_a_gate),
    "a point that contradicts itself": ("hidden-point", point_that_contradicts_itself),
    "a point behind a full list": ("hidden-point", point_behind_a_full_list),
    "a program without points": ("program-without-point", program_without_points),
    "a threshold lowered": ("", threshold_lowered),
    "options swapped": ("", options_swapped),
}
"""By name: the expected code (empty if any may follow), and a function that returns whether it applied."""
