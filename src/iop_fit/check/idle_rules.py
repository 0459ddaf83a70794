"""The statement that no rule is idle: on some answers, each raises what no other one does."""

from collections.abc import Iterator

from iop_fit.check.findings import Counterexample, Evidence, Property, Violation
from iop_fit.check.witnesses import NeedsIndex, by_size, minimal_sheet
from iop_fit.domain.guidance import Rule
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_REDUNDANT_RULES
from iop_fit.problem_codes import Code
from iop_fit.text import join_some, plural, quote

__all__ = ["no_redundant_rule"]


def no_redundant_rule(questionnaire: Questionnaire, index: NeedsIndex) -> Property:
    """State whether each rule of a questionnaire matters on some sheet; the index holds all its needs."""
    return Property(
        code=Code.IDLE_RULE,
        sentence="No rule is idle: on some answers only it raises so high, or calls for an addition.",
        how=Evidence.CHECKED,
        of=plural(len(questionnaire.rules), "rule"),
        findings=tuple(_Idle(questionnaire, index).findings()),
    )


class _Idle:
    """Compares each rule with those that fire wherever it does."""

    def __init__(self, questionnaire: Questionnaire, index: NeedsIndex) -> None:
        self.questionnaire = questionnaire
        self.index = index

    def findings(self) -> Iterator[Violation]:
        """Tell the rules that are idle, up to `MAX_REDUNDANT_RULES` of them."""
        found = 0
        for rule in self.questionnaire.rules:
            if found >= MAX_REDUNDANT_RULES:
                yield _not_looked_at(rule, found)
                return
            if rule.gated_needs and not self._matters(rule):
                found += 1
                yield self._told(rule)

    def _matters(self, rule: Rule) -> bool:
        """Say whether there is a sheet on which the rule alone raises so high, or alone calls for an addition."""
        for need in rule.gated_needs:
            others = [each for each in self.index.within(need) if each is not rule]
            called_for = {name for each in others for name in each.adds}
            if not any(self._as_high(each, rule) for each in others) or not called_for.issuperset(rule.adds):
                return True
        return False

    def _as_high(self, other: Rule, rule: Rule) -> bool:
        rank = self.questionnaire.rank
        if rule.raises not in rank:
            return other.raises == rule.raises
        return rank.get(other.raises, -1) >= rank[rule.raises]

    def _told(self, rule: Rule) -> Violation:
        need = min(rule.gated_needs, key=by_size)
        others = {each.id for each in self.index.within(need) if each is not rule and self._as_high(each, rule)}
        also = join_some([*map(quote, sorted(others))])
        return Violation(
            code=Code.IDLE_RULE,
            noun="rule",
            id=rule.id,
            key="when",
            message=f"The rule {quote(rule.id)} changes nothing: wherever it fires, others raise as high without it.",
            hint=f"Compare it with {also}. Take one of them out, or let this one ask for less or raise more.",
            witness=Counterexample(
                minimal_sheet(self.questionnaire, need),
                f"It fires here, and so {'does' if len(others) == 1 else 'do'} {also}.",
                lambda decision: {rule.id, *others} <= {fired.rule.id for fired in decision.fired},
            ),
        )


def _not_looked_at(rule: Rule, found: int) -> Violation:
    message = f"Whether the rule {quote(rule.id)} or one behind it is idle stayed open, since {found} rules are."
    return Violation(Code.RULE_NOT_DECIDED, "rule", rule.id, message, "Mend those first.", key="when")
