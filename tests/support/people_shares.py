"""What comes out for many random people: shares of directions, alerts and cards, and questions asked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from statistics import mean

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of
from support.admissions import MARGINS, Traits
from support.people import DAYS, people

__all__ = ["Shares", "can_hold_opioids", "print_shares", "reached", "shares", "typical_kind"]

MAY_HOLD_OPIOIDS = {"pain-rx", "opioids", "fentanyl", "stimulants", "kratom", "street-pills", "unknown"}
IN_THE_PAST_YEAR = {"year", "steady", "break"}
OPIOIDS_USED = {"pain-rx", "opioids", "fentanyl"}
NO_USE = {"nicotine", "pills-rx", "pain-rx"}
"""Nicotine, and medicine as a doctor prescribed."""


@dataclass(frozen=True)
class Shares:
    """Counts over some people."""

    number: int
    directions: Counter[str] = field(default_factory=Counter)
    alerts: Counter[str] = field(default_factory=Counter)
    cards: Counter[int] = field(default_factory=Counter)
    """By number of cards shown, the number of people."""
    firm: Counter[bool] = field(default_factory=Counter)
    asked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By typical kind, and under "everybody", how many questions each person was asked; the free note is none."""
    margins: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """By margin, the counts of what was answered; skipped questions are left out."""
    naloxone_without_supply: list[AnswerSheet] = field(default_factory=list)

    def share(self, counter: str, name: object) -> float:
        """Return the share of people with something, from 0 to 1."""
        count: int = getattr(self, counter)[name]
        return count / self.number


def shares(number: int, seed: int = 1, questionnaire: Questionnaire | None = None) -> Shares:
    """Decide on random people, without their private answers, and count."""
    questionnaire = questionnaire or iop_fit.load()
    drawn = people(questionnaire, Random(seed))
    sample = [next(drawn) for _ in range(number)]
    found, public = Shares(number), questionnaire.public()
    for of, sheet in sample:
        decision = decide(public, sheet.only(public.questions))
        alerts = {alert.id for alert in decision.alerts}
        found.directions["withheld" if decision.withheld_by else decision.lowest.id] += 1
        found.alerts.update(alerts)
        found.cards[len(cards_of(decision))] += 1
        found.firm[decision.firm] += 1
        for kind in ("everybody", typical_kind(sheet)):
            found.asked[kind].append(sum(questionnaire.questions[name].kind != "note" for name in sheet.answers))
        for margin, value in reached(of, sheet):
            found.margins[margin][value] += 1
        if "naloxone" in alerts and not can_hold_opioids(sheet):
            found.naloxone_without_supply.append(sheet)
    return found


def chosen(sheet: AnswerSheet, question: str) -> frozenset[str] | None:
    """Return the chosen options; None if the question was skipped or not asked."""
    answer = sheet.answers.get(question)
    return frozenset(answer.options) if isinstance(answer, Chosen) else None


def can_hold_opioids(sheet: AnswerSheet) -> bool:
    """Whether somebody took opioids in the past year, or something that may have opioids in it."""
    used, opioids = chosen(sheet, "used") or frozenset(), chosen(sheet, "opioids") or frozenset()
    return bool(used & MAY_HOLD_OPIOIDS or opioids & IN_THE_PAST_YEAR)


def typical_kind(sheet: AnswerSheet) -> str:
    """Return which of the typical persons this is; "others" if none."""
    used = chosen(sheet, "used")
    if used is None:
        return "others"
    used -= {"nicotine"}
    if used == {"alcohol"}:
        return "alcohol only"
    if used and used <= OPIOIDS_USED:
        return "opioids only"
    if "alcohol" in used and used & OPIOIDS_USED and used <= {"alcohol"} | OPIOIDS_USED:
        return "alcohol and opioids"
    return "no use" if not used else "others"


ANSWERED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "living": (
        "living",
        {
            "no-place": "homeless",
            "sober-house": "dependent",
            "others": "dependent",
            "own": "independent",
            "losing": "independent",
        },
    ),
    "mental": ("mood", {"rarely": "no", "some-days": "no", "with-help": "yes", "no-help": "yes"}),
}
"""By margin that one answer gives, the question and the value of each option."""


def reached(of: Traits, sheet: AnswerSheet) -> Iterator[tuple[str, str]]:
    """Yield each margin with the value that the answers give, or the trait where no answer gives it."""
    for margin, (question, values) in ANSWERED.items():
        for option in chosen(sheet, question) or ():
            yield margin, values[option]
    treatment, used, health = chosen(sheet, "treatment"), chosen(sheet, "used"), chosen(sheet, "health")
    if treatment:
        yield "before", "none" if "none" in treatment else of.before
    if used is not None:
        days = next((name for name, mains in DAYS.items() if of.main in mains), None)
        often = chosen(sheet, days) if days else frozenset({of.frequency})
        if not used - NO_USE:
            yield "frequency", "none"
        elif often is not None:
            yield "frequency", "daily" if "daily" in often else "some"
    if health is not None:
        yield "pregnant", "yes" if "pregnant" in health else "no"
    age = chosen(sheet, "age")
    if age:
        yield "older", "yes" if "older" in age else "no"
    yield "main", of.main


def print_shares(number: int) -> None:
    """Print what comes out for so many people."""
    found = shares(number)
    for title, counter in (("directions", found.directions), ("alerts", found.alerts)):
        print(title)
        for name, count in counter.most_common():
            print(f"  {name:28} {100 * count / number:5.1f} %")
    print("cards shown")
    for cards in sorted(found.cards):
        print(f"  {cards:28} {100 * found.cards[cards] / number:5.1f} %")
    several = sum(count for cards, count in found.cards.items() if cards >= 2)
    print(f"  {'two or more':28} {100 * several / number:5.1f} %")
    print(f"firm {100 * found.firm[True] / number:.1f} %; naloxone without supply {len(found.naloxone_without_supply)}")
    print("questions asked, on average and at most")
    for kind, asked in sorted(found.asked.items()):
        print(f"  {kind:28} {mean(asked):5.1f} {max(asked):5} {len(asked):6} people")
    print("margins: target and reached, in percent of the people for whom it is known")
    for margin, targets in MARGINS.items():
        known, total = sum(found.margins[margin].values()), sum(targets.values())
        for value, target in targets.items():
            share = 100 * found.margins[margin][value] / known
            print(f"  {margin + ': ' + value:28} {100 * target / total:5.1f} {share:5.1f}")
