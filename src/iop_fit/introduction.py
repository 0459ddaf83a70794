"""What is said before the first question."""

from iop_fit.drafts import Draft
from iop_fit.pages import Line
from iop_fit.questionnaire import Questionnaire
from iop_fit.words import counted, listed

__all__ = ["WHOM", "introduction"]

KEYS = (
    Line("Type the number of an answer and press Enter. Enter alone never answers. These letters always work:"),
    *(
        Line(text, mark=f"  {letter}  ")
        for letter, text in (
            ("b", "back"),
            ("?", "why we ask"),
            ("s", "skip: rather not say, don't know, or doesn't apply"),
            ("r", "review the answers so far"),
        )
    ),
)

WHOM = ("For me", "For someone else")
"""Whom the questions can be for, in the order of `Audience`."""


def introduction(questionnaire: Questionnaire, draft: Draft, *, can_wipe: bool) -> tuple[Line, ...]:
    """Say what this is, how long it takes, what becomes of the answers, and how to leave at once."""
    number = counted(len(questionnaire.questions), "question")
    kept = f" The answers are kept in {draft.path}, but for private ones." if draft.path else ""
    wiped = "clears the screen" if can_wipe else "can't clear the screen in this mode"
    deletes = f" and deletes {listed(map(str, draft.files))}" if draft.files else ""
    saves = ", and save the answers if wanted" if draft.allowed else ""
    return (
        Line(questionnaire.title, strong=True),
        Line(questionnaire.notice),
        Line("If life is in danger now, call 911. In a crisis, call or text 988. (United States)"),
        Line(f"At most {number}, about {questionnaire.minutes} minutes. Every one can be skipped."),
        Line(f"This program sends nothing anywhere, and keeps nothing unless that is asked for.{kept}"),
        Line(),
        *KEYS,
        Line(f"leave{saves}", mark="  q  "),
        Line(f"leave at once: it {wiped}{deletes}", mark="  x  "),
    )
