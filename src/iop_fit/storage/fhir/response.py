"""Read a FHIR QuestionnaireResponse: which form it fills in, and the answers with their places."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.validation import problems_of
from iop_fit.domain.wording import Audience
from iop_fit.errors import Problem
from iop_fit.files.parsing.nodes import MappingNode, Node, Problems
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_reader import RIGHT_QUESTIONNAIRE, GivenAnswers
from iop_fit.storage.fhir.answers import FhirAnswers, same_words
from iop_fit.storage.fhir.form import Form, skip_link
from iop_fit.storage.fhir.items import Item, items_in, response_in, text_of
from iop_fit.text import quote

__all__ = ["FilledForm", "for_clients", "read_response"]

FINISHED = ("completed", "amended")

HINTS = {
    Code.MISSING_ANSWER: 'Answer it in the form. "Rather not say" and "Don\'t know" are answers too.',
    Code.NOT_ASKED: "Remove this answer, or change the answer that it depends on.",
    Code.NOT_A_NUMBER: "Correct the number in the form, or skip it there.",
    Code.FORMER_QUESTION: "Fill in the form of this edition.",
    Code.REMOVED_QUESTION: "Remove this item.",
}
"""What to do about a problem in a response; other files are corrected in other ways."""


class FilledForm(NamedTuple):
    """The answers in a response, not yet checked against their questions."""

    given: GivenAnswers
    about: Audience
    asked: Questionnaire
    """The questions that were asked: without the private ones, if the form left them out."""


def read_response(node: Node, questionnaire: Questionnaire, problems: Problems) -> FilledForm | None:
    """Read the response in a file; None if it holds none to this questionnaire, which is reported."""
    response = response_in(node, problems)
    if response is None:
        return None
    _check_status(response, problems)
    items = tuple(items_in(response, problems))
    forms = _forms(questionnaire)
    named = _named_form(response, items, forms)
    form = named or _likeliest_form(items, forms, questionnaire)
    if form is None:
        message = f"This response is to another questionnaire, not {quote(questionnaire.id)}."
        place = text_of(response, "questionnaire").place
        problems.note(Code.OTHER_QUESTIONNAIRE, place, message, RIGHT_QUESTIONNAIRE)
        return None
    private = {question.id for question in questionnaire.questions.values() if question.private}
    offered = private & {*form.questionnaire.questions, *(item.link.text for item in items)}
    asked = questionnaire if offered else questionnaire.public()
    whole = Form(asked.worded_for(form.about), form.about)
    given = FhirAnswers(whole, forms, problems, exact=named is not None).read(items, response.place)
    return FilledForm(_without_needless(given, asked, form.about), form.about, asked)


def _without_needless(given: GivenAnswers, questionnaire: Questionnaire, about: Audience) -> GivenAnswers:
    """Leave out the answers that a client asked for without need.

    A form in R4 can't say that two answers are required together, so a client asks after one of them.
    """
    invalid = problems_of(questionnaire, AnswerSheet(given.answers, about))
    unasked = {each.question for each in invalid if each.unasked}
    needless = {name for name in unasked if _needs_answers_together(questionnaire.questions[name])}
    kept = {name: answer for name, answer in given.answers.items() if name not in needless}
    return given._replace(answers=kept, seen=given.seen - needless)


def _needs_answers_together(question: Question) -> bool:
    return any(len({name for name, _ in alternative}) > 1 for alternative in question.asked_if)


def for_clients(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Yield the problems with hints for whoever fills in a form in a FHIR client."""
    return (each._replace(hint=HINTS.get(each.code, each.hint)) for each in problems)


def _check_status(response: MappingNode, problems: Problems) -> None:
    status = text_of(response, "status")
    if status.text in FINISHED:
        return
    named = f"has the status {quote(status.text)}" if status.text else "has no status"
    message = f"This response {named}, so its answers may not be final."
    hint = "Finish the form in the client: the status is then completed or amended."
    problems.note(Code.UNFINISHED_RESPONSE, status.place, message, hint)


def _named_form(response: MappingNode, items: tuple[Item, ...], forms: Mapping[str, Form]) -> Form | None:
    """Return the form of this edition that a response names by its URL, which is also the system of its codes."""
    values = (each.get("valueCoding") for item in items for each in item.answers)
    systems = (text_of(each, "system").text for each in values if isinstance(each, MappingNode))
    url = text_of(response, "questionnaire").text.partition("|")[0]
    return next((forms[each] for each in (url, *systems) if each in forms), None)


def _likeliest_form(items: tuple[Item, ...], forms: Mapping[str, Form], questionnaire: Questionnaire) -> Form | None:
    """Return the form whose words fit best; None if half of the answers are to questions that no edition asks.

    It is for another edition, or for a copy that a server gave a URL of its own.
    """
    known = {*questionnaire.questions, *questionnaire.replacements, *questionnaire.removed}
    known |= {skip_link(question) for question in questionnaire.questions.values()}
    answered = [item for item in items if item.is_answered] or items
    if 2 * sum(item.link.text in known for item in answered) <= len(answered):
        return None
    return max(forms.values(), key=lambda form: _fit(form, items))


def _forms(questionnaire: Questionnaire) -> dict[str, Form]:
    """Return the forms of a questionnaire by URL: for each audience, with and without private questions."""
    forms = (
        Form(asked.worded_for(about), about) for asked in (questionnaire.public(), questionnaire) for about in Audience
    )
    return {form.url: form for form in forms}


def _fit(form: Form, items: tuple[Item, ...]) -> int:
    """Return how many items have the words of the form's questions."""
    asked = form.questionnaire.questions
    return sum(item.link.text in asked and same_words(item.text, asked[item.link.text].ask) for item in items)
