"""Read an answer sheet from nodes: strictly, with every problem, or loosely, with the answers that are valid."""

from collections.abc import Mapping
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Skipped, SkipReason
from iop_fit.domain.assessment import EarlierReply
from iop_fit.domain.decision import decide
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.validation import AnswerProblem, missing_answer, problems_of
from iop_fit.domain.wording import Audience
from iop_fit.errors import Problem
from iop_fit.files.parsing.nodes import MappingNode
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_reader import AnswersReader, GivenAnswers
from iop_fit.storage.asked_words import TODAY, KeptWords, earlier_reply, introduced
from iop_fit.text import hides_fields

__all__ = ["LooseAnswers", "checked_sheet", "loose_sheet", "strict_sheet"]


def strict_sheet(
    node: MappingNode, about: Audience, questionnaire: Questionnaire, problems: Problems, words: KeptWords = TODAY
) -> AnswerSheet:
    """Read answers and report all problems with them; the sheet can be assessed if there are none."""
    return checked_sheet(AnswersReader(questionnaire, problems).read(node), about, questionnaire, problems, words)


def checked_sheet(
    answers: GivenAnswers, about: Audience, questionnaire: Questionnaire, problems: Problems, words: KeptWords = TODAY
) -> AnswerSheet:
    """Check answers against their questions and report all problems; the sheet can be assessed if there are none."""
    sheet = AnswerSheet(answers.answers, about)
    worded = questionnaire.worded_for(about)
    reworded = _reworded(sheet.answers, worded, words)
    for name in (name for name in sheet.answers if name in reworded):
        problems.append(_other_words(worded.questions[name], words)._replace(place=answers.places[name][""]))
    invalid = tuple(each for each in problems_of(questionnaire, sheet) if each.question not in reworded)
    replaced = {
        question.id
        for each in invalid
        if each.problem.code == Code.FORMER_QUESTION
        for question in questionnaire.replacements[each.question]
    }
    wrong = {each.question for each in invalid} | reworded
    wrong |= (answers.seen | replaced) - {*sheet.answers}
    invalid = tuple(each for each in invalid if not _is_explained(each, wrong, questionnaire))
    for question_id, option, problem in invalid:
        places = answers.places[question_id]
        problems.append(problem._replace(place=places.get(option, places[""])))
    fitting = sheet.only({*sheet.answers} - {each.question for each in invalid} - reworded)
    for question in decide(worded, fitting).still_needed:
        if question.id not in answers.seen | replaced:
            place = answers.places.get(question.id, {}).get("", answers.place)
            problems.append(missing_answer(question)._replace(place=place))
    return sheet


@hides_fields
class LooseAnswers(NamedTuple):
    """The answers of a file that count today, and those that don't."""

    sheet: AnswerSheet
    earlier: tuple[EarlierReply, ...]


def loose_sheet(node: MappingNode, about: Audience, questionnaire: Questionnaire, words: KeptWords) -> LooseAnswers:
    """Return the valid answers to questions that still say the same, and all others in the words of their day.

    Whether a question is asked is decided as if those others were skipped.
    """
    answers = AnswersReader(questionnaire, Problems()).read(node)
    given = answers.answers
    reworded = _reworded(given, questionnaire.worded_for(about), words)
    misfits = {each.question for each in problems_of(questionnaire, AnswerSheet(given, about)) if not each.unasked}
    unknown = reworded | misfits | (answers.seen - {*given})
    skips = {name: Skipped(SkipReason.DONT_KNOW) for name in unknown if name in questionnaire.questions}
    known = {name: answer for name, answer in given.items() if name not in unknown}
    unasked = {each.question for each in problems_of(questionnaire, AnswerSheet({**known, **skips}, about))}
    sheet = AnswerSheet({name: answer for name, answer in known.items() if name not in unasked}, about)
    earlier = (
        earlier_reply(key.text, value, words, questionnaire.questions, key.text in reworded)
        for key, value in node.entries
        if key.text in answers.seen and key.text not in sheet.answers
    )
    return LooseAnswers(sheet, tuple(earlier))


def _reworded(answers: Mapping[str, Answer], questionnaire: Questionnaire, words: KeptWords) -> set[str]:
    """Return the ids of the answers whose questions say something else now."""
    asked = {name: questionnaire.questions[name] for name in answers if name in questionnaire.questions}
    return {name for name, question in asked.items() if not words.unchanged(question, answers[name])}


def _other_words(question: Question, words: KeptWords) -> Problem:
    """Return the problem of an answer to a question that says something else now."""
    then = words.by_id.get(question.id)
    if then is None:
        message = f'"{question.id}" was answered with other questions, and the file does not keep its words.'
    elif then.ask == introduced(question):
        message = f'"{question.id}" was answered with other options to choose from.'
    else:
        message = f'"{question.id}" was answered when it asked: {then.ask}'
    hint = f"Now it asks: {introduced(question)} Answer it again, for example with `iop-fit assess --resume`."
    return Problem(code=Code.OTHER_WORDS, message=message, hint=hint)


def _is_explained(unasked: AnswerProblem, wrong: set[str], questionnaire: Questionnaire) -> bool:
    """Whether a question may be unasked only because another answer is invalid."""
    if not unasked.unasked:
        return False
    return any(name in wrong for options in questionnaire.questions[unasked.question].asked_if for name, _ in options)
