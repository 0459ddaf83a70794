"""The `questions` command."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import typer

from iop_fit.cli.help.given_file import looks_like_a_file
from iop_fit.domain.answers import plain_number
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Question, with_lead_ins
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.loading.loader import load
from iop_fit.text import closest, join, json_text, quote

__all__ = ["questions_text"]


def questions_text(path: Path | None, output: str, ids: Collection[str] = ()) -> str:
    """Return the questions as `text` or `json`, or to fill in: a `blank` answers file, or a form in `fhir`.

    `ids` selects some of them, in `text` and `json`. Raises `typer.BadParameter` for an unknown id.
    """
    questionnaire = load(path)
    _check_ids(ids, questionnaire)
    match output:
        case "json":
            return listing_json(questionnaire, ids)
        case "fhir":
            from iop_fit.report.to_fhir import blank_form

            return blank_form(questionnaire)
        case "blank":
            from iop_fit.storage.answer_files import blank_sheet

            return blank_sheet(questionnaire, str(path) if path else "")
        case _:
            return listing_text(questionnaire, ids)


def _check_ids(ids: Iterable[str], questionnaire: Questionnaire) -> None:
    for name in ids:
        if name not in questionnaire.questions:
            near = closest(name, list(questionnaire.questions))
            hint = f"Did you mean {quote(near)}?" if near else ""
            other = "For another questionnaire: --questions PATH" if looks_like_a_file(name) else ""
            message = f"there is no question {quote(name)}. {hint or other or 'For all ids: iop-fit questions'}"
            raise typer.BadParameter(message, param_hint="ID")


def listing_json(questionnaire: Questionnaire, ids: Collection[str] = ()) -> str:
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
        if not ids or question.id in ids
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


def listing_text(questionnaire: Questionnaire, ids: Collection[str] = ()) -> str:
    """Return the questions as text."""
    return "\n".join(_lines(questionnaire, ids)) + "\n"


def _lines(questionnaire: Questionnaire, ids: Collection[str]) -> Iterator[str]:
    yield questionnaire.title
    yield questionnaire.notice
    for section in questionnaire.sections:
        listed = [question for question in section.questions if not ids or question.id in ids]
        if listed:
            yield from ("", section.title, "=" * len(section.title))
        for lead_in, question in with_lead_ins(listed):
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
