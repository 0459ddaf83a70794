"""The terminal loop: a reader and a console in, an answer sheet out."""

from typing import Protocol

from iop_fit.answers import Answer, AnswerSheet, Chosen, Skipped, SkipReason, Written
from iop_fit.assembly import raised_alert
from iop_fit.blocks import Callout
from iop_fit.decide import decide
from iop_fit.errors import IopFitError, Left, Problem
from iop_fit.guidance import Alert
from iop_fit.interview import dropped, newly_raised, next_question, previous_question, progress_at, still_needed
from iop_fit.outline_direction import callout_of
from iop_fit.question import Audience, Kind, Question
from iop_fit.questionnaire import Questionnaire
from iop_fit.validity import MAX_NOTE
from iop_fit.words import cleaned, counted, listed

__all__ = ["Screen", "input_ended", "interview"]

KEYS = "Type a number and press Enter. b = back, ? = why we ask, s = skip, q = leave."


class Screen(Protocol):
    """What the interview needs of a terminal."""

    def say(self, text: str = "", *, mark: str = "", strong: bool = False) -> None:
        """Show a text behind a mark, such as a number, wrapped at words."""

    def alert(self, callout: Callout) -> None:
        """Show an alert."""

    def ask(self, prompt: str) -> str | None:
        """Read one line that was typed after the prompt was shown; None at the end of input."""


def interview(questionnaire: Questionnaire, screen: Screen, about: Audience | None = None) -> AnswerSheet:
    """Ask all that is asked; return a sheet that can be decided on.

    Raises `Left` when the person leaves, and `IopFitError` when the input ends before the last question.
    """
    return _Interview(questionnaire, screen).run(about)


class _Interview:
    def __init__(self, questionnaire: Questionnaire, screen: Screen) -> None:
        self.questionnaire = questionnaire
        self.screen = screen
        self.sheet = AnswerSheet()
        self.section = ""
        self.gone_on_under: set[str] = set()
        """The withholding alerts under which the person chose to go on."""

    def run(self, about: Audience | None) -> AnswerSheet:
        self._introduce()
        self.sheet = AnswerSheet(about=about or self._whom())
        question = next_question(self.questionnaire, self.sheet)
        while question:
            back = self._put(question)
            question = back or (None if self._enough() else next_question(self.questionnaire, self.sheet))
        return self.sheet

    def _introduce(self) -> None:
        say = self.screen.say
        say(self.questionnaire.title, strong=True)
        say(self.questionnaire.notice)
        number = counted(len(self.questionnaire.questions), "question")
        say(f"At most {number}, about {self.questionnaire.minutes} minutes. Every one can be skipped.")
        say("This program sends nothing anywhere, and keeps nothing unless a file is asked for.")
        say("If life is in danger now, call 911. In a crisis, call or text 988. (United States)")
        say(KEYS)

    def _whom(self) -> Audience:
        self.screen.say()
        self.screen.say("Who is this for?", strong=True)
        labels = ("For me", "For someone else")
        self._show_options(labels)
        while True:
            typed = self._read("Number: ")
            if typed in ("1", "2"):
                return tuple(Audience)[int(typed) - 1]
            self.screen.say("Please type 1 or 2, or q to leave.")

    def _put(self, question: Question) -> Question | None:
        """Ask one question until it is answered, skipped or left by going back; return where back leads."""
        self._show(question)
        while True:
            typed = self._read("Answer: ")
            match typed:
                case "b":
                    previous = previous_question(self.questionnaire, self.sheet, question)
                    if previous:
                        return previous
                    self.screen.say("This is the first question.")
                case "?":
                    self.screen.say(question.why.said_of(self.sheet.about))
                case "k" if question.id in self.sheet.answers:
                    return None
                case "s":
                    reason = self._reason()
                    if reason:
                        return self._take(question, Skipped(reason))
                    self._show(question)
                case _:
                    answer = self._answer(question, typed)
                    if answer:
                        return self._take(question, answer)

    def _show(self, question: Question) -> None:
        section = next(each for each in self.questionnaire.sections if each.id == question.section)
        place, of = progress_at(self.questionnaire, question)
        self.screen.say()
        if section.id != self.section:
            self.section = section.id
            self.screen.say(f"— {section.title} —", strong=True)
        self.screen.say(f"Question {place} of {of}")
        self.screen.say(question.ask.said_of(self.sheet.about), strong=True)
        self._show_options(tuple(option.label for option in question.options))
        match question.kind:
            case Kind.SEVERAL:
                self.screen.say("None of these", mark="  0  ")
                self.screen.say("Several can be chosen, like: 1 3")
            case Kind.NOTE:
                self.screen.say(
                    "Write one line in your own words." if self.sheet.about is Audience.ME else "Write one line."
                )
        if question.id in self.sheet.answers:
            self.screen.say(f"Answered so far: {self._said(question)}. Type k to keep it.")

    def _show_options(self, labels: tuple[str, ...]) -> None:
        for number, label in enumerate(labels, 1):
            self.screen.say(label, mark=f" {number:>2}  ")

    def _said(self, question: Question) -> str:
        match self.sheet.answers[question.id]:
            case Chosen(options):
                return listed(question.by_option[option].label for option in options) or "none of these"
            case Written(text):
                return cleaned(text)
            case Skipped(reason):
                return f"skipped, {reason.words}"

    def _answer(self, question: Question, typed: str) -> Answer | None:
        """Read an answer; say what is wrong and return None when it is not one."""
        if question.kind is Kind.NOTE:
            if 0 < len(typed) <= MAX_NOTE:
                return Written(typed)
            self.screen.say(f"Please write something of at most {MAX_NOTE} letters, or s to skip.")
            return None
        words = typed.replace(",", " ").split()
        numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 4]
        ids = [option.id for option in question.options]
        if question.kind is Kind.SEVERAL:
            if numbers == [0] and len(words) == 1:
                return Chosen(())
            if numbers and len(numbers) == len(words) and all(1 <= number <= len(ids) for number in numbers):
                return Chosen(tuple(option for place, option in enumerate(ids, 1) if place in numbers))
            self.screen.say(f"Please type numbers from 1 to {len(ids)}, like: 1 3. Or 0 for none of these.")
            return None
        if len(words) == len(numbers) == 1 and 1 <= numbers[0] <= len(ids):
            return Chosen((ids[numbers[0] - 1],))
        self.screen.say(f"Please type one number from 1 to {len(ids)}, or b, ?, s or q.")
        return None

    def _reason(self) -> SkipReason | None:
        reasons = tuple(SkipReason)
        self.screen.say("Skip, because:")
        self._show_options(tuple(reason.words for reason in reasons))
        while True:
            typed = self._read("Number, or b for back: ")
            if typed == "b":
                return None
            if typed in ("1", "2", "3"):
                return reasons[int(typed) - 1]
            self.screen.say("Please type 1, 2 or 3, or b for back.")

    def _take(self, question: Question, answer: Answer) -> Question | None:
        before = self.sheet
        self.sheet = self.sheet.with_answer(question.id, answer)
        gone = dropped(self.questionnaire, self.sheet)
        if gone:
            self.sheet = self.sheet.only({*self.sheet.answers} - {each.id for each in gone})
            asked = listed(f"“{each.ask.said_of(self.sheet.about)}”" for each in gone)
            self.screen.say(f"Not asked any more, so its answer was taken out: {asked}")
        raised = newly_raised(self.questionnaire, before, self.sheet)
        return self._stop_for(raised, question) if raised else None

    def _stop_for(self, alerts: tuple[Alert, ...], question: Question) -> Question | None:
        self.screen.say()
        for alert in alerts:
            self.screen.alert(self._callout(alert))
        while True:
            typed = self._read("g = go on, b = change this answer, q = leave: ")
            if typed in ("g", "b"):
                return question if typed == "b" else None
            self.screen.say("Please type g, b or q.")

    def _say_goodbye(self) -> None:
        for alert in decide(self.questionnaire, self.sheet).alerts:
            self.screen.alert(self._callout(alert))
        self.screen.say("Nothing was scored or kept. For numbers at any time: iop-fit lines")

    def _callout(self, alert: Alert) -> Callout:
        return callout_of(raised_alert(decide(self.questionnaire, self.sheet), alert))

    def _enough(self) -> bool:
        """Where an alert withholds the direction, ask whether to go on once nothing more is needed."""
        decision = decide(self.questionnaire, self.sheet)
        alert = decision.withheld_by
        if alert is None or alert.id in self.gone_on_under or still_needed(decision):
            return False
        if not next_question(self.questionnaire, self.sheet):
            return True
        self.screen.say()
        self.screen.say("No more questions are needed. No direction is given while the message above stands.")
        while True:
            typed = self._read("f = finish, g = go on all the same, q = leave: ")
            if typed == "f":
                return True
            if typed == "g":
                self.gone_on_under.add(alert.id)
                return False
            self.screen.say("Please type f, g or q.")

    def _read(self, prompt: str) -> str:
        typed = self.screen.ask(prompt)
        if typed is None:
            raise IopFitError([input_ended()])
        word = typed.strip()
        if word == "q":
            self._say_goodbye()
            raise Left
        return word


def input_ended() -> Problem:
    """Say that there is nothing to read answers from any more."""
    return Problem(
        code="input-ended",
        message="The input ended before the last question, so nothing was scored.",
        hint="Run `iop-fit assess` in a terminal, or give the answers with --answers FILE.",
    )
