"""Check the statements of `check` with a solver that reads the questionnaire independently."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from pathlib import Path
from typing import Any

import clingo

from support import TESTS
from support.as_written import Noun, Whole, is_need, kind_of, listed, options_named, read, said

RULES = TESTS / "second_opinion" / "rules.lp"
CAPS = {"fits": 3, "plan for": 3, "ask": 6, "warning sign": 7, "cost help": 3, "call": 1}
MAIN = ("fits", "plan for", "ask")
LEVELS = ("some", "a lot")
Verdicts = dict[str, set[str]]
Need = frozenset[tuple[str, int]]


class Facts:
    """A questionnaire as facts for rules.lp."""

    def __init__(self, whole: Whole) -> None:
        self.lines: list[str] = []
        self.nodes = 0
        self.alternatives: dict[int, list[Need]] = {}
        """The smallest sets of options that make each node true; only for nodes that rules can have."""
        self.options = {
            question["id"]: {option: place for place, option in enumerate(question.get("options", ()))}
            for question, _ in whole.questions
        }
        self.kinds = {question["id"]: kind_of(question) for question, _ in whole.questions}
        self.levels = {section["section"]: section.get("levels", {}) for section in whole.sections}
        self.signs: dict[str, int] = {}
        self.of_alert: dict[str, list[int]] = {}
        self.of_level: dict[str, list[str]] = {}
        for question, section in whole.questions:
            self.question(question, section)
        self.guidance(whole)
        self.points(whole)

    def say(self, name: str, *values: str | int) -> None:
        """Add one fact; texts are quoted."""
        terms = ",".join(str(value) if isinstance(value, int) else f'"{value}"' for value in values)
        self.lines.append(f"{name}({terms}).")

    def question(self, question: Noun, section: Noun) -> None:
        name, kind = question["id"], kind_of(question)
        self.lines.append(f'question("{name}",{kind}).')
        for place in self.options[name].values():
            self.say("option", name, place)
        if "at most" in question:
            self.say("at_most", name, int(question["at most"]))
        for item, gate in enumerate(question.get("ask when", ())):
            for number, each in enumerate(gate.get("all", [gate])):
                ((other, test),) = each.items()
                for option in options_named(test):
                    self.say("gate", name, item, number, other, self.options[other][option])
        if is_need(question, section):
            self.say("need", name)
        if said(question, "private"):
            self.say("private", name)
        elif is_need(question, section) and section.get("levels"):
            self.scores(question, section)

    def scores(self, question: Noun, section: Noun) -> None:
        self.say("counts", section["section"], question["id"])
        scores = []
        for place, option in enumerate(question["options"].values()):
            usual = place if kind_of(question) == "ranked" else 1
            scores.append(int(option.get("score", usual)) if isinstance(option, dict) else usual)
            self.say("score", question["id"], place, scores[-1])
        below = 0
        for score in sorted(set(scores) - {0}):
            self.say("step", question["id"], score, score - below)
            below = score

    def guidance(self, whole: Whole) -> None:
        """The rules of alerts are read first, since others may name alerts."""
        alerts = {alert["id"]: alert for alert in whole.nouns("alerts")}
        ranks = {direction["id"]: rank for rank, direction in enumerate(whole.nouns("directions"))}
        for rank in ranks.values():
            self.say("direction", rank)
        for name, alert in alerts.items():
            self.of_alert[name] = []
            self.of_level.setdefault(alert["level"], []).append(name)
            for key, fact in (("withholds", "withholds"), ("private", "private_alert")):
                if said(alert, key):
                    self.say(fact, name)
        for sign in whole.nouns("signs"):
            self.signs[sign["id"]] = self.condition(sign["when"])
        for rule in sorted(whole.nouns("rules"), key=lambda rule: rule["raises"] in ranks):
            node, raises = self.condition(rule["when"]), rule["raises"]
            self.say("rule", rule["id"], node)
            self.needs(rule["id"], node)
            if raises in ranks:
                self.say("lifts", rule["id"], ranks[raises])
            else:
                self.say("warns", rule["id"], raises)
                self.of_alert[raises] += [] if said(alerts[raises], "private") else [node]
            for addition in listed(rule.get("adds", [])):
                self.say("adds", rule["id"], addition)

    def needs(self, rule: str, node: int) -> None:
        """Add the smallest sets of options that make a rule true."""
        for number, need in enumerate(self.alternatives.get(node, ())):
            self.say("needed", rule, number)
            for name, place in need:
                self.say("needs", rule, number, name, place)

    def points(self, whole: Whole) -> None:
        programs = [program["id"] for program in whole.nouns("programs")]
        for program in programs:
            self.say("program", program)
        for name, cap in CAPS.items():
            self.say("cap", name, cap)
        for name in MAIN:
            self.say("main", name)
        for place, point in enumerate(whole.points):
            self.say("point", place, point["list"])
            if "when" in point:
                self.say("conditional", place, self.condition(point["when"]))
            spoken_of = listed(point.get("for", [])) or programs
            for program in sorted(set(spoken_of)):
                self.say("speaks", place, program, spoken_of.count(program))

    def condition(self, when: Noun) -> int:
        """Add a mapping, all of whose entries must be true; return its node."""
        return self.some(None, [self.entry(key, value) for key, value in when.items()])

    def entry(self, key: str, value: Any) -> int:  # noqa: ANN401 - a text, a list or a mapping, as the key wants
        match key:
            case "all":
                return self.some(None, map(self.condition, value))
            case "any":
                return self.some(1, map(self.condition, value))
            case "some":
                return self.some(int(value["at least"]), map(self.condition, value["of"]))
            case "not":
                inner = self.condition(value)
                return self.node("negated", inner)
            case "sign":
                return self.some(None, [self.signs[name] for name in listed(value)])
            case "alert":
                return self.some(1, [node for name in listed(value) for node in self.of_alert[name]])
            case "alert-level":
                names = [name for level in listed(value) for name in self.of_level[level]]
                return self.some(1, [node for name in names for node in self.of_alert[name]])
            case "areas":
                return self.some(None, [self.area(section, level) for section, level in value.items()])
            case _:
                return self.some(1, [self.leaf(key, self.options[key][option]) for option in options_named(value)])

    def area(self, section: str, level: str) -> int:
        """Add the test of an area level; a higher level passes, and a level that the section lacks never does."""
        begins = [
            int(self.levels[section][name]) for name in LEVELS[LEVELS.index(level) :] if name in self.levels[section]
        ]
        return self.node("area", section, min(begins)) if begins else self.some(1, ())

    def leaf(self, name: str, place: int) -> int:
        """Add the test of an option; on a ranked question it includes all but the first of those below."""
        node = self.node("leaf", name, place)
        lowest = 1 if self.kinds[name] == "ranked" else place
        self.alternatives[node] = [frozenset((name, each) for each in range(lowest, place + 1))]
        return node

    def node(self, name: str, *values: str | int) -> int:
        self.nodes += 1
        self.say(name, self.nodes, *values)
        return self.nodes

    def some(self, number: int | None, parts: Iterable[int]) -> int:
        """Add the condition that at least `number` of the parts are true; None means all."""
        parts = list(parts)
        node = self.node("count", len(parts) if number is None else number)
        for place, part in enumerate(parts):
            self.say("part", node, place, part)
        if all(part in self.alternatives for part in parts):
            chosen = combinations([self.alternatives[part] for part in parts], len(parts) if number is None else number)
            self.alternatives[node] = smallest(frozenset().union(*each) for some in chosen for each in product(*some))
        return node


def smallest(needs: Iterable[Need]) -> list[Need]:
    """Return the needs that contain no other one."""
    kept: list[Need] = []
    for need in sorted(set(needs), key=len):
        if not any(other <= need for other in kept):
            kept.append(need)
    return kept


def solved(whole: Whole, base: str) -> dict[str, set[str]]:
    """Return everything that some sheet, or pair of sheets, shows; the solver takes the union in one search."""

    complaints: list[str] = []
    control = clingo.Control(["--enum-mode=brave"], logger=lambda _, message: complaints.append(message))
    control.load(str(RULES))
    control.add("base", [], "\n".join(Facts(whole).lines))
    control.ground([("base", []), (base, [])])
    assert complaints == []
    found: dict[str, set[str]] = {}
    with control.solve(yield_=True) as handle:
        last: Iterator[clingo.Symbol] = iter(())
        for model in handle:
            last = iter(model.symbols(shown=True))
        for symbol in last:
            kind, value = symbol.arguments
            found.setdefault(kind.name, set()).add(
                value.string if value.type is clingo.SymbolType.String else str(value)
            )
    return found


def verdicts(path: Path) -> Verdicts:
    """Return the findings about all complete sheets of a questionnaire, as ids by code."""
    whole = read(path)
    one, two = solved(whole, "one_sheet"), solved(whole, "two_sheets")

    def never(kind: str, ids: Mapping[str, str]) -> set[str]:
        return {name for number, name in ids.items() if number not in one.get(kind, ())}

    broken = two.get("counterexample", set())
    return {
        "unreachable-direction": never("direction", by_place(whole.nouns("directions"))),
        "unreachable-alert": never("alert", by_id(whole.nouns("alerts"))),
        "idle-rule": never("rule", by_id(whole.nouns("rules"))) - rewording(whole),
        "silent-alert": one.get("silence", set()),
        "hidden-point": never("point", by_place(whole.points)),
        "program-without-point": one.get("nothing_of", set()),
        "more-never-lowers": broken & {"more"},
        "practical-changes-nothing": broken & {"practical"},
        "private-changes-nothing-else": broken & {"private"},
        "every-question-asked": never("question", by_id([question for question, _ in whole.questions])),
    }


def rewording(whole: Whole) -> set[str]:
    """Return the rules that require more than rules that they reword, and so only give a more exact reason."""
    facts = Facts(whole)
    rules = by_name(whole.nouns("rules"))
    needs = {name: facts.alternatives.get(facts.condition(rule["when"]), []) for name, rule in rules.items()}
    found = set[str]()
    for name, rule in rules.items():
        reworded = [each for each in listed(rule.get("rewords", [])) if rules[each]["raises"] == rule["raises"]]
        less = [need for each in reworded for need in needs[each]]
        if less and needs[name] and all(any(need < more for need in less) for more in needs[name]):
            found.add(name)
    return found


def by_name(nouns: Iterable[Noun]) -> dict[str, Noun]:
    return {noun["id"]: noun for noun in nouns}


def by_id(nouns: Iterable[Noun]) -> dict[str, str]:
    return {noun["id"]: noun["id"] for noun in nouns}


def by_place(nouns: Iterable[Noun]) -> dict[str, str]:
    return {str(place): noun["id"] for place, noun in enumerate(nouns)}
