"""Random people with plausible answers that go together, like those who come for treatment.

Run as a script to print the distribution of results: `python -m support.people 10000`, in `tests/`.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from math import comb
from random import Random

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.flow import next_question
from support.admissions import OPIOIDS, STIMULANTS, Traits, traits

__all__ = ["DAYS", "Person", "people", "person"]

SKIPPED = 0.015
"""Share of questions that are skipped."""

Chances = Mapping[str, float]
"""By option, its weight; of a question where several can be chosen, its probability."""

DAYS = {
    "alcohol-days": {"alcohol"},
    "opioid-days": {"heroin", "pain pills"},
    "stimulant-days": {"cocaine", "meth"},
    "cannabis-days": {"cannabis"},
}
"""By question about days a week, the main substances that it asks about."""


class Person:
    """A person with traits, who answers each question by chance."""

    def __init__(self, of: Traits, random: Random) -> None:
        """Draw how much trouble the use makes, and how much is drunk."""
        self.traits, self.random = of, random
        self.has_used = of.frequency != "none"
        ahead = {"daily": 2.6, "some": 1.3, "none": 0.8}[of.frequency] + {"many": 0.6, "some": 0.3}.get(of.before, 0)
        self.trouble = random.betavariate(ahead, 3)
        """From 0 to 1: how much trouble use makes. What answers have in common."""
        self.drinks = max(1, round(2 * random.lognormvariate(1.1 + self.trouble * (of.main == "alcohol"), 0.5)) / 2)
        self.takes_opioids = of.main in OPIOIDS
        self.low = of.mental == "yes"

    def sheet(self, questionnaire: Questionnaire) -> AnswerSheet:
        """Answer every question that is asked, but for a few skips."""
        sheet = AnswerSheet()
        while question := next_question(questionnaire, sheet):
            if self.random.random() < SKIPPED:
                answer: Answer = Skipped(self.random.choice(list(SkipReason)))
            else:
                answer = self._answer(question, sheet)
            sheet = sheet.with_answer(question.id, answer)
        return sheet

    def _answer(self, question: Question, sheet: AnswerSheet) -> Answer:
        if question.kind == "note":
            return Written("Evenings work best.")
        if question.options_are_bands:
            number = self.drinks if question.id == "drinks" else self._age()
            return question.answer_from(f"{number:g}")
        asks: Callable[[AnswerSheet], Chances] | None = getattr(self, f"_{question.id.replace('-', '_')}", None)
        if asks is None and question.id.endswith("-days"):
            return Chosen((self._one(self._days(question.id)),))
        assert asks or not question.need, f"no chances for {question.id}"
        chances = asks(sheet) if asks else {}
        if question.kind == "several":
            return Chosen(tuple(self._some(question, chances or {each.id: 0.15 for each in question.options})))
        return Chosen((self._one(chances or {each.id: 1.0 for each in question.options}),))

    def _one(self, chances: Chances) -> str:
        return self.random.choices(list(chances), list(chances.values()))[0]

    def _some(self, question: Question, chances: Chances) -> Iterator[str]:
        chosen = [each.id for each in question.options if self.random.random() < chances.get(each.id, 0)]
        yield from chosen[: question.at_most or None] if isinstance(question, MultipleQuestion) else chosen

    def _rungs(self, *options: str, share: float = 1) -> Chances:
        """Weights of ranked options, mostly near `trouble` times `share` of the way up."""
        up, steps = min(self.trouble * share, 0.98), len(options) - 1
        return {option: comb(steps, n) * up**n * (1 - up) ** (steps - n) for n, option in enumerate(options)}

    # First, and safety and health

    def _age(self) -> int:
        if self.traits.older == "yes":
            return self.random.randint(65, 84)
        if self.random.random() < 0.002:
            return self.random.randint(15, 17)
        return round(self.random.triangular(18, 64, 31))

    def _now(self, _: AnswerSheet) -> Chances:
        rare = ("collapse", "blood", "head", "confused", "seeing-things", "hurt-self", "hurt-other")
        return {**dict.fromkeys(rare, 0.001), "racing": 0.02 * self.trouble * self.has_used}

    def _used(self, _: AnswerSheet) -> Chances:
        if not self.has_used:
            return {"nicotine": 0.5, "pills-rx": 0.04, "pain-rx": 0.02}
        main, street = self.traits.main, self.takes_opioids or self.traits.main in STIMULANTS
        beside = {
            "alcohol": 0.35,
            "cannabis": 0.3,
            "stimulants": 0.3 if self.takes_opioids else 0.12,
            "opioids": 0.03,
            "pain-rx": 0.05,
            "pills-rx": 0.07,
            "pills": 0.12 if street else 0.04,
            "nerve-pills": 0.03,
            "fentanyl": 0.04 if street else 0.005,
            "street-pills": 0.08 if street else 0.02,
            "kratom": 0.02,
            "unknown": 0.05 if street else 0.01,
            "other": 0.04,
            "nicotine": 0.5,
        }
        first: dict[str, Chances] = {
            "alcohol": {"alcohol": 1},
            "cannabis": {"cannabis": 1},
            "cocaine": {"stimulants": 1},
            "meth": {"stimulants": 1},
            "heroin": {"opioids": 1, "fentanyl": 0.55},
            "pain pills": {"opioids": 1, "pain-rx": 0.2},
            "other": {self._one({"pills": 4, "kratom": 1, "street-pills": 1, "unknown": 1, "other": 2}): 1},
        }
        return {**beside, **first[main]}

    def _days(self, question: str) -> Chances:
        if self.traits.main in DAYS.get(question, set()):
            return {"daily": 1} if self.traits.frequency == "daily" else {"few": 0.6, "most": 0.4}
        return {"few": 0.7, "most": 0.2, "daily": 0.1}

    def _opioids(self, sheet: AnswerSheet) -> Chances:
        used = _chosen(sheet, "used")
        if self.takes_opioids or used & {"opioids", "fentanyl"}:
            return {"steady": 0.75, "break": 0.25} if self.has_used else {"break": 0.3, "year": 0.7}
        if "pain-rx" in used:
            return {"pain-now": 1}
        return {"none": 0.62, "pain-over": 0.27, "earlier": 0.08, "year": 0.03}

    def _without(self, sheet: AnswerSheet) -> Chances:
        used, most = _chosen(sheet, "used"), {"most", "daily"}
        worst = max(
            min(self.drinks / 14, 1) * (1 if _chosen(sheet, "alcohol-days") & most else 0.3) * ("alcohol" in used),
            0.8 if _chosen(sheet, "opioid-days") & most else 0.3 * bool(used & {"opioids", "fentanyl"}),
            0.6 if _chosen(sheet, "pill-days") & most else 0,
            0.35 * bool(used - {"alcohol", "nicotine"}),
        )
        never = 0.3 if self.traits.frequency == "daily" else 0.02
        shaking = 0.7 * worst**1.5
        return {
            "fine": (1 - worst) ** 1.5,
            "sleep": 0.35 * worst,
            "sweats": 0.25 * worst,
            "never": never * worst,
            "shaking": shaking,
            "severe": 0.05 * shaking,
        }

    def _last_use(self, _: AnswerSheet) -> Chances:
        return {"today": 9, "days": 1} if self.traits.frequency == "daily" else {"today": 4, "days": 4, "week": 2}

    def _ever_stopping(self, _: AnswerSheet) -> Chances:
        been = {"none": 0.15, "one": 0.6, "some": 1, "many": 1.5}[self.traits.before]
        shaky = 1 if self.traits.main == "alcohol" else 0.4
        return {"help": 0.2 * been, "hospital": 0.08 * been, "dts": 0.03 * been * shaky, "seizure": 0.03 * been * shaky}

    def _overdose(self, _: AnswerSheet) -> Chances:
        if self.takes_opioids:
            return {"never": 62, "longer-ago": 24, "once": 8, "month": 2, "twice": 4}
        return {"never": 91, "longer-ago": 7, "once": 1.3, "month": 0.3, "twice": 0.4}

    def _this_week(self, _: AnswerSheet) -> Chances:
        signs = ("sick", "fluids", "head", "bleeding", "fainting", "wounds")
        fever = 0.01 if self.takes_opioids else 0.001
        return {**dict.fromkeys(signs, 0.01 + 0.01 * self.trouble), "fever": fever}

    def _health(self, _: AnswerSheet) -> Chances:
        older = self.traits.older == "yes"
        pregnant = 1.0 if self.traits.pregnant == "yes" else 0
        return {"serious": 0.25 if older else 0.05, "illness": 0.12, "pregnant": pregnant, "birth": 0.01 * (not older)}

    def _prenatal(self, _: AnswerSheet) -> Chances:
        return {"seen": 3, "not-yet": 1}

    # Mental health

    def _thoughts(self, _: AnswerSheet) -> Chances:
        much = 1 if self.low else 0.2
        return {"wished": 0.2 * much, "suicide": 0.12 * much, "plan": 0.03 * much, "hurt": 0.02 * much}

    def _tried(self, _: AnswerSheet) -> Chances:
        return (
            {"never": 73, "longer-ago": 25, "recent": 2}
            if self.low
            else {"never": 92, "longer-ago": 7.5, "recent": 0.5}
        )

    def _mood(self, _: AnswerSheet) -> Chances:
        return {"with-help": 45, "no-help": 55} if self.low else {"rarely": 40, "some-days": 60}

    def _mind(self, _: AnswerSheet) -> Chances:
        much = (3 if self.traits.main == "meth" else 1) * (2 if self.low else 1)
        return {"voices": 0.012 * much, "followed": 0.012 * much, "no-sleep": 0.01 * much}

    # Use and past treatment

    def _hold_off(self, _: AnswerSheet) -> Chances:
        if not self.has_used:
            return {"no-wish": 0.45, **self._rungs("easy", "mostly", "hard", "hours", share=0.7)}
        return self._rungs("easy", "mostly", "hard", "hours")

    def _risky(self, _: AnswerSheet) -> Chances:
        # Driving is all that is asked about drinking and weed; other drugs are also used alone, shared and mixed.
        share = {"alcohol": 0.45, "cannabis": 0.4}.get(self.traits.main, 0.6)
        return self._rungs("never", "sometimes", "often", "mostly", share=share)

    def _treatment(self, _: AnswerSheet) -> Chances:
        steady = 3 if not self.has_used else 1
        by_number: dict[str, Chances] = {
            "none": {"none": 1},
            "one": {"helped": 15 * steady, "a-while": 50, "again": 35},
            "some": {"helped": 10 * steady, "a-while": 45, "again": 30, "two": 15},
            "many": {"helped": 5 * steady, "a-while": 25, "again": 30, "two": 40},
        }
        return by_number[self.traits.before]

    def _medicine(self, _: AnswerSheet) -> Chances:
        many = (1 if self.takes_opioids else 0.3) * (0.3 if self.traits.before == "none" else 1)
        using = 0.12 * many * self.has_used
        return {"taking": 0.15 * many, "still-using": using, "stopped": 0.2 * many, "could-not": 0.06, "unwanted": 0.1}

    # Home, daily life, support

    def _living(self, _: AnswerSheet) -> Chances:
        by_living: dict[str, Chances] = {
            "homeless": {"no-place": 1},
            "dependent": {"sober-house": 4, "others": 6},
            "independent": {"own": 92, "losing": 8},
        }
        return by_living[self.traits.living]

    def _around(self, _: AnswerSheet) -> Chances:
        return {"none": 38, "friends": 32, "close": 25, "pushed": 5}

    def _home_safety(self, _: AnswerSheet) -> Chances:
        return {"none": 95, "yes-now": 5}

    def _basics(self, _: AnswerSheet) -> Chances:
        return self._rungs("well", "some-trouble", "a-lot-of-trouble", "cannot", share=0.4 + 0.15 * self.low)

    def _lost(self, _: AnswerSheet) -> Chances:
        return self._rungs("nothing", "slipped", "lost", share=0.7)

    def _night(self, _: AnswerSheet) -> Chances:
        if self.traits.living == "homeless":
            return {"reachable": 40, "sometimes": 30, "nobody": 30}
        return {"reachable": 72, "sometimes": 19, "nobody": 9}


def _chosen(sheet: AnswerSheet, question: str) -> frozenset[str]:
    answer = sheet.answers.get(question)
    return frozenset(answer.options) if isinstance(answer, Chosen) else frozenset()


def people(questionnaire: Questionnaire, random: Random) -> Iterator[tuple[Traits, AnswerSheet]]:
    """Yield random people, with their traits, without end."""
    for each in traits(random):
        yield each, Person(each, random).sheet(questionnaire)


def person(questionnaire: Questionnaire, random: Random) -> AnswerSheet:
    """Return the sheet of one random person."""
    return next(people(questionnaire, random))[1]


if __name__ == "__main__":
    from support.people_shares import print_shares

    print_shares(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
