"""Notes: free text that no rule reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from iop_fit.domain.answers import Answer, Chosen, Misfit, Skipped, SkipReason, Written
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Option, Question
from iop_fit.limits import MAX_NOTE, MAX_TYPED_BYTES
from iop_fit.problem_codes import Code

__all__ = ["TextQuestion"]


@dataclass(frozen=True, kw_only=True)
class TextQuestion(Question):
    """Free text that no rule reads."""

    kind = "note"
    answered_with = "own words"
    minimum_options = 0
    test = ""
    fhir_type = "text"

    how_to_write = "Write one text."
    instructions = (("", "Write one line."),)

    def answer_from(self, text: str) -> Answer:
        """Take the text as it is."""
        return Written(text)

    def parse(self, typed: str) -> Answer | None:
        """Take a line that is neither empty nor longer than a terminal hands over whole."""
        fits = 0 < len(typed) <= MAX_NOTE and len(typed.encode(errors="replace")) <= MAX_TYPED_BYTES
        return Written(typed) if fits else None

    @property
    def what_to_type(self) -> str:
        """How long a note may be."""
        return f"Please write one line of at most {MAX_NOTE:,} plain letters, or s to skip."

    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Find options where a text is expected, and a text that is too long."""
        if isinstance(answer, Chosen):
            yield Misfit(Code.NOT_AN_OPTION, f'"{self.id}" takes a text, not options.', self.how_to_write)
        elif len(answer.text) > MAX_NOTE:
            message = f'The note "{self.id}" has {len(answer.text):,} characters; {MAX_NOTE:,} fit.'
            yield Misfit(Code.NOTE_TOO_LONG, message, "Shorten it.")

    def least_answer(self, need: OptionSet) -> Answer:
        """Skip it: a note reaches nothing."""
        del need
        return Skipped(SkipReason.DONT_KNOW)

    def unused_options(self, named: set[str], *, scored: bool) -> list[Option]:
        """Return nothing: a note has no options."""
        del named, scored
        return []
