"""The rules of a questionnaire for engines that know only facts, each true or false, and expressions of `and` and `or`.

A fact is an option that a sheet reaches. A rule is any of its needs, and a need is all of its facts together.
"""

from collections.abc import Collection

from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.guidance import Rule
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["expression_of", "fact", "facts_of", "names_in"]


def fact(option: OptionRef) -> str:
    """Return the name of a fact, such as `hold_off_hours`."""
    question, name = option
    return f"{question}_{name}".replace("-", "_")


def names_in(questionnaire: Questionnaire) -> dict[OptionRef, str]:
    """Return the name of each fact that a rule depends on."""
    options = {option for rule in questionnaire.rules for need in rule.needs for option in need}
    names = {option: fact(option) for option in sorted(options)}
    assert len({*names.values()}) == len(names), "two facts have one name"
    return names


def facts_of(reached: OptionSet, names: dict[OptionRef, str]) -> dict[str, bool]:
    """Return each fact of a sheet, true or false."""
    return {name: option in reached for option, name in names.items()}


def expression_of(rule: Rule) -> str:
    """Return when a rule fires, as an expression that Python, zen-engine and rule-engine all read alike."""
    return " or ".join(f"({all_of(need)})" for need in sorted(rule.needs, key=sorted))


def all_of(need: Collection[OptionRef]) -> str:
    return " and ".join(map(fact, sorted(need)))
