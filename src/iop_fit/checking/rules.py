"""Check that directions and alerts are reachable."""

from collections.abc import Iterator
from functools import cached_property

from iop_fit.checking.findings import Counterexample, Evidence, Property, Violation
from iop_fit.checking.idle_rules import no_redundant_rule
from iop_fit.checking.witnesses import NeedsIndex, by_size, maximal_sheet, minimal_sheet, ways_to_answer
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import Direction, Rule
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.problem_codes import Code
from iop_fit.text import plural, quote

__all__ = ["RuleChecks"]


class RuleChecks:
    """Checks of what the rules of a questionnaire can raise.

    For each need there is a sheet that reaches the need and nothing else. Since rules only raise, checking those sheets
    covers all sheets.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.index: NeedsIndex = NeedsIndex(questionnaire.needs)

    def statements(self) -> Iterator[Property]:
        """Yield the properties of directions, alerts and rules."""
        yield self._directions_reachable()
        yield self._alerts_reachable()
        yield no_redundant_rule(self.questionnaire, self.index)

    @cached_property
    def _raising(self) -> dict[str, list[Rule]]:
        raising: dict[str, list[Rule]] = {}
        for rule in self.questionnaire.rules:
            raising.setdefault(rule.raises, []).append(rule)
        return raising

    def _needs_raising(self, name: str) -> list[OptionSet]:
        return sorted((need for rule in self._raising.get(name, ()) for need in rule.gated_needs), key=by_size)

    # Directions

    def _directions_reachable(self) -> Property:
        directions = self.questionnaire.directions
        smallest = {each.id: sheet for each in directions if (sheet := self._minimal_sheet_for(each))}
        return Property(
            code=Code.UNREACHABLE_DIRECTION,
            sentence="Each direction is the result of some answers.",
            evidence=Evidence.CHECKED,
            scope=plural(len(directions), "direction"),
            findings=tuple(self._unreachable(each) for each in directions if each.id not in smallest),
            smallest=smallest,
        )

    def _minimal_sheet_for(self, direction: Direction) -> AnswerSheet | None:
        if direction is self.questionnaire.directions[0]:
            return minimal_sheet(self.questionnaire, frozenset())
        for need in self._needs_raising(direction.id):
            if not any(self._overrides(rule, direction) for rule in self.index.within(need)):
                return minimal_sheet(self.questionnaire, need)
        return self._sheet_with_skips_for(direction)

    def _sheet_with_skips_for(self, direction: Direction) -> AnswerSheet | None:
        """Return a sheet that leaves gates unknown, for a direction that answers opening them would outrank."""
        for rule in self._raising.get(direction.id, ()):
            for need in sorted(rule.needs, key=by_size):
                for reached, skipped in ways_to_answer(self.questionnaire, need):
                    if not any(self._overrides(each, direction) for each in self.index.within(reached)):
                        return minimal_sheet(self.questionnaire, reached, skipped)
        return None

    def _overrides(self, rule: Rule, direction: Direction) -> bool:
        rank = self.questionnaire.rank
        return rank.get(rule.raises, -1) > rank[direction.id] or rule.raises in self._withholding

    @cached_property
    def _withholding(self) -> frozenset[str]:
        return frozenset(alert.id for alert in self.questionnaire.alerts if alert.withholds)

    def _unreachable(self, direction: Direction) -> Violation:
        name, needs = quote(direction.id), self._needs_raising(direction.id)
        if not needs:
            message = f"No rule raises the direction {name}, so it is never the result."
            return self._never_raised("direction", direction.id, message, Code.UNREACHABLE_DIRECTION)
        sheet = minimal_sheet(self.questionnaire, needs[0])
        return Violation(
            code=Code.UNREACHABLE_DIRECTION,
            noun="direction",
            id=direction.id,
            message=f"The direction {name} is never the result: it is always outranked or withheld.",
            hint="Look at the rules that fire on the witness sheet: one of them requires too little.",
            witness=Counterexample(
                sheet,
                f"A rule raises {name} here, and the result is a different one or is withheld.",
                lambda decision: decision.lowest.id != direction.id or decision.withheld_by is not None,
            ),
        )

    def _never_raised(self, noun: str, name: str, message: str, code: Code) -> Violation:
        return Violation(
            code=code,
            noun=noun,
            id=name,
            message=message,
            hint=f"Add a rule with `raises: {name}`, or remove the {noun}.",
            witness=Counterexample(
                maximal_sheet(self.questionnaire),
                f"Every answer here is of most concern, and nothing raises {quote(name)}.",
                lambda decision: all(fired.rule.raises != name for fired in decision.fired),
            ),
        )

    # Alerts

    def _alerts_reachable(self) -> Property:
        alerts = self.questionnaire.alerts
        smallest = {
            alert.id: minimal_sheet(self.questionnaire, needs[0])
            for alert in alerts
            if (needs := self._needs_raising(alert.id))
        }
        return Property(
            code=Code.UNREACHABLE_ALERT,
            sentence="Each alert is raised by some answers.",
            evidence=Evidence.CHECKED,
            scope=plural(len(alerts), "alert"),
            findings=tuple(
                self._never_raised(
                    "alert", alert.id, f"No rule raises the alert {quote(alert.id)}.", Code.UNREACHABLE_ALERT
                )
                for alert in alerts
                if alert.id not in smallest
            ),
            smallest=smallest,
        )
