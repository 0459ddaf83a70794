"""The questions of a questionnaire, listed without asking."""

from collections.abc import Iterator
from pathlib import Path

from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.files.stdio import OutputTarget
from iop_fit.loading.loader import load
from iop_fit.report.formats import draw_on_screen
from iop_fit.text import json_text

__all__ = ["hotlines_text", "questions_text"]


def questions_text(path: Path | None, output: str) -> str:
    """List the questions as `text` or `json`, or write a `blank` answers file to fill in."""
    from iop_fit.storage.answer_files import blank_sheet

    written = {"text": listing_text, "json": listing_json, "blank": blank_sheet}
    return written[output](load(path))


def hotlines_text(path: Path | None, view: OutputTarget) -> str:
    """Say whom to turn to."""
    from iop_fit.outline.contacts import hotlines_outline

    return draw_on_screen(hotlines_outline(load(path)), width=view.width, color=view.color, plain=view.plain)


def listing_json(questionnaire: Questionnaire) -> str:
    """List the questions for programs; `ask_when` holds the ways to open each gate, as `[question, option]`."""
    questions = [
        {
            "id": question.id,
            "section": question.section,
            "kind": question.kind,
            "need": question.need,
            "options": [option.id for option in question.options],
            "ask_when": [_highest(way, questionnaire) for way in question.asked_if],
        }
        for question in questionnaire.questions.values()
    ]
    return json_text({"questions": questions})


def _highest(way: frozenset[tuple[str, str]], questionnaire: Questionnaire) -> list[str]:
    """Name the one option that a way of opening a gate asks for: reaching it reaches those below."""
    (name,) = {question for question, _ in way}
    reached = [option.id for option in questionnaire.questions[name].options if (name, option.id) in way]
    return [name, reached[-1]]


def listing_text(questionnaire: Questionnaire) -> str:
    """List the questions for people."""
    return "\n".join(_lines(questionnaire)) + "\n"


def _lines(questionnaire: Questionnaire) -> Iterator[str]:
    yield questionnaire.title
    yield questionnaire.notice
    for section in questionnaire.sections:
        yield from ("", section.title, "=" * len(section.title))
        for question in section.questions:
            yield from ("", *_question(question, questionnaire))


def _question(question: Question, questionnaire: Questionnaire) -> Iterator[str]:
    yield f"{question.id}: {question.ask.me}"
    yield f"  Why: {question.why.me}"
    use = "speaks about need" if question.need else "practical, never raises a direction"
    private = "; private" if question.private else ""
    yield f"  ({question.answered_with}; {use}{private})"
    for way in question.asked_if:
        name, option = _highest(way, questionnaire)
        yield f"  Asked after {name}: {option}"
    yield from (f"  - {option.id}: {option.label}" for option in question.options)
