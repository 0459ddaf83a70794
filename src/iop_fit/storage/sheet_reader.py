"""Read an answer sheet from nodes: strictly, with every problem, or loosely, with the answers that are valid."""

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import decide
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.validation import AnswerProblem, missing_answer, problems_of
from iop_fit.domain.wording import Audience
from iop_fit.files.nodes import MappingNode
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_reader import AnswersReader, GivenAnswers

__all__ = ["checked_sheet", "loose_sheet", "strict_sheet"]


def strict_sheet(node: MappingNode, about: Audience, questionnaire: Questionnaire, problems: Problems) -> AnswerSheet:
    """Read answers and report all problems with them; the sheet can be assessed if there are none."""
    return checked_sheet(AnswersReader(questionnaire, problems).read(node), about, questionnaire, problems)


def checked_sheet(
    answers: GivenAnswers, about: Audience, questionnaire: Questionnaire, problems: Problems
) -> AnswerSheet:
    """Check answers against their questions and report all problems; the sheet can be assessed if there are none."""
    sheet = AnswerSheet(answers.answers, about)
    invalid = problems_of(questionnaire, sheet)
    replaced = {
        question.id
        for each in invalid
        if each.problem.code == Code.FORMER_QUESTION
        for question in questionnaire.replacements[each.question]
    }
    wrong = {each.question for each in invalid} | (answers.seen - {*sheet.answers}) | (replaced - {*sheet.answers})
    invalid = tuple(each for each in invalid if not _is_explained(each, wrong, questionnaire))
    for question_id, option, problem in invalid:
        places = answers.places[question_id]
        problems.append(problem._replace(place=places.get(option, places[""])))
    fitting = sheet.only({*sheet.answers} - {each.question for each in invalid})
    for question in decide(questionnaire.worded_for(about), fitting).still_needed:
        if question.id not in answers.seen | replaced:
            place = answers.places.get(question.id, {}).get("", answers.place)
            problems.append(missing_answer(question)._replace(place=place))
    return sheet


def loose_sheet(
    node: MappingNode, about: Audience, questionnaire: Questionnaire, problems: Problems
) -> tuple[AnswerSheet, tuple[str, ...]]:
    """Return the valid answers, and the ids of the questions whose answers are not valid.

    Questions of older editions are reported: dropping their answers in silence would lose what was said.
    """
    answers = AnswersReader(questionnaire, Problems()).read(node)
    sheet = AnswerSheet(answers.answers, about)
    invalid = problems_of(questionnaire, sheet)
    for name, _, problem in invalid:
        if problem.code in {Code.FORMER_QUESTION, Code.REMOVED_QUESTION}:
            problems.append(problem._replace(place=answers.places[name][""]))
    fitting = sheet.only({*sheet.answers} - {each.question for each in invalid})
    return fitting, tuple(name for name in answers.places if name in answers.seen and name not in fitting.answers)


def _is_explained(unasked: AnswerProblem, wrong: set[str], questionnaire: Questionnaire) -> bool:
    """Whether a question may be unasked only because another answer is invalid."""
    if unasked.problem.code != Code.NOT_ASKED:
        return False
    return any(name in wrong for options in questionnaire.questions[unasked.question].asked_if for name, _ in options)
