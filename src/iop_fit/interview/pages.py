"""The pages of an interview: introduction, question and review."""

from collections.abc import Iterable, Iterator

from iop_fit.domain.answers import Answer, Skipped
from iop_fit.domain.assessment import Card, EarlierReply
from iop_fit.domain.decision import Decision
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.interview.flow import progress_at
from iop_fit.interview.keys import INTRODUCED, KEYS, SKIPS
from iop_fit.interview.screen import Line, Page, numbered
from iop_fit.outline.blocks import Callout
from iop_fit.outline.contacts import IN_A_CRISIS
from iop_fit.outline.parts.direction import callout_of
from iop_fit.storage.drafts import Draft, ResumedDraft
from iop_fit.text import join, plural

__all__ = [
    "WHOM",
    "answer_in_review",
    "callouts",
    "changes_since",
    "introduction",
    "question_page",
    "read_answer",
    "review_page",
    "reviewed",
]


def question_page(decision: Decision, question: Question, earlier: EarlierReply | None = None) -> Page:
    """Return the page of a question: its number, options and current answer, or an earlier one to other words."""
    title = next(each.title for each in decision.questionnaire.sections if each.id == question.section)
    number, total = progress_at(decision.questionnaire, question)
    lines = [
        Line(title, strong=True),
        Line(f"Question {number} of {total}", bar=(number, total)),
        Line(),
        *([Line(question.lead_in.text, lead_in=True)] if question.lead_in else []),
        Line(question.ask, strong=True),
        *numbered(tuple(option.label for option in question.offered)),
    ]
    lines += [Line(text, mark=f"  {key}  " if key else "") for key, text in question.instructions]
    if question.id in decision.sheet.answers:
        answer = answer_in_review(decision, question)
        lines.append(Line(f"Answered so far: {answer}. {KEEP}"))
    elif earlier and earlier.words:
        asked = "The options have changed." if earlier.ask == question.ask else f"Before, this asked: “{earlier.ask}”"
        keep = f" {KEEP}" if earlier.note else ""
        lines.append(Line(f"{asked} You answered: “{earlier.words}”{keep}"))
    return Page(tuple(lines))


def callouts(cards: Iterable[Card]) -> tuple[Line | Callout, ...]:
    """Return cards, each after an empty line."""
    return tuple(block for card in cards for block in (Line(), callout_of(card)))


def changes_since(resumed: ResumedDraft, questionnaire: Questionnaire) -> Iterator[Line]:
    """Yield what a person should know about the questions of a resumed draft: what is asked again, and why."""
    if resumed.changed:
        yield Line("The questions have changed since you started this draft.")
    again = sum(reply.id in questionnaire.questions for reply in resumed.earlier)
    gone = len(resumed.earlier) - again
    if again:
        no_longer = plural(again, "saved answer no longer matches", "saved answers no longer match")
        yield Line(f"{no_longer} the questions. We will ask again.")
    if gone:
        left_out = plural(
            gone, "saved answer is left out: its question is", "saved answers are left out: their questions are"
        )
        yield Line(f"{left_out} no longer asked.")


def read_answer(question: Question, typed: str) -> Answer | tuple[Line, ...]:
    """Parse a typed answer or skip; if it is invalid, return lines that say what to type."""
    answer = SKIPS.get(typed) or question.parse(typed)
    if answer is not None:
        return answer
    return (Line(question.what_to_type), *([KEYS] if question.options else []))


def reviewed(decision: Decision) -> tuple[Question, ...]:
    """Return the questions that have an answer or were skipped, in the order of the review page."""
    return tuple(question for question in decision.reached.asked if question.id in decision.sheet.answers)


def review_page(decision: Decision) -> Page:
    """List the answers by section, each with its number; of the skipped ones say if they could change the result."""
    return Page(tuple(_lines(decision)))


def _lines(decision: Decision) -> Iterator[Line]:
    yield Line("Your answers so far", strong=True)
    titles = {section.id: section.title for section in decision.questionnaire.sections}
    section = ""
    for number, question in enumerate(reviewed(decision), 1):
        if question.section != section:
            section = question.section
            yield Line()
            yield Line(titles[section], strong=True)
        yield Line(question.ask, mark=f"{number:>3}  ")
        yield Line(answer_in_review(decision, question), mark="       ")
    yield Line()


def answer_in_review(decision: Decision, question: Question) -> str:
    """Return the words of an answer, or why it was skipped."""
    answer = decision.sheet.answers[question.id]
    words = question.words_for(answer)
    if not isinstance(answer, Skipped):
        return words
    could = ". Answering it could change the result" if question.id in decision.undecided_questions else ""
    return f"skipped ({words}){could}"


KEEP = "Type k to keep it."

WHOM = ("For me", "For someone else")
"""Labels of the members of `Audience`, in order."""


def introduction(questionnaire: Questionnaire, draft: Draft, *, can_wipe: bool) -> tuple[Line, ...]:
    """Return the first page: purpose, length, what happens to the answers, and how to leave."""
    number = plural(len(questionnaire.questions), "question")
    saved = f" Your answers are saved in {draft.path}, except private ones." if draft.path else ""
    wipes = "clears the screen" if can_wipe else "can't clear the screen in this mode"
    deletes = f" and deletes {join(map(str, draft.files))}" if draft.files else ""
    unless = " unless you ask" if draft.enabled else ""
    saves = ", and save your answers if you want" if draft.enabled else ""
    return (
        Line(questionnaire.title, strong=True),
        Line(questionnaire.notice),
        Line(f"If life is in danger right now, call 911. {IN_A_CRISIS} (United States)"),
        Line(f"Up to {number}, about {plural(questionnaire.minutes, 'minute')}. You can skip any of them."),
        Line(f"Nothing you type leaves this computer. Nothing is saved{unless}.{saved}"),
        Line(),
        *INTRODUCED,
        Line(f"quit{saves}", mark="  q  "),
        Line(f"quit right away: this {wipes}{deletes}", mark="  x  "),
    )
