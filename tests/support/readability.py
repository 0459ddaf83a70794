"""Reading level and wording of the texts of a questionnaire."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience

STIGMATISING = re.compile(
    r"\b(addicts?|addicted|users?|junkies?|abuse[drs]*|abusing|alcoholics?|drunks?|habits?|clean|dirty|relaps(e[ds]?|ing)"
    r"|(substitution|replacement) (drug|therap|treatment|medic)\w*|medication.assisted|reformed|non-?complian(t|ce)"
    r"|refus(e[ds]?|ing|al)|(get|got|gets|getting) high|enabl(e[rs]?|ing)|co-?dependen(t|ce)|denial)\b",
    re.IGNORECASE,
)


EQUAL_LEVELS = re.compile(
    r"\b(same|equal|equivalent|identical|comparable) (level|amount|kind|intensity)s? of (care|treatment)"
    r"|\b(replaces?|instead of|no different from|the same as|equal to|as safe as) (inpatient|residential|live-in)",
    re.IGNORECASE,
)


class Text(NamedTuple):
    """A printed text, with the id of what contains it."""

    where: str
    text: str


Texts = Callable[[Questionnaire], Iterator[Text]]


def in_both_wordings(texts: Texts) -> Texts:
    """Return a function that yields the texts of a questionnaire in both wordings."""
    return lambda questionnaire: (text for each in Audience for text in texts(questionnaire.worded_for(each)))


@in_both_wordings
def asked(questionnaire: Questionnaire) -> Iterator[Text]:
    for question in questionnaire.questions.values():
        yield Text(question.id, question.ask)
        yield from (Text(f"{question.id}: {option.id}", option.label) for option in question.options)


@in_both_wordings
def alerts(questionnaire: Questionnaire) -> Iterator[Text]:
    for alert in questionnaire.alerts:
        yield Text(alert.id, f"{alert.title}. {alert.text}")
        yield Text(alert.id, alert.could_not_tell)


@in_both_wordings
def reasons(questionnaire: Questionnaire) -> Iterator[Text]:
    return (Text(rule.id, rule.because) for rule in questionnaire.rules)


@in_both_wordings
def explanations(questionnaire: Questionnaire) -> Iterator[Text]:
    for question in questionnaire.questions.values():
        yield Text(question.id, question.why)
    for point in questionnaire.points:
        yield from (Text(point.id, text) for text in (point.text, point.why, point.listen_for))
    for program in questionnaire.programs:
        yield Text(program.id, program.text)
    for direction in questionnaire.directions:
        texts = (direction.title, direction.sentence, direction.does_not_mean, direction.afterwards, *direction.next)
        yield from (Text(direction.id, text) for text in texts)


COUNTED_AS_TWO = {
    "names of medicines and drugs that have no other word": (
        "acamprosate buprenorphine methadone naloxone naltrexone cannabis fentanyl phenibut opioid opioids stimulants"
    ),
    "familiar to these readers; a paraphrase would be less clear": (
        "alcohol anxiety assessment emergency hospital inpatient intensive medical medication medications medicine "
        "medicines outpatient overdose recovery residential therapies therapy treatment withdrawal"
    ),
    "names on cards and signs": "helpline interpreter medicaid medicare military veterans",
    "two syllables when spoken, but three by spelling": "every live-in one-to-one something",
}
"""Words that count as two syllables, by reason."""


AS_TWO_SYLLABLES = {word for words in COUNTED_AS_TWO.values() for word in words.split()}


def syllables(word: str) -> int:
    word = word.lower()
    if word in AS_TWO_SYLLABLES:
        return 2
    spoken = re.sub(r"([^aeiouyl])es?$|([^aeiouydt])ed$", r"\1\2", word) if len(word) > 3 else word
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def sentences(text: str) -> list[list[str]]:
    """Return the words of each sentence."""
    parts = re.split(r"(?<=[.?!:;])\s+", text)
    return [words for part in parts if (words := re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*|\$?\d[\d,.]*\d|\d", part))]


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text; 0 for fewer than four words, where it is meaningless."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    if len(words) < 4:
        return 0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
