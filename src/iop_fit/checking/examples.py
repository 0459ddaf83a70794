"""Check the examples of a questionnaire: their results, and what none of them covers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from iop_fit.checking.findings import Counterexample, Violation
from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.decision import Decision
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Audience
from iop_fit.errors import IopFitError, Place
from iop_fit.files.parsing.file_kinds import FileKind, check_kind
from iop_fit.files.parsing.nodes import MappingNode, ScalarNode
from iop_fit.files.parsing.yaml_reader import read_nodes
from iop_fit.loading.records import Problems, Record, read_record, unique
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_files import Expectation, check_questionnaire, expectation_in
from iop_fit.storage.sheet_reader import strict_sheet
from iop_fit.text import hides_fields, join, quote

__all__ = ["Example", "examples_in_files", "examples_in_records", "mismatches", "outcome_of", "uncovered_by"]

WHICH_IS_RIGHT = "If the rules are right, change what the example expects. If the example is right, fix the rules."
KEYS_OF = {field: field.replace("_", " ") for field in Expectation._fields}


@hides_fields
class Example(NamedTuple):
    """A person's answers with the expected result."""

    id: str
    sheet: AnswerSheet
    expected: Expectation
    record: Record
    """Its YAML, with locations."""

    def place_of(self, field: str) -> Place:
        """Return the location of an expected value."""
        return self.record.records("expect")[0].place_of(KEYS_OF[field])


def examples_in_records(parts: Iterable[Record], questionnaire: Questionnaire, problems: Problems) -> Iterator[Example]:
    """Yield the examples in the questionnaire itself; problems are added to `problems`."""
    records = (each for part in parts if part.noun != "section" for each in part.records("examples"))
    for record in unique(records, problems):
        found = Problems()
        yield from _example(record.id, record, questionnaire, found)
        problems.extend(each._replace(message=f"Example {quote(record.id)}: {each.message}") for each in found)


def examples_in_files(
    texts: Iterable[tuple[str, str]], questionnaire: Questionnaire, problems: Problems
) -> Iterator[Example]:
    """Yield the examples in answers files, given as names and texts; problems are added to `problems`."""
    for name, text in texts:
        try:
            node = read_nodes(text, name)
            check_kind(node, name, FileKind.ANSWERS)
        except IopFitError as error:
            problems.extend(error.problems)
            continue
        before = len(problems)
        record = read_record("answers file", node, problems)
        check_questionnaire(record, "questionnaire", questionnaire, problems)
        if "expect" not in record.nodes:
            hint = "Add the expected result under `expect:`, or move the file to another folder."
            problems.note(Code.EXAMPLE_EXPECTS_NOTHING, record.place, "This example has no expected result.", hint)
        if len(problems) == before:
            yield from _example(name, record, questionnaire, problems)


def _example(name: str, record: Record, questionnaire: Questionnaire, problems: Problems) -> Iterator[Example]:
    node, expected = record.nodes.get("answers"), expectation_in(record)
    assert isinstance(node, MappingNode) and expected  # noqa: PT018  # missing keys are problems found earlier
    before = len(problems)
    sheet = strict_sheet(node, Audience(record.text("for", Audience.ME)), questionnaire, problems)
    _check_references(record.records("expect")[0], questionnaire, problems)
    if len(problems) == before:
        yield Example(name, sheet, expected, record)


def _check_references(expected: Record, questionnaire: Questionnaire, problems: Problems) -> None:
    """Add a problem for each unknown id under `expect:`."""
    directions = ("direction", [direction.id for direction in questionnaire.directions])
    alerts = ("alert", [alert.id for alert in questionnaire.alerts])
    rules = ("rule", [rule.id for rule in questionnaire.rules])
    nouns = {"direction": directions, "highest": directions, "withheld by": alerts, "rules": rules}
    for key, (noun, known) in {**nouns, "alerts": alerts, "open alerts": alerts}.items():
        value = expected.values.get(key, ())
        names = [ScalarNode(value, expected.place_of(key))] if isinstance(value, str) else expected.scalars(key)
        for name in names:
            if name.text not in known:
                problems.unknown(name, known, noun)


def outcome_of(decision: Decision) -> Expectation:
    """Return the outcome of a decision in the form of an expectation."""
    withheld = decision.withheld_by
    return Expectation(
        direction=None if withheld else decision.lowest.id,
        highest=None if withheld else decision.highest.id,
        withheld_by=withheld.id if withheld else None,
        firm=decision.firm and withheld is None,
        alerts=tuple(alert.id for alert in decision.alerts),
        open_alerts=tuple(alert.id for alert in decision.open_alerts),
        rules=tuple(fired.rule.id for fired in decision.fired),
    )


def mismatches(
    questionnaire: Questionnaire, examples: Sequence[Example], decisions: Mapping[str, Decision]
) -> Iterator[Violation]:
    """Yield the examples whose results differ from what they expect, then the rules that fire differently.

    `decisions` are those on the examples, by the id of the example.
    """
    for example in examples:
        yield from _difference(example, outcome_of(decisions[example.id]))
    fired_by = {example.id: {fired.rule.id for fired in decisions[example.id].fired} for example in examples}
    for rule in (rule.id for rule in questionnaire.rules):
        firing = [each for each in examples if rule in fired_by[each.id]]
        with_rules = [each for each in examples if each.expected.rules is not None]
        extra = [each for each in with_rules if each in firing and rule not in (each.expected.rules or ())]
        missing = [each for each in with_rules if each not in firing and rule in (each.expected.rules or ())]
        if extra:
            yield _rule_mismatch(rule, extra, fires=True)
        if missing:
            yield _rule_mismatch(rule, missing, fires=False)


def _difference(example: Example, outcome: Expectation) -> Iterator[Violation]:
    different = [
        field
        for field in Expectation._fields
        if field != "rules" and getattr(outcome, field) != getattr(example.expected, field)
    ]
    if not different:
        return
    details = (
        f"{KEYS_OF[each]}: {_comparison(getattr(example.expected, each), getattr(outcome, each))}" for each in different
    )
    yield Violation(
        code=Code.EXAMPLE_DIFFERS,
        noun="example",
        id=example.id,
        place=example.place_of(different[0]),
        message=f"The example {quote(example.id)} does not have its expected result. {'; '.join(details)}.",
        hint=WHICH_IS_RIGHT,
        witness=Counterexample(
            example.sheet,
            "These are the example's own answers.",
            lambda decision: outcome_of(decision)._replace(rules=None) != example.expected._replace(rules=None),
        ),
    )


def _rule_mismatch(rule: str, examples: Sequence[Example], *, fires: bool) -> Violation:
    first, names = examples[0], join(quote(each.id) for each in examples)
    one_or_more = f"the example {names}, which expects" if len(examples) == 1 else f"the examples {names}, which expect"
    does, expected = ("fires", "it not to") if fires else ("does not fire", "it to")
    return Violation(
        code=Code.EXAMPLE_DIFFERS,
        noun="rule",
        id=rule,
        key="when",
        message=f"The rule {quote(rule)} {does} for {one_or_more} {expected}.",
        hint=WHICH_IS_RIGHT,
        witness=Counterexample(
            first.sheet,
            f"These are the answers of {quote(first.id)}.",
            lambda decision: (rule in {fired.rule.id for fired in decision.fired}) is fires,
        ),
    )


def _comparison(expected: object, found: object) -> str:
    if isinstance(expected, tuple) and isinstance(found, tuple):
        missing = [quote(name) for name in expected if name not in found]
        extra = [quote(name) for name in found if name not in expected]
        parts = [
            *([f"{join(missing)} {'is' if len(missing) == 1 else 'are'} missing"] if missing else []),
            *([f"{join(extra)} {'was' if len(extra) == 1 else 'were'} not expected"] if extra else []),
        ]
        return ", and ".join(parts) or f"the order is {join(map(quote, found))}"
    return f"expected {_value(expected)}, got {_value(found)}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return quote(value) if isinstance(value, str) else "nothing"


def uncovered_by(questionnaire: Questionnaire, decisions: Collection[Decision]) -> Iterator[Violation]:
    """Yield the rules, alerts and directions that occur in no decision on an example."""
    if not decisions:
        yield Violation(
            code=Code.NO_EXAMPLES,
            noun="head",
            id=questionnaire.id,
            message="There are no examples, so a lost rule or a moved threshold would go unnoticed.",
            hint="Add people under `examples:`, with answers that lead to each direction, alert and rule.",
        )
        return
    occurring = {
        "direction": {each.lowest.id for each in decisions if not each.withheld_by},
        "alert": {alert.id for each in decisions for alert in each.alerts},
        "rule": {fired.rule.id for each in decisions for fired in each.fired},
    }
    nouns = (
        *(("direction", each.id) for each in questionnaire.directions),
        *(("alert", each.id) for each in questionnaire.alerts),
        *(("rule", each.id) for each in questionnaire.rules),
    )
    for noun, name in nouns:
        if name not in occurring[noun]:
            yield Violation(
                code=Code(f"{noun}-without-example"),
                noun=noun,
                id=name,
                message=f"The {noun} {quote(name)} occurs in no example, so losing it would go unnoticed.",
                hint="Add an example whose answers lead to it.",
            )
