"""The problems of each row, as SQL: the codes that reading the same answers from a file would report."""

from collections.abc import Iterator, Mapping

from iop_fit.domain.guidance import Alert
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.problem_codes import Code
from iop_fit.scoring.layout import ABOUT
from iop_fit.scoring.sql.answers.column import EMPTY, MISFIT, AnswerColumn, thresholds
from iop_fit.scoring.sql.dialects import Dialect
from iop_fit.scoring.sql.gates import Gates
from iop_fit.scoring.sql.logic import TRUE, all_of, any_of, any_of_all

__all__ = ["ProblemChecks"]


class ProblemChecks:
    """Finds the rows that may have problems, and names the problems of those."""

    def __init__(
        self, questionnaire: Questionnaire, columns: Mapping[str, AnswerColumn], gates: Gates, dialect: Dialect
    ) -> None:
        self._questionnaire, self._columns, self._gates, self._dialect = questionnaire, columns, gates, dialect
        self._about, self._suspect = dialect.name("about"), dialect.name("suspect")
        self._withholds = dialect.name("withholds")
        self.listed = dialect.name("problems")
        """The problems, each as `code:question`, with semicolons between them."""
        self.bad = dialect.name("bad")
        """Whether a row has problems."""

    def suspects(self) -> Iterator[tuple[str, str]]:
        """Yield whether a row may have problems; it has none if there is an answer just where one is asked for."""
        yield self._suspect, any_of([self._wrong_about, *map(self._is_odd, self._columns.values())])

    def _is_odd(self, column: AnswerColumn) -> str:
        asked = self._gates.strictly_asked(column.question)
        missing = f"({column.code} = {EMPTY}) = {asked}" if asked else f"{column.code} = {EMPTY}"
        unasked = f"({column.given} AND NOT {asked})" if asked else "FALSE"
        return f"{column.code} = {MISFIT} OR {unasked if column.lenient or column.question.optional else missing}"

    @property
    def _wrong_about(self) -> str:
        return f"{self._about} NOT IN ({self._dialect.texts(Audience)})"

    def withholding(self) -> Iterator[tuple[str, str]]:
        """Yield which alert withholds the direction of a suspect row, by its place from 1; 0 if none does."""
        raised = " ".join(
            f"WHEN {self._suspect} AND ({self._is_raised(alert)}) THEN {place}"
            for place, alert in enumerate(self._withholding, 1)
        )
        yield self._withholds, f"CASE {raised} ELSE 0 END" if raised else "0"

    @property
    def _withholding(self) -> list[Alert]:
        return [alert for alert in self._questionnaire.alerts_strongest_first if alert.withholds]

    def _is_raised(self, alert: Alert) -> str:
        rules = (rule for rule in self._questionnaire.rules if rule.raises == alert.id)
        return any_of_all(
            frozenset(self._is_certain(column, option) for column, option in thresholds(need, self._columns))
            for rule in rules
            for need in rule.needs
        )

    def _is_certain(self, column: AnswerColumn, option: str) -> str:
        asked = self._gates.strictly_asked(column.question)
        return f"({column.certain(option)} AND {asked})" if asked else column.certain(option)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield the problems, each as `code:question`; an empty text if there are none."""
        found = self._dialect.listed((when, f"{code}:{name}") for code, name, when in self._problems())
        yield self.listed, f"CASE WHEN {self._suspect} THEN {found} ELSE '' END"

    def are_bad(self) -> Iterator[tuple[str, str]]:
        """Yield whether a row has problems."""
        yield self.bad, f"{self.listed} <> ''"

    def _problems(self) -> Iterator[tuple[Code, str, str]]:
        yield Code.WRONG_SHAPE, ABOUT, self._wrong_about
        for name, column in self._columns.items():
            for code, when in column.misfits():
                yield code, name, f"{column.code} = {MISFIT}" + ("" if when == TRUE else f" AND {when}")
            asked = self._gates.strictly_asked(column.question)
            if asked:
                yield Code.NOT_ASKED, name, f"{column.given} AND NOT {asked}{self._unless_explained(column.question)}"
            if not column.lenient and not column.question.optional:
                yield Code.MISSING_ANSWER, name, self._is_missing(column, asked)

    def _unless_explained(self, question: Question) -> str:
        """Return that no gate question is wrong, which explains why a question seems not to be asked."""
        names = sorted({name for alternative in question.asked_if for name, _ in alternative})
        return "".join(f" AND {self._columns[name].code} <> {MISFIT}" for name in names)

    def _is_missing(self, column: AnswerColumn, asked: str | None) -> str:
        needed = [
            str(place)
            for place, alert in enumerate(self._withholding, 1)
            if alert.enough is None or column.question.id in alert.enough
        ]
        return all_of(
            [
                f"{column.code} = {EMPTY}",
                *([asked] if asked else []),
                f"{self._withholds} IN ({', '.join(['0', *needed])})",
            ]
        )
