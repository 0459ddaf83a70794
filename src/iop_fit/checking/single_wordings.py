"""Find texts that speak to or about the person, but have only one wording."""

import re
from collections.abc import Iterator

from iop_fit.checking.findings import Violation
from iop_fit.domain.guidance import PointList
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Wording
from iop_fit.loading.fields import QUESTIONNAIRE_FIELDS, second_wording
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["single_wordings"]

PRONOUN = re.compile(
    r"\b(you|yours?|yoursel(f|ves)|they|them|theirs?|themsel(f|ves)|he|him|his|himself|she|hers?|herself)\b",
    re.IGNORECASE,
)
"""English pronouns of the second and third person, without "it"."""


def single_wordings(questionnaire: Questionnaire) -> Iterator[Violation]:
    """Yield each record with a text that has a pronoun and only one wording.

    Private records are left out, since they are never shown to someone who answers for the person, and so are
    questionnaires in other languages than English.
    """
    if questionnaire.language.partition("-")[0].lower() != "en":
        return
    for noun, name, record in _records(questionnaire.public()):
        found = next(_pronouns(noun, record), None)
        if found:
            yield _one_wording(noun, name, *found)
    for option in questionnaire.care_options:
        pronouns = (pronoun for study in option.studies for _, pronoun in _pronouns("study", study))
        yield from (_one_wording("care option", option.id, "studies", pronoun) for pronoun in pronouns)


def _one_wording(noun: str, name: str, key: str, pronoun: str) -> Violation:
    added = second_wording("text" if key == "studies" else key)
    return Violation(
        code=Code.ONE_WORDING,
        noun=noun,
        id=name,
        key=key,
        message=f"The {noun} {quote(name)} says {quote(pronoun)} in {quote(key)}, which has only one wording.",
        hint=f"Add `{added}:`; repeat the text there if it reads right for both.",
    )


def _records(questionnaire: Questionnaire) -> Iterator[tuple[str, str, object]]:
    """Yield the records whose texts may have two wordings, as noun, id and record."""
    shared: set[str] = set()
    for question in questionnaire.questions.values():
        yield "question", question.id, question
        if question.option_list not in shared:
            yield from (("option", f"{question.id}: {option.id}", option) for option in question.options)
        shared |= {question.option_list} - {""}
    lead_ins = dict.fromkeys(each.lead_in for each in questionnaire.questions.values() if each.lead_in)
    yield from (("lead-in", each.id, each) for each in lead_ins)
    for direction in questionnaire.directions:
        yield "direction", direction.id, direction
        yield from (("addition", addition.id, addition) for addition in direction.additions)
    yield from (("alert", alert.id, alert) for alert in questionnaire.alerts)
    yield from (("rule", rule.id, rule) for rule in questionnaire.rules)
    yield from (("program", program.id, program) for program in questionnaire.programs)
    for point in questionnaire.points:
        if point.list is not PointList.FAMILY:  # read only by someone who answers for the person
            yield "point", point.id, point
    yield from (("contradiction", each.id, each) for each in questionnaire.contradictions)
    yield from (("care option", each.id, each) for each in questionnaire.care_options)


def _pronouns(noun: str, record: object) -> Iterator[tuple[str, str]]:
    """Yield the first pronoun of each text with only one wording, with its key."""
    keys = [field.name for field in QUESTIONNAIRE_FIELDS[noun]]
    for key in (key for key in keys if second_wording(key) in keys):
        value = getattr(record, key.replace(" ", "_"))
        for text in (value,) if isinstance(value, str) else value:
            if not isinstance(text, Wording) and (match := PRONOUN.search(text)):
                yield key, match.group()
