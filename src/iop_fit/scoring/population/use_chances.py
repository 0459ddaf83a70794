"""The chances of answers about use and past treatment: guesses, but for what the traits of a person give."""

from collections.abc import Callable, Mapping

from iop_fit.scoring.population.chances import Chances, If, Steps, Weights
from iop_fit.scoring.population.expressions import Number, Truth, Value, at_least, at_most
from iop_fit.scoring.population.person import OTHER_DRUG, Person
from iop_fit.scoring.population.traits import OPIOIDS, STIMULANTS
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["OTHER_DRUGS", "USE_CHANCES", "drinks", "trouble"]

USED_BY_MAIN: Mapping[str, Mapping[str, float]] = {
    "alcohol": {"alcohol": 1},
    "cannabis": {"cannabis": 1},
    "cocaine": {"stimulants": 1},
    "meth": {"stimulants": 1},
    "heroin": {"opioids": 1, "fentanyl": 0.55},
    "pain pills": {"opioids": 1, "pain-rx": 0.2},
}
"""By main substance, the chance of each option of `used` that it means."""
OTHER_DRUGS: Weights = {"pills": 4, "kratom": 1, "street-pills": 1, "unknown": 1, "other": 2}
"""The option of `used` that "other" means as the main substance."""
STREET_OPIOIDS = ("opioids", "fentanyl")


def trouble(person: Person) -> Number:
    """Return how much trouble use makes, from 0 to 1: more with more use, and after more treatment."""
    by_use = person.number_by("use_frequency", {"daily": 2.6, "some": 1.3, "none": 0.8})
    by_treatment = person.number_by("treated_before", {"five or more": 0.6, "two to four": 0.3})
    return person.draws.beta("trouble", by_use + by_treatment, 3)


def drinks(person: Person) -> Number:
    """Return the drinks on a drinking day, in halves: 3 in the middle, or more if alcohol makes trouble."""
    logarithm = 1.1 + person.has("main_substance", "alcohol").then(person.trouble)
    return at_least(1, (2 * person.draws.lognormal("drinks", logarithm, 0.5)).apply("round") / 2)


def used(person: Person) -> Chances:
    """Return the main substance, and by chance what is used beside it."""
    street = person.takes_street_drugs
    chances: dict[str, Value] = {
        "alcohol": 0.35,
        "cannabis": 0.3,
        "stimulants": person.takes_opioids.then(0.3, 0.12),
        "opioids": 0.03,
        "pain-rx": 0.05,
        "pills-rx": 0.07,
        "pills": street.then(0.12, 0.04),
        "nerve-pills": 0.03,
        "fentanyl": street.then(0.04, 0.005),
        "street-pills": street.then(0.08, 0.02),
        "kratom": 0.02,
        "unknown": street.then(0.05, 0.01),
        "other": 0.04,
        "nicotine": 0.5,
    }
    for main, options in USED_BY_MAIN.items():
        for option, chance in options.items():
            chances[option] = person.has("main_substance", main).then(chance, chances[option])
    for option in OTHER_DRUGS:
        means_it = person.has("main_substance", "other") & Truth(f"{OTHER_DRUG} = {DUCKDB.text(option)}")
        chances[option] = means_it.then(1, chances[option])
    return If(person.uses, chances, {"nicotine": 0.5, "pills-rx": 0.04, "pain-rx": 0.02})


def days_of(*mains: str) -> Callable[[Person], Chances]:
    """Return the chances of a question about days a week that asks about some main substances."""
    beside: Weights = {"few": 0.7, "most": 0.2, "daily": 0.1}

    def days(person: Person) -> Chances:
        if not mains:
            return beside
        of_main = If(person.uses_daily, {"daily": 1}, {"few": 0.6, "most": 0.4})
        return If(person.has("main_substance", *mains), of_main, beside)

    return days


def opioids(person: Person) -> Chances:
    """Return when opioids were last taken: now, by what is used; without them, long ago if ever."""
    takes = person.takes_opioids | person.answered("used", *STREET_OPIOIDS)
    now_or_last_year = If(person.uses, {"steady": 0.75, "break": 0.25}, {"break": 0.3, "year": 0.7})
    never_or_earlier = {"none": 0.62, "pain-over": 0.27, "earlier": 0.08, "year": 0.03}
    return If(takes, now_or_last_year, If(person.answered("used", "pain-rx"), {"pain-now": 1}, never_or_earlier))


def without(person: Person) -> Chances:
    """Return how a day without use goes: by the substance that is worst to stop, and how often it is used."""
    often = {name: person.answered(f"{name}-days", "most") for name in ("alcohol", "opioid", "pill")}
    drunk = at_most(person.drinks / 14, 1) * often["alcohol"].then(1, 0.3)
    worst = person.name(
        "worst to stop",
        at_least(
            person.answered("used", "alcohol").then(drunk),
            often["opioid"].then(0.8, person.answered("used", *STREET_OPIOIDS).then(0.3)),
            often["pill"].then(0.6),
            person.answered_beside("used", "alcohol", "nicotine").then(0.35),
        ),
    )
    shaking = 0.7 * worst**1.5
    return {
        "fine": (1 - worst) ** 1.5,
        "sleep": 0.35 * worst,
        "sweats": 0.25 * worst,
        "never": person.uses_daily.then(0.3, 0.02) * worst,
        "shaking": shaking,
        "severe": 0.05 * shaking,
    }


def last_use(person: Person) -> Chances:
    """Return when it was: mostly today."""
    return If(person.uses_daily, {"today": 9, "days": 1}, {"today": 4, "days": 4, "week": 2})


def ever_stopping(person: Person) -> Chances:
    """Return what happened when stopping: by how often treated before, and most after alcohol."""
    been = person.number_by("treated_before", {"none": 0.15, "once": 0.6, "two to four": 1, "five or more": 1.5})
    shaky = 0.03 * been * person.has("main_substance", "alcohol").then(1, 0.4)
    return {"help": 0.2 * been, "hospital": 0.08 * been, "dts": shaky, "seizure": shaky}


def overdose(person: Person) -> Chances:
    """Return when there was one: more often of opioids."""
    of_opioids = {"never": 62, "longer-ago": 24, "once": 8, "month": 2, "twice": 4}
    return If(person.takes_opioids, of_opioids, {"never": 91, "longer-ago": 7, "once": 1.3, "month": 0.3, "twice": 0.4})


def hold_off(person: Person) -> Chances:
    """Return how hard it is, by the trouble; without use, many have no wish."""
    steps = Steps(("easy", "mostly", "hard", "hours"), at_most(person.trouble * person.uses.then(1, 0.7), 0.98))
    no_wish = ~person.uses & person.draws.happens("no wish", 0.45 / 1.45)
    return If(no_wish, {"no-wish": 1}, steps)


def risky(person: Person) -> Chances:
    """Return how often: driving is all that is asked about drinking and weed; other drugs are also shared and mixed."""
    share = person.number_by("main_substance", {"alcohol": 0.45, "cannabis": 0.4}, 0.6)
    return Steps(("never", "sometimes", "often", "mostly"), at_most(person.trouble * share, 0.98))


def treatment(person: Person) -> Chances:
    """Return how it went: by how often treated before; it helped those who use nothing now."""
    steady = person.uses.then(1, 3)
    return person.by(
        "treated_before",
        {
            "none": {"none": 1},
            "once": {"helped": 15 * steady, "a-while": 50, "again": 35},
            "two to four": {"helped": 10 * steady, "a-while": 45, "again": 30, "two": 15},
            "five or more": {"helped": 5 * steady, "a-while": 25, "again": 30, "two": 40},
        },
    )


def medicine(person: Person) -> Chances:
    """Return the medicine for use: mostly for opioids, and after treatment."""
    many = person.takes_opioids.then(1, 0.3) * person.has("treated_before", "none").then(0.3, 1)
    return {
        "taking": 0.15 * many,
        "still-using": person.uses.then(0.12 * many),
        "stopped": 0.2 * many,
        "could-not": 0.06,
        "unwanted": 0.1,
    }


USE_CHANCES: Mapping[str, Callable[[Person], Chances]] = {
    "used": used,
    "alcohol-days": days_of("alcohol"),
    "opioid-days": days_of(*OPIOIDS),
    "pill-days": days_of(),
    "stimulant-days": days_of(*STIMULANTS),
    "cannabis-days": days_of("cannabis"),
    "other-days": days_of(),
    "opioids": opioids,
    "without": without,
    "last-use": last_use,
    "ever-stopping": ever_stopping,
    "overdose": overdose,
    "hold-off": hold_off,
    "risky": risky,
    "treatment": treatment,
    "medicine": medicine,
}
"""By question, the chances of its options."""
