"""A screen with scripted input, and least-concern answer sheets."""

from contextlib import AbstractContextManager, nullcontext

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Written
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.interview.flow import next_question
from iop_fit.interview.screen import Line, Notice, Page
from iop_fit.outline.blocks import Callout


class Script:
    """A screen with scripted input that records its output in order."""

    can_wipe = True

    def __init__(self, *typed: str) -> None:
        self.typed = iter(typed)
        self.output: list[str] = []
        self.alerts: list[str] = []
        self.page: Page | None = None
        self.wiped = False

    def ask(self, page: Page, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        if page != self.page:
            self.print(page.blocks)
        self.page = page
        return self.ask_below(prompt, notice, text)

    def ask_below(self, prompt: str, notice: Notice = (), text: str = "") -> str | None:
        del text
        self.print(notice)
        typed = next(self.typed, None)
        self.output.append(f"{prompt}{typed}")
        return typed

    def print(self, blocks: tuple[Line | Callout, ...]) -> None:
        for block in blocks:
            if isinstance(block, Callout):
                self.alerts.append(block.title)
                self.output.append(f"! {block.title}: {block.text}")
            else:
                self.output.append(block.mark + block.text)

    def show(self, text: str) -> None:
        self.output.append(text)

    def wipe(self) -> None:
        self.wiped = True

    def close(self) -> None:
        pass

    def paused(self) -> AbstractContextManager[None]:
        return nullcontext()


def calm_sheet(questionnaire: Questionnaire, about: Audience = Audience.ME) -> AnswerSheet:
    """Return a sheet with the answer of least concern to each asked question."""
    sheet = AnswerSheet(about=about)
    while question := next_question(questionnaire, sheet):
        match question.kind:
            case "note":
                sheet = sheet.with_answer(question.id, Written("Thank you."))
            case "several":
                sheet = sheet.with_answer(question.id, Chosen(()))
            case _:
                sheet = sheet.with_answer(question.id, question.choose((question.options[0].id,)))
    return sheet


def typed_for(question: Question, answer: Answer) -> str:
    match answer:
        case Written(text):
            return text
        case Chosen(()):
            return "0"
        case Chosen(_, float() | int() as number):
            return str(number)
        case Chosen((option,)):
            return str(question.offered.index(question.options_by_id[option]) + 1)
        case _:
            return "1"


def calm_without_notes(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the input of `calm` for an interview that leaves notes to the page."""
    return calm(questionnaire.without_notes())


def calm(questionnaire: Questionnaire, about: Audience = Audience.ME) -> dict[str, str]:
    """Return the input for `calm_sheet`, by question id, in order."""
    answers = calm_sheet(questionnaire, about).answers
    return {name: typed_for(questionnaire.questions[name], answer) for name, answer in answers.items()}
