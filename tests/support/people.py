"""Random people with plausible, correlated answers.

Run as a script to print the distribution of results: `python -m support.people 10000`, in `tests/`.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.flow import next_question

RARE = {"now": 0.003, "this-week": 0.02, "ever-stopping": 0.06, "pregnancy": 0.02, "obligations": 0.08}
"""Probability of each option of these questions at `troubles` 0.5; 0.4 for the others."""
HEAVY = {
    "ending-life": 0.2,
    "ever-tried": 0.2,
    "hurting-someone": 0.08,
    "voices": 0.25,
    "overdose": 0.4,
    "basics": 0.6,
    "home-safety": 0.15,
    "sedatives": 0.25,
    "illness": 0.4,
    "prenatal": 0.5,
}
"""Share of `troubles` that counts in these questions; 0.8 in the other ranked questions."""
HABITS = {"used", "most-days", "every-day"}


def person(questionnaire: Questionnaire, random: Random) -> AnswerSheet:
    """Return the sheet of a random person, mostly an adult, with correlated use, health and home."""
    troubles = random.betavariate(1.4, 2.9)
    substances = {name for name in SUBSTANCES if random.random() < SUBSTANCES[name]} or {"alcohol"}
    sheet = AnswerSheet()
    while question := next_question(questionnaire, sheet):
        if random.random() < 0.02:
            answer: Answer = Skipped(random.choice(list(SkipReason)))
        else:
            answer = _answer(question, sheet, troubles, substances, random)
        sheet = sheet.with_answer(question.id, answer)
    return sheet


SUBSTANCES = {
    "alcohol": 0.7,
    "opioids": 0.08,
    "fentanyl": 0.06,
    "unknown": 0.03,
    "sedatives": 0.08,
    "stimulants": 0.15,
    "cannabis": 0.3,
    "tianeptine-kratom": 0.02,
    "street-pills": 0.04,
}


def _answer(question: Question, sheet: AnswerSheet, troubles: float, substances: set[str], random: Random) -> Answer:
    if question.kind == "note":
        return Written("Evenings work best.")
    if question.kind == "several":
        return Chosen(tuple(_several(question, sheet, troubles, substances, random)))
    if question.id == "age":
        return question.choose(tuple(random.choices([option.id for option in question.options], [0.88, 0.11, 0.01])))
    if question.kind == "unranked" or not question.need:
        return question.choose((random.choice(question.options).id,))
    return question.choose((question.options[_place(question, troubles, substances, random)].id,))


def _place(question: Question, troubles: float, substances: set[str], random: Random) -> int:
    """Return the index of a random option, mostly near `troubles`; severe answers to safety questions are rare."""
    share = HEAVY.get(question.id, 0.8)
    if question.id == "opioids-year" and substances.isdisjoint({"opioids", "fentanyl"}):
        share = 0.2
    return sum(random.random() < troubles * share for _ in question.options[1:])


def _several(
    question: Question, sheet: AnswerSheet, troubles: float, substances: set[str], random: Random
) -> Iterator[str]:
    for option in question.options:
        if question.id == "used":
            likely = 0.97 if option.id in substances else 0.01
        elif question.id in HABITS:
            before = sheet.answers.get("most-days")
            daily = question.id == "every-day"
            possible = isinstance(before, Chosen) and option.id in before.options if daily else option.id in substances
            likely = troubles if possible else 0.0
        elif question.id == "where":
            likely = 0.95 if option.id == "home" else 0.04 + 0.06 * troubles
        else:
            likely = RARE.get(question.id, 0.4) * (2 * troubles if question.need else 1)
        if random.random() < likely:
            yield option.id


def shares(number: int, seed: int = 1) -> tuple[Counter[str], Counter[str], float]:
    """Assess random people; return the counts of directions and of alerts, and the people assessed per second."""
    questionnaire = iop_fit.load()
    random = Random(seed)
    sheets = [person(questionnaire, random) for _ in range(number)]
    directions: Counter[str] = Counter()
    alerts: Counter[str] = Counter()
    start = time.perf_counter()
    for sheet in sheets:
        result = iop_fit.assess(questionnaire, sheet, on=date(2026, 1, 2))
        directions[result.direction.id if result.direction else "withheld"] += 1
        alerts.update(raised.alert.id for raised in result.alerts)
    return directions, alerts, number / (time.perf_counter() - start)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    directions, alerts, speed = shares(number)
    for title, counter in (("directions", directions), ("alerts", alerts)):
        print(title)
        for name, count in counter.most_common():
            print(f"  {name:28} {100 * count / number:5.1f} %")
    print(f"{speed:.0f} people assessed per second")


if __name__ == "__main__":
    main()
