"""Statements about discussion points: each can be shown, and no result is without one for either program."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from iop_fit.check.findings import Finding, How, Statement, Witness
from iop_fit.check.point_search import Outlook, Search, Sought, Withholding
from iop_fit.domain.answers import AnswerSheet
from iop_fit.domain.assess import CAPS, areas_reached, points_of
from iop_fit.domain.condition import pairs_of, truth
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Point, PointList, Program
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.text import counted, quoted

__all__ = ["Showing"]

DISCUSSED = {PointList.FITS, PointList.PLAN_FOR, PointList.ASK}
"""The lists that speak of a program; warning signs and help with cost hold for all of them."""


Room = tuple[str, PointList]
"""A program's id and one of its lists, in which only so many points are shown."""


class Showing:
    """Works out which discussion points of one questionnaire can be shown."""

    def __init__(self, questionnaire: Questionnaire, known: Iterable[AnswerSheet] = ()) -> None:
        self.questionnaire = questionnaire
        self.known = known
        """Whole sheets that may show some points."""
        self.withholding = Withholding(questionnaire)
        self.search = Search(questionnaire, self._named_options())

    def statements(self) -> Iterator[Statement]:
        """State what holds for every sheet."""
        points, programs = self.questionnaire.points, self.questionnaire.programs
        yield Statement(
            code="hidden-point",
            sentence="Each discussion point is shown for some answers.",
            how=How.CHECKED,
            of=counted(len(points), "point"),
            findings=tuple(self._hidden_points()),
        )
        yield Statement(
            code="program-without-point",
            sentence="No result with a direction is without a discussion point for each program.",
            how=How.CHECKED,
            of=counted(len(programs), "program"),
            findings=tuple(finding for program in programs for finding in self._without_point(program)),
        )

    # One point

    def _hidden_points(self) -> Iterator[Finding]:
        """Look for each point that no sheet so far has shown: none that was known, nor found for an earlier one."""
        shown = {name for sheet in self.known for name in self._shown_on(sheet)}
        for point in self.questionnaire.points:
            if point.id in shown:
                continue
            try:
                sheet = self._sheet_showing(point)
            except LookupError:
                message = f"Whether any answers show the point {quoted(point.id)} stayed open."
                yield _undecided("point", point.id, message)
                continue
            if sheet:
                shown |= self._shown_on(sheet)
                continue
            yield Finding(
                code="hidden-point",
                noun="point",
                id=point.id,
                key="when",
                message=f"No answers show the point {quoted(point.id)}.",
                hint="Its condition can't hold, or earlier points always fill its list. Mend one of the two.",
            )

    def _shown_on(self, sheet: AnswerSheet) -> set[str]:
        decision = decide(self.questionnaire, sheet)
        given = self.withholding.given(decision)
        return {each.point.id for each in points_of(decision) if each.shown} if given else set()

    def _sheet_showing(self, point: Point) -> AnswerSheet | None:
        points = self.questionnaire.points
        rivals = [each for each in points[: points.index(point)] if each.list is point.list]
        withholding = self.withholding

        def hangs_on(decision: Decision, unsettled: frozenset[str]) -> Iterable[str] | None:
            if not withholding.given(decision):
                return None
            outlook = withholding.outlook(decision, unsettled)
            if withholding.never(point.when, outlook) or self._has_no_room(point, rivals, outlook):
                return None
            return withholding.open_questions((point, *rivals), outlook)

        return self.search.find(
            Sought(lambda decision: withholding.given(decision) and _is_shown(decision, point), hangs_on)
        )

    def _has_no_room(self, point: Point, rivals: Iterable[Point], outlook: Outlook) -> bool:
        """Say whether the point's list is full for one of its programs, whatever is answered.

        While no list of the point is full, each rival that speaks of no other program and always holds is shown.
        """
        nearer = (each for each in rivals if {*each.programs} <= {*point.programs})
        holding = [each for each in nearer if self.withholding.always(each.when, outlook)]
        return any(
            Counter(room for each in taking for room in _rooms(each))[mine] >= CAPS[point.list]
            for taking in (holding, [*self._surely_shown(rivals, outlook)])
            for mine in _rooms(point)
        )

    def _surely_shown(self, points: Iterable[Point], outlook: Outlook) -> Iterator[Point]:
        """Yield the points that are shown whatever is answered to what is not settled yet."""
        taken: Counter[Room] = Counter()
        at_most: Counter[Room] = Counter()
        for point in points:
            rooms, cap = _rooms(point), CAPS[point.list]
            if self.withholding.never(point.when, outlook) or any(taken[room] >= cap for room in rooms):
                continue
            if self.withholding.always(point.when, outlook) and all(at_most[room] < cap for room in rooms):
                taken.update(rooms)
                yield point
            at_most.update(rooms)

    # One program

    def _without_point(self, program: Program) -> Iterator[Finding]:
        discussed = [each for each in self.questionnaire.points if each.list in DISCUSSED]
        if any(each.when is None and each.programs == (program.id,) for each in discussed):
            return  # such a point is shown, or others have filled its list
        try:
            sheet = self._sheet_without_point(program)
        except LookupError:
            message = f"Whether the program {quoted(program.id)} always has a discussion point stayed open."
            yield _undecided("program", program.id, message)
            return
        if sheet is None:
            return
        yield Finding(
            code="program-without-point",
            noun="program",
            id=program.id,
            message=f"Some answers lead to no discussion point for the program {quoted(program.id)}.",
            hint=f"Add a point `for: {program.id}` without `when`, in the list fits, plan for or ask.",
            witness=Witness(
                sheet,
                f"No point that speaks of {quoted(program.id)} is shown here.",
                lambda decision: self.withholding.given(decision) and not _speaks(decision, program),
            ),
        )

    def _sheet_without_point(self, program: Program) -> AnswerSheet | None:
        """Look for a sheet; a point for both programs may lack room when the other one's list is full."""
        points = [each for each in self.questionnaire.points if each.list in DISCUSSED]
        withholding = self.withholding

        def hangs_on(decision: Decision, unsettled: frozenset[str]) -> Iterable[str] | None:
            if not withholding.given(decision):
                return None
            outlook = withholding.outlook(decision, unsettled)
            if any(program.id in sure.programs for sure in self._surely_shown(points, outlook)):
                return None
            return withholding.open_questions(points, outlook)

        return self.search.find(
            Sought(lambda decision: withholding.given(decision) and not _speaks(decision, program), hangs_on)
        )

    def _named_options(self) -> dict[str, frozenset[str]]:
        """Name by question the options that any rule, gate or point looks at."""
        needs = [need for need, _ in self.questionnaire.needs]
        gates = [way for question in self.questionnaire.questions.values() for way in question.gate]
        points = [pairs_of(point.when) for point in self.questionnaire.points if point.when]
        named: defaultdict[str, set[str]] = defaultdict(set)
        for question, option in frozenset[tuple[str, str]]().union(*needs, *gates, *points):
            named[question].add(option)
        return {question: frozenset(options) for question, options in named.items()}


def _rooms(point: Point) -> list[Room]:
    return [(program, point.list) for program in point.programs]


def _undecided(noun: str, name: str, message: str) -> Finding:
    hint = "Too many kinds of sheets had to be tried. Let the conditions of its list ask for less."
    return Finding(code=f"{noun}-not-decided", noun=noun, id=name, message=message, hint=hint)


def _is_shown(decision: Decision, point: Point) -> bool:
    if point.when and truth(point.when, *areas_reached(decision)) is not True:
        return False  # without a look at the other points
    return any(each.point is point and each.shown for each in points_of(decision))


def _speaks(decision: Decision, program: Program) -> bool:
    return any(
        each.shown and each.point.list in DISCUSSED and program.id in each.point.programs
        for each in points_of(decision)
    )
