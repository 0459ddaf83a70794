"""Check for redundant rules, which never raise anything that no other rule raises."""

from collections.abc import Iterator

from iop_fit.checking.findings import Counterexample, Evidence, Property, Violation
from iop_fit.checking.witnesses import NeedsIndex, by_size, minimal_sheet, ways_to_answer
from iop_fit.domain.guidance import Rule
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.limits import MAX_REDUNDANT_RULES
from iop_fit.problem_codes import Code
from iop_fit.text import join_some, plural, quote

__all__ = ["no_redundant_rule"]


def no_redundant_rule(questionnaire: Questionnaire, index: NeedsIndex) -> Property:
    """Return the property that each rule matters on some sheet; `index` holds all needs."""
    return Property(
        code=Code.IDLE_RULE,
        sentence="No rule is redundant: for some answers, each one alone raises that high or calls for an addition.",
        evidence=Evidence.CHECKED,
        scope=plural(len(questionnaire.rules), "rule"),
        findings=tuple(_RedundancyCheck(questionnaire, index).findings()),
    )


class _RedundancyCheck:
    """Compares each rule with the rules that fire whenever it fires."""

    def __init__(self, questionnaire: Questionnaire, index: NeedsIndex) -> None:
        self.questionnaire = questionnaire
        self.index = index

    def findings(self) -> Iterator[Violation]:
        """Yield the redundant rules, at most `MAX_REDUNDANT_RULES`."""
        found = 0
        for rule in self.questionnaire.rules:
            if found >= MAX_REDUNDANT_RULES:
                yield _not_checked(rule, found)
                return
            if rule.needs and not self._matters(rule) and not self._rewords(rule):
                found += 1
                yield self._redundant(rule)

    def _matters(self, rule: Rule) -> bool:
        """Whether on some sheet no other rule raises as high, or none calls for one of its additions."""
        ways = (reached for need in rule.needs for reached, _ in ways_to_answer(self.questionnaire, need))
        for reached in ways:
            others = [each for each in self.index.within(reached) if each is not rule]
            called_for = {name for each in others for name in each.adds}
            if not any(self._as_high(each, rule) for each in others) or not called_for.issuperset(rule.adds):
                return True
        return False

    def _rewords(self, rule: Rule) -> bool:
        """Whether it only gives a more exact reason than the rules it names, each time one of them fires."""
        reworded = [each for each in self.questionnaire.rules if each.id in rule.rewords and each.raises == rule.raises]
        less = [need for each in reworded for need in each.needs]
        return bool(less) and all(any(need < more for need in less) for more in rule.needs)

    def _as_high(self, other: Rule, rule: Rule) -> bool:
        rank = self.questionnaire.rank
        if rule.raises not in rank:
            return other.raises == rule.raises
        return rank.get(other.raises, -1) >= rank[rule.raises]

    def _redundant(self, rule: Rule) -> Violation:
        need = min(rule.gated_needs, key=by_size)
        others = {each.id for each in self.index.within(need) if each is not rule and self._as_high(each, rule)}
        also = join_some([*map(quote, sorted(others))])
        return Violation(
            code=Code.IDLE_RULE,
            noun="rule",
            id=rule.id,
            key="when",
            message=f"The rule {quote(rule.id)} changes nothing: whenever it fires, other rules raise as high.",
            hint=f"Compare it with {also}. Remove one, make this one require less or raise more, or add `rewords`.",
            witness=Counterexample(
                minimal_sheet(self.questionnaire, need),
                f"It fires here, and so {'does' if len(others) == 1 else 'do'} {also}.",
                lambda decision: {rule.id, *others} <= {fired.rule.id for fired in decision.fired},
            ),
        )


def _not_checked(rule: Rule, found: int) -> Violation:
    message = f"The rule {quote(rule.id)} and later ones were not checked, since {found} rules are redundant."
    return Violation(Code.RULE_NOT_DECIDED, "rule", rule.id, message, "Fix those first.", key="when")
