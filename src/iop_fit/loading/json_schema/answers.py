"""JSON Schema of the answers to one questionnaire: editors complete its ids, and explain each question and option."""

from collections.abc import Iterator

from iop_fit.domain.answers import SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.json_schema.files import answers_schema
from iop_fit.loading.json_schema.values import Schema, mapping
from iop_fit.loading.records import FIELDS
from iop_fit.text import json_text

__all__ = ["answers_schema_of", "answers_schema_text"]


def answers_schema_text(questionnaire: Questionnaire) -> str:
    """Return the schema of answers to this questionnaire as the text of a file."""
    return json_text(answers_schema_of(questionnaire))


def answers_schema_of(questionnaire: Questionnaire) -> Schema:
    """Return the schema of answers to this questionnaire; the texts are those for people who answer for themselves.

    It does not know which questions are asked after which answers; `assess` does.
    """
    about = {key.name: key.about for key in FIELDS["answers file"]}
    answers = {question.id: _question(question) for question in questionnaire.questions.values()}
    return answers_schema(
        title=f"Answers to: {questionnaire.title}",
        narrower={
            "questionnaire": {"description": about["questionnaire"], "enum": [questionnaire.id]},
            "answers": {"description": about["answers"], **mapping(dict(answers))},
        },
        definitions={"skipped": _skipped()},
    )


def _skipped() -> Schema:
    words = [reason.words.capitalize() for reason in SkipReason]
    reason = {"description": "Why the question is left out.", "enum": [*SkipReason], "enumDescriptions": words}
    return mapping({"skipped": reason}, ["skipped"])


def _question(question: Question) -> Schema:
    """Accept an answer to a question, nothing yet, or a skip."""
    return {
        "title": question.ask,
        "description": "\n".join(_about(question)),
        "anyOf": [*_answers(question), {"$ref": "#/definitions/skipped"}],
    }


def _about(question: Question) -> Iterator[str]:
    """Yield what an editor shows of a question, besides the question itself and its options."""
    if question.lead_in:
        yield question.lead_in.text
    yield question.why
    if question.asked_if:
        yield "Asked only after some answers to earlier questions."
    if question.private:
        yield "Private: left out of files. Not asked about someone else."
    if question.takes_several or not question.offered:
        yield question.how_to_write


def _answers(question: Question) -> Iterator[Schema]:
    """Yield what is accepted as an answer; an option may be written alone or as a list, as the reader takes it."""
    if question.number_range:
        least, most = question.number_range
        yield {"type": ["number", "string", "null"], "minimum": least, "maximum": most}
    elif question.offered:
        yield _options(question, None)
        bounds = {"maxItems": getattr(question, "at_most", None) or len(question.options)}
        bounds = bounds if question.takes_several else {"minItems": 1, "maxItems": 1}
        yield {"type": "array", "items": _options(question), "uniqueItems": True, **bounds}
    else:
        yield {"type": ["string", "number", "boolean", "null"]}


def _options(question: Question, *blank: None) -> Schema:
    """Accept an option or, with None, no answer yet; editors read the ids `true` and `false` as truth values."""
    truth = {"true": True, "false": False}
    options: list[tuple[object, str]] = [(option.id, option.label) for option in question.options]
    options += [(truth[option.id], option.label) for option in question.options if option.id in truth]
    return {
        "enum": [*(value for value, _ in options), *blank],
        "enumDescriptions": [*(label for _, label in options), *("Not answered yet" for _ in blank)],
    }
