"""The questionnaire of a result as a FHIR R4 Questionnaire."""

from collections.abc import Iterator, Mapping
from itertools import chain, takewhile

from iop_fit.domain.answers import SkipReason, plain_number
from iop_fit.domain.condition import OptionRef, OptionSet
from iop_fit.domain.question import LeadIn, Option, Question, with_lead_ins
from iop_fit.report.fhir_narrative import element, narrative
from iop_fit.storage.fhir.form import (
    NONE,
    SKIP_IT,
    Form,
    Json,
    extension,
    lead_in_link,
    scores,
    section_link,
    skip_coding,
    skip_link,
    why_link,
)

__all__ = ["questionnaire_resource"]

ALONE = extension("questionnaire-optionExclusive", valueBoolean=True)
"""Marks an option that can't be combined with others."""

VERTICAL = extension("questionnaire-choiceOrientation", valueCode="vertical")


def questionnaire_resource(form: Form) -> Json:
    """Return the Questionnaire resource, with scores and enableWhen conditions."""
    questionnaire = form.questionnaire
    groups = [
        {
            "linkId": section_link(section),
            "text": section.title,
            "type": "group",
            "item": [item for each in with_lead_ins(questions) for item in _items(form, *each)],
        }
        for section, questions in form.sections
    ]
    return {
        "resourceType": "Questionnaire",
        "language": questionnaire.language,
        "text": narrative(
            questionnaire.language, element("h1", questionnaire.title), element("p", questionnaire.notice)
        ),
        "url": form.url,
        "version": form.version,
        "title": questionnaire.title,
        "status": "active",
        "subjectType": ["Patient"],
        "description": questionnaire.notice,
        "item": groups,
    }


def _items(form: Form, lead_in: LeadIn | None, question: Question) -> Iterator[Json]:
    """Yield a question after the text that introduces it and those below it, which is always shown.

    After a number, an item follows to skip it: only options can be skipped by an option.
    """
    if lead_in:
        yield {"linkId": lead_in_link(question), "text": lead_in.text, "type": "display"}
    yield _question(form, question)
    if question.number_range:
        yield {
            "linkId": skip_link(question),
            "text": SKIP_IT,
            "type": "choice",
            "extension": [_control("radio-button"), VERTICAL],
            **_enable_when(form, question),
            "answerOption": [_skip_option(question, reason) for reason in SkipReason],
        }


def _question(form: Form, question: Question) -> Json:
    help_text = {
        "linkId": why_link(question),
        "text": question.why,
        "type": "display",
        "extension": [_control("help")],
    }
    return {
        "linkId": question.id,
        "text": question.ask,
        **_kind(form, question),
        **_enable_when(form, question),
        "item": [help_text],
    }


def _kind(form: Form, question: Question) -> Json:
    """Return the type of a question with its options, including those to skip it."""
    if not question.offered:
        return {"type": question.fhir_type, **_extensions(*_number_limits(question))}
    several = {"repeats": True} if question.takes_several else {}
    return {
        "type": question.fhir_type,
        "extension": [_control(question.fhir_control), VERTICAL],
        **several,
        "answerOption": [
            *(_option(form, question, option) for option in form.options(question)),
            *(_skip_option(question, reason) for reason in SkipReason),
        ],
    }


def _number_limits(question: Question) -> Iterator[Json]:
    """Yield the range and the unit of a number."""
    if question.number_range:
        least, most = map(plain_number, question.number_range)
        yield extension("minValue", valueDecimal=least)
        yield extension("maxValue", valueDecimal=most)
    if question.number_unit:
        yield extension("questionnaire-unit", valueCoding={"display": question.number_unit})


def _option(form: Form, question: Question, option: Option) -> Json:
    """Return an answer option, with its score on the option and in the coding: clients read one or the other."""
    alone = [ALONE] if option is NONE else []
    return {**_extensions(*scores(question, option), *alone), "valueCoding": form.coding(question, option)}


def _skip_option(question: Question, reason: SkipReason) -> Json:
    """Return the answer option for a skip reason, without a score: unknown is not 0."""
    alone = [ALONE] if question.takes_several else []
    return {**_extensions(*alone), "valueCoding": skip_coding(reason)}


def _extensions(*extensions: Json) -> Json:
    return {"extension": list(extensions)} if extensions else {}


def _control(code: str) -> Json:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}
    return extension("questionnaire-itemControl", valueCodeableConcept={"coding": [coding]})


def _enable_when(form: Form, question: Question) -> Json:
    """Return when a question is asked, which includes that a question its gate depends on was skipped.

    R4 joins its conditions by "any" or by "all". Of answers that are required together, only the one to the last
    question is a condition, so that a client may ask in vain but never fails to ask. A question that depends on
    numbers between two others is always enabled: R4 has no condition for that.
    """
    known = form.questionnaire.questions
    tests = [_last_test(alternative, known) for alternative in question.asked_if]
    refs = dict.fromkeys(ref for option_set in tests for ref in _reaching(option_set, known))
    reaching: dict[str, list[str]] = {}
    for name, option in refs:
        reaching.setdefault(name, []).append(option)
    answered = [_answered_with(form, known[name], options) for name, options in reaching.items()]
    if not answered or None in answered:
        return {}
    conditions = [*chain.from_iterable(each for each in answered if each)]
    for name in reaching:
        link = skip_link(known[name]) if known[name].number_range else name
        conditions += [_equals(link, skip_coding(reason)) for reason in SkipReason]
    return {"enableWhen": conditions, "enableBehavior": "any"}


def _last_test(alternative: OptionSet, questions: Mapping[str, Question]) -> OptionSet:
    """Return the options of the last question of an alternative."""
    last = [name for name in questions if any(name == each for each, _ in alternative)][-1]
    return frozenset(ref for ref in alternative if ref[0] == last)


def _answered_with(form: Form, question: Question, options: list[str]) -> list[Json] | None:
    """Return conditions any of which means that a question was answered with one of these options; None if none do."""
    if question.number_range is None:
        return [_equals(question.id, form.coding(question, question.options_by_id[option])) for option in options]
    bands = sorted((each.start or 0, each.id in options) for each in question.options)
    inside = [reaches for _, reaches in bands]
    low, high = (len([*takewhile(bool, each)]) for each in (inside, reversed(inside)))
    if low == len(bands):
        return [_compares(question, ">=", bands[0][0])]
    if low + high < sum(inside):
        return None
    below = [_compares(question, "<", bands[low][0])] if low else []
    return [*below, *([_compares(question, ">=", bands[-high][0])] if high else [])]


def _compares(question: Question, operator: str, number: float) -> Json:
    return {"question": question.id, "operator": operator, "answerDecimal": plain_number(number)}


def _equals(link: str, coding: Json) -> Json:
    return {"question": link, "operator": "=", "answerCoding": coding}


def _reaching(option_set: OptionSet, questions: Mapping[str, Question]) -> Iterator[OptionRef]:
    """Yield the answers to one question that reach these options."""
    (name,) = {name for name, _ in option_set}
    return ((name, option) for option, reached in questions[name].reach.items() if option_set <= reached)
