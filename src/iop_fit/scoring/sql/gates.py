"""Which questions a row leads to, as SQL."""

from collections.abc import Callable, Iterator, Mapping

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.scoring.sql.answers.column import AnswerColumn, thresholds
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.logic import any_of_all

__all__ = ["Gates"]


class Gates:
    """The conditions on which questions are asked; questions with the same condition share a column.

    A question is asked if its gate is open or may be open. Gates are on questions that are always asked.
    """

    def __init__(self, questionnaire: Questionnaire, columns: Mapping[str, AnswerColumn], dialect: Dialect) -> None:
        self._columns = columns
        self._private = f"{dialect.name('about')} IS DISTINCT FROM {dialect.text(Audience.SOMEONE)}"
        conditions = dict.fromkeys(question.asked_if for question in questionnaire.questions.values())
        self._alternatives = {each: dialect.name(f"gate:{place}") for place, each in enumerate(conditions) if each}
        self._asked = {each: dialect.name(f"asked:{place}") for place, each in enumerate(conditions) if each}

    def strict(self) -> Iterator[tuple[str, str]]:
        """Yield whether each gate is or may be open, where an answer that is not valid or missing opens nothing."""
        for alternatives, name in self._alternatives.items():
            yield name, self._any(alternatives, AnswerColumn.possible)

    def asked(self, bad: str) -> Iterator[tuple[str, str]]:
        """Yield the same, where any answer of a row with problems that is not valid or missing may open them."""
        for alternatives, name in self._asked.items():
            yield name, f"{self._alternatives[alternatives]} OR {bad} AND ({self._any(alternatives, _lenient)})"

    def _any(self, alternatives: tuple[OptionSet, ...], test: Callable[..., str]) -> str:
        """Return whether one of some alternatives passes a test, which takes a column and options of its question."""
        needs = [frozenset(thresholds(alternative, self._columns)) for alternative in alternatives]
        alone: dict[AnswerColumn, list[str]] = {}
        for ((column, option),) in (need for need in needs if len(need) == 1):
            alone.setdefault(column, []).append(option)
        single = (frozenset([test(column, *options)]) for column, options in alone.items())
        together = (frozenset(test(column, option) for column, option in need) for need in needs if len(need) > 1)
        return any_of_all([*single, *together])

    def strictly_asked(self, question: Question) -> str | None:
        """Return whether a question is asked as far as the valid answers say; None if it always is."""
        if question.private:
            return f"({self._private})"
        return self._alternatives.get(question.asked_if)

    def asked_of(self, question: Question) -> str | None:
        """Return whether a question is asked or may be; None if it always is."""
        return f"({self._private})" if question.private else self._asked.get(question.asked_if)


def _lenient(column: AnswerColumn, *options: str) -> str:
    return f"({column.certain(*options)} OR {column.code} < 0)"
