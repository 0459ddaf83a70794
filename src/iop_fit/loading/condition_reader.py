"""Reading conditions: what each `when` and `ask when` refers to, and what it may not."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from iop_fit.domain.condition import AllOf, AnyOf, AtLeast, Condition, HasOptions, Not
from iop_fit.domain.expansion import StepBudget, TooLargeConditionError, measure
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel, Question, level_reach
from iop_fit.errors import Place
from iop_fit.files.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode, describe
from iop_fit.loading.option_tests import read_ids, read_option_test
from iop_fit.loading.records import whole_number
from iop_fit.problem_codes import Code
from iop_fit.text import join, quote

__all__ = ["RESERVED", "ConditionContext", "ConditionReader"]


RESERVED = frozenset({"all", "any", "some", "not", "sign", "areas", "alert", "alert-level"})
"""The words of conditions, which no question may be called."""

Thing = TypeVar("Thing")


class ConditionContext(Enum):
    """What a condition is for, which decides what it may name."""

    ALERT_RULE = "a rule"
    RULE = "a rule that raises a direction"
    PRIVATE_RULE = "a rule of a private alert"
    POINT = "a point"


class ConditionReader:
    """Reads conditions against the questions, sections, signs and alerts that are known so far."""

    def __init__(self, questions: Mapping[str, Question], areas: Iterable[str], problems: Problems) -> None:
        self.questions = questions
        self.areas = tuple(areas)
        self.problems = problems
        self.signs: dict[str, Condition | None] = {}
        """The signs that were read so far; None for one that could not be."""
        self.all_signs: tuple[str, ...] = ()
        self.alerts: dict[str, list[Condition]] = {}
        self.not_read: set[str] = set()
        """The alerts with a rule that could not be read, which was told then."""
        self.levels: dict[str, list[str]] = {level.value: [] for level in AlertLevel}
        self.budget = StepBudget()

    def read_whole(self, node: Node, use: ConditionContext) -> Condition | None:
        """Return the condition of a sign, a rule or a point; None also when it is too large to evaluate."""
        condition = self.read(node, use)
        self.budget.start_condition()
        try:
            if condition:
                measure(condition, self.budget)
        except TooLargeConditionError:
            self.note_too_large(node.place)
            return None
        return condition

    def note_too_large(self, place: Place) -> None:
        """Report a condition that used up its own budget, or what was left for all conditions."""
        which = "This condition is" if self.budget.left else "This condition and those before it are"
        message = f"{which} too large to be worked out, with the signs and alerts that are named."
        self.problems.note(Code.TOO_LARGE_CONDITION, place, message, "Let it name fewer, or ask for less.")

    def read(self, node: Node, use: ConditionContext) -> Condition | None:
        """Return the condition of a mapping, all of whose keys must hold; None when nothing in it could be read."""
        if not isinstance(node, MappingNode) or not node.entries:
            self.problems.note(
                Code.NOT_A_CONDITION,
                node.place,
                f"A condition must be a mapping, and this is {describe(node)}.",
                "Write it like `question-id: {at least: option-id}`.",
            )
            return None
        return _joined(AllOf, [self._entry(key, value, use) for key, value in node.entries])

    def _entry(self, key: ScalarNode, value: Node, use: ConditionContext) -> Condition | None:
        match key.text:
            case "all":
                return _joined(AllOf, self._each(value, use))
            case "any":
                return _joined(AnyOf, self._each(value, use))
            case "some":
                return self._some(value, use)
            case "sign":
                return _joined(AllOf, [self._sign(name) for name in read_ids(value, self.problems)])
            case "alert":
                return _joined(AnyOf, [self._alert(name, key, use) for name in read_ids(value, self.problems)])
            case "alert-level":
                return _joined(AnyOf, [self._level(name, key, use) for name in read_ids(value, self.problems)])
            case "not":
                return self._not(key, value, use)
            case "areas":
                return self._areas(key, value, use)
            case _:
                return self._question(key, value, use)

    def _each(self, node: Node, use: ConditionContext) -> list[Condition | None]:
        if isinstance(node, SequenceNode) and node.nodes:
            return [self.read(each, use) for each in node.nodes]
        what = "an empty one" if isinstance(node, SequenceNode) else describe(node)
        hint = "Write it like `any: [{question-id: {at least: option-id}}, {...}]`."
        self.problems.note(Code.NOT_A_CONDITION, node.place, f"Here must be a list of conditions, not {what}.", hint)
        return [None]

    def _some(self, node: Node, use: ConditionContext) -> Condition | None:
        number = node.get("at least") if isinstance(node, MappingNode) else None
        of = node.get("of") if isinstance(node, MappingNode) else None
        wanted = whole_number(number.text) if isinstance(number, ScalarNode) else None
        if number is None or wanted is None or not isinstance(of, SequenceNode):
            hint = "Write it like `some: {at least: 2, of: [{...}, {...}, {...}]}`."
            self.problems.note(Code.NOT_A_CONDITION, node.place, "This does not say at least how many of what.", hint)
            return None
        conditions = self._each(of, use)
        if not 1 <= wanted <= len(conditions):
            message = f"At least {wanted} of {len(conditions)} conditions can't hold, or always do."
            self.problems.note(Code.WRONG_NUMBER, number.place, message, f"Write a number from 1 to {len(conditions)}.")
            return None
        known = [condition for condition in conditions if condition is not None]
        return AtLeast(wanted, tuple(known)) if len(known) == len(conditions) else None

    def _sign(self, name: ScalarNode) -> Condition | None:
        if name.text in self.signs:
            return self.signs[name.text]
        if name.text in self.all_signs:
            message = f"The sign {quote(name.text)} stands below the place where it is used."
            self.problems.note(Code.SIGN_NOT_EARLIER, name.place, message, "Move it above what uses it.")
        else:
            self.problems.unknown(name, self.all_signs, "sign")
        return None

    def _alert(self, name: ScalarNode, key: ScalarNode, use: ConditionContext) -> Condition | None:
        if self._refused(key, use):
            return None
        conditions = self._known(name, self.alerts, "alert")
        if conditions == [] and name.text not in self.not_read:
            message = f"No rule that can be named here raises the alert {quote(name.text)}."
            self.problems.note(
                Code.UNKNOWN_REFERENCE,
                name.place,
                message,
                "Name an alert that is raised by a rule and is not private.",
            )
        return AnyOf(tuple(conditions)) if conditions else None

    def _level(self, name: ScalarNode, key: ScalarNode, use: ConditionContext) -> Condition | None:
        if self._refused(key, use):
            return None
        alerts = self._known(name, self.levels, "alert level")
        conditions = tuple(condition for alert in alerts or () for condition in self.alerts.get(alert, ()))
        if alerts is not None and not conditions and self.not_read.isdisjoint(alerts):
            message = f"No rule that can be named here raises an alert of the level {quote(name.text)}."
            hint = "Name the level of an alert that is raised by a rule and is not private."
            self.problems.note(Code.UNKNOWN_REFERENCE, name.place, message, hint)
        return AnyOf(conditions) if conditions else None

    def _refused(self, key: ScalarNode, use: ConditionContext) -> bool:
        """Only what is read after the alerts' own rules may name alerts, so no circle can arise."""
        if use in (ConditionContext.RULE, ConditionContext.POINT):
            return False
        message = f"A rule that raises an alert can't use {quote(key.text)}."
        self.problems.note(Code.ALERT_IN_ALERT_RULE, key.place, message, "Name the answers instead.")
        return True

    def _not(self, key: ScalarNode, node: Node, use: ConditionContext) -> Condition | None:
        if use is not ConditionContext.POINT:
            self.problems.note(
                Code.NOT_IN_A_RULE,
                key.place,
                'A rule can\'t say "not": it can only raise.',
                "Say what must be reached instead. Only discussion points may use `not`.",
            )
            return None
        inner = self.read(node, use)
        return Not(inner) if inner else None

    def _areas(self, key: ScalarNode, node: Node, use: ConditionContext) -> Condition | None:
        if use is not ConditionContext.POINT:
            message = "A rule can't name the level of an area: a sum must not decide."
            self.problems.note(Code.AREA_IN_A_RULE, key.place, message, "Name the answers that matter.")
            return None
        entries = node.entries if isinstance(node, MappingNode) else ()
        if not entries:
            self.problems.note(Code.NOT_A_CONDITION, node.place, "Write it like `areas: {home: some}`.")
        return _joined(AllOf, [self._area(section, level) for section, level in entries])

    def _area(self, section: ScalarNode, level: Node) -> Condition | None:
        levels = [each.value for each in AreaLevel][1:]
        if section.text not in self.areas:
            self.problems.unknown(section, self.areas, "area with levels")
        elif not isinstance(level, ScalarNode) or level.text not in levels:
            self.problems.note(
                Code.UNKNOWN_REFERENCE, level.place, f"The level of an area is {join(levels, last='or')}."
            )
        else:
            return HasOptions(level_reach(section.text, AreaLevel(level.text)))
        return None

    def _question(self, key: ScalarNode, node: Node, use: ConditionContext) -> Condition | None:
        question = self._known(key, self.questions, "question")
        if question is None or not self._may_name(question, key, use):
            return None
        ways = read_option_test(question, node, self.problems)
        return AnyOf(tuple(map(HasOptions, ways))) if len(ways) > 1 else HasOptions(ways[0]) if ways else None

    def _may_name(self, question: Question, key: ScalarNode, use: ConditionContext) -> bool:
        if question.private != (use is ConditionContext.PRIVATE_RULE):
            message = (
                f"{quote(key.text)} is {'' if question.private else 'not '}private, and {use.value} can't name it."
            )
            hint = "Private questions and the rules of private alerts go together, and with nothing else."
            self.problems.note(Code.PRIVATE_MIXED, key.place, message, hint)
            return False
        if not question.test:
            message = f"{quote(key.text)} is a note, which no condition reads."
            self.problems.note(Code.NOTE_IN_A_CONDITION, key.place, message, "Name another question.")
            return False
        if use is not ConditionContext.POINT and (not question.need or not question.may_raise):
            message = f"{quote(key.text)} is about practical life, which never raises anything."
            hint = "Use it in a discussion point, or make it a ranked or several-choice need question."
            self.problems.note(Code.PRACTICAL_IN_A_RULE, key.place, message, hint)
            return False
        return True

    def _known(self, name: ScalarNode, known: Mapping[str, Thing], noun: str) -> Thing | None:
        if name.text not in known:
            self.problems.unknown(name, tuple(known), noun)
        return known.get(name.text)


def _joined(join: type[AllOf] | type[AnyOf], conditions: list[Condition | None]) -> Condition | None:
    known = tuple(condition for condition in conditions if condition is not None)
    return known[0] if len(known) == 1 else join(known) if known else None
