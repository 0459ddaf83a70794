"""The loop that asks the questions on a screen and saves the answers to a draft."""

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Written
from iop_fit.domain.assessment import Card
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Alert
from iop_fit.domain.kinds.typed_choice import choice_in
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of
from iop_fit.domain.wording import Audience
from iop_fit.errors import InterviewQuit, IopFitError, Terminated
from iop_fit.interview.contradiction_page import ContradictionPrompt
from iop_fit.interview.flow import dropped, newly_raised, next_question, previous_question
from iop_fit.interview.keys import KEYS, key_for
from iop_fit.interview.leaving import InterviewResult, confirm_exit, not_saved, offer_to_save, print_saved
from iop_fit.interview.pages import (
    WHOM,
    callouts,
    changes_since,
    introduction,
    question_page,
    read_answer,
    review_page,
    reviewed,
)
from iop_fit.interview.screen import Line, Page, Screen, ask, input_ended, numbered
from iop_fit.outline.blocks import Callout
from iop_fit.storage.asked_words import reasked
from iop_fit.storage.drafts import Draft, ResumedDraft
from iop_fit.text import join, plural

__all__ = ["run_interview"]

EMPTY_DRAFT = ResumedDraft(AnswerSheet())
ANSWER = "Answer: "


def run_interview(
    questionnaire: Questionnaire,
    screen: Screen,
    draft: Draft,
    resumed: ResumedDraft = EMPTY_DRAFT,
    about: Audience | None = None,
) -> AnswerSheet:
    """Ask every question that a resumed draft leaves open; return the complete answer sheet.

    Raises `InterviewQuit` if the person quits, and `IopFitError` if the input ends before the last question. Either
    way, raised alerts are shown again, unless the person typed `x` or the interview is private. After an internal
    error, the answers can still be saved.
    """
    interview = _Interview(questionnaire, screen, draft, resumed)
    try:
        return interview.run(about or resumed.about)
    except (IopFitError, Terminated):
        interview.print_saved()
        raise
    except InterviewQuit:
        raise
    except BaseException as error:  # native code raises subclasses that aren't `Exception`
        offer_to_save(interview.result, error)
        raise


class _Interview:
    def __init__(self, questionnaire: Questionnaire, screen: Screen, draft: Draft, resumed: ResumedDraft) -> None:
        self.loaded = questionnaire
        self.screen = screen
        self.draft = draft
        self.sheet = resumed.sheet
        if resumed.earlier:
            draft.hold(resumed.sheet)
        self.earlier = {reply.id: reply for reply in resumed.earlier if reply.id in questionnaire.questions}
        """Answers to other words than today's, by the id of the question; each is asked again."""
        self.notice: tuple[Line | Callout, ...] = (*changes_since(resumed, questionnaire),)
        """Shown below the next page."""
        self.overridden: set[str] = set()
        """The withholding alerts despite which the person chose to continue."""
        self.contradictions = ContradictionPrompt(decide(questionnaire, self.sheet), self._read, self._review)

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire, worded for whom the answers are about."""
        return self.loaded.worded_for(self.sheet.about)

    @property
    def result(self) -> InterviewResult:
        """The answers so far."""
        return InterviewResult(self.sheet, self.screen, self.draft)

    def run(self, about: Audience | None) -> AnswerSheet:
        self._begin(about)
        question = None
        while True:
            if question is None and self._is_finished():
                break
            question = question or next_question(self.questionnaire, self.sheet)
            question = question or self._review("g = go to the result")
            if question is None:
                break
            question = self._ask(question)
        return self.sheet

    # Before the first question

    def _begin(self, about: Audience | None) -> None:
        intro = introduction(self.questionnaire, self.draft, can_wipe=self.screen.can_wipe)
        page = Page((*intro, Line(), Line("Who is this for?", strong=True), *numbered(WHOM)))
        if about is not None:
            page = Page((*intro, Line()))
            while self._read(page, "Type g and press Enter to begin: ") != "g":
                self.notice = (Line("Type g and press Enter to begin, or q to quit."),)
        while about is None:
            typed = self._read(page, "Number: ")
            place = choice_in(typed, WHOM)
            about = None if place is None else tuple(Audience)[place]
            self.notice = () if about else (Line("Please type 1 or 2, or q to quit."),)
        self._word_for(about)
        self._drop_unasked()

    def _word_for(self, about: Audience) -> None:
        """Set whom the answers are about; questions that were answered in the other wording are asked again."""
        again = reasked(self.questionnaire, self.sheet, self.loaded.worded_for(about))
        self.earlier.update((reply.id, reply) for reply in again)
        if again:
            self.notice = (*self.notice, Line(f"{plural(len(again), 'question')} will be asked again in other words."))
        kept = self.sheet.only({*self.sheet.answers} - {reply.id for reply in again})
        self.sheet = AnswerSheet(kept.answers, about)

    # One question

    def _ask(self, question: Question) -> Question | None:
        """Ask a question until it is answered or skipped; return the question to ask instead of the next, or None."""
        earlier = self.earlier.get(question.id)
        page = question_page(decide(self.questionnaire, self.sheet), question, earlier)
        while True:
            typed = self._read(page, ANSWER, words=bool(question.options))
            if typed == "b":
                previous = previous_question(self.questionnaire, self.sheet, question)
                if previous:
                    return previous
                self._begin(None)
                return None
            if typed == "?":
                self.notice = (Line(question.why), KEYS)
            elif typed == "r":
                chosen = self._review("b = back to the question")
                if chosen:
                    return chosen
            elif typed == "k" and question.id in self.sheet.answers:
                return None
            elif typed == "k" and earlier and earlier.note:
                return self._record(question, Written(earlier.words))
            else:
                answer = read_answer(question, typed)
                if not isinstance(answer, tuple):
                    return self._record(question, answer)
                self.notice = answer

    def _record(self, question: Question, answer: Answer) -> Question | None:
        before = self.sheet
        self.sheet = self.sheet.with_answer(question.id, answer)
        self._drop_unasked()
        problem = self.draft.save(self.sheet)
        if problem:
            self.notice = (*self.notice, not_saved(self.draft, problem))
        raised = newly_raised(self.questionnaire, before, self.sheet)
        if raised and self._confirm_cards(raised):
            return question
        decision = decide(self.questionnaire, self.sheet)
        return None if self._stopping_alert(decision) else self.contradictions.ask_new(decision, question)

    def _drop_unasked(self) -> None:
        gone = dropped(self.questionnaire, self.sheet, self.earlier)
        if gone:
            self.sheet = self.sheet.only({*self.sheet.answers} - {each.id for each in gone})
            asked = join(f"“{each.ask}”" for each in gone)
            self.notice = (Line(f"No longer asked, so the answer was removed: {asked}"),)

    def _confirm_cards(self, cards: tuple[Card, ...]) -> bool:
        """Show new alerts at once; return whether to change the answer."""
        page = Page(callouts(cards)[1:])
        return self._key(page, "g = keep going, b = change this answer: ", "g", "b") == "b"

    def _is_finished(self) -> bool:
        """Whether to stop early; asked once if an alert withholds the direction and no further answer is needed."""
        alert = self._stopping_alert(decide(self.questionnaire, self.sheet))
        if alert is None:
            return False
        if not next_question(self.questionnaire, self.sheet):
            return True
        page = Page((Line(f"{alert.title}. Please get help first. You don't need to answer more questions."),))
        if self._key(page, "f = finish, g = keep going anyway: ", "f", "g") == "f":
            return True
        self.overridden.add(alert.id)
        return False

    def _stopping_alert(self, decision: Decision) -> Alert | None:
        """Return the alert with which the questions may end here; contradictions wait for that choice."""
        alert = decision.withheld_by
        return None if alert is None or alert.id in self.overridden or decision.still_needed else alert

    # Review

    def _review(self, alternative: str) -> Question | None:
        """List the answers; return the question to change, or None to continue."""
        while True:
            decision = decide(self.questionnaire, self.sheet)
            questions = reviewed(decision)
            typed = self._read(review_page(decision), f"Number of an answer to change, {alternative}: ")
            if typed == alternative[0]:
                return None
            place = choice_in(typed, [""] * len(questions))
            if place is not None:
                return questions[place]
            self.notice = (Line(f"Please type a number from 1 to {len(questions)}, or {alternative}."),)

    # Reading

    def _key(self, page: Page, prompt: str, *keys: str) -> str:
        """Return which of these keys is typed."""
        while (typed := self._read(page, prompt)) not in keys:
            self.notice = (Line(f"Please type {join(keys, last='or')}, or q to quit."),)
        return typed

    def _read(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = (), *, words: bool = True) -> str:
        """Return a typed line, or the key that it means; `words` is false where a word may be an answer."""
        notice, self.notice = (*self.notice, *notice), ()
        while True:
            typed = ask(self.screen, self.draft, page, prompt, notice)
            if typed is None:
                raise IopFitError([input_ended()])
            line = key_for(typed, words=words)
            if line != "q":
                return line
            self._leave()
            notice = ()

    # Leaving

    def _leave(self) -> None:
        """Raise `InterviewQuit` unless the person chooses to continue."""
        if confirm_exit(self.result):
            self.print_saved()
            raise InterviewQuit

    def print_saved(self) -> None:
        """Print whether the answers are saved, and the raised alerts again unless the interview is private."""
        print_saved(self.result, cards_of(decide(self.questionnaire, self.sheet)) if self.draft.enabled else ())
