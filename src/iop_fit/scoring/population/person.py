"""One made-up person as the chances of an answer see them: columns of SQL."""

from collections.abc import Mapping

from iop_fit.scoring.population.chances import Chances, If
from iop_fit.scoring.population.draws import Draws
from iop_fit.scoring.population.expressions import Number, Truth, Value
from iop_fit.scoring.population.traits import MARGINS, OPIOIDS, STIMULANTS
from iop_fit.scoring.sql.answers.column import AnswerColumn
from iop_fit.scoring.sql.dialects import DUCKDB

__all__ = ["DRINKS", "OTHER_DRUG", "TROUBLE", "Person"]

TROUBLE, DRINKS, OTHER_DRUG = '"trouble"', '"drinks a day"', '"other drug"'


class Person:
    """The traits of a person, what is drawn beside them, and the answers so far."""

    def __init__(self, draws: Draws, answers: Mapping[str, AnswerColumn]) -> None:
        """Take the random numbers, and the columns of the answers, to which later ones are added."""
        self.draws = draws
        self._answers = answers
        self.read: set[str] = set()
        """The questions whose answers were looked at."""
        self.named: dict[str, Number] = {}
        """Columns that the answer needs, by name."""
        self.trouble = Number(TROUBLE)
        """From 0 to 1: how much trouble use makes. What answers have in common."""
        self.drinks = Number(DRINKS)
        """On a drinking day, in halves."""
        self.uses, self.uses_daily = Truth('"uses"'), Truth('"uses daily"')
        self.takes_opioids, self.takes_street_drugs = Truth('"takes opioids"'), Truth('"takes street drugs"')
        self.mental_condition = Truth('"has a mental condition"')

    def known(self) -> dict[str, str]:
        """Return the columns of what the traits say of many answers."""
        said = {
            self.uses: ~self.has("use_frequency", "none"),
            self.uses_daily: self.has("use_frequency", "daily"),
            self.takes_opioids: self.has("main_substance", *OPIOIDS),
            self.takes_street_drugs: self.has("main_substance", *OPIOIDS, *STIMULANTS),
            self.mental_condition: self.has("mental_condition", "yes"),
        }
        return {name.sql: truth.sql for name, truth in said.items()}

    def has(self, trait: str, *values: str) -> Truth:
        """Return whether a trait has one of some values."""
        assert MARGINS[trait].keys() >= {*values}, f"{trait} is never one of {values}"
        return Truth(f"({DUCKDB.name(trait)} IN ({DUCKDB.texts(values)}))")

    def by(self, trait: str, chances: Mapping[str, Chances]) -> Chances:
        """Return the chances for the value of a trait."""
        *others, last = chances
        result = chances[last]
        for value in others:
            result = If(self.has(trait, value), chances[value], result)
        return result

    def number_by(self, trait: str, numbers: Mapping[str, float], otherwise: float = 0) -> Number:
        """Return a number for the value of a trait."""
        whens = " ".join(f"WHEN {self.has(trait, value).sql} THEN {number}e0" for value, number in numbers.items())
        return Number(f"(CASE {whens} ELSE {otherwise}e0 END)")

    def answered(self, question: str, *options: str) -> Truth:
        """Return whether an earlier answer reaches one of some options; a skip reaches none of them."""
        column = self._answers.get(question)
        known = [each for each in options if each in column.question.options_by_id] if column else []
        if not column or not known:
            return Truth("FALSE")
        self.read.add(question)
        return Truth(f"({' OR '.join(map(column.certain, known))})")

    def answered_beside(self, question: str, *options: str) -> Truth:
        """Return whether an earlier answer reaches an option that is none of these."""
        column = self._answers.get(question)
        known = column.question.options_by_id if column else {}
        return self.answered(question, *(each for each in known if each not in options))

    def name(self, name: str, value: Value) -> Number:
        """Return a number under a name, so that it is worked out once."""
        self.named[name] = Number.of(value)
        return Number(DUCKDB.name(name))
