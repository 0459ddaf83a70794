"""Whether the answers of a sheet fit the questions they are given to."""

from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import Answer, Skipped
from iop_fit.domain.kinds.choice import SKIP_IT
from iop_fit.domain.question import Audience, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Problem
from iop_fit.limits import MAX_MISFITS_COMPARED
from iop_fit.problem_codes import Code
from iop_fit.text import closest, did_you_mean, join, leading_name, quote

__all__ = ["AnswerProblem", "missing_answer", "problems_of"]


class AnswerProblem(NamedTuple):
    """A problem with the answer to one question, and the option that it is about, if one is."""

    question: str
    option: str
    problem: Problem


def problems_of(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[AnswerProblem, ...]:
    """Find every answer that does not fit; a sheet without problems can be decided on."""
    fitting: dict[str, Answer] = {}
    found: list[AnswerProblem] = []
    for name, answer in sheet.answers.items():
        question = questionnaire.questions.get(name)
        near = len(found) < MAX_MISFITS_COMPARED
        problems = [_unknown_question(name, questionnaire, near)] if question is None else [*_misfits(question, answer)]
        found.extend(problems)
        if not problems:
            fitting[name] = answer
    asked = reached_by(questionnaire, AnswerSheet(fitting, sheet.about)).asked_ids
    found.extend(_not_asked(questionnaire.questions[name]) for name in fitting if name not in asked)
    return tuple(found)


def missing_answer(question: Question, about: Audience) -> Problem:
    """Say that a question has no answer yet."""
    return Problem(
        code=Code.MISSING_ANSWER,
        message=f'"{question.id}" has no answer yet: {question.ask.for_(about)}',
        hint=f"{question.how_to_write} To skip it: {SKIP_IT}.",
    )


def _misfits(question: Question, answer: Answer) -> Iterator[AnswerProblem]:
    if not isinstance(answer, Skipped):
        for code, message, hint, option in question.misfits(answer):
            yield _problem(question, code, message, hint, option)


def _unknown_question(name: str, questionnaire: Questionnaire, near: bool) -> AnswerProblem:
    """Say that nothing is called so; only a slip of a public name is repeated, since all else may be an answer."""
    known = list(questionnaire.questions)
    slip_of = closest(name, known) if near and name == leading_name(name) else None
    public = slip_of is not None and not questionnaire.questions[slip_of].private
    message = f"There is no question {quote(name)}." if public else "There is no such question."
    hint = did_you_mean(leading_name(name), known) if near else ""
    return AnswerProblem(name, "", Problem(Code.UNKNOWN_QUESTION, message, hint=hint))


def _not_asked(question: Question) -> AnswerProblem:
    message = f'"{question.id}" has an answer, but with the other answers it is not asked.'
    if question.private:
        hint = "It is asked only of the person whom it is about. Take the line out."
    else:
        gates = sorted({name for way in question.asked_if for name, _ in way})
        hint = f"It hangs on {join(map(quote, gates), last='or')}. Mend that answer, or take this line out."
    return _problem(question, Code.NOT_ASKED, message, hint)


def _problem(question: Question, code: Code, message: str, hint: str, option: str = "") -> AnswerProblem:
    return AnswerProblem(question.id, option, Problem(code=code, message=message, hint=hint))
