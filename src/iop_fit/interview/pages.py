"""One question on a page, and what is typed below it."""

from collections.abc import Iterator

from iop_fit.domain.answers import Answer, Skipped
from iop_fit.domain.decision import Decision
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.flow import progress_at
from iop_fit.interview.screen import Line, Page, numbered
from iop_fit.storage.drafts import Draft
from iop_fit.text import join, plural

__all__ = ["WHOM", "answer_in_review", "introduction", "question_page", "read_answer", "review_page", "reviewed"]


def question_page(decision: Decision, question: Question) -> Page:
    """Show a question with its options, its place among all, and what was answered so far."""
    title = next(each.title for each in decision.questionnaire.sections if each.id == question.section)
    place, of = progress_at(decision.questionnaire, question)
    lines = [
        Line(title, strong=True),
        Line(f"Question {place} of {of}", bar=(place, of)),
        Line(),
        Line(question.ask.for_(decision.sheet.about), strong=True),
        *numbered(tuple(option.label for option in question.options)),
    ]
    lines += [Line(text, mark=f"  {key}  " if key else "") for key, text in question.instructions]
    if question.id in decision.sheet.answers:
        said = answer_in_review(decision, question)
        lines.append(Line(f"Answered so far: {said}. Type k to keep it."))
    return Page(tuple(lines))


def read_answer(question: Question, typed: str) -> Answer | tuple[Line, ...]:
    """Read what was typed as an answer, or say what to type instead."""
    answer = question.parse(typed)
    if answer is not None:
        return answer
    letters = "Or a letter: b back, ? why, s skip, r review, q leave, x leave at once."
    return (Line(question.what_to_type), *([Line(letters)] if question.options else []))


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
        yield Line(question.ask.for_(decision.sheet.about), mark=f"{number:>3}  ")
        yield Line(answer_in_review(decision, question), mark="       ")
    yield Line()


def answer_in_review(decision: Decision, question: Question) -> str:
    """Say what was answered, or why not."""
    answer = decision.sheet.answers[question.id]
    said = question.words_for(answer)
    if not isinstance(answer, Skipped):
        return said
    could = question.id in decision.could_still_matter
    return f"skipped ({said}); {'this could' if could else 'this would not'} change the result"


KEYS = (
    Line("Type the number of an answer and press Enter. Enter alone never answers. These letters always work:"),
    *(
        Line(text, mark=f"  {letter}  ")
        for letter, text in (
            ("b", "back"),
            ("?", "why we ask"),
            ("s", "skip: rather not say, don't know, or doesn't apply"),
            ("r", "review the answers so far"),
        )
    ),
)

WHOM = ("For me", "For someone else")
"""Whom the questions can be for, in the order of `Audience`."""


def introduction(questionnaire: Questionnaire, draft: Draft, *, can_wipe: bool) -> tuple[Line, ...]:
    """Say what this is, how long it takes, what becomes of the answers, and how to leave at once."""
    number = plural(len(questionnaire.questions), "question")
    kept = f" The answers are kept in {draft.path}, but for private ones." if draft.path else ""
    wiped = "clears the screen" if can_wipe else "can't clear the screen in this mode"
    deletes = f" and deletes {join(map(str, draft.files))}" if draft.files else ""
    saves = ", and save the answers if wanted" if draft.enabled else ""
    return (
        Line(questionnaire.title, strong=True),
        Line(questionnaire.notice),
        Line("If life is in danger now, call 911. In a crisis, call or text 988. (United States)"),
        Line(f"At most {number}, about {questionnaire.minutes} minutes. Every one can be skipped."),
        Line(f"This program sends nothing anywhere, and keeps nothing unless that is asked for.{kept}"),
        Line(),
        *KEYS,
        Line(f"leave{saves}", mark="  q  "),
        Line(f"leave at once: it {wiped}{deletes}", mark="  x  "),
    )
