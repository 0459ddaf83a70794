"""From nodes to the options that a condition asks of one question."""

from iop_fit.condition import Need
from iop_fit.nodes import MappingNode, Node, Problems, ScalarNode, SequenceNode
from iop_fit.question import Kind, Question
from iop_fit.words import a, did_you_mean, quoted

__all__ = ["ids_in", "ways_of"]


def ways_of(question: Question, node: Node, problems: Problems) -> tuple[Need, ...]:
    """Read `{at least: option}` or `{any of: [options]}`; return what each way reaches."""
    entry = node.entries[0] if isinstance(node, MappingNode) and len(node.entries) == 1 else None
    wanted = "at least" if question.kind is Kind.RANKED else "any of"
    if entry is None or entry[0].text != wanted:
        example = "{at least: option}" if wanted == "at least" else "{any of: [option, option]}"
        message = f'{quoted(question.id)} is {a(question.kind)} question, so its condition says "{wanted}".'
        problems.note("wrong-test", node.place, message, f"Write `{question.id}: {example}`.")
        return ()
    if wanted == "at least" and isinstance(entry[1], SequenceNode):
        message = '"at least" takes one option, and this is a list.'
        hint = "Name the lowest one: it stands for those above it too."
        problems.note("wrong-test", entry[1].place, message, hint)
        return ()
    options = [name for name in ids_in(entry[1], problems) if _is_option(question, name, problems)]
    return tuple(question.reach[option.text] for option in options)


def ids_in(node: Node, problems: Problems) -> list[ScalarNode]:
    """Read one id or a list of ids; what is none is noted."""
    nodes = node.nodes if isinstance(node, SequenceNode) else (node,)
    names = [each for each in nodes if isinstance(each, ScalarNode) and each.text]
    if len(names) < len(nodes) or not nodes:
        message, hint = "Here must be an id, or a list of ids.", "Write it like `[one-id, another-id]`."
        problems.note("not-a-condition", node.place, message, hint)
    return names


def _is_option(question: Question, name: ScalarNode, problems: Problems) -> bool:
    if question.options and name.text not in question.by_option:
        message = f"{quoted(question.id)} has no option {quoted(name.text)}."
        hint = did_you_mean(name.text, tuple(question.by_option))
        problems.note("unknown-reference", name.place, message, hint)
        return False
    if question.options and question.kind is Kind.RANKED and name.text == question.options[0].id:
        message = f"{quoted(name.text)} is the least option of {quoted(question.id)}, which everybody reaches."
        problems.note("least-option", name.place, message, "Name a higher one.")
        return False
    return name.text in question.by_option
