"""Simple checks of discussion points.

There are no false positives. False negatives: points never shown because of earlier points with conditions, area
scores, `ask when`, or a condition with too many combinations of answers; points behind a full list whose condition
shares an option with a rule, since they may come first; and programs without a point on some sheets because the list of
another program is full.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from math import prod

from iop_fit.checking.findings import Counterexample, Evidence, Property, Violation
from iop_fit.checking.witnesses import minimal_sheet
from iop_fit.domain.condition import Condition, OptionSet, evaluate, option_sets_in, options_in
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.guidance import Point, PointList, Program
from iop_fit.domain.question import AREAS, AreaLevel, level_reach
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.points import CAPS, points_of
from iop_fit.limits import MAX_COMBINATIONS
from iop_fit.problem_codes import Code
from iop_fit.text import plural, quote

__all__ = ["statements_about_points"]

DISCUSSED = {PointList.FITS, PointList.PLAN_FOR, PointList.ASK}
"""Lists about a program; warning signs and help with cost apply to all programs."""

EMPTY: OptionSet = frozenset()


def statements_about_points(questionnaire: Questionnaire) -> Iterator[Property]:
    """Yield the properties of points and programs."""
    points, programs = questionnaire.points, questionnaire.programs
    named = EMPTY.union(*(need for rule in questionnaire.rules for need in rule.needs))
    crowded_out = {
        point.id for point in _behind_full_lists(sorted(points, key=lambda point: not _may_be_first(point, named)))
    }
    yield Property(
        code=Code.HIDDEN_POINT,
        sentence="Simple checks find no discussion point that is never shown.",
        evidence=Evidence.CHECKED,
        scope=plural(len(points), "point"),
        findings=tuple(
            _hidden(point)
            for point in points
            if point.id in crowded_out or (point.when and not _can_hold(point.when, questionnaire))
        ),
    )
    yield Property(
        code=Code.PROGRAM_WITHOUT_POINT,
        sentence="Each program has a discussion point even when every question is skipped.",
        evidence=Evidence.CHECKED,
        scope=plural(len(programs), "program"),
        findings=tuple(finding for program in programs for finding in _without_point(questionnaire, program)),
    )


def _hidden(point: Point) -> Violation:
    return Violation(
        code=Code.HIDDEN_POINT,
        noun="point",
        id=point.id,
        key="when",
        message=f"No answers show the point {quote(point.id)}.",
        hint="Its condition can't hold, or earlier points always fill its list. Change one of the two.",
    )


def _may_be_first(point: Point, named: OptionSet) -> bool:
    """Whether a point may come before those without a condition; `named` holds the options of all rules."""
    sets = option_sets_in(point.when, under_not=False) if point.when else ()
    return any(not options.isdisjoint(named) for options in sets)


def _behind_full_lists(points: Iterable[Point]) -> Iterator[Point]:
    """Yield the points whose list is always filled by earlier unconditional points, for one of their programs.

    A point is shown only if the lists of all its programs have room. So whenever it is shown, an earlier unconditional
    point was shown too, unless that one is also for another program whose list may be full.
    """
    earlier: Counter[tuple[str, PointList]] = Counter()
    always: defaultdict[PointList, list[tuple[tuple[str, ...], set[str]]]] = defaultdict(list)
    for point in points:
        cap, programs = CAPS[point.list], {*point.programs}
        shown = Counter(name for names, may_be_full in always[point.list] if may_be_full <= programs for name in names)
        if any(shown[name] >= cap for name in programs):
            yield point
        elif point.when is None:
            may_be_full = {name for name in programs if earlier[name, point.list] >= cap}
            always[point.list].append((point.programs, may_be_full))
        earlier.update((name, point.list) for name in programs)


def _can_hold(when: Condition, questionnaire: Questionnaire) -> bool:
    """Return False if a condition is true on no sheet with a direction; True if that is unknown."""
    pairs = options_in(when)
    states = {name: _states(name, pairs, questionnaire) for name in sorted({name for name, _ in pairs})}
    if prod(map(len, states.values())) > MAX_COMBINATIONS:
        return True
    withholding = {alert.id for alert in questionnaire.alerts if alert.withholds}
    withholding_needs = [need for need, rule in questionnaire.needs if rule.raises in withholding]
    for combination in product(*states.values()):
        certain = EMPTY.union(*(reached for reached, _ in combination))
        possible = EMPTY.union(*(reached for _, reached in combination))
        if evaluate(when, certain, possible) and not any(need <= certain for need in withholding_needs):
            return True
    return False


def _states(name: str, pairs: OptionSet, questionnaire: Questionnaire) -> list[tuple[OptionSet, OptionSet]]:
    """Return the pairs of certain and possible options that a question or an area can contribute."""
    question = questionnaire.questions.get(name)
    if question is None:
        return [(reached, reached) for reached in (level_reach(name.removeprefix(AREAS), each) for each in AreaLevel)]
    reaches = [*question.reach.values()]
    if question.takes_several:
        named = sorted(pairs & question.all_options)[: MAX_COMBINATIONS.bit_length()]  # enough to exceed the limit
        reaches = [frozenset(some) for number in range(len(named) + 1) for some in combinations(named, number)]
    not_asked = [(EMPTY, EMPTY)] if question.asked_if else []
    return [*((reached, reached) for reached in reaches), (EMPTY, question.all_options), *not_asked]


def _without_point(questionnaire: Questionnaire, program: Program) -> Iterator[Violation]:
    """Check the sheet with every question skipped: a point that applies there applies on every sheet."""
    all_skipped = minimal_sheet(questionnaire, EMPTY, frozenset(questionnaire.questions))
    if _has_no_point(decide(questionnaire, all_skipped), program):
        yield Violation(
            code=Code.PROGRAM_WITHOUT_POINT,
            noun="program",
            id=program.id,
            message=f"Some answers lead to no discussion point for the program {quote(program.id)}.",
            hint=f"Add a point `for: {program.id}` without `when`, in the list fits, plan for or ask.",
            witness=Counterexample(
                all_skipped,
                f"No point for {quote(program.id)} is shown here.",
                lambda decision: _has_no_point(decision, program),
            ),
        )


def _has_no_point(decision: Decision, program: Program) -> bool:
    return decision.withheld_by is None and not any(
        each.shown and each.point.list in DISCUSSED and program.id in each.point.programs
        for each in points_of(decision)
    )
