"""What comes out for many random people: shares of directions, alerts and cards, and questions asked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import iop_fit
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of
from support.people import Traits, crowd

__all__ = ["Shares", "can_hold_opioids", "reached", "shares", "typical_kind"]

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
    found, public = Shares(number), questionnaire.public()
    for of, sheet in crowd(questionnaire, number, seed):
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


DAYS = {
    "alcohol-days": {"alcohol"},
    "opioid-days": {"heroin", "pain pills"},
    "stimulant-days": {"cocaine", "meth"},
    "cannabis-days": {"cannabis"},
}
"""By question about days a week, the main substances that it asks about."""

ANSWERED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "living_arrangement": (
        "living",
        {
            "no-place": "homeless",
            "sober-house": "dependent",
            "others": "dependent",
            "own": "independent",
            "losing": "independent",
        },
    ),
    "mental_condition": ("mood", {"rarely": "no", "some-days": "no", "with-help": "yes", "no-help": "yes"}),
}
"""By margin that one answer gives, the question and the value of each option."""


def reached(of: Traits, sheet: AnswerSheet) -> Iterator[tuple[str, str]]:
    """Yield each margin with the value that the answers give, or the trait where no answer gives it."""
    for margin, (question, values) in ANSWERED.items():
        for option in chosen(sheet, question) or ():
            yield margin, values[option]
    treatment, used, health = chosen(sheet, "treatment"), chosen(sheet, "used"), chosen(sheet, "health")
    main, age = of["main_substance"], chosen(sheet, "age")
    if treatment:
        yield "treated_before", "none" if "none" in treatment else of["treated_before"]
    if used is not None:
        days = next((name for name, mains in DAYS.items() if main in mains), None)
        often = chosen(sheet, days) if days else frozenset({of["use_frequency"]})
        if not used - NO_USE:
            yield "use_frequency", "none"
        elif often is not None:
            yield "use_frequency", "daily" if "daily" in often else "some"
    if health is not None:
        yield "is_pregnant", "yes" if "pregnant" in health else "no"
    if age:
        yield "is_65_or_older", "yes" if "older" in age else "no"
    yield "main_substance", main
