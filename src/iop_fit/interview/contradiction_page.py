"""The page that asks which of two answers is right."""

from collections.abc import Callable

from iop_fit.domain.assess import contradictions_in
from iop_fit.domain.assessment import FoundContradiction
from iop_fit.domain.decision import Decision
from iop_fit.domain.kinds.typed_choice import choice_in
from iop_fit.domain.question import Question
from iop_fit.interview.screen import Line, Page, numbered

__all__ = ["ContradictionPrompt"]

PROMPT = "Number (b ? r q x): "
WHY = "The result uses every answer as given. If one of these is wrong, change it. If both are right, type 3."
WHAT_TO_TYPE = "Please type 1, 2 or 3. Or a letter: b back, ? why, r review, q leave, x leave at once."


class ContradictionPrompt:
    """Asks about each pair of answers that don't agree once per interview.

    What a resumed draft already contains is not asked about again: it was, when the answers were given.
    """

    def __init__(
        self,
        resumed: Decision,
        read: Callable[[Page, str, tuple[Line, ...]], str],
        review: Callable[[str], Question | None],
    ) -> None:
        self._asked = {found.contradiction.id for found in contradictions_in(resumed)}
        self._read = read
        """Shows a page with a prompt and a notice, and returns what is typed."""
        self._review = review
        """Lists the answers, and returns the question to change, or None."""

    def ask_new(self, decision: Decision, answered: Question) -> Question | None:
        """Ask about new contradictions; return the question to ask again, or None to keep all answers.

        `answered` is the question that `b` goes back to.
        """
        for found in contradictions_in(decision):
            if found.contradiction.id not in self._asked:
                self._asked.add(found.contradiction.id)
                if again := self._ask(found, answered):
                    return again
        return None

    def _ask(self, found: FoundContradiction, answered: Question) -> Question | None:
        labels, notice = _labels(found), ""
        page = Page((Line(found.ask, strong=True), *numbered(labels)))
        while True:
            typed = self._read(page, PROMPT, (Line(notice),) if notice else ())
            place = choice_in(typed, labels)
            if place is not None:
                return (*(reply.question for reply in found.replies), None)[place]
            match typed:
                case "b":
                    return answered
                case "r":
                    notice = ""
                    if chosen := self._review("b = back to the question"):
                        return chosen
                case "?":
                    notice = WHY
                case _:
                    notice = WHAT_TO_TYPE


def _labels(found: FoundContradiction) -> tuple[str, ...]:
    return (*(f"Change: {reply.topic} ({reply.words})" for reply in found.replies), "Both are right")
