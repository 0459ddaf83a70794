"""The `questions` command."""

from collections.abc import Iterator
from pathlib import Path

from iop_fit.domain.answers import plain_number
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Question, with_lead_ins
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load
from iop_fit.text import join, json_text

__all__ = ["questions_text"]


def questions_text(path: Path | None, output: str) -> str:
    """Return the questions as `text` or `json`, or to fill in: a `blank` answers file, or a form in `fhir`."""
    if output == "fhir":
        from iop_fit.report.to_fhir import blank_form

        return blank_form(load(path))
    from iop_fit.storage.answer_files import blank_sheet

    if output == "blank":
        return blank_sheet(load(path), str(path) if path else "")
    return {"text": listing_text, "json": listing_json}[output](load(path))


def listing_json(questionnaire: Questionnaire) -> str:
    """Return the questions as JSON; `ask_when` lists the alternatives of each gate, as `[question, option]` pairs."""
    questions = [
        {
            "id": question.id,
            "section": question.section,
            "kind": question.kind,
            "need": question.need,
            "options": [option.id for option in question.options],
            "ask_when": [_named_options(alternative, questionnaire) for alternative in question.asked_if],
            **_number(question),
            **({"lead_in": question.lead_in.text} if question.lead_in else {}),
            **({"use": "paper"} if question.paper_only else {}),
        }
        for question in questionnaire.questions.values()
    ]
    return json_text({"questions": questions})


def _number(question: Question) -> dict[str, object]:
    """Return the range, the unit and the bands of a number question; an empty mapping for other kinds."""
    if question.number_range is None:
        return {}
    least, most = map(plain_number, question.number_range)
    bands = {option.id: plain_number(option.start or 0) for option in question.options}
    return {"number": {"from": least, "up_to": most, "unit": question.number_unit, "bands": bands}}


def _named_options(alternative: OptionSet, questionnaire: Questionnaire) -> list[list[str]]:
    """Return each question of an alternative of a gate, with the option that it must reach."""
    named = {question for question, _ in alternative}
    asked = (question for question in questionnaire.questions.values() if question.id in named)
    return [[question.id, question.options_in(alternative)[-1].id] for question in asked]


def listing_text(questionnaire: Questionnaire) -> str:
    """Return the questions as text."""
    return "\n".join(_lines(questionnaire)) + "\n"


def _lines(questionnaire: Questionnaire) -> Iterator[str]:
    yield questionnaire.title
    yield questionnaire.notice
    for section in questionnaire.sections:
        yield from ("", section.title, "=" * len(section.title))
        for lead_in, question in with_lead_ins(section.questions):
            yield from ("", lead_in.text) if lead_in else ()
            yield from ("", *_question(question, questionnaire))


def _question(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    yield f"{question.id}: {question.ask}"
    yield f"  Why: {question.why}"
    practical = "for the paper only" if question.paper_only else "practical, never raises a direction"
    use = "about need" if question.need else practical
    private = "; private" if question.private else ""
    yield f"  ({question.answered_with}; {use}{private})"
    for alternative in question.asked_if:
        named = (f"{name}: {option}" for name, option in _named_options(alternative, questionnaire))
        yield f"  Asked if {join(named)}"
    for each in question.offered or question.options:
        start = "" if each.start is None else f" (from {plain_number(each.start)})"
        yield f"  - {each.id}: {each.label}{start}"
