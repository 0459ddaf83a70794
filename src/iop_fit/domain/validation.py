"""Validate the answers of a sheet against its questionnaire."""

from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet, reached_by
from iop_fit.domain.answers import SKIP_IT, Answer, Skipped
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Problem
from iop_fit.limits import MAX_LISTED, MAX_MISFITS_COMPARED
from iop_fit.problem_codes import Code
from iop_fit.text import closest, did_you_mean, hides_fields, join, join_some, leading_name, quote

__all__ = ["AnswerProblem", "missing_answer", "problems_of"]


@hides_fields
class AnswerProblem(NamedTuple):
    """A problem with the answer to one question; `option` may be empty."""

    question: str
    option: str
    problem: Problem

    @property
    def unasked(self) -> bool:
        """Whether the answer fits its question, but other answers leave the question out."""
        return self.problem.code is Code.NOT_ASKED


def problems_of(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[AnswerProblem, ...]:
    """Return the problems of a sheet; a sheet with none is valid input to `decide`."""
    fitting: dict[str, Answer] = {}
    all_problems: list[AnswerProblem] = []
    for name, answer in sheet.answers.items():
        question = questionnaire.questions.get(name)
        suggest = len(all_problems) < MAX_MISFITS_COMPARED
        if question is None:
            problems = [_older_question(name, questionnaire, sheet) or _unknown_question(name, questionnaire, suggest)]
        else:
            problems = [*_misfits(question, answer)]
        all_problems.extend(problems)
        if not problems:
            fitting[name] = answer
    asked = reached_by(questionnaire, AnswerSheet(fitting, sheet.about)).asked_ids
    all_problems.extend(_not_asked(questionnaire.questions[name]) for name in fitting if name not in asked)
    return tuple(all_problems)


def missing_answer(question: Question) -> Problem:
    """Return the problem of a question without an answer."""
    return Problem(
        code=Code.MISSING_ANSWER,
        message=f'"{question.id}" has no answer yet: {question.ask}',
        hint=f"{question.how_to_write} To skip it: {SKIP_IT}.",
        unanswered=question.id,
    )


def _misfits(question: Question, answer: Answer) -> Iterator[AnswerProblem]:
    if not isinstance(answer, Skipped):
        for code, message, hint, option in question.misfits(answer):
            yield _problem(question, code, message, hint, option)


def _older_question(name: str, questionnaire: Questionnaire, sheet: AnswerSheet) -> AnswerProblem | None:
    """Return the problem of an id that only an older edition asked; None if it is not one."""
    if name in questionnaire.removed:
        message = f'"{name}" is from an older edition and is no longer asked.'
        return AnswerProblem(name, "", Problem(Code.REMOVED_QUESTION, message, hint="Remove this line."))
    replacements = questionnaire.replacements.get(name, ())
    if not replacements:
        return None
    named = join_some([quote(question.id) for question in replacements], MAX_LISTED)
    message = f'"{name}" is from an older edition. Answer {named} instead.'
    missing = [question for question in replacements if question.id not in sheet.answers]
    hint = " ".join(_how_to_write(question, several=len(replacements) > 1) for question in missing[:MAX_LISTED])
    done = f"{'Each of them has' if len(replacements) > 1 else 'It has'} an answer already. Remove this line."
    return AnswerProblem(name, "", Problem(Code.FORMER_QUESTION, message, hint=hint or done))


def _how_to_write(question: Question, *, several: bool) -> str:
    how = question.how_to_write
    return f"For {quote(question.id)}: {how[0].lower()}{how[1:]}" if several else how


def _unknown_question(name: str, questionnaire: Questionnaire, suggest: bool) -> AnswerProblem:
    """Return the problem of an unknown id; quote it only if it resembles a public id, since it may be an answer."""
    known = list(questionnaire.questions)
    similar = closest(name, known) if suggest and name == leading_name(name) else None
    public = similar is not None and not questionnaire.questions[similar].private
    message = f"There is no question {quote(name)}." if public else "There is no such question."
    hint = did_you_mean(leading_name(name), known) if suggest else ""
    return AnswerProblem(name, "", Problem(Code.UNKNOWN_QUESTION, message, hint=hint))


def _not_asked(question: Question) -> AnswerProblem:
    message = f'"{question.id}" has an answer, but given the other answers it is not asked.'
    if question.private:
        hint = "It is asked only if people answer for themselves. Delete this line."
    else:
        gates = sorted({name for alternative in question.asked_if for name, _ in alternative})
        hint = f"It depends on {join(map(quote, gates), last='or')}. Change that answer, or delete this line."
    return _problem(question, Code.NOT_ASKED, message, hint)


def _problem(question: Question, code: Code, message: str, hint: str, option: str = "") -> AnswerProblem:
    return AnswerProblem(question.id, option, Problem(code=code, message=message, hint=hint))
