"""The loop that asks: a screen and a draft in, an answer sheet out."""

from pathlib import Path
from typing import Protocol

from iop_fit.answers import Answer, AnswerSheet, Chosen, Skipped, SkipReason, Written
from iop_fit.assembly import raised_alert
from iop_fit.blocks import Callout
from iop_fit.decide import decide
from iop_fit.drafts import Draft, Resumed
from iop_fit.errors import IopFitError, Left, Problem, Stopped
from iop_fit.guidance import Alert
from iop_fit.interview import dropped, newly_raised, next_question, previous_question, progress_at, still_needed
from iop_fit.outline_direction import callout_of
from iop_fit.pages import Line, Page
from iop_fit.question import Audience, Kind, Question
from iop_fit.questionnaire import Questionnaire
from iop_fit.review import answer_in_words, review_page, reviewed
from iop_fit.words import counted, listed

__all__ = ["Screen", "ask", "input_ended", "interview", "no_terminal", "numbered"]

KEYS = (
    Line("Type the number of an answer and press Enter. Enter alone never answers. These letters always work:"),
    *(
        Line(text, mark=f"  {letter}  ")
        for letter, text in (
            ("b", "back"),
            ("?", "why we ask"),
            ("s", "skip: rather not say, don't know, or doesn't apply"),
            ("r", "review the answers so far"),
            ("q", "leave, and save the answers if wanted"),
        )
    ),
)
NOTHING = Resumed(AnswerSheet())
"""What somebody has answered who did not begin yet."""

MAX_LINE = 4_000
"""The longest line that every terminal hands over whole, in characters."""

ANSWER = "Answer (b ? s r q x): "


class Screen(Protocol):
    """What the interview needs of a terminal."""

    can_wipe: bool
    """Whether what was shown can be taken back."""

    def ask(self, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
        """Show a page with a notice below it; read one line typed after that; None at the end of input."""

    def tell(self, blocks: tuple[Line | Callout, ...]) -> None:
        """Show something that stays when the questions are over."""

    def show(self, text: str) -> None:
        """Show a text until it was read."""

    def wipe(self) -> None:
        """Take back all that was shown, as far as the terminal can."""

    def close(self) -> None:
        """Go back to where results are shown."""


def interview(
    questionnaire: Questionnaire,
    screen: Screen,
    draft: Draft,
    begun: Resumed = NOTHING,
    about: Audience | None = None,
) -> AnswerSheet:
    """Ask all that is asked, beginning with what a resumed sheet leaves open; return a sheet that can be decided on.

    Raises `Left` when the person leaves, and `IopFitError` when the input ends before the last question. Whatever ends
    it early but leaving at once, the raised alerts are told again.
    """
    asking = _Interview(questionnaire, screen, draft, begun.sheet)
    if begun.changed:
        asking.notice = (Line("The questions have changed since this draft was begun."),)
    if begun.dropped:
        said = f"{counted(begun.dropped, 'answer')} of the draft did not fit any more, and will be asked again."
        asking.notice = (*asking.notice, Line(said))
    try:
        return asking.run(about or begun.about)
    except IopFitError:
        asking.tell_alerts()
        raise
    except (KeyboardInterrupt, Stopped):
        asking.tell_what_is_kept()
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
        page = Page((*self._introduction(), Line(), Line("Who is this for?", strong=True), *numbered(WHOM)))
        if about is not None:
            page = Page((*self._introduction(), Line()))
            while self._read(page, "Type g and Enter to begin: ") != "g":
                self.notice = (Line("Type g and press Enter to begin, q or x to leave."),)
        while about is None:
            typed = self._read(page, "Number: ")
            about = {"1": Audience.ME, "2": Audience.SOMEONE}.get(typed)
            self.notice = () if about else (Line("Please type 1 or 2, or q to leave."),)
        self.sheet = AnswerSheet(self.sheet.answers, about)
        self._drop_what_is_not_asked()

    def _introduction(self) -> tuple[Line, ...]:
        number = counted(len(self.questionnaire.questions), "question")
        kept = f" The answers are kept in {self.draft.path}, but for private ones." if self.draft.path else ""
        wiped = "clears the screen" if self.screen.can_wipe else "can't clear the screen in this mode"
        deletes = f" and deletes {self.draft.path}" if self.draft.path else ""
        return (
            Line(self.questionnaire.title, strong=True),
            Line(self.questionnaire.notice),
            Line("If life is in danger now, call 911. In a crisis, call or text 988. (United States)"),
            Line(f"At most {number}, about {self.questionnaire.minutes} minutes. Every one can be skipped."),
            Line(f"This program sends nothing anywhere, and keeps nothing unless that is asked for.{kept}"),
            Line(),
            *KEYS,
            Line(f"leave at once: it {wiped}{deletes}", mark="  x  "),
        )

    # One question

    def _put(self, question: Question) -> Question | None:
        """Ask one question until it is answered, skipped or left; return the one to put instead of the next."""
        page = self._page(question)
        while True:
            typed = self._read(page, ANSWER)
            if typed == "b":
                previous = previous_question(self.questionnaire, self.sheet, question)
                if previous:
                    return previous
                self._begin(None)
                return None
            if typed == "?":
                self.notice = (Line(question.why.said_of(self.sheet.about)),)
            elif typed == "r":
                chosen = self._review("b = back to the question")
                if chosen:
                    return chosen
            elif typed == "k" and question.id in self.sheet.answers:
                return None
            else:
                answer = self._skip(question) if typed == "s" else self._answer(question, typed)
                if answer:
                    return self._take(question, answer)

    def _page(self, question: Question) -> Page:
        title = next(each.title for each in self.questionnaire.sections if each.id == question.section)
        place, of = progress_at(self.questionnaire, question)
        lines = [
            Line(title, strong=True),
            Line(f"Question {place} of {of}", bar=(place, of)),
            Line(),
            Line(question.ask.said_of(self.sheet.about), strong=True),
            *numbered(tuple(option.label for option in question.options)),
        ]
        match question.kind:
            case Kind.SEVERAL:
                lines += [Line("None of these", mark="  0  "), Line("Several can be chosen, like: 1 3")]
            case Kind.NOTE:
                lines.append(Line("Write one line."))
        if question.id in self.sheet.answers:
            said = answer_in_words(decide(self.questionnaire, self.sheet), question)
            lines.append(Line(f"Answered so far: {said}. Type k to keep it."))
        return Page(tuple(lines))

    def _answer(self, question: Question, typed: str) -> Answer | None:
        """Read an answer; say what is wrong and return None when it is not one."""
        if question.kind is Kind.NOTE:
            if 0 < len(typed) <= MAX_LINE:
                return Written(typed)
            self.notice = (Line(f"Please write one line of at most {MAX_LINE:,} letters, or s to skip."),)
            return None
        words = typed.replace(",", " ").split()
        numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 4]
        ids = [option.id for option in question.options]
        if question.kind is Kind.SEVERAL:
            if numbers == [0] and len(words) == 1:
                return Chosen(())
            if numbers and len(numbers) == len(words) and all(1 <= number <= len(ids) for number in numbers):
                return Chosen(tuple(option for place, option in enumerate(ids, 1) if place in numbers))
            wanted = f"Please type numbers from 1 to {len(ids)}, like: 1 3. Or 0 for none of these."
        elif len(words) == len(numbers) == 1 and 1 <= numbers[0] <= len(ids):
            return Chosen((ids[numbers[0] - 1],))
        else:
            wanted = f"Please type one number from 1 to {len(ids)}."
        self.notice = (Line(wanted), Line("Or a letter: b back, ? why, s skip, r review, q leave, x leave at once."))
        return None

    def _skip(self, question: Question) -> Skipped | None:
        """Ask why a question is skipped; None when it is not skipped after all."""
        reasons = tuple(SkipReason)
        asked = (Line(question.ask.said_of(self.sheet.about), strong=True), Line("Skip, because:"))
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
        problem = self.draft.keep(self.sheet)
        if problem:
            self.notice = (*self.notice, Line(f"The answers could not be kept in {self.draft.path}: {problem.message}"))
        raised = newly_raised(self.questionnaire, before, self.sheet)
        return question if raised and self._stop_for(raised) else None

    def _drop_what_is_not_asked(self) -> None:
        gone = dropped(self.questionnaire, self.sheet)
        if gone:
            self.sheet = self.sheet.only({*self.sheet.answers} - {each.id for each in gone})
            asked = listed(f"“{each.ask.said_of(self.sheet.about)}”" for each in gone)
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
        if alert is None or alert.id in self.gone_on_under or still_needed(decision):
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
        """Leave, unless the person comes back; a draft that was asked for is there already."""
        if self.draft.path is None and self.sheet.answers and not self._wants_to_leave():
            return
        self.tell_what_is_kept()
        raise Left

    def tell_what_is_kept(self) -> None:
        """Say the raised alerts again, and whether the answers are kept."""
        asked_for = self.draft.path and self.sheet.answers
        problem = self.draft.keep(self.sheet) if asked_for else None
        if problem:
            self.tell_alerts(Line(f"The answers could not be kept in {self.draft.path}: {problem.message}"))
        elif asked_for:
            self.tell_alerts(Line(f"The answers are kept in {self.draft.path}, but for private ones."))
            self.screen.tell((Line(f"To go on later: iop-fit assess --resume {self.draft.path}"),))
        else:
            self.tell_alerts(Line("Nothing was scored or kept."))
        self.screen.tell((Line("For numbers at any time: iop-fit lines"),))

    def _wants_to_leave(self) -> bool:
        """Ask whether to keep the answers, to leave without, or to stay."""
        labels = (
            "Leave, and keep nothing",
            "Leave, and save the answers so far (but for private ones)",
            "Go on with the questions",
        )
        page = Page((Line("Leave the questions?", strong=True), *numbered(labels)))
        notice: tuple[Line, ...] = ()
        while True:
            typed = ask(self.screen, self.draft, page, "Number: ", notice)
            if typed is None or typed.strip() == "1":
                return True
            if typed.strip() == "3":
                return False
            notice = self._save_in_a_file() if typed.strip() == "2" else (Line("Please type 1, 2 or 3."),)
            if self.draft.path:
                return True

    def _save_in_a_file(self) -> tuple[Line, ...]:
        """Ask for a file and keep the answers there; return what went wrong."""
        page = Page((Line("The name of the file to save the answers in, such as answers.json:", strong=True),))
        typed = (ask(self.screen, self.draft, page, "File: ") or "").strip()
        problem = self.draft.start(Path(typed).expanduser()) if typed else None
        if typed and problem is None:
            problem = self.draft.keep(self.sheet)
        if problem:
            self.draft.path = None
            return (Line(problem.message), Line(problem.hint))
        return ()

    def tell_alerts(self, *first: Line) -> None:
        """Say the raised alerts again, where they stay."""
        alerts = decide(self.questionnaire, self.sheet).alerts
        self.screen.tell((*first, *self._callouts(alerts)))

    def _callouts(self, alerts: tuple[Alert, ...]) -> tuple[Line | Callout, ...]:
        """Say alerts with a line between them."""
        return tuple(block for alert in alerts for block in (Line(), self._callout(alert)))

    def _callout(self, alert: Alert) -> Callout:
        return callout_of(raised_alert(decide(self.questionnaire, self.sheet), alert))


def ask(screen: Screen, draft: Draft, page: Page, prompt: str, notice: tuple[Line | Callout, ...] = ()) -> str | None:
    """Read one line; whatever is asked, `x` leaves at once."""
    typed = screen.ask(page, prompt, notice)
    if typed is not None and typed.strip() in ("x", "X"):
        draft.discard()
        screen.wipe()
        raise Left
    return typed


WHOM = ("For me", "For someone else")


def numbered(labels: tuple[str, ...]) -> tuple[Line, ...]:
    """Number some labels from 1."""
    return tuple(Line(label, mark=f" {number:>2}  ") for number, label in enumerate(labels, 1))


def input_ended() -> Problem:
    """Say that there is nothing to read answers from any more."""
    return Problem(
        code="input-ended",
        message="The input ended before the last question, so nothing was scored.",
        hint="Run `iop-fit assess` in a terminal, or give the answers with --answers FILE.",
    )


def no_terminal() -> Problem:
    """Say that the questions can't be shown to the person alone."""
    return Problem(
        code="no-terminal",
        message="Standard error is not a terminal, so the questions would be written elsewhere. Nothing was asked.",
        hint="Run `iop-fit assess` without redirecting standard error.",
    )
