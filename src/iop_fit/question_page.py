"""One question on a page, and what is typed below it."""

from iop_fit.answers import Answer, Chosen, Written
from iop_fit.decide import Decision
from iop_fit.interview import progress_at
from iop_fit.pages import Line, Page
from iop_fit.question import Kind, Question
from iop_fit.review import answer_in_review
from iop_fit.screen import numbered
from iop_fit.validity import MAX_NOTE

__all__ = ["question_page", "read_answer"]

MAX_LINE = 4_000
"""The longest line that every terminal hands over whole, in bytes of UTF-8; what is over it is lost without a word."""


def question_page(decision: Decision, question: Question) -> Page:
    """Show a question with its options, its place among all, and what was answered so far."""
    title = next(each.title for each in decision.questionnaire.sections if each.id == question.section)
    place, of = progress_at(decision.questionnaire, question)
    lines = [
        Line(title, strong=True),
        Line(f"Question {place} of {of}", bar=(place, of)),
        Line(),
        Line(question.ask.said_of(decision.sheet.about), strong=True),
        *numbered(tuple(option.label for option in question.options)),
    ]
    match question.kind:
        case Kind.SEVERAL:
            lines += [Line("None of these", mark="  0  "), Line("Several can be chosen, like: 1 3")]
        case Kind.NOTE:
            lines.append(Line("Write one line."))
        case Kind.RANKED | Kind.UNRANKED:
            pass  # the prompt says all
    if question.id in decision.sheet.answers:
        said = answer_in_review(decision, question)
        lines.append(Line(f"Answered so far: {said}. Type k to keep it."))
    return Page(tuple(lines))


def read_answer(question: Question, typed: str) -> Answer | tuple[Line, ...]:
    """Read what was typed as an answer, or say what to type instead."""
    if question.kind is Kind.NOTE:
        if 0 < len(typed) <= MAX_NOTE and len(typed.encode(errors="replace")) <= MAX_LINE:
            return Written(typed)
        return (Line(f"Please write one line of at most {MAX_NOTE:,} plain letters, or s to skip."),)
    words = typed.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 4]
    ids = [option.id for option in question.options]
    if question.kind is Kind.SEVERAL:
        if numbers == [0] and len(words) == 1:
            return Chosen(())
        if numbers and len(numbers) == len(words) and all(1 <= number <= len(ids) for number in numbers):
            return Chosen(tuple(option for place, option in enumerate(ids, 1) if place in numbers))
        wanted = f"Please type numbers from 1 to {len(ids)}, like: 1 3. Or 0 for none of these."
    elif len(words) == len(numbers) == 1 and 1 <= numbers[0] <= len(ids):
        return Chosen((ids[numbers[0] - 1],))
    else:
        wanted = f"Please type one number from 1 to {len(ids)}."
    return Line(wanted), Line("Or a letter: b back, ? why, s skip, r review, q leave, x leave at once.")
