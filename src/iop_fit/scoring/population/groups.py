"""The questions in groups, in the order in which their answers can be drawn."""

from collections.abc import Iterator

from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.scoring.engines.tables import FileFormat
from iop_fit.scoring.layout import AnswerSource, Layout, collected
from iop_fit.scoring.population.cells import cell
from iop_fit.scoring.population.draws import Draws
from iop_fit.scoring.population.person import Person
from iop_fit.scoring.sql.answers.cells import text_cell
from iop_fit.scoring.sql.answers.column import AnswerColumn
from iop_fit.scoring.sql.answers.kinds import answer_column
from iop_fit.scoring.sql.compiler import Stage
from iop_fit.scoring.sql.dialects import DUCKDB
from iop_fit.scoring.sql.gates import Gates

__all__ = ["Groups"]


class _Group:
    """Questions that depend only on answers in the groups before."""

    def __init__(self) -> None:
        self.before: dict[str, str] = {}
        """Gates and other columns that the cells need."""
        self.cells: dict[AnswerColumn, str] = {}

    def stages(self, place: int) -> Iterator[Stage]:
        """Yield the stages of the group at this place."""
        yield Stage(f"gates_{place}", tuple(self.before.items()))
        yield Stage(f"cells_{place}", tuple((column.raw, cell) for column, cell in self.cells.items()))
        yield Stage(f"options_{place}", tuple(pair for column in self.cells for pair in column.options()))
        yield Stage(f"codes_{place}", tuple((column.code, column.codes()) for column in self.cells))


class Groups:
    """The questions in groups, each with the cells of its questions."""

    def __init__(self, questionnaire: Questionnaire, draws: Draws) -> None:
        """Put each question into the first group after all answers that its gate and its chances depend on.

        Raises `IopFitError` if the questionnaire asks what there are no chances for.
        """
        layout = Layout.by_id(questionnaire)
        self._columns = {each.id: answer_column(each, layout, DUCKDB) for each in questionnaire.questions.values()}
        self._gates = Gates(questionnaire, self._columns, DUCKDB)
        self._conditions = dict(self._gates.strict())
        self._draws = draws
        self._places: dict[str, int] = {}
        self._groups: list[_Group] = []
        for question in collected(questionnaire):
            self._add(question)

    def _add(self, question: Question) -> None:
        person = Person(self._draws, {name: self._columns[name] for name in self._places})
        asked = self._gates.strictly_asked(question)
        made = cell(question, asked, person)
        opening = {name for alternative in question.asked_if for name, _ in alternative}
        place = self._place_after(opening | person.read)
        self._groups += [_Group() for _ in range(len(self._groups), place + 1)]
        if asked in self._conditions:
            self._groups[self._place_after(opening)].before[asked] = self._conditions[asked]
        self._groups[place].before |= {DUCKDB.name(name): number.sql for name, number in person.named.items()}
        self._groups[place].cells[self._columns[question.id]] = made
        self._places[question.id] = place

    def _place_after(self, questions: set[str]) -> int:
        return 1 + max((self._places[name] for name in questions), default=-1)

    def stages(self) -> Iterator[Stage]:
        """Yield the stages of all groups."""
        return (stage for place, group in enumerate(self._groups) for stage in group.stages(place))

    def results(self, file_format: FileFormat) -> Iterator[tuple[str, str]]:
        """Yield the columns of the answers; in CSV, a list is a text."""
        for name in self._places:
            column, made = self._columns[name], AnswerSource(f"raw:{name}", is_list=True)
            joined = file_format is FileFormat.CSV and isinstance(column.question, MultipleQuestion)
            yield DUCKDB.name(name), text_cell(made, DUCKDB) if joined else column.raw
