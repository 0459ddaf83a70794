"""Multiple-choice questions."""

from collections.abc import Iterator
from dataclasses import dataclass

from iop_fit.domain.answers import NOW_AN_ANSWER, Answer, Chosen
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds.choice import ChoiceQuestion, typed_numbers

__all__ = ["MultipleQuestion"]


@dataclass(frozen=True, kw_only=True)
class MultipleQuestion(ChoiceQuestion):
    """Any number of options may be chosen, including none."""

    kind = "several"
    answered_with = "any number, or none"
    minimum_options = 1
    may_raise = True
    takes_several = True
    fhir_control = "check-box"

    @classmethod
    def default_score(cls, place: int) -> int:
        """Return 1 for each option."""
        del place
        return 1

    @property
    def how_to_write(self) -> str:
        """The ids of the options."""
        return f"Write a list of any of these, or [] for none: {', '.join(self.options_by_id)}."

    @property
    def if_not_applicable(self) -> str:
        """An empty list."""
        return f"{NOW_AN_ANSWER} write [] for none of these."

    @property
    def instructions(self) -> tuple[tuple[str, str], ...]:
        """How to choose none, and how to choose several."""
        return (("0", "None of these"), ("", "Several can be chosen, like: 1 3"))

    def parse(self, typed: str) -> Answer | None:
        """Return the options with the typed numbers, or none for 0; None if a number is invalid."""
        numbers = typed_numbers(typed)
        if numbers == [0]:
            return Chosen(())
        fits = numbers and all(1 <= number <= len(self.options) for number in numbers)
        chosen = (option.id for place, option in enumerate(self.options, 1) if place in numbers)
        return Chosen(tuple(chosen)) if fits else None

    @property
    def what_to_type(self) -> str:
        """The valid numbers, including 0."""
        return f"Please type numbers from 1 to {len(self.options)}, like: 1 3. Or 0 for none of these."

    def least_answer(self, need: OptionSet) -> Answer:
        """Return exactly the options that the need names."""
        return Chosen(tuple(option.id for option in self.options_in(need)))

    def other_answers(self, chosen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the answers with one option added or removed."""
        for toggled in self.options_by_id:
            yield (
                tuple(option for option in self.options_by_id if (option in chosen) != (option == toggled)),
                -1 if toggled in chosen else 1,
            )
