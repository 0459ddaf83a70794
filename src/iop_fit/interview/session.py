"""The loop that asks: a screen and a draft in, an answer sheet out."""

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Skipped, SkipReason
from iop_fit.domain.assess import raised_alert
from iop_fit.domain.decision import decide
from iop_fit.domain.guidance import Alert
from iop_fit.domain.question import Audience, Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import InterviewQuit, IopFitError, Terminated
from iop_fit.files.writing import is_there
from iop_fit.interview.flow import dropped, newly_raised, next_question, previous_question
from iop_fit.interview.leaving import InterviewResult, confirm_exit, offer_to_save
from iop_fit.interview.pages import WHOM, introduction, question_page, read_answer, review_page, reviewed
from iop_fit.interview.screen import Line, Page, Screen, ask, input_ended, numbered
from iop_fit.outline.blocks import Callout
from iop_fit.outline.direction import callout_of
from iop_fit.storage.drafts import Draft, ResumedDraft
from iop_fit.text import join, plural

__all__ = ["run_interview"]

EMPTY_DRAFT = ResumedDraft(AnswerSheet())
"""What somebody has answered who did not begin yet."""

ANSWER = "Answer (b ? s r q x): "


def run_interview(
    questionnaire: Questionnaire,
    screen: Screen,
    draft: Draft,
    begun: ResumedDraft = EMPTY_DRAFT,
    about: Audience | None = None,
) -> AnswerSheet:
    """Ask all that is asked, beginning with what a resumed sheet leaves open; return a sheet that can be decided on.

    Raises `InterviewQuit` when the person quits, and `IopFitError` when the input ends before the last question.
    Raised alerts are shown again at the end, unless the person leaves at once or nothing may stay on the screen. An
    internal error never loses an answer.
    """
    asking = _Interview(questionnaire, screen, draft, begun.sheet)
    if begun.changed:
        asking.notice = (Line("The questions have changed since this draft was begun."),)
    if begun.dropped:
        said = f"{plural(begun.dropped, 'answer')} of the draft did not fit any more, and will be asked again."
        asking.notice = (*asking.notice, Line(said))
    try:
        return asking.run(about or begun.about)
    except (IopFitError, Terminated):
        asking.tell_what_is_kept()
        raise
    except InterviewQuit:
        raise
    except BaseException as error:  # native code raises some that are no `Exception`
        offer_to_save(InterviewResult(asking.sheet, screen, draft), error)
        raise


class _Interview:
    def __init__(self, questionnaire: Questionnaire, screen: Screen, draft: Draft, sheet: AnswerSheet) -> None:
        self.questionnaire = questionnaire
        self.screen = screen
        self.draft = draft
        self.sheet = sheet
        self.notice: tuple[Line | Callout, ...] = ()
        """What is to be said on the next page."""
        self.gone_on_under: set[str] = set()
        """The withholding alerts under which the person chose to go on."""

    def run(self, about: Audience | None) -> AnswerSheet:
        self._begin(about)
        question = None
        while True:
            if question is None and self._enough():
                break
            question = question or next_question(self.questionnaire, self.sheet)
            question = question or self._review("g = go to the result")
            if question is None:
                break
            question = self._put(question)
        return self.sheet

    # Before the first question

    def _begin(self, about: Audience | None) -> None:
        said = introduction(self.questionnaire, self.draft, can_wipe=self.screen.can_wipe)
        page = Page((*said, Line(), Line("Who is this for?", strong=True), *numbered(WHOM)))
        if about is not None:
            page = Page((*said, Line()))
            while self._read(page, "Type g and Enter to begin: ") != "g":
                self.notice = (Line("Type g and press Enter to begin, q or x to leave."),)
        while about is None:
            typed = self._read(page, "Number: ")
            about = {"1": Audience.ME, "2": Audience.SOMEONE}.get(typed)
            self.notice = () if about else (Line("Please type 1 or 2, or q to leave."),)
        self.sheet = AnswerSheet(self.sheet.answers, about)
        self._drop_what_is_not_asked()

    # One question

    def _put(self, question: Question) -> Question | None:
        """Ask one question until it is answered, skipped or left; return the one to put instead of the next."""
        page = question_page(decide(self.questionnaire, self.sheet), question)
        while True:
            typed = self._read(page, ANSWER)
            if typed == "b":
                previous = previous_question(self.questionnaire, self.sheet, question)
                if previous:
                    return previous
                self._begin(None)
                return None
            if typed == "?":
                self.notice = (Line(question.why.for_(self.sheet.about)),)
            elif typed == "r":
                chosen = self._review("b = back to the question")
                if chosen:
                    return chosen
            elif typed == "k" and question.id in self.sheet.answers:
                return None
            else:
                answer = self._skip(question) if typed == "s" else read_answer(question, typed)
                if isinstance(answer, tuple):
                    self.notice = answer
                elif answer:
                    return self._take(question, answer)

    def _skip(self, question: Question) -> Skipped | None:
        """Ask why a question is skipped; None when it is not skipped after all."""
        reasons = tuple(SkipReason)
        asked = (Line(question.ask.for_(self.sheet.about), strong=True), Line("Skip, because:"))
        page = Page((*asked, *numbered(tuple(reason.words for reason in reasons))))
        while True:
            typed = self._read(page, "Number, or b for back: ")
            if typed == "b":
                return None
            if typed in ("1", "2", "3"):
                return Skipped(reasons[int(typed) - 1])
            self.notice = (Line("Please type 1, 2 or 3, or b for back."),)

    def _take(self, question: Question, answer: Answer) -> Question | None:
        before = self.sheet
        self.sheet = self.sheet.with_answer(question.id, answer)
        self._drop_what_is_not_asked()
        problem = self.draft.save(self.sheet)
        if problem:
            self.notice = (*self.notice, Line(f"The answers could not be kept in {self.draft.path}: {problem.message}"))
        raised = newly_raised(self.questionnaire, before, self.sheet)
        return question if raised and self._stop_for(raised) else None

    def _drop_what_is_not_asked(self) -> None:
        gone = dropped(self.questionnaire, self.sheet)
        if gone:
            self.sheet = self.sheet.only({*self.sheet.answers} - {each.id for each in gone})
            asked = join(f"“{each.ask.for_(self.sheet.about)}”" for each in gone)
            self.notice = (Line(f"Not asked any more, so its answer was taken out: {asked}"),)

    def _stop_for(self, alerts: tuple[Alert, ...]) -> bool:
        """Show new alerts at once; return whether the answer is to be changed."""
        page = Page(self._callouts(alerts)[1:])
        while True:
            typed = self._read(page, "g = go on, b = change this answer: ")
            if typed in ("g", "b"):
                return typed == "b"
            self.notice = (Line("Please type g or b; or q or x to leave."),)

    def _enough(self) -> bool:
        """Where an alert withholds the direction, ask whether to go on once nothing more is needed."""
        decision = decide(self.questionnaire, self.sheet)
        alert = decision.withheld_by
        if alert is None or alert.id in self.gone_on_under or decision.still_needed:
            return False
        if not next_question(self.questionnaire, self.sheet):
            return True
        page = Page((Line(f"While “{alert.title}” stands, no direction is given, and no more questions are needed."),))
        while True:
            typed = self._read(page, "f = finish, g = go on all the same: ")
            if typed == "f":
                return True
            if typed == "g":
                self.gone_on_under.add(alert.id)
                return False
            self.notice = (Line("Please type f or g; or q or x to leave."),)

    # Review

    def _review(self, otherwise: str) -> Question | None:
        """List the answers; return the one to change, or None to go on."""
        while True:
            decision = decide(self.questionnaire, self.sheet)
            questions = reviewed(decision)
            typed = self._read(review_page(decision), f"Number of an answer to change, {otherwise}: ")
            if typed == otherwise[0]:
                return None
            if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= len(questions):
                return questions[int(typed) - 1]
            self.notice = (Line(f"Please type a number from 1 to {len(questions)}, or {otherwise}."),)

    # Leaving

    def _read(self, page: Page, prompt: str) -> str:
        notice, self.notice = self.notice, ()
        while True:
            typed = ask(self.screen, self.draft, page, prompt, notice)
            if typed is None:
                raise IopFitError([input_ended()])
            match typed.strip():
                case "q" | "Q":
                    self._leave()
                    notice = ()
                case word:
                    return word.lower() if len(word) == 1 else word

    def _leave(self) -> None:
        """Leave, unless the person comes back."""
        if confirm_exit(InterviewResult(self.sheet, self.screen, self.draft)):
            self.tell_what_is_kept()
            raise InterviewQuit

    def tell_what_is_kept(self) -> None:
        """Say the raised alerts again, and whether the answers are kept."""
        asked_for = self.draft.path and self.sheet.answers
        problem = self.draft.save(self.sheet) if asked_for else None
        if problem:
            self.tell_alerts(Line(f"The answers could not be kept in {self.draft.path}: {problem.message}"))
        elif asked_for:
            self.tell_alerts(Line(f"The answers are kept in {self.draft.path}, but for private ones."))
            self.screen.tell((Line(f"To go on later: iop-fit assess --resume {self.draft.path}"),))
        else:
            left = join(str(path) for path in self.draft.files if is_there(path))
            self.tell_alerts(
                Line(f"Nothing was scored. Still there: {left}." if left else "Nothing was scored or kept.")
            )
        self.screen.tell((Line("For numbers at any time: iop-fit hotlines"),))

    def tell_alerts(self, *first: Line) -> None:
        """Say the raised alerts again, where they stay, unless nothing may."""
        alerts = decide(self.questionnaire, self.sheet).alerts if self.draft.enabled else ()
        self.screen.tell((*first, *self._callouts(alerts)))

    def _callouts(self, alerts: tuple[Alert, ...]) -> tuple[Line | Callout, ...]:
        """Say alerts with a line between them."""
        decision = decide(self.questionnaire, self.sheet)
        return tuple(block for alert in alerts for block in (Line(), callout_of(raised_alert(decision, alert))))
