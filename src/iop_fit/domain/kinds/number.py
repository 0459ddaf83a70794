"""Number questions: the person gives a number, and the options are bands of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from iop_fit.domain.answers import NOW_AN_ANSWER, SKIP_IT, Answer, Chosen, Misfit, SkipReason, Written, plain_number
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.domain.kinds.typed_number import read_number
from iop_fit.domain.question import Option
from iop_fit.problem_codes import Code
from iop_fit.text import quote_leading_name

__all__ = ["NumberQuestion"]


@dataclass(frozen=True, kw_only=True)
class NumberQuestion(OrdinalQuestion):
    """A number is given; its band is the chosen option, and bands are ordered from least to most concern."""

    kind = "number"
    answered_with = "a number"
    own_keys: ClassVar[tuple[str, ...]] = ("unit", "unit for one", "up to", "such as")
    options_are_bands = True
    fhir_type = "decimal"
    fhir_value = "valueDecimal"

    up_to: float = 0
    """The largest number that is accepted."""
    unit: str = ""
    """What is counted, in words that follow a number; may be empty."""
    unit_for_one: str = ""
    """The unit after the number 1; empty if it is the same."""
    such_as: str = ""
    """Numbers to name as examples; empty for the usual ones."""

    @property
    def offered(self) -> tuple[Option, ...]:
        """Nothing, since the number is typed and its bands are not listed."""
        return ()

    @property
    def number_range(self) -> tuple[float, float]:
        """The smallest start of a band, and the largest number that is accepted."""
        return min(_start(option) for option in self.options), self.up_to

    @property
    def number_unit(self) -> str:
        """The unit."""
        return self.unit

    def at(self, number: float) -> Chosen | None:
        """Return the answer for a number; None if it is out of range."""
        least, most = self.number_range
        if not least <= number <= most:
            return None
        band = max((option for option in self.options if _start(option) <= number), key=_start)
        return Chosen((band.id,), plain_number(number))

    def choose(self, options: tuple[str, ...]) -> Chosen:
        """Return the answer with the smallest number of the first band."""
        return Chosen(options, _start(self.options_by_id[options[0]]))

    @property
    def how_to_write(self) -> str:
        """The range and an example."""
        return f"Write a number {self._range}{self._examples}."

    @property
    def if_not_applicable(self) -> str:
        """The number that says so, or a skip."""
        return f"{NOW_AN_ANSWER} write the number that says so, or {{skipped: {SkipReason.DONT_KNOW}}}."

    @property
    def what_to_type(self) -> str:
        """The range and an example."""
        return f"Please type one number {self._range}{self._examples}."

    @property
    def instructions(self) -> tuple[tuple[str, str], ...]:
        """An example, or else the range; the bands are not shown."""
        return (("", f"Type a number{self._examples or f' {self._range}'}."),)

    @property
    def _range(self) -> str:
        least, most = map(plain_number, self.number_range)
        return f"from {least} to {most}"

    @property
    def _examples(self) -> str:
        usual = "" if self.at(4) is None or self.at(7.5) is None else "4 or 7.5"
        named = self.such_as or usual
        return f", such as {named}" if named else ""

    def answer_from(self, text: str) -> Answer:
        """Return the number that a text means, or else the text as an option that is not valid."""
        return self.parse(text) or Chosen((text,))

    def parse(self, typed: str) -> Answer | None:
        """Return the number that a line means; None if it means none, several, or one out of range."""
        number = read_number(typed, f"{self.unit} {self.unit_for_one}")
        return None if number is None else self.at(number)

    def words_for(self, answer: Answer) -> str:
        """Return the number with its unit."""
        if not isinstance(answer, Chosen) or answer.number is None:
            return super().words_for(answer)
        return f"{plain_number(answer.number)} {self.unit_of(answer)}".strip()

    def unit_of(self, answer: Answer) -> str:
        """Return the unit, or that for the number 1."""
        one = isinstance(answer, Chosen) and answer.number == 1
        return self.unit_for_one if one and self.unit_for_one else self.unit

    def brief_for(self, answer: Answer) -> str:
        """Return the number with its unit."""
        return self.words_for(answer) if isinstance(answer, Chosen) else ""

    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Yield an answer that is not one number, is out of range, or is in another band than the number."""
        if isinstance(answer, Chosen) and answer.number is not None and answer == self.at(answer.number):
            return
        given = answer.options if isinstance(answer, Chosen) and answer.number is None else ()
        text = given[0] if len(given) == 1 else ""
        in_a_list = bool(text and self.parse(text))
        wrong = "" if self.private or in_a_list or not text else f", not {quote_leading_name(text)}"
        message = f'"{self.id}" takes one number {self._range}{wrong}.'
        hint = "Write it without brackets." if in_a_list else f"{self.how_to_write} To skip it: {SKIP_IT}."
        yield Misfit(Code.NOT_A_NUMBER, message, hint, text)


def _start(option: Option) -> float:
    assert option.start is not None
    return option.start
