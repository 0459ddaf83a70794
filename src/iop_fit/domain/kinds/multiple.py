"""Multiple-choice questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from iop_fit.domain.answers import NOW_AN_ANSWER, Answer, Chosen, Misfit, Written
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds.choice import ChoiceQuestion
from iop_fit.domain.kinds.typed_choice import choice_in, typed_numbers
from iop_fit.problem_codes import Code
from iop_fit.text import count_in_words, plural

__all__ = ["MultipleQuestion"]

NONE = ("None", "None of these")
"""Words for 0."""


@dataclass(frozen=True, kw_only=True)
class MultipleQuestion(ChoiceQuestion):
    """Any number of options may be chosen, including none."""

    kind = "several"
    answered_with = "any number, or none"
    minimum_options = 1
    may_raise = True
    takes_several = True
    fhir_control = "check-box"
    own_keys: ClassVar[tuple[str, ...]] = ("at most", "none in brief")

    at_most: int | None = None
    """The most options that can be chosen; None if any number can."""
    none_in_brief: str = ""
    """The answer "none of these" in a few words that fit any reader; may be empty."""

    @classmethod
    def default_score(cls, place: int) -> int:
        """Return 1 for each option."""
        del place
        return 1

    @property
    def how_to_write(self) -> str:
        """The ids of the options."""
        some = f"up to {count_in_words(self.at_most)}" if self.at_most else "any"
        return f"Write a list of {some} of these, or [] for none: {', '.join(self.options_by_id)}."

    def brief_for(self, answer: Answer) -> str:
        """Return an answer in a few words that fit any reader, "none of these" too."""
        none = isinstance(answer, Chosen) and not answer.options
        return self.none_in_brief if none else super().brief_for(answer)

    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Yield too many options besides what no question with options takes."""
        yield from super().misfits(answer)
        if isinstance(answer, Chosen) and self.at_most and len(answer.options) > self.at_most:
            message = f'"{self.id}" takes at most {plural(self.at_most, "option")}, not {len(answer.options):,}.'
            hint = f"Keep up to {count_in_words(self.at_most)}: those that matter most."
            yield Misfit(Code.MORE_THAN_AT_MOST, message, hint)

    @property
    def if_not_applicable(self) -> str:
        """An empty list."""
        return f"{NOW_AN_ANSWER} write [] for none of these."

    @property
    def instructions(self) -> tuple[tuple[str, str], ...]:
        """How to choose none, and how to choose several."""
        return (("0", "None of these"), ("", f"{self._how_many}, like: {self._example}"))

    @property
    def _how_many(self) -> str:
        return f"Pick up to {count_in_words(self.at_most)}" if self.at_most else "Several can be chosen"

    @property
    def _example(self) -> str:
        several = "1 3" if len(self.options) > 2 else "1 2"
        return "1" if self.at_most == 1 or len(self.options) == 1 else several

    def parse(self, typed: str) -> Answer | None:
        """Return the options with the typed numbers, the one whose label was typed, or none for 0 or "none of these".

        None if one is invalid, or they are too many.
        """
        numbers = typed_numbers(typed)
        place = None if numbers else choice_in(typed, [*(option.label for option in self.options), *NONE])
        if numbers == [0] or (place is not None and place >= len(self.options)):
            return Chosen(())
        numbers = numbers or ([] if place is None else [place + 1])
        fits = numbers and all(1 <= number <= len(self.options) for number in numbers)
        chosen = tuple(option.id for place, option in enumerate(self.options, 1) if place in numbers)
        return Chosen(chosen) if fits and len(chosen) <= (self.at_most or len(chosen)) else None

    @property
    def what_to_type(self) -> str:
        """The valid numbers, including 0."""
        most = f"up to {plural(self.at_most, 'number')}" if self.at_most else "numbers"
        return f"Please type {most} from 1 to {len(self.options)}, like: {self._example}. Or 0 alone for none of these."

    def least_answer(self, need: OptionSet) -> Answer:
        """Return exactly the options that the need names."""
        return Chosen(tuple(option.id for option in self.options_in(need)))

    def other_answers(self, chosen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the answers with one option added or removed."""
        full = len(chosen) == self.at_most
        for toggled in self.options_by_id:
            if full and toggled not in chosen:
                continue
            yield (
                tuple(option for option in self.options_by_id if (option in chosen) != (option == toggled)),
                -1 if toggled in chosen else 1,
            )
