"""The rules of a questionnaire as SQL: for each row TRUE if the rule fired, NULL if it is open, else FALSE."""

from collections.abc import Iterator, Mapping

from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.sql.answers.column import AnswerColumn, thresholds
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.logic import any_of_all

__all__ = ["RuleColumns"]


class RuleColumns:
    """The tests that rules share, and the rules over them.

    A need holds no "not", so the three truth values of SQL are exact: TRUE if the answers reach all of its options,
    NULL if skipped questions could, else FALSE.
    """

    def __init__(self, questionnaire: Questionnaire, columns: Mapping[str, AnswerColumn], dialect: Dialect) -> None:
        self._rules = (*questionnaire.alert_rules, *questionnaire.direction_rules)
        self._dialect = dialect
        self._needs = {
            rule.id: [[column.reaches(option) for column, option in thresholds(need, columns)] for need in rule.needs]
            for rule in self._rules
        }
        """By rule, its needs, each as the tests that are true together."""
        distinct = sorted({test for needs in self._needs.values() for need in needs for test in need})
        self._names = {test: f"t{place}" for place, test in enumerate(distinct)}

    def tests(self) -> Iterator[tuple[str, str]]:
        """Yield the tests."""
        return ((name, test) for test, name in self._names.items())

    def rules(self) -> Iterator[tuple[str, str]]:
        """Yield the rules, in the order of `Decision.fired`."""
        for rule, needs in self._needs.items():
            yield self.column(rule), any_of_all(frozenset(map(self._names.__getitem__, need)) for need in needs)

    def column(self, rule: str) -> str:
        """Return the name of a rule's column."""
        return self._dialect.name(f"rule:{rule}")

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rules, in the order of `Decision.fired`."""
        return tuple(self._needs)

    def of(self, raised: str) -> tuple[str, ...]:
        """Return the ids of the rules that raise a direction or an alert, in the order of `Decision.fired`."""
        return tuple(rule.id for rule in self._rules if rule.raises == raised)
