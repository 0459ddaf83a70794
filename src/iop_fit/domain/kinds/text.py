"""Notes: free text that rules ignore."""

from collections.abc import Iterator
from typing import ClassVar

from iop_fit.domain.answers import Answer, Chosen, Misfit, Skipped, SkipReason, Written
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Option, Question
from iop_fit.limits import MAX_NOTE
from iop_fit.problem_codes import Code

__all__ = ["TextQuestion"]


class TextQuestion(Question):
    """Free text that rules ignore."""

    kind = "note"
    answered_with = "own words"
    minimum_options = 0
    test = ""
    optional = True
    fhir_type = "text"

    how_to_write = "Write one text."
    instructions: ClassVar[tuple[tuple[str, str], ...]] = (("", "Write one line."),)

    def answer_from(self, text: str) -> Answer:
        """Return the text as the answer."""
        return Written(text)

    def parse(self, typed: str) -> Answer | None:
        """Return the line; None if it is empty or too long."""
        return Written(typed) if 0 < len(typed) <= MAX_NOTE else None

    @property
    def what_to_type(self) -> str:
        """The maximum length."""
        return f"Please write one line of at most {MAX_NOTE:,} characters, or s to leave it out."

    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Yield options given instead of text, and text that is too long."""
        if isinstance(answer, Chosen):
            yield Misfit(Code.NOT_AN_OPTION, f'"{self.id}" takes text, not options.', self.how_to_write)
        elif len(answer.text) > MAX_NOTE:
            message = f'The note "{self.id}" has {len(answer.text):,} characters; the limit is {MAX_NOTE:,}.'
            yield Misfit(Code.NOTE_TOO_LONG, message, "Shorten it.")

    def least_answer(self, need: OptionSet) -> Answer:
        """Return a skip, since a note reaches nothing."""
        del need
        return Skipped(SkipReason.DONT_KNOW)

    def unused_options(self, named: set[str], *, scored: bool) -> list[Option]:
        """Return an empty list, since notes have no options."""
        del named, scored
        return []
