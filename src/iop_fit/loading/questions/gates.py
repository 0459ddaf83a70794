"""Read `ask when`: the earlier answers after which a question is asked."""

from collections.abc import Iterable, Mapping
from itertools import product
from math import prod

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Question
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.limits import MAX_OPENINGS
from iop_fit.loading.condition_reader import NAME_ANOTHER, RESERVED, printed_only
from iop_fit.loading.option_tests import read_option_test
from iop_fit.loading.records import Problems, Record
from iop_fit.problem_codes import Code
from iop_fit.text import indefinite, quote

__all__ = ["GateReader"]

HINT = (
    "Write a list like `- {question-id: {at least: option-id}}`; one match is enough. "
    "To require several, write `- all: [{...}, {...}]`."
)


class GateReader:
    """Reads gates, and reports every problem in them."""

    def __init__(self, questions: Iterable[Record], known: Mapping[str, Question], problems: Problems) -> None:
        """Prepare to read the gates of these questions; `known` holds the questions read so far."""
        self.known = known
        self.problems = problems
        self._gates_by_question = {record.id: _gate_ids(record) for record in questions}

    def read(self, record: Record, need: bool) -> tuple[OptionSet, ...]:
        """Return the alternatives of a gate, in the order of the file; empty if the question is always asked."""
        return tuple(alternative for each in _items(record) for alternative in self._item(each, need, record))

    def _item(self, node: Node, need: bool, record: Record) -> tuple[OptionSet, ...]:
        """Return the alternatives of one item: a test of one question, or `all` with a list of such tests."""
        both = node.get("all") if isinstance(node, MappingNode) and len(node.entries) == 1 else None
        if both is None:
            return self._alternatives(node, need, record)
        if not isinstance(both, SequenceNode) or not both.nodes:
            self.problems.note(Code.NOT_A_CONDITION, both.place, "Expected a list of tests under `all`.", HINT)
            return ()
        self._report_repeated(both)
        parts = [self._alternatives(each, need, record) for each in both.nodes]
        if prod(map(len, parts)) > MAX_OPENINGS:
            message = f"More than {MAX_OPENINGS} combinations of answers open this gate."
            self.problems.note(Code.TOO_MANY_NEEDS, both.place, message, "Name fewer options under `any of`.")
            return ()
        return tuple(frozenset[tuple[str, str]]().union(*each) for each in product(*parts))

    def _report_repeated(self, both: SequenceNode) -> None:
        """Report a question that one `all` names twice: no answer may reach both options."""
        seen: set[str] = set()
        for key in _keys(both.nodes):
            if key.text in seen:
                message = f"This `all` names {quote(key.text)} twice."
                hint = "Name each question once. On a ranked question, the higher option is enough."
                self.problems.note(Code.NOT_A_CONDITION, key.place, message, hint)
            seen.add(key.text)

    def _alternatives(self, node: Node, need: bool, record: Record) -> tuple[OptionSet, ...]:
        entries = node.entries if isinstance(node, MappingNode) else ()
        if len(entries) != 1:
            message = "Each item of `ask when` must name one earlier question."
            self.problems.note(Code.NOT_A_CONDITION, node.place, message, HINT)
            return ()
        (key, value) = entries[0]
        gate = self.known.get(key.text)
        if gate is None:
            self._report_later_gate(key, record)
            return ()
        problem = _gate_problem(gate, need)
        if problem:
            self.problems.note(*problem[:1], key.place, *problem[1:])
            return ()
        return read_option_test(gate, value, self.problems)

    def _report_later_gate(self, key: ScalarNode, record: Record) -> None:
        """Report a gate that is the question itself, a later question, a word of rules or no question."""
        if key.text == record.id:
            message, hint = f"{quote(key.text)} depends on itself.", "Name an earlier question."
            self.problems.note(Code.GATE_CIRCLE, key.place, message, hint)
        elif key.text in RESERVED:
            message = f"`ask when` can't use `{key.text}` here."
            self.problems.note(Code.NOT_A_CONDITION, key.place, message, HINT)
        elif key.text not in self._gates_by_question:
            self.problems.unknown(key, [*self._gates_by_question], "question")
        elif record.id in self._gates_by_question[key.text]:
            message = f"{quote(key.text)} depends on {quote(record.id)} too, so neither could be asked."
            self.problems.note(Code.GATE_CIRCLE, key.place, message, "Always ask one of the two.")
        else:
            message = f"The question {quote(key.text)} comes later than this one."
            hint = "`ask when` can only name questions that come earlier. Move one of the two."
            self.problems.note(Code.GATE_NOT_EARLIER, key.place, message, hint)


def _items(record: Record) -> tuple[Node, ...]:
    node = record.nodes.get("ask when")
    return node.nodes if isinstance(node, SequenceNode) else ()


def _keys(nodes: Iterable[Node]) -> Iterable[ScalarNode]:
    return (key for each in nodes if isinstance(each, MappingNode) for key, _ in each.entries)


def _gate_ids(record: Record) -> set[str]:
    """Return the ids of the questions that `ask when` names."""
    items = _items(record)
    both = [each.get("all") for each in items if isinstance(each, MappingNode)]
    inner = (node for each in both if isinstance(each, SequenceNode) for node in each.nodes)
    return {key.text for key in _keys((*items, *inner))}


def _gate_problem(gate: Question, need: bool) -> tuple[Code, str, str] | None:
    """Return why a question can't be a gate: code, message and hint; None if it can."""
    name = quote(gate.id)
    if gate.asked_if:
        return Code.GATE_ON_A_GATE, f"{name} is not always asked.", "Name a question that is always asked."
    if gate.private:
        return Code.PRIVATE_MIXED, f"{name} is private, so no question can depend on it.", "Name another question."
    if not gate.test:
        return (
            Code.NOTE_IN_A_CONDITION,
            f"{name} is {indefinite(gate.kind)}, so no question can depend on it.",
            "Name another question.",
        )
    if gate.paper_only:
        return Code.PAPER_ONLY, f"{printed_only(gate)}, so no question can depend on it.", NAME_ANOTHER
    if need and not gate.need:
        hint = "Name a need question, or mark this question `need: no`."
        return (
            Code.PRACTICAL_GATES_NEED,
            f"{name} is not a need question, so a need question can't depend on it.",
            hint,
        )
    return None
