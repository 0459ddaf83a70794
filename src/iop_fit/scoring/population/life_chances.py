"""The chances of answers about safety, health, home and support: guesses, but for what the traits of a person give."""

from collections.abc import Callable, Mapping

from iop_fit.scoring.population.chances import Chances, If, Steps
from iop_fit.scoring.population.expressions import Number, at_most
from iop_fit.scoring.population.person import Person

__all__ = ["LIFE_CHANCES", "age"]

# First, and health


def now(person: Person) -> Chances:
    """Return what happens right now: hardly anything."""
    rare = ("collapse", "blood", "head", "confused", "seeing-things", "hurt-self", "hurt-other")
    return {**dict.fromkeys(rare, 0.001), "racing": person.uses.then(0.02 * person.trouble)}


def age(person: Person) -> Number:
    """Return the age in years: most often about 31; two in a thousand are under 18."""
    draws = person.draws
    adult = draws.triangular("adult", 18, 64, 31).apply("round")
    younger = draws.happens("under 18", 0.002).then(draws.whole("minor", 15, 17), adult)
    return person.has("is_65_or_older", "yes").then(draws.whole("older", 65, 84), younger)


def this_week(person: Person) -> Chances:
    """Return the signs of this week: a few more with more trouble, and a fever of those who may inject."""
    signs = ("sick", "fluids", "head", "bleeding", "fainting", "wounds")
    chances = dict.fromkeys(signs, 0.01 + 0.01 * person.trouble)
    return {**chances, "fever": person.takes_opioids.then(0.01, 0.001)}


def health(person: Person) -> Chances:
    """Return other illness, by age, and pregnancy as the trait says."""
    older = person.has("is_65_or_older", "yes")
    return {
        "serious": older.then(0.25, 0.05),
        "illness": 0.12,
        "pregnant": person.has("is_pregnant", "yes").then(1),
        "birth": older.then(0, 0.01),
    }


def prenatal(_: Person) -> Chances:
    """Return whether a pregnancy was looked after."""
    return {"seen": 3, "not-yet": 1}


# Mental health: by whether a mental condition is known


def thoughts(person: Person) -> Chances:
    """Return thoughts of death and of hurting."""
    much = person.mental_condition.then(1, 0.2)
    return {"wished": 0.2 * much, "suicide": 0.12 * much, "plan": 0.03 * much, "hurt": 0.02 * much}


def tried(person: Person) -> Chances:
    """Return attempts to end one's life."""
    with_it, without_it = {"never": 73, "longer-ago": 25, "recent": 2}, {"never": 92, "longer-ago": 7.5, "recent": 0.5}
    return If(person.mental_condition, with_it, without_it)


def mood(person: Person) -> Chances:
    """Return low mood on most days of those with a condition."""
    return If(person.mental_condition, {"with-help": 45, "no-help": 55}, {"rarely": 40, "some-days": 60})


def mind(person: Person) -> Chances:
    """Return voices and beliefs that others don't share: with a condition, and from meth."""
    much = person.has("main_substance", "meth").then(3, 1) * person.mental_condition.then(2, 1)
    return {"voices": 0.012 * much, "followed": 0.012 * much, "no-sleep": 0.01 * much}


# Home, daily life, support


def living(person: Person) -> Chances:
    """Return the home as the trait says."""
    return person.by(
        "living_arrangement",
        {
            "homeless": {"no-place": 1},
            "dependent": {"sober-house": 4, "others": 6},
            "independent": {"own": 92, "losing": 8},
        },
    )


def around(_: Person) -> Chances:
    """Return who uses around the person."""
    return {"none": 38, "friends": 32, "close": 25, "pushed": 5}


def home_safety(_: Person) -> Chances:
    """Return safety at home."""
    return {"none": 95, "yes-now": 5}


def basics(person: Person) -> Chances:
    """Return how the basics of a day go: by the trouble, and a little worse with a mental condition."""
    share = person.mental_condition.then(0.55, 0.4)
    return Steps(("well", "some-trouble", "a-lot-of-trouble", "cannot"), at_most(person.trouble * share, 0.98))


def lost(person: Person) -> Chances:
    """Return what was lost through use: by the trouble."""
    return Steps(("nothing", "slipped", "lost"), at_most(person.trouble * 0.7, 0.98))


def night(person: Person) -> Chances:
    """Return who can be reached at night: fewer without a home."""
    without_home = {"reachable": 40, "sometimes": 30, "nobody": 30}
    with_home = {"reachable": 72, "sometimes": 19, "nobody": 9}
    return If(person.has("living_arrangement", "homeless"), without_home, with_home)


LIFE_CHANCES: Mapping[str, Callable[[Person], Chances]] = {
    "now": now,
    "this-week": this_week,
    "health": health,
    "prenatal": prenatal,
    "thoughts": thoughts,
    "tried": tried,
    "mood": mood,
    "mind": mind,
    "living": living,
    "around": around,
    "home-safety": home_safety,
    "basics": basics,
    "lost": lost,
    "night": night,
}
"""By question, the chances of its options."""
