"""Whether the answers of a sheet fit the questions they are given to."""

from collections.abc import Iterator
from typing import NamedTuple

from iop_fit.domain.answers import Answer, AnswerSheet, Chosen, Skipped, SkipReason, Written, reached_by
from iop_fit.domain.question import Audience, Kind, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Problem
from iop_fit.text import counted, did_you_mean, listed, name_in, nearest, quoted, quoted_name

__all__ = ["MAX_NOTE", "AnswerProblem", "missing_answer", "problems_of"]

MAX_NOTE = 3_000
"""The longest note, in characters; a page of more is drawn too slowly where each is a sign of its own."""

MAX_COMPARED = 50
"""How many unknown names of questions are compared with the known ones; where there are more, it is the wrong file."""


SKIP_IT = f"{{skipped: {SkipReason.RATHER_NOT_SAY}}}"


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
        near = len(found) < MAX_COMPARED
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
        code="missing-answer",
        message=f'"{question.id}" has no answer yet: {question.ask.said_of(about)}',
        hint=f"{_options_of(question)} To skip it: {SKIP_IT}.",
    )


def _misfits(question: Question, answer: Answer) -> Iterator[AnswerProblem]:
    match answer:
        case Skipped():
            return
        case Written(text):
            if question.kind is not Kind.NOTE:
                yield _problem(
                    question, "not-a-note", f'"{question.id}" takes an option, not a text.', _options_of(question)
                )
            elif len(text) > MAX_NOTE:
                message = f'The note "{question.id}" has {len(text):,} characters; {MAX_NOTE:,} fit.'
                yield _problem(question, "note-too-long", message, "Shorten it.")
        case Chosen(options):
            yield from _misfit_options(question, options)


def _misfit_options(question: Question, options: tuple[str, ...]) -> Iterator[AnswerProblem]:
    if question.kind is Kind.NOTE:
        yield _problem(question, "not-an-option", f'"{question.id}" takes a text, not options.', "Write one text.")
        return
    if question.kind is not Kind.SEVERAL and len(options) != 1:
        message = f'"{question.id}" takes one answer, and {counted(len(options), "option is", "options are")} given.'
        yield _problem(question, "one-answer", message, _options_of(question))
    if len(options) > max(MAX_COMPARED, 2 * len(question.options)):
        message = f'"{question.id}" has {counted(len(question.options), "option")}, and {len(options):,} are given.'
        yield _problem(question, "too-many-options", message, "Name each of them once.")
        return
    for place, option in enumerate(options):
        if option not in question.by_option:
            # Nothing private is repeated.
            named = "such option" if question.private else f"option {quoted_name(option)}"
            message = f'"{question.id}" has no {named}.'
            yield _problem(question, "unknown-option", message, _hint_for(question, option), option)
        elif option in options[:place]:
            named = "an option" if question.private else f"the option {quoted(option)}"
            message = f'"{question.id}" has {named} twice.'
            yield _problem(question, "option-twice", message, "Keep one of the two.", option)


def _hint_for(question: Question, option: str) -> str:
    # The nearest option would tell what was meant.
    near = did_you_mean("" if question.private else option, list(question.by_option))
    none_of_these = " Write [] for none of these." if question.kind is Kind.SEVERAL else ""
    return f"{near}{none_of_these} To skip it: {SKIP_IT}."


def _options_of(question: Question) -> str:
    match question.kind:
        case Kind.NOTE:
            return "Write one text."
        case Kind.SEVERAL:
            return f"Write a list of any of these, or [] for none: {', '.join(question.by_option)}."
        case _:
            return f"Write one of these: {', '.join(question.by_option)}."


def _unknown_question(name: str, questionnaire: Questionnaire, near: bool) -> AnswerProblem:
    """Say that nothing is called so; only a slip of a public name is repeated, since all else may be an answer."""
    known = list(questionnaire.questions)
    slip_of = nearest(name, known) if near and name == name_in(name) else None
    public = slip_of is not None and not questionnaire.questions[slip_of].private
    message = f"There is no question {quoted(name)}." if public else "There is no such question."
    hint = did_you_mean(name_in(name), known) if near else ""
    return AnswerProblem(name, "", Problem("unknown-question", message, hint=hint))


def _not_asked(question: Question) -> AnswerProblem:
    message = f'"{question.id}" has an answer, but with the other answers it is not asked.'
    if question.private:
        hint = "It is asked only of the person whom it is about. Take the line out."
    else:
        gates = sorted({name for way in question.gate for name, _ in way})
        hint = f"It hangs on {listed(map(quoted, gates), last='or')}. Mend that answer, or take this line out."
    return _problem(question, "not-asked", message, hint)


def _problem(question: Question, code: str, message: str, hint: str, option: str = "") -> AnswerProblem:
    return AnswerProblem(question.id, option, Problem(code=code, message=message, hint=hint))
