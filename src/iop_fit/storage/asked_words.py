"""The words in which questions were asked, kept beside the answers: ids alone don't say what was asked."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import NONE_OF_THESE, Answer, SkipReason, Written
from iop_fit.domain.assessment import EarlierReply, Uncounted
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.loading.records import NUMBER, Problems, Record, unique
from iop_fit.text import sanitize

__all__ = [
    "TODAY",
    "AskedWords",
    "KeptWords",
    "asked_values",
    "asked_words",
    "earlier_reply",
    "introduced",
    "kept_words",
    "reasked",
]


class AskedWords(NamedTuple):
    """The words of one question as they were put to the person.

    They are the question itself, the label of each listed option, and the unit of a number. Its explanation, its bands
    and its short names are not among them: nobody is asked those.
    """

    ask: str
    """The question, after the lead-in that introduces it."""
    options: Mapping[str, str]
    """The label of each listed option, by its id; empty if the answer was typed."""
    unit: str = ""
    """What follows the number of the answer; may be empty."""

    def same_as(self, other: "AskedWords") -> bool:
        """Whether a person reads the same, in any order, and each id that both have means the same.

        All options count, since a choice depends on what else could be chosen.
        """
        same_labels = sorted(self.options.values()) == sorted(other.options.values())
        same_ids = all(self.options[name] == other.options[name] for name in self.options if name in other.options)
        return (self.ask, self.unit) == (other.ask, other.unit) and same_labels and same_ids


class KeptWords(NamedTuple):
    """The words that a file keeps."""

    by_id: Mapping[str, AskedWords]
    same_questions: bool
    """Whether a question without words was asked in today's: the file was made with today's questions, or by hand."""

    def unchanged(self, question: Question, answer: Answer) -> bool:
        """Whether a question, worded for whom the answers are about, still says what it said when it was answered."""
        kept = self.by_id.get(question.id)
        return self.same_questions if kept is None else kept.same_as(asked_words(question, answer))


TODAY = KeptWords({}, same_questions=True)
"""The words of answers to today's questions."""


def asked_words(question: Question, answer: Answer) -> AskedWords:
    """Return the words of a question, worded for whom the answers are about."""
    options = {option.id: sanitize(option.label) for option in question.offered}
    return AskedWords(introduced(question), options, sanitize(question.unit_of(answer)))


def introduced(question: Question) -> str:
    """Return what a question asks, after the lead-in that introduces it."""
    lead_in = f"{question.lead_in.text} " if question.lead_in else ""
    return sanitize(f"{lead_in}{question.ask}")


def asked_values(replies: Iterable[tuple[Question, Answer]]) -> list[dict[str, object]]:
    """Return the words of answered questions as plain values, as both answers files and results write them."""
    return [_value(question.id, asked_words(question, answer)) for question, answer in replies]


def _value(question: str, words: AskedWords) -> dict[str, object]:
    options = [{"id": option, "label": label} for option, label in words.options.items()]
    return {
        "id": question,
        "ask": words.ask,
        **({"options": options} if options else {}),
        **({"unit": words.unit} if words.unit else {}),
    }


def kept_words(record: Record, *, same_questions: bool, problems: Problems) -> KeptWords:
    """Read the words that a file keeps."""
    asked = unique(record.records("asked"), problems)
    return KeptWords({each.id: _words_in(each, problems) for each in asked}, same_questions)


def _words_in(record: Record, problems: Problems) -> AskedWords:
    options = {each.id: each.text("label") for each in unique(record.records("options"), problems)}
    return AskedWords(record.text("ask"), options, record.text("unit"))


def earlier_reply(name: str, node: Node, kept: KeptWords, known: Collection[str], reworded: bool) -> EarlierReply:
    """Return an answer that doesn't count today; `known` are the ids of today's questions."""
    words = kept.by_id.get(name)
    if words is None and not kept.same_questions:
        return EarlierReply(name, Uncounted.WORDLESS)
    why = Uncounted.GONE if name not in known else Uncounted.REWORDED if reworded else Uncounted.MISFIT
    if words is None:
        return EarlierReply(name, why)
    note = not words.options and isinstance(node, ScalarNode) and not NUMBER.fullmatch(node.text)
    return EarlierReply(name, why, words.ask, _said(node, words), note)


def _said(node: Node, asked: AskedWords) -> str:
    """Return an answer in the words of its day; empty if it names an option that was not listed."""
    match node:
        case ScalarNode(text) if asked.options:
            return asked.options.get(text, "")
        case ScalarNode(text):
            unit = asked.unit if NUMBER.fullmatch(text) else ""
            return f"{sanitize(text)} {unit}".strip()
        case MappingNode():
            reason = node.get("skipped")
            text = reason.text if isinstance(reason, ScalarNode) else ""
            return SkipReason(text).words if text in list(SkipReason) else ""
        case SequenceNode(()):
            return NONE_OF_THESE
        case SequenceNode(nodes):
            labels = [asked.options.get(each.text, "") if isinstance(each, ScalarNode) else "" for each in nodes]
            return "; ".join(labels) if all(labels) else ""


def reasked(before: Questionnaire, sheet: AnswerSheet, now: Questionnaire) -> tuple[EarlierReply, ...]:
    """Return the public answers of a sheet whose questions another wording of the questionnaire asks in other words."""
    asked = ((before.questions[name], answer) for name, answer in sheet.answers.items())
    return tuple(
        _in_words(question, answer)
        for question, answer in asked
        if not question.private
        and not asked_words(question, answer).same_as(asked_words(now.questions[question.id], answer))
    )


def _in_words(question: Question, answer: Answer) -> EarlierReply:
    words, note = question.words_for(answer), isinstance(answer, Written)
    return EarlierReply(question.id, Uncounted.REWORDED, introduced(question), words, note)
