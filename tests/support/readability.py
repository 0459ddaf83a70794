"""Reading level and wording of the texts of a questionnaire, text by text and page by page."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from iop_fit.domain.care_option import CareOption, CareRow
from iop_fit.domain.guidance import PointList
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience

STIGMATISING = re.compile(
    r"\b(addicts?|addicted|users?|junkies?|(?<!child-)abuse[drs]*|abusing|alcoholics?|drunks?|habits?"
    r"|clean(?! (supplies|needles|syringes))|dirty|relaps(e[ds]?|ing)"
    r"|(substitution|replacement) (drug|therap|treatment|medic)\w*|medication.assisted|reformed|non-?complian(t|ce)"
    r"|refus(e[ds]?|ing|al)(?! to give)|(get|got|gets|getting) high|enabl(e[rs]?|ing)|co-?dependen(t|ce)|denial)\b",
    re.IGNORECASE,
)
"""Words to avoid about people. "Clean supplies", "child-abuse", and a program that refused to give may be said."""


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


def described(option: CareOption) -> Iterator[tuple[CareRow, str]]:
    """Yield what an option of care says in each row, without its sources."""
    for row in CareRow:
        if row is CareRow.STUDIES:
            yield row, " ".join(study.text for study in option.studies)
        else:
            yield row, getattr(option, row)


@in_both_wordings
def explanations(questionnaire: Questionnaire) -> Iterator[Text]:
    for question in questionnaire.questions.values():
        yield Text(question.id, question.why)
    for point in questionnaire.points:
        yield from (Text(point.id, text) for text in (point.text, point.why, point.listen_for))
    for program in questionnaire.programs:
        yield Text(program.id, program.text)
    for option in questionnaire.care_options:
        yield from (Text(f"{option.id}: {row}", text) for row, text in described(option))
    for direction in questionnaire.directions:
        texts = (direction.title, direction.sentence, direction.does_not_mean, direction.afterwards, *direction.next)
        yield from (Text(direction.id, text) for text in texts)
        yield from (Text(f"{direction.id}: {each.id}", each.text) for each in direction.additions)


class Page(NamedTuple):
    """Texts that are read together, and the highest grade that they may have."""

    name: str
    texts: tuple[str, ...]
    limit: float

    @property
    def grade(self) -> float:
        """The grade of the whole page; each text is at least one sentence."""
        return grade("\n".join(text.rstrip(".") + "." for text in self.texts if text))


QUESTIONS, EXPLANATIONS = 6, 8
"""The highest grade of pages that say what to answer or what to do, and of pages that say why."""


def pages(questionnaire: Questionnaire) -> Iterator[Page]:
    """Yield the pages of a questionnaire, in the wording it has."""
    for section in questionnaire.sections:
        questions = section.questions
        options = (option.label for question in questions for option in question.options)
        yield Page(f"{section.id}: questions", (*(each.ask for each in questions), *options), QUESTIONS)
        yield Page(f"{section.id}: whys", tuple(each.why for each in questions), EXPLANATIONS)
    alerts = questionnaire.alerts
    yield Page("alerts", tuple(text for each in alerts for text in (each.title, each.text)), QUESTIONS)
    yield Page("alerts left open", tuple(each.could_not_tell for each in alerts), QUESTIONS)
    yield Page("reasons of alerts", tuple(each.because for each in questionnaire.alert_rules), EXPLANATIONS)
    yield Page("reasons of directions", tuple(each.because for each in questionnaire.direction_rules), EXPLANATIONS)
    for kind in PointList:
        points = [point for point in questionnaire.points if point.list is kind]
        said = (text for each in points for text in (each.text, each.why, each.listen_for))
        yield Page(f"points: {kind}", tuple(said), EXPLANATIONS)
    for direction in questionnaire.directions:
        texts = (direction.sentence, direction.does_not_mean, direction.afterwards, *direction.next)
        yield Page(f"direction {direction.id}", (direction.title, *texts), EXPLANATIONS)
    for program in questionnaire.programs:
        yield Page(f"program {program.id}", (program.text,), EXPLANATIONS)
    for option in questionnaire.care_options:
        yield Page(f"option {option.id}", tuple(text for _, text in described(option)), EXPLANATIONS)


COUNTED_AS_TWO = {
    "names of medicines and drugs that have no other word": (
        "acamprosate buprenorphine methadone naloxone naltrexone cannabis fentanyl phenibut opioid opioids stimulants "
        "tianeptine gabapentin fioricet oxycodone"
    ),
    "everybody knows them; a paraphrase would be less clear": (
        "alcohol anxiety assessment emergency hospital inpatient insurance intensive medical medication medications "
        "medicine medicines outpatient overdose pregnancy pregnant recovery residential suicide therapies therapy "
        "treatment withdrawal"
    ),
    "names on cards and signs": "helpline interpreter medicaid medicare military veterans",
    "two syllables when spoken, but three by spelling": "every live-in one-on-one one-to-one something",
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


def long_sentences(texts: Iterable[Text], at_most: int) -> list[tuple[str, str]]:
    """Return the sentences with more words, each with the id of what contains it."""
    return sorted(
        {(each.where, " ".join(words)) for each in texts for words in sentences(each.text) if len(words) > at_most}
    )


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text; 0 for fewer than four words, where it is meaningless."""
    parts = sentences(text)
    words = [word for part in parts for word in part]
    if len(words) < 4:
        return 0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
