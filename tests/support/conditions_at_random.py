"""Random valid conditions."""

from math import prod
from random import Random
from typing import Any

__all__ = ["RANKED", "Conditions", "Noun"]

RANKED = ("ranked", "number")
"""The kinds of questions that are tested with `at least`."""

Noun = dict[str, Any]
MOST_NEEDS = 60
"""Maximum estimated needs per condition, well below the limit of 1,000."""


class Conditions:
    """Generates conditions over the questions, signs and alerts generated so far."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.asked: list[Noun] = []
        self.need: set[str] = set()
        self.areas: list[tuple[str, list[str]]] = []
        self.signs: list[Noun] = []
        self.alerts: list[Noun] = []
        self.needs_of: dict[str, int] = {}
        """Upper bound of the needs of a sign, or of the rules of an alert."""

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def test(self, question: Noun) -> Noun:
        names = list(question["options"])
        if question.get("kind", "ranked") in RANKED:
            return {"at least": self.rng.choice(names[1:])}
        chosen = self.rng.sample(names, self.rng.randint(1, min(2, len(names))))
        return {"any of": chosen if len(chosen) > 1 or self.maybe(0.5) else chosen[0]}

    def condition(self, use: str, depth: int) -> tuple[Noun, int]:
        """Return a random condition and an upper bound of its needs."""
        for _ in range(10):
            found: Noun = {}
            needs = 1
            for _ in range(self.rng.choice([1, 1, 2])):
                key, value, more = self.entry(use, depth)
                if key not in found:
                    found[key] = value
                    needs *= more
            if needs <= MOST_NEEDS:
                return found, needs
        key, value, needs = self.leaf(use)
        return {key: value}, needs

    def entry(self, use: str, depth: int) -> tuple[str, Any, int]:
        shared = use in ("rule", "point", "alert rule") and self.maybe(0.15)
        if shared and (names := self.shared_by(use)):
            key, name = self.rng.choice(names)
            return key, self.rng.choice([name, [name]]), self.needs_of.get(name, self.level_needs(name))
        if use == "point" and self.maybe(0.25):
            if self.areas and self.maybe(0.5):
                area, levels = self.rng.choice(self.areas)
                return "areas", {area: self.rng.choice(levels)}, 1
            return "not", *self.condition(use, depth - 1)
        if depth <= 0 or self.maybe(0.4):
            return self.leaf(use)
        parts = [self.condition(use, depth - 1) for _ in range(self.rng.randint(2, 3))]
        return self.joined([part for part, _ in parts], [needs for _, needs in parts])

    def joined(self, parts: list[Noun], needs: list[int]) -> tuple[str, Any, int]:
        together = needs[0] * needs[1] * (needs[2] if len(needs) > 2 else 1)
        match self.rng.choice(["all", "any", "any", "some"]):
            case "all":
                return "all", parts, together
            case "any":
                return "any", parts, sum(needs)
            case _:
                number = self.rng.randint(1, len(parts))
                return "some", {"at least": str(number), "of": parts}, max(sum(needs), together) * len(parts)

    def shared_by(self, use: str) -> list[tuple[str, str]]:
        """Return the signs, alerts and alert levels that such a condition may name."""
        names = [("sign", sign["id"]) for sign in self.signs]
        if use != "alert rule":
            public = [alert for alert in self.alerts if alert["id"] in self.needs_of]
            names += [("alert", alert["id"]) for alert in public]
            names += [("alert-level", alert["level"]) for alert in public]
        return names

    def level_needs(self, level: str) -> int:
        return sum(self.needs_of.get(alert["id"], 0) for alert in self.alerts if alert["level"] == level)

    def leaf(self, use: str) -> tuple[str, Noun, int]:
        """Return a test of one question and an upper bound of its needs, including its gate."""
        able = [
            question
            for question in self.asked
            if ("private" in question) == (use == "private rule")
            and "options" in question
            and (use == "point" or question["id"] in self.need)
        ]
        question = self.rng.choice(able)
        test = self.test(question)
        needs = len(test["any of"]) if isinstance(test.get("any of"), list) else 1
        return question["id"], test, needs * gate_needs(question)


def gate_needs(question: Noun) -> int:
    return max(1, sum(prod(map(alternatives, gate.get("all", [gate]))) for gate in question.get("ask when", ())))


def alternatives(gate: Noun) -> int:
    (test,) = gate.values()
    return len(test["any of"]) if isinstance(test.get("any of"), list) else 1
