"""The page that lists every answer with its number, so that any can be changed."""

from collections.abc import Iterator

from iop_fit.answers import Skipped, answer_in_words
from iop_fit.decide import Decision
from iop_fit.pages import Line, Page
from iop_fit.question import Question

__all__ = ["answer_in_review", "review_page", "reviewed"]


def reviewed(decision: Decision) -> tuple[Question, ...]:
    """Return the questions that have an answer or were skipped, in the order of their numbers on the page."""
    return tuple(question for question in decision.reached.asked if question.id in decision.sheet.answers)


def review_page(decision: Decision) -> Page:
    """List the answers by section, each with its number; of the skipped ones say if they could change the result."""
    return Page(tuple(_lines(decision)))


def _lines(decision: Decision) -> Iterator[Line]:
    yield Line("Your answers so far", strong=True)
    titles = {section.id: section.title for section in decision.questionnaire.sections}
    section = ""
    for number, question in enumerate(reviewed(decision), 1):
        if question.section != section:
            section = question.section
            yield Line()
            yield Line(titles[section], strong=True)
        yield Line(question.ask.said_of(decision.sheet.about), mark=f"{number:>3}  ")
        yield Line(answer_in_review(decision, question), mark="       ")
    yield Line()


def answer_in_review(decision: Decision, question: Question) -> str:
    """Say what was answered, or why not."""
    answer = decision.sheet.answers[question.id]
    said = answer_in_words(answer, question)
    if not isinstance(answer, Skipped):
        return said
    could = question.id in decision.could_still_matter
    return f"skipped ({said}); {'this could' if could else 'this would not'} change the result"
