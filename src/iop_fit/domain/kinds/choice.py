"""Base of the kinds with options."""

from collections.abc import Iterator

from iop_fit.domain.answers import NOW_AN_ANSWER, SKIP_IT, Answer, Chosen, Misfit, SkipReason, Written
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds.typed_choice import choice_in
from iop_fit.domain.question import Question
from iop_fit.limits import MAX_MISFITS_COMPARED
from iop_fit.problem_codes import Code
from iop_fit.text import closest, plural, quote, quote_leading_name

__all__ = ["ChoiceQuestion"]


class ChoiceQuestion(Question):
    """A question with options; one is chosen unless the kind overrides it."""

    answered_with = "one answer"

    @property
    def how_to_write(self) -> str:
        """The ids of the options."""
        return f"Write one of these: {', '.join(self.options_by_id)}."

    @property
    def if_not_applicable(self) -> str:
        """The option that says so; a skip if there is none."""
        return f"{NOW_AN_ANSWER} choose the option that says so, or write {{skipped: {SkipReason.DONT_KNOW}}}."

    def answer_from(self, text: str) -> Answer:
        """Return the option with this id, valid or not."""
        return Chosen((text,))

    def parse(self, typed: str) -> Answer | None:
        """Return the option that is listed with the typed number, or whose label was typed; None if there is none."""
        place = choice_in(typed, [option.label for option in self.offered])
        return None if place is None else Chosen((self.offered[place].id,))

    @property
    def what_to_type(self) -> str:
        """The valid numbers."""
        return f"Please type one number from 1 to {len(self.options)}."

    def least_answer(self, need: OptionSet) -> Answer:
        """Return the last option that the need names, or else the first option."""
        named = self.options_in(need) or self.options[:1]
        return self.choose((named[-1].id,))

    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Yield unknown options, repeated options, and too many options."""
        if isinstance(answer, Written):
            yield Misfit(Code.NOT_A_NOTE, f'"{self.id}" takes an option, not text.', self.how_to_write)
            return
        options = answer.options
        if not self.takes_several and len(options) != 1:
            message = f'"{self.id}" takes one answer, but {plural(len(options), "option is", "options are")} given.'
            yield Misfit(Code.ONE_ANSWER, message, self.how_to_write)
        if len(options) > max(MAX_MISFITS_COMPARED, 2 * len(self.options)):
            message = f'"{self.id}" has {plural(len(self.options), "option")}, but {len(options):,} are given.'
            yield Misfit(Code.TOO_MANY_OPTIONS, message, "List each option at most once.")
            return
        for place, option in enumerate(options):
            if option not in self.options_by_id:
                # Messages never repeat a private answer.
                named = "such option" if self.private else f"option {quote_leading_name(option)}"
                yield Misfit(Code.UNKNOWN_OPTION, f'"{self.id}" has no {named}.', self._hint_for(option), option)
            elif option in options[:place]:
                named = "an option" if self.private else f"the option {quote(option)}"
                yield Misfit(Code.OPTION_TWICE, f'"{self.id}" lists {named} twice.', "Keep one of the two.", option)

    def _hint_for(self, option: str) -> str:
        # A suggestion would reveal a private answer.
        near = None if self.private else closest(option, list(self.options_by_id))
        suggestion = f"Did you mean {quote(near)}? " if near else ""
        return f"{suggestion}{self.how_to_write} To skip it: {SKIP_IT}."
