"""Read the test of one question in a condition: `at least` an option, or `any of` some options."""

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.question import Question
from iop_fit.files.parsing.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, indefinite, quote

__all__ = ["read_ids", "read_option_test"]


def read_option_test(question: Question, node: Node, problems: Problems) -> tuple[OptionSet, ...]:
    """Read `{at least: option}` or `{any of: [options]}`; return the option set of each alternative."""
    entry = node.entries[0] if isinstance(node, MappingNode) and len(node.entries) == 1 else None
    expected = question.test
    if entry is None or entry[0].text != expected:
        example = "{at least: option}" if expected == "at least" else "{any of: [option, option]}"
        message = f"{quote(question.id)} is {indefinite(question.kind)} question, so a condition must use `{expected}`."
        problems.note(Code.WRONG_TEST, node.place, message, f"Write `{question.id}: {example}`.")
        return ()
    if expected == "at least" and isinstance(entry[1], SequenceNode):
        message = "`at least` takes one option, not a list."
        hint = "Name the lowest one; it includes those above it."
        problems.note(Code.WRONG_TEST, entry[1].place, message, hint)
        return ()
    options = [name for name in read_ids(entry[1], problems) if _is_option(question, name, problems)]
    return tuple(question.reach[option.text] for option in options)


def read_ids(node: Node, problems: Problems) -> list[ScalarNode]:
    """Read one id or a list of ids, and report everything else."""
    nodes = node.nodes if isinstance(node, SequenceNode) else (node,)
    names = [each for each in nodes if isinstance(each, ScalarNode) and each.text]
    if len(names) < len(nodes) or not nodes:
        message, hint = "Expected an id or a list of ids.", "Write it like `[one-id, another-id]`."
        problems.note(Code.NOT_A_CONDITION, node.place, message, hint)
    return names


def _is_option(question: Question, name: ScalarNode, problems: Problems) -> bool:
    if question.options and name.text not in question.options_by_id:
        message = f"{quote(question.id)} has no option {quote(name.text)}."
        hint = did_you_mean(name.text, tuple(question.options_by_id))
        problems.note(Code.UNKNOWN_REFERENCE, name.place, message, hint)
        return False
    if question.options and not question.reach[name.text]:
        message = f"{quote(name.text)} is the lowest option of {quote(question.id)}, so every answer reaches it."
        problems.note(Code.LEAST_OPTION, name.place, message, "Name a higher one.")
        return False
    return name.text in question.options_by_id
