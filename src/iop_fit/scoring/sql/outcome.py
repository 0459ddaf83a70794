"""What the rules of each row come to, as SQL: the direction, the alerts, the additions and the areas."""

from collections.abc import Iterator, Mapping

from iop_fit.domain.guidance import Alert, Direction
from iop_fit.domain.question import AreaLevel, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.sql.answers.column import AnswerColumn
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.logic import FALSE, all_of, any_of
from iop_fit.scoring.sql.rule_columns import RuleColumns

__all__ = ["Outcome"]

YES, OPEN, NO = "yes", "open", "no"

DIRECTION, ALERT, LEVEL, TRUTH = "direction", "alert", "level", "truth"
"""The names of the types of columns that have few values."""


class Outcome:
    """The columns of the result."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        columns: Mapping[str, AnswerColumn],
        rules: RuleColumns,
        problems: str,
        dialect: Dialect,
    ) -> None:
        self._questionnaire, self._columns, self._rules = questionnaire, columns, rules
        self._problems, self._dialect = problems, dialect
        self._fired = dialect.name("fired")
        self._yes, self._open, self._no = (self._value(value, TRUTH) for value in (YES, OPEN, NO))

    @property
    def categories(self) -> dict[str, tuple[str, ...]]:
        """The types of columns that have few values, with their values."""
        return {
            DIRECTION: tuple(self._questionnaire.rank),
            ALERT: tuple(alert.id for alert in self._questionnaire.alerts),
            LEVEL: tuple(level.value for level in AreaLevel),
            TRUTH: (NO, OPEN, YES),
        }

    def raised(self) -> Iterator[tuple[str, str]]:
        """Yield whether each direction above the least and each alert is raised."""
        for noun in self._raisable:
            yield self._raised(noun), any_of(map(self._rules.column, self._rules.of(noun.id)))

    def called_for(self) -> Iterator[tuple[str, str]]:
        """Yield whether a rule calls for each addition."""
        for addition in self._additions:
            rules = (rule.id for rule in self._questionnaire.rules if addition in rule.adds)
            yield self._called_for(addition), any_of(map(self._rules.column, rules))

    def _called_for(self, addition: str) -> str:
        return self._dialect.name(f"called:{addition}")

    @property
    def _raisable(self) -> tuple[Direction | Alert, ...]:
        """What rules raise, in the order of `Decision.fired`."""
        return (*self._questionnaire.alerts_strongest_first, *reversed(self._questionnaire.directions[1:]))

    def _raised(self, noun: Direction | Alert) -> str:
        return self._dialect.name(f"raised:{noun.id}")

    def fired(self) -> Iterator[tuple[str, str]]:
        """Yield the ids of the fired rules, in the order of `Decision.fired`, with semicolons between them."""
        yield self._fired, self._dialect.listed((self._rules.column(rule), rule) for rule in self._rules.ids)

    def scores(self) -> Iterator[tuple[str, str]]:
        """Yield the score of each section that has levels."""
        for section in self._levelled:
            scored = (question for question in section.questions if question.need and not question.private)
            scores = (self._columns[question.id].score() for question in scored)
            yield self._score(section), " + ".join(scores)

    @property
    def _levelled(self) -> tuple[Section, ...]:
        return tuple(section for section in self._questionnaire.sections if section.levels)

    def _score(self, section: Section) -> str:
        return self._dialect.name(f"score:{section.id}")

    def ends(self) -> Iterator[tuple[str, str]]:
        """Yield both ends of the range, and what withholds the direction."""
        yield self._name("lowest"), self._strongest("")
        yield self._name("highest"), self._strongest(" IS NOT FALSE")
        withholding = (each for each in self._questionnaire.alerts_strongest_first if each.withholds)
        whens = " ".join(f"WHEN {self._raised(each)} THEN {self._value(each.id, ALERT)}" for each in withholding)
        yield self._name("withheld_by"), f"CASE {whens} END" if whens else f"CAST(NULL AS {self._dialect.text_type})"

    def _strongest(self, test: str) -> str:
        least, *others = self._questionnaire.directions
        whens = " ".join(
            f"WHEN {self._raised(each)}{test} THEN {self._value(each.id, DIRECTION)}" for each in reversed(others)
        )
        return f"CASE {whens} ELSE {self._value(least.id, DIRECTION)} END"

    def results(self) -> Iterator[tuple[str, str]]:
        """Yield the columns of the result, but for those that are copied from the table."""
        withheld, lowest = self._name("withheld_by"), self._name("lowest")
        yield self._name("direction"), f"CASE WHEN {withheld} IS NULL THEN {lowest} END"
        yield lowest, lowest
        yield self._name("highest"), self._name("highest")
        public = (self._raised(alert) for alert in self._questionnaire.alerts if not alert.private)
        decided = [f"{lowest} = {self._name('highest')}", *(f"{each} IS NOT NULL" for each in public)]
        yield self._name("firm"), all_of(decided)
        yield withheld, withheld
        for alert in self._questionnaire.alerts:
            yield self._name(f"alert_{alert.id}"), self._truth(self._raised(alert))
        for addition in self._additions:
            yield self._name(f"addition_{addition}"), self._addition(addition)
        for section in self._levelled:
            yield self._name(f"score_{section.id}"), self._score(section)
            yield self._name(f"level_{section.id}"), self._level(section)
        yield self._name("rules"), self._fired
        yield self._name("problems"), self._problems

    def _truth(self, raised: str) -> str:
        return f"CASE WHEN {raised} THEN {self._yes} WHEN {raised} IS NULL THEN {self._open} ELSE {self._no} END"

    @property
    def _additions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.id for way in self._questionnaire.directions for each in way.additions))

    def _addition(self, addition: str) -> str:
        """Return whether the direction comes with an addition that a rule calls for; open if skips decide that."""
        offering = [way for way in self._questionnaire.directions if addition in {each.id for each in way.additions}]
        called_for = self._called_for(addition)
        offered = f"{self._name('lowest')} IN ({self._dialect.texts(way.id for way in offering)})"
        may_be_offered = any_of([offered, *map(self._may_become, offering)])
        return (
            f"CASE WHEN {offered} AND {called_for} THEN {self._yes}"
            f" WHEN ({may_be_offered}) AND {called_for} IS NOT FALSE THEN {self._open} ELSE {self._no} END"
        )

    def _may_become(self, direction: Direction) -> str:
        """Return whether skips could raise the direction to this one."""
        below = self._questionnaire.directions[: self._questionnaire.rank[direction.id]]
        if not below:
            return FALSE
        is_below = f"{self._name('lowest')} IN ({self._dialect.texts(way.id for way in below)})"
        return f"({is_below} AND {self._raised(direction)} IS NULL)"

    def _level(self, section: Section) -> str:
        """Return the level of a section by its score."""
        levels = [(AreaLevel.LITTLE, 0), *section.levels]
        whens = " ".join(
            f"WHEN {self._score(section)} >= {begins} THEN {self._value(level, LEVEL)}"
            for level, begins in reversed(levels)
        )
        return f"CASE {whens} END"

    def _name(self, column: str) -> str:
        return self._dialect.name(column)

    def _value(self, value: str, category: str) -> str:
        return self._dialect.category.format(self._dialect.text(value), category)
