"""Random valid questionnaires, small or large."""

import json
from collections.abc import Iterator
from random import Random

from support.conditions_at_random import Conditions, Noun

__all__ = ["questionnaire_at_random", "questionnaire_of_size", "written"]

LEVELS = ("emergency", "crisis", "same day", "medical first", "adults only", "always")
LISTS = ("fits", "plan for", "ask", "warning sign", "cost help", "call")


def written(questionnaire: Noun) -> str:
    """Return a questionnaire as JSON, which is also YAML."""
    return json.dumps(questionnaire, indent=1)


def questionnaire_at_random(seed: int, questions: int | None = None) -> Noun:
    """Return a small random questionnaire with every kind of part; by default 3 to 8 questions."""
    rng = Random(seed)
    return Author(rng).questionnaire(
        questions=questions or rng.randint(3, 8),
        directions=rng.randint(2, 4),
        alerts=rng.randint(1, 4),
        rules=rng.randint(3, 10),
        points=rng.randint(4, 12),
        programs=rng.choice([0, 2, 2, 2]),
    )


def questionnaire_of_size(
    *, questions: int, rules: int | None = None, alerts: int | None = None, points: int | None = None, seed: int = 0
) -> str:
    """Return the text of a large random questionnaire, by default with 2.5 rules per question."""
    whole = Author(Random(seed), wordy=True).questionnaire(
        questions=questions,
        directions=4,
        alerts=questions // 4 if alerts is None else alerts,
        rules=questions * 5 // 2 if rules is None else rules,
        points=questions // 2 if points is None else points,
        programs=2,
    )
    return written(whole)


class Author(Conditions):
    """Generates one questionnaire."""

    def __init__(self, rng: Random, *, wordy: bool = False) -> None:
        super().__init__(rng)
        self.wordy = wordy

    def questionnaire(
        self, *, questions: int, directions: int, alerts: int, rules: int, points: int, programs: int
    ) -> Noun:
        sections = self.sections(questions)
        names = ["iop", "inpatient"][:programs]
        self.signs = list(self.some_signs(2 if self.wordy is False else 20))
        self.alerts = [self.alert(number) for number in range(alerts)]
        generated_directions = [self.direction(number) for number in range(directions)]
        whole: Noun = {
            "questionnaire": "made-up",
            "title": "A questionnaire that nobody wrote",
            "version": "1",
            "language": "en",
            "audience": "Adults",
            "notice": "This is not a diagnosis.",
            "minutes": "5",
            "sections": sections,
            "alerts": self.alerts,
            "signs": self.signs,
            "directions": generated_directions,
            "rules": self.rules(rules, generated_directions),
            "programs": [{"id": name, "name": name, "short": name, "text": "A program."} for name in names],
            "contacts": [{"id": "line", "name": "A line", "use": "Talk.", "group": "crisis", "call": "988"}],
        }
        self.choose_point_distribution()
        for number in range(points):
            section = self.rng.choice([*sections, whole])
            section.setdefault("points", []).append(self.point(number, names))
        whole["contradictions"] = list(self.contradictions(0 if self.wordy else 3))
        return whole

    def sections(self, questions: int) -> list[Noun]:
        """Distribute the questions; the first section is about need, so that rules have questions to name."""
        number = max(2, questions // 8) if self.wordy else min(self.rng.randint(2, 4), questions)
        cuts = [0, *sorted(self.rng.sample(range(1, questions), number - 1)), questions]
        if not self.wordy:
            cuts[1] = max(cuts[1], 2)
            cuts[2:] = [max(cut, 2) for cut in cuts[2:]]
        return [self.section(place, range(*cuts[place : place + 2])) for place in range(number)]

    def section(self, place: int, numbers: range) -> Noun:
        kind = "need" if place == 0 else self.rng.choice(["need", "need", "need", "practical", "wishes"])
        name = f"s{place}"
        questions = [self.question(number, kind) for number in numbers]
        section: Noun = {"section": name, "title": f"Area {place}", "kind": kind, "questions": questions}
        scored = [each for each in questions if each["id"] in self.need and "private" not in each]
        if scored and self.maybe(0.7):
            first = self.rng.randint(1, 3)
            levels = {"some": first, "a lot": first + self.rng.randint(1, 4)}
            if self.maybe(0.2):
                del levels[self.rng.choice(list(levels))]
            section["levels"] = {level: str(begins) for level, begins in levels.items()}
            self.areas.append((name, ["some", "a lot"]))
        return section

    def question(self, number: int, section_kind: str) -> Noun:
        name = f"q{number}"
        kinds = ["ranked", "several"] if number < 2 else ["ranked"] * 5 + ["several"] * 3 + ["unranked", "note"]
        kind = self.rng.choice(kinds)
        need = section_kind == "need" and kind in ("ranked", "several")
        question: Noun = {"id": name, "ask": f"How is {name}?", "why": "It tells.", "dimension": "4"}
        if self.wordy:
            question["ask"] = f"In the past three months, how was it with the {number}th thing that matters here?"
        if kind != "ranked" or self.maybe(0.2):
            question["kind"] = kind
        if need and number >= 2 and self.maybe(0.15):
            question["need"], need = self.rng.choice(["no", False]), False
        if need and number >= 2 and self.maybe(0.15):
            question["private"] = "yes"
        elif self.maybe(0.35):
            self.asked_if(question, need)
        if kind != "note":
            question["options"] = self.options(kind, scored=need and "private" not in question)
            self.own_keys(kind, question, need)
        if need:
            self.need.add(name)
        self.asked.append(question)
        return question

    def asked_if(self, question: Noun, need: bool) -> None:
        able = [
            other
            for other in self.asked
            if "ask when" not in other and "private" not in other and "options" in other
            if other["id"] in self.need or not need
        ]
        if able:
            others = self.rng.sample(able[-10:], self.rng.randint(1, min(2, len(able))))
            tests = [{other["id"]: self.test(other)} for other in others]
            question["ask when"] = [{"all": tests}] if self.maybe(0.3) else tests

    def options(self, kind: str, *, scored: bool) -> Noun:
        number = self.rng.randint({"several": 1}.get(kind, 2), {"several": 3}.get(kind, 4))
        scores = [self.rng.randint(0, 3) for _ in range(number)]
        if kind == "ranked":
            scores.sort()
        written_out = scored and self.maybe(0.3)
        options: Noun = {}
        for place, score in enumerate(scores):
            label = f"Answer {place}"
            options[f"o{place}"] = {"label": label, "score": str(score)} if written_out else label
        return options

    def own_keys(self, kind: str, question: Noun, need: bool) -> None:
        if kind == "ranked" and self.maybe(0.25):
            self.bands(question)
        elif kind == "ranked" and self.maybe(0.2):
            question["listed"] = self.rng.choice(["least first", "most first"])
        elif kind == "several" and not need and self.maybe(0.4):
            question["at most"] = str(self.rng.randint(1, 3))

    def bands(self, question: Noun) -> None:
        """Make the options of a ranked question bands of a number, mostly rising with concern."""
        options = question["options"]
        starts = sorted(self.rng.sample([0, 1, 2.5, 4, 8, 14, 21], len(options)))
        if self.maybe(0.3):
            self.rng.shuffle(starts)
        whole = ({"label": option} if isinstance(option, str) else option for option in options.values())
        bands = [{**option, "from": str(start)} for option, start in zip(whole, starts, strict=True)]
        question |= {"kind": "number", "up to": "30", "options": dict(zip(options, bands, strict=True))}
        if self.maybe(0.5):
            question["unit"] = "drinks"

    def some_signs(self, number: int) -> Iterator[Noun]:
        for place in range(self.rng.randint(0, number)):
            when, needs = self.condition("alert rule", 1)
            self.needs_of[f"sign{place}"] = needs
            yield {"id": f"sign{place}", "when": when}

    def alert(self, number: int) -> Noun:
        alert: Noun = {
            "id": f"alert{number}",
            "level": self.rng.choice(LEVELS),
            "title": "Look here",
            "text": "Call.",
            "could not tell": "Call anyway.",
            "contacts": self.rng.choice(["line", ["line"]]),
        }
        if number > 0 and any("private" in question for question in self.asked) and self.maybe(0.4):
            alert |= {"private": "yes", "level": "home safety"}
        elif self.maybe(0.3):
            alert["withholds"] = "yes"
        return alert

    def direction(self, number: int) -> Noun:
        text = {"title": "A step", "sentence": "A step.", "does not mean": "No.", "afterwards": "Then a step."}
        direction: Noun = {"id": f"step{number}", **text, "next": ["Call."]}
        if number and self.maybe(0.6):
            additions = self.rng.sample(["house", "hours", "care"], self.rng.randint(1, 2))
            direction["additions"] = [{"id": name, "text": name} for name in additions]
        return direction

    def rules(self, number: int, directions: list[Noun]) -> list[Noun]:
        """Return a rule per alert and direction while `number` allows, then more rules."""
        nouns = [*self.alerts, *directions[1:]]
        raised = [*nouns, *self.rng.choices([*nouns, *directions[1:] * (20 if self.wordy else 1)], k=number)]
        raised = raised[: max(number, len(nouns))]
        numbered = list(enumerate(sorted(raised, key=lambda noun: noun in directions)))
        rules = [self.rule(place, noun) for place, noun in numbered]
        self.rng.shuffle(rules)
        return rules

    def rule(self, number: int, raises: Noun) -> Noun:
        is_alert = "level" in raises
        use = "private rule" if "private" in raises else "alert rule" if is_alert else "rule"
        when, needs = self.condition(use, self.rng.randint(0, 2))
        if use == "alert rule":
            self.needs_of[raises["id"]] = self.needs_of.get(raises["id"], 0) + needs
        because = "What was said calls for it, and more than one thing did." if self.wordy else "It was said."
        rule: Noun = {"id": f"r{number}", "raises": raises["id"], "when": when, "because": because}
        if raises.get("additions") and self.maybe(0.4):
            rule["adds"] = [self.rng.choice(raises["additions"])["id"]]
        return rule

    def choose_point_distribution(self) -> None:
        """Choose how points are distributed; sometimes most are in one list and half are unconditional, to fill it.

        In a large questionnaire they are spread out and nearly all conditional, as in a real one.
        """
        self.favourite = self.rng.choice(LISTS[:3])
        crowded = self.maybe(0.3)
        self.in_favourite, self.conditional = (0.0, 0.98) if self.wordy else (0.9, 0.5) if crowded else (0.4, 0.8)

    def point(self, number: int, programs: list[str]) -> Noun:
        point: Noun = {"id": f"p{number}", "list": self.rng.choice(LISTS)}
        if self.maybe(self.in_favourite):
            point["list"] = self.favourite
        point["text"] = "Talk it over."
        if point["list"] == "ask":
            point |= {"why": "It differs.", "listen for": "A clear reply."}
        if programs and self.maybe(0.6):
            program = self.rng.choice(programs)
            point["for"] = self.rng.choice([program, [program]])
        if self.maybe(self.conditional):
            point["when"], _ = self.condition("point", self.rng.randint(0, 2))
        return point

    def contradictions(self, number: int) -> Iterator[Noun]:
        """Yield contradictions between two public questions with options, in the order asked."""
        able = [question for question in self.asked if "private" not in question and "options" in question]
        for place in range(number if len(able) > 1 else 0):
            pair = sorted(self.rng.sample(range(len(able)), 2))
            tests = [{able[each]["id"]: self.test(able[each])} for each in pair]
            tests = [{"not": test} if self.maybe(0.3) else test for test in tests]
            yield {
                "id": f"c{place}",
                "questions": [able[each]["id"] for each in pair],
                "when": {self.rng.choice(["all", "all", "any"]): tests},
                "ask": "Earlier there was another answer. Which is right?",
            }
