"""Random answer sheets for property tests, with or without skipped questions."""

from hypothesis import strategies as st

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.interview.flow import next_question

skips = st.sampled_from(SkipReason).map(Skipped)
notes = st.text(min_size=1, max_size=40).filter(lambda text: text.strip() == text and "\r" not in text).map(Written)


def answers_to(question: Question, *, skipping: bool = True) -> st.SearchStrategy[Answer]:
    ids = [option.id for option in question.options]
    given: st.SearchStrategy[Answer]
    if question.kind == "note":
        given = notes
    elif question.kind == "several":
        most = isinstance(question, MultipleQuestion) and question.at_most
        several = st.sets(st.sampled_from(ids), max_size=min(3, most or 3))
        given = st.one_of(st.just(set[str]()), st.just(set[str]()), several).map(
            lambda chosen: Chosen(tuple(option for option in ids if option in chosen))
        )
    else:  # more calm answers, so that not every sheet reaches the highest direction
        given = st.sampled_from([*ids[:1] * len(ids), *ids]).map(lambda option: question.choose((option,)))
        if isinstance(question, NumberQuestion):
            numbers = st.decimals(*question.number_range, places=1).map(float).map(question.at)
            given = st.one_of(given, numbers.filter(lambda answer: answer is not None))
    return st.one_of(given, given, given, skips) if skipping else given


@st.composite
def sheets(draw: st.DrawFn, questionnaire: Questionnaire, *, skipping: bool = True) -> AnswerSheet:
    """Draw a sheet with an answer to each question that is asked."""
    sheet = AnswerSheet(about=draw(st.sampled_from(Audience)))
    while question := next_question(questionnaire, sheet):
        sheet = sheet.with_answer(question.id, draw(answers_to(question, skipping=skipping)))
    return sheet
