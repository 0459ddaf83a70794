"""Random conditions that a questionnaire may hold."""

from random import Random
from typing import Any

__all__ = ["Conditions", "Noun"]

Noun = dict[str, Any]
MOST_WAYS = 60
"""A rule may have 1,000 needs; these stay well below, however they are nested."""


class Conditions:
    """Makes up conditions over what was made up so far."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.asked: list[Noun] = []
        self.need: set[str] = set()
        self.areas: list[tuple[str, list[str]]] = []
        self.signs: list[Noun] = []
        self.alerts: list[Noun] = []
        self.ways_of: dict[str, int] = {}
        """How many needs a sign, or the rules of an alert, come down to at most."""

    def maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def test(self, question: Noun) -> Noun:
        names = list(question["options"])
        if question.get("kind", "ranked") == "ranked":
            return {"at least": self.rng.choice(names[1:])}
        chosen = self.rng.sample(names, self.rng.randint(1, min(2, len(names))))
        return {"any of": chosen if len(chosen) > 1 or self.maybe(0.5) else chosen[0]}

    def condition(self, use: str, depth: int) -> tuple[Noun, int]:
        """Make up a condition; return it with the most needs it may come down to."""
        for _ in range(10):
            found: Noun = {}
            ways = 1
            for _ in range(self.rng.choice([1, 1, 2])):
                key, value, more = self.entry(use, depth)
                if key not in found:
                    found[key] = value
                    ways *= more
            if ways <= MOST_WAYS:
                return found, ways
        key, value, ways = self.leaf(use)
        return {key: value}, ways

    def entry(self, use: str, depth: int) -> tuple[str, Any, int]:
        shared = use in ("rule", "point", "alert rule") and self.maybe(0.15)
        if shared and (names := self.shared_by(use)):
            key, name = self.rng.choice(names)
            return key, self.rng.choice([name, [name]]), self.ways_of.get(name, self.level_ways(name))
        if use == "point" and self.maybe(0.25):
            if self.areas and self.maybe(0.5):
                area, levels = self.rng.choice(self.areas)
                return "areas", {area: self.rng.choice(levels)}, 1
            return "not", *self.condition(use, depth - 1)
        if depth <= 0 or self.maybe(0.4):
            return self.leaf(use)
        parts = [self.condition(use, depth - 1) for _ in range(self.rng.randint(2, 3))]
        return self.joined([part for part, _ in parts], [ways for _, ways in parts])

    def joined(self, parts: list[Noun], ways: list[int]) -> tuple[str, Any, int]:
        together = ways[0] * ways[1] * (ways[2] if len(ways) > 2 else 1)
        match self.rng.choice(["all", "any", "any", "some"]):
            case "all":
                return "all", parts, together
            case "any":
                return "any", parts, sum(ways)
            case _:
                number = self.rng.randint(1, len(parts))
                return "some", {"at least": str(number), "of": parts}, max(sum(ways), together) * len(parts)

    def shared_by(self, use: str) -> list[tuple[str, str]]:
        """The signs, alerts and levels of alerts that such a condition may name."""
        names = [("sign", sign["id"]) for sign in self.signs]
        if use != "alert rule":
            public = [alert for alert in self.alerts if alert["id"] in self.ways_of]
            names += [("alert", alert["id"]) for alert in public]
            names += [("alert-level", alert["level"]) for alert in public]
        return names

    def level_ways(self, level: str) -> int:
        return sum(self.ways_of.get(alert["id"], 0) for alert in self.alerts if alert["level"] == level)

    def leaf(self, use: str) -> tuple[str, Noun, int]:
        """One question; a gate of two ways doubles the needs."""
        able = [
            question
            for question in self.asked
            if ("private" in question) == (use == "private rule")
            and "options" in question
            and (use == "point" or question["id"] in self.need)
        ]
        question = self.rng.choice(able)
        test = self.test(question)
        ways = len(test["any of"]) if isinstance(test.get("any of"), list) else 1
        return question["id"], test, ways * gate_ways(question)


def gate_ways(question: Noun) -> int:
    tests = [test for way in question.get("ask when", ()) for test in way.values()]
    return max(1, sum(len(test["any of"]) if isinstance(test.get("any of"), list) else 1 for test in tests))
