"""Read conditions, and check that each names only what its context allows."""

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from iop_fit.domain.condition import AllOf, AnyOf, AtLeast, Condition, HasOptions, Not
from iop_fit.domain.expansion import StepBudget, TooLargeConditionError, measure
from iop_fit.domain.guidance import AlertLevel
from iop_fit.domain.question import AreaLevel, Question, level_reach
from iop_fit.errors import Place
from iop_fit.files.parsing.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode, describe
from iop_fit.loading.option_tests import read_ids, read_option_test
from iop_fit.loading.records import whole_number
from iop_fit.problem_codes import Code
from iop_fit.text import indefinite, join, plural, quote

__all__ = ["NAME_ANOTHER", "RESERVED", "ConditionContext", "ConditionReader", "printed_only"]


RESERVED = frozenset({"all", "any", "some", "not", "sign", "areas", "alert", "alert-level"})
"""The keywords of conditions; no question may use one as its id."""

NAME_ANOTHER = "Name another question, or remove `use: paper`."
"""What to do if something names a question for the paper only."""

COUNT = re.compile(r"at least\b|of$")
SOME_HINT = "Write it like `some: {at least: 2, of: [{...}, {...}, {...}]}`."

T = TypeVar("T")


class ConditionContext(Enum):
    """What a condition belongs to, which decides what it may name."""

    ALERT_RULE = "a rule"
    RULE = "a rule that raises a direction"
    PRIVATE_RULE = "a rule of a private alert"
    POINT = "a point"
    CONTRADICTION = "a contradiction"


DECIDE_NOTHING = (ConditionContext.POINT, ConditionContext.CONTRADICTION)
"""What may use `not` and areas, and name practical questions."""


class ConditionReader:
    """Reads conditions, and resolves the questions, sections, signs and alerts that they name."""

    def __init__(self, questions: Mapping[str, Question], areas: Iterable[str], problems: Problems) -> None:
        self.questions = questions
        self.areas: tuple[str, ...] = tuple(areas)
        self.problems = problems
        self.signs: dict[str, Condition | None] = {}
        """The signs read so far; None for a sign with a problem."""
        self.all_signs: tuple[str, ...] = ()
        self.alerts: dict[str, list[Condition]] = {}
        self.unread_alerts: set[str] = set()
        """The alerts with an invalid rule; that problem is already reported."""
        self.levels: dict[str, list[str]] = {level.value: [] for level in AlertLevel}
        self.budget: StepBudget = StepBudget()

    def read_whole(self, node: Node, context: ConditionContext) -> Condition | None:
        """Return the whole condition of a record; None if it is invalid or too large to evaluate."""
        condition = self.read(node, context)
        self.budget.start_condition()
        try:
            if condition:
                measure(condition, self.budget)
        except TooLargeConditionError:
            self.note_too_large(node.place)
            return None
        return condition

    def note_too_large(self, place: Place) -> None:
        """Report a condition that exceeds its step budget, or the budget of all conditions together."""
        which = "This condition is" if self.budget.left else "This condition and those before it are"
        message = f"{which} too large to evaluate, including the signs and alerts named in it."
        self.problems.note(Code.TOO_LARGE_CONDITION, place, message, "Name fewer signs and alerts, or require less.")

    def read(self, node: Node, context: ConditionContext) -> Condition | None:
        """Return the condition of a mapping: all of its entries must hold. None if every entry is invalid."""
        if not isinstance(node, MappingNode) or not node.entries:
            self.problems.note(
                Code.NOT_A_CONDITION,
                node.place,
                f"Expected a condition (a mapping), not {describe(node)}.",
                "Write it like `question-id: {at least: option-id}`.",
            )
            return None
        return _combined(AllOf, [self._entry(key, value, context) for key, value in node.entries])

    def _entry(self, key: ScalarNode, value: Node, context: ConditionContext) -> Condition | None:
        match key.text:
            case "all":
                return _combined(AllOf, self._list(value, context))
            case "any":
                return _combined(AnyOf, self._list(value, context))
            case "some":
                return self._some(value, context)
            case "sign":
                return _combined(AllOf, [self._sign(name) for name in read_ids(value, self.problems)])
            case "alert":
                return _combined(AnyOf, [self._alert(name, key, context) for name in read_ids(value, self.problems)])
            case "alert-level":
                return _combined(AnyOf, [self._level(name, key, context) for name in read_ids(value, self.problems)])
            case "not":
                return self._not(key, value, context)
            case "areas":
                return self._areas(key, value, context)
            case word if word not in self.questions and COUNT.match(word):
                self.problems.note(Code.NOT_A_CONDITION, key.place, "A count must be under `some`.", SOME_HINT)
                return None
            case _:
                return self._question(key, value, context)

    def _list(self, node: Node, context: ConditionContext) -> list[Condition | None]:
        if isinstance(node, SequenceNode) and node.nodes:
            return [self.read(each, context) for each in node.nodes]
        what = "an empty list" if isinstance(node, SequenceNode) else describe(node)
        hint = "Write it like `any: [{question-id: {at least: option-id}}, {...}]`."
        self.problems.note(Code.NOT_A_CONDITION, node.place, f"Expected a list of conditions, not {what}.", hint)
        return [None]

    def _some(self, node: Node, context: ConditionContext) -> Condition | None:
        at_least = node.get("at least") if isinstance(node, MappingNode) else None
        of = node.get("of") if isinstance(node, MappingNode) else None
        number = whole_number(at_least.text) if isinstance(at_least, ScalarNode) else None
        if at_least is None or number is None or not isinstance(of, SequenceNode):
            message = "`some` needs a whole number `at least` and a list `of`."
            self.problems.note(Code.NOT_A_CONDITION, node.place, message, SOME_HINT)
            return None
        conditions = self._list(of, context)
        if not 1 <= number <= len(conditions):
            message = f"`at least` can't be {number} with {plural(len(conditions), 'condition')}."
            numbers = "1" if len(conditions) == 1 else f"a number from 1 to {len(conditions)}"
            hint = f"Write {numbers}{', or list more conditions' if number else ''}."
            self.problems.note(Code.WRONG_NUMBER, at_least.place, message, hint)
            return None
        known = [condition for condition in conditions if condition is not None]
        return AtLeast(number, tuple(known)) if len(known) == len(conditions) else None

    def _sign(self, name: ScalarNode) -> Condition | None:
        if name.text in self.signs:
            return self.signs[name.text]
        if name.text in self.all_signs:
            message = f"The sign {quote(name.text)} is used before it is defined."
            self.problems.note(Code.SIGN_NOT_EARLIER, name.place, message, "Move its definition up.")
        else:
            self.problems.unknown(name, self.all_signs, "sign")
        return None

    def _alert(self, name: ScalarNode, key: ScalarNode, context: ConditionContext) -> Condition | None:
        if self._rejects_alerts(key, context):
            return None
        conditions = self._known(name, self.alerts, "alert")
        if conditions == [] and name.text not in self.unread_alerts:
            message = f"No rule that can be used here raises the alert {quote(name.text)}."
            self.problems.note(
                Code.UNKNOWN_REFERENCE,
                name.place,
                message,
                "Name an alert that a rule raises and that is not private.",
            )
        return AnyOf(tuple(conditions)) if conditions else None

    def _level(self, name: ScalarNode, key: ScalarNode, context: ConditionContext) -> Condition | None:
        if self._rejects_alerts(key, context):
            return None
        alerts = self._known(name, self.levels, "alert level")
        conditions = tuple(condition for alert in alerts or () for condition in self.alerts.get(alert, ()))
        if alerts is not None and not conditions and self.unread_alerts.isdisjoint(alerts):
            message = f"No rule that can be used here raises an alert of level {quote(name.text)}."
            hint = "Name the level of an alert that a rule raises and that is not private."
            self.problems.note(Code.UNKNOWN_REFERENCE, name.place, message, hint)
        return AnyOf(conditions) if conditions else None

    def _rejects_alerts(self, key: ScalarNode, context: ConditionContext) -> bool:
        """Report an alert in a rule of an alert: only rules read later may name alerts, so no condition is circular."""
        if context in (ConditionContext.RULE, *DECIDE_NOTHING):
            return False
        message = f"A rule that raises an alert can't use {quote(key.text)}."
        self.problems.note(Code.ALERT_IN_ALERT_RULE, key.place, message, "Name questions and options instead.")
        return True

    def _not(self, key: ScalarNode, node: Node, context: ConditionContext) -> Condition | None:
        if context not in DECIDE_NOTHING:
            self.problems.note(
                Code.NOT_IN_A_RULE,
                key.place,
                "A rule can't use `not`, because rules only raise.",
                "Write which answers it needs. Only discussion points and contradictions may use `not`.",
            )
            return None
        inner = self.read(node, context)
        return Not(inner) if inner else None

    def _areas(self, key: ScalarNode, node: Node, context: ConditionContext) -> Condition | None:
        if context not in DECIDE_NOTHING:
            message = "A rule can't use `areas`, because a sum of scores must not decide."
            self.problems.note(Code.AREA_IN_A_RULE, key.place, message, "Name the answers that matter instead.")
            return None
        entries = node.entries if isinstance(node, MappingNode) else ()
        if not entries:
            message = "`areas` must be a mapping of sections to levels."
            self.problems.note(Code.NOT_A_CONDITION, node.place, message, "Write it like `areas: {home: some}`.")
        return _combined(AllOf, [self._area(section, level) for section, level in entries])

    def _area(self, section: ScalarNode, level: Node) -> Condition | None:
        levels = [each.value for each in AreaLevel][1:]
        if section.text not in self.areas:
            self.problems.unknown(section, self.areas, "area with levels")
        elif not isinstance(level, ScalarNode) or level.text not in levels:
            self.problems.note(
                Code.UNKNOWN_REFERENCE, level.place, f"The level of an area must be {join(levels, last='or')}."
            )
        else:
            return HasOptions(level_reach(section.text, AreaLevel(level.text)))
        return None

    def _question(self, key: ScalarNode, node: Node, context: ConditionContext) -> Condition | None:
        question = self._known(key, self.questions, "question")
        if question is None or not self._is_allowed(question, key, context):
            return None
        return _combined(AnyOf, [HasOptions(each) for each in read_option_test(question, node, self.problems)])

    def _is_allowed(self, question: Question, key: ScalarNode, context: ConditionContext) -> bool:
        if question.private != (context is ConditionContext.PRIVATE_RULE):
            message = (
                f"{quote(key.text)} is {'' if question.private else 'not '}private, so {context.value} can't name it."
            )
            hint = "Only the rules of private alerts name private questions, and they name no others."
            self.problems.note(Code.PRIVATE_MIXED, key.place, message, hint)
            return False
        if not question.test:
            message = f"{quote(key.text)} is {indefinite(question.kind)}, so a condition can't name it."
            self.problems.note(Code.NOTE_IN_A_CONDITION, key.place, message, "Name another question.")
            return False
        if question.paper_only:
            message = f"{printed_only(question)}, so a condition can't name it."
            self.problems.note(Code.PAPER_ONLY, key.place, message, NAME_ANOTHER)
            return False
        if context not in DECIDE_NOTHING and (not question.need or not question.may_raise):
            message = f"{quote(key.text)} is not a need question, so a rule can't name it."
            hint = "Use it in a discussion point, or make it a ranked or several-choice need question."
            self.problems.note(Code.PRACTICAL_IN_A_RULE, key.place, message, hint)
            return False
        return True

    def _known(self, name: ScalarNode, known: Mapping[str, T], noun: str) -> T | None:
        if name.text not in known:
            self.problems.unknown(name, tuple(known), noun)
        return known.get(name.text)


def _combined(combine: type[AllOf] | type[AnyOf], conditions: list[Condition | None]) -> Condition | None:
    known = tuple(condition for condition in conditions if condition is not None)
    return known[0] if len(known) == 1 else combine(known) if known else None


def printed_only(question: Question) -> str:
    """Return the start of a sentence that says why nothing can name a question for the paper only."""
    return f"The answer to {quote(question.id)} is only printed (`use: paper`)"
