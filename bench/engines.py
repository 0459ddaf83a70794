"""Decisions per second inside one process: `decide()` beside other rules engines, on the same rules and sheets."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import rule_engine
import zen

from bench.agreement import Engine, check_equal
from bench.facts import expression_of, facts_of, names_in
from bench.measuring import Measured, functions_in_turn
from bench.page import Table, figure, milliseconds
from iop_fit.domain.answer_sheet import AnswerSheet, Reached, reached_by
from iop_fit.domain.decision import Decision, decide
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["engines"]

Facts = Mapping[str, bool]


def engines(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet], rounds: int) -> Table:
    """Check that all engines fire the same rules for each sheet, then time them in turn."""
    compared = all_engines(questionnaire, sheets)
    check_equal(compared, len(sheets))
    functions = {each.name: partial(decide_all, each, len(sheets)) for each in compared}
    measured = functions_in_turn(functions, rounds)
    needs = sum(len(rule.needs) for rule in questionnaire.rules)
    return Table(
        "Rules engines",
        "How many sheets one process decides on in a second of processor time, with the "
        f"{len(questionnaire.rules)} public rules of the bundled questionnaire and their {needs:,} needs. All engines "
        f"fired the same rules for each of {len(sheets)} sheets, or nothing would have been timed. Only `decide()` "
        "begins with the answers, and finds out which questions are asked; the others begin with ready facts. Only "
        "iop-fit also gives the direction and the alerts.",
        ("engine", "sheets per second", "ms per sheet"),
        tuple(row(each, len(sheets)) for each in measured),
        tuple(measured),
    )


def all_engines(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet]) -> list[Engine]:
    """Return every engine, with rules and sheets made ready for it."""
    reached = [reached_by(questionnaire, sheet) for sheet in sheets]
    names = names_in(questionnaire)
    facts = [facts_of(each.certain, names) for each in reached]
    return [
        Engine("iop-fit, `decide()` from the answers", lambda sheet: read(decide(questionnaire, sheets[sheet]))),
        Engine("iop-fit, the rules alone", rules_alone(questionnaire, sheets, reached)),
        Engine("zen-engine, one expression", zen_expression(questionnaire, facts)),
        Engine("zen-engine, a decision table", zen_table(questionnaire, facts)),
        Engine("rule-engine", rule_engine_rules(questionnaire, facts)),
    ]


def decide_all(engine: Engine, sheets: int) -> None:
    """Decide every sheet once."""
    for sheet in range(sheets):
        engine.fired(sheet)


def read(decision: Decision) -> list[str]:
    """Read the direction, the alerts and the rules of a decision, which computes them on first access."""
    assert decision.lowest
    assert decision.alerts is not None
    return [each.rule.id for each in decision.fired]


def rules_alone(
    questionnaire: Questionnaire, sheets: Sequence[AnswerSheet], reached: Sequence[Reached]
) -> Callable[[int], list[str]]:
    """Return the engine from the options that a sheet reaches, as the others begin."""
    return lambda sheet: read(Decision(questionnaire, sheets[sheet], reached[sheet]))


def zen_expression(questionnaire: Questionnaire, facts: Sequence[Facts]) -> Callable[[int], list[str]]:
    """Return zen-engine with one compiled expression of all rules: the fastest way we found."""
    listed = ", ".join(f'({expression_of(rule)}) ? "{rule.id}" : ""' for rule in questionnaire.rules)
    compiled = zen.compile_expression(f'filter([{listed}], # != "")')

    def fired(sheet: int) -> list[str]:
        ids: list[str] = compiled.evaluate(facts[sheet])
        return ids

    return fired


def zen_table(questionnaire: Questionnaire, facts: Sequence[Facts]) -> Callable[[int], set[str]]:
    """Return zen-engine with its usual decision table: a row for each need, and a column for each fact."""
    names = names_in(questionnaire)
    needs = [(need, rule) for rule in questionnaire.rules for need in sorted(rule.needs, key=sorted)]
    content = {
        "hitPolicy": "collect",
        "inputs": [{"id": name, "name": name, "field": name, "type": "expression"} for name in names.values()],
        "outputs": [{"id": "fired", "name": "rule", "field": "rule", "type": "expression"}],
        "rules": [
            {"_id": str(row), **{names[option]: "true" for option in need}, "fired": json.dumps(rule.id)}
            for row, (need, rule) in enumerate(needs)
        ],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "sheet"},
        {"id": "rules", "type": "decisionTableNode", "name": "rules", "content": content},
        {"id": "out", "type": "outputNode", "name": "result"},
    ]
    edges = [
        {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
        for source, target in (("in", "rules"), ("rules", "out"))
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return lambda sheet: {row["rule"] for row in decision.evaluate(facts[sheet])["result"]}


def rule_engine_rules(questionnaire: Questionnaire, facts: Sequence[Facts]) -> Callable[[int], list[str]]:
    """Return rule-engine with one expression for each rule."""
    context = rule_engine.Context(resolver=rule_engine.resolve_item)
    rules = [(rule.id, rule_engine.Rule(expression_of(rule), context=context)) for rule in questionnaire.rules]
    return lambda sheet: [name for name, rule in rules if rule.matches(facts[sheet])]


def row(each: Measured, sheets: int) -> tuple[str, ...]:
    """Return a row of the table."""
    return each.name, figure(sheets / each.processor), milliseconds(each.processor / sheets)
