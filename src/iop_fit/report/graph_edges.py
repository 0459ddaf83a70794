"""The needs of all rules, gathered into few joints that ask for exactly the same: what a drawing can show."""

from collections.abc import Iterable, Iterator
from math import comb
from typing import NamedTuple

from iop_fit.domain.condition import Need, Pair
from iop_fit.domain.question import Kind
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["Choice", "Joint", "Link", "joints_of", "links_of", "places_of"]

Choice = tuple[int, ...]
"""The places of options of which any one is enough, rising."""

Term = tuple[Choice, ...]
"""Choices that come together, in order; no option stands in two of them."""

Rules = tuple[str, ...]


class Joint(NamedTuple):
    """Choices of which at least `number` come together."""

    number: int
    choices: Term


class Link(NamedTuple):
    """A joint, what it raises, and the ids of the rules that say so."""

    joint: Joint
    raises: str
    rules: Rules


def places_of(questionnaire: Questionnaire) -> dict[Pair, int]:
    """Number all options in the order of the file."""
    pairs = ((question.id, option.id) for question in questionnaire.questions.values() for option in question.options)
    return {pair: place for place, pair in enumerate(pairs)}


def links_of(questionnaire: Questionnaire) -> tuple[Link, ...]:
    """Gather what each rule says, and then what several rules say of one alert or direction."""
    places = places_of(questionnaire)
    raised: dict[str, dict[Joint, Rules]] = {}
    for rule in questionnaire.rules:
        joints = raised.setdefault(rule.raises, {})
        for joint in joints_of(_thresholds(need, questionnaire, places) for need in rule.said):
            joints[joint] = (*joints.get(joint, ()), rule.id)
    return tuple(Link(joint, target, rules) for target, joints in raised.items() for joint, rules in _joined(joints))


def _thresholds(need: Need, questionnaire: Questionnaire, places: dict[Pair, int]) -> Choice:
    """Write a need as places; on a ranked question the highest option stands for those below it."""
    highest: dict[object, int] = {}
    for pair in need:
        ranked = questionnaire.questions[pair[0]].kind is Kind.RANKED
        key = pair[0] if ranked else pair
        highest[key] = max(places[pair], highest.get(key, 0))
    return tuple(sorted(highest.values()))


def joints_of(needs: Iterable[tuple[int, ...]]) -> tuple[Joint, ...]:
    """Gather needs, each a set of places: into one joint when "at least so many of these choices" says it all."""
    needs = sorted(set(needs))
    choices = _choices(needs)
    gathered = {tuple(sorted({choices[place] for place in need})) for need in needs}
    number, among = len(min(gathered, default=())), tuple(sorted(set(choices.values())))
    if all(len(term) == number for term in gathered) and len(gathered) == comb(len(among), number):
        return (Joint(number, among),) if number else ()
    terms: dict[Term, Rules] = {tuple((place,) for place in need): () for need in needs}
    return tuple(Joint(len(term), term) for term in _merged(terms))


def _choices(needs: list[tuple[int, ...]]) -> dict[int, Choice]:
    """Put options together that always need the same beside them, so that one can stand for another."""
    beside: dict[int, set[tuple[int, ...]]] = {}
    for need in needs:
        for place in need:
            beside.setdefault(place, set()).add(tuple(other for other in need if other != place))
    alike: dict[frozenset[tuple[int, ...]], list[int]] = {}
    for place in sorted(beside):
        alike.setdefault(frozenset(beside[place]), []).append(place)
    return {place: tuple(group) for group in alike.values() for place in group}


def _joined(joints: dict[Joint, Rules]) -> Iterator[tuple[Joint, Rules]]:
    """Merge joints of one target that differ in one choice only; single choices keep their own lines."""
    whole = {joint.choices: rules for joint, rules in joints.items() if 1 < joint.number == len(joint.choices)}
    yield from ((joint, rules) for joint, rules in joints.items() if joint.choices not in whole)
    yield from ((Joint(len(term), term), rules) for term, rules in _merged(whole).items())


def _merged(terms: dict[Term, Rules]) -> dict[Term, Rules]:
    """Merge terms that differ in one choice, the most at once first, until none do."""
    while True:
        alike: dict[Term, list[Term]] = {}
        for term in sorted(terms):
            for choice in term:
                alike.setdefault(tuple(other for other in term if other != choice), []).append(term)
        rest, group = max(alike.items(), key=lambda each: len(each[1]), default=((), []))
        if len(group) < 2:
            return terms
        choice = tuple(sorted({place for term in group for other in term if other not in rest for place in other}))
        rules = tuple(dict.fromkeys(rule for term in group for rule in terms[term]))
        terms = {term: by for term, by in terms.items() if term not in group}
        terms[tuple(sorted((*rest, choice)))] = rules
