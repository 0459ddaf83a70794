"""Read answers from nodes, with the place of each."""

from typing import NamedTuple

from iop_fit.domain.answers import DOES_NOT_APPLY, SKIP_IT, Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.errors import Place
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode, SequenceNode, describe
from iop_fit.loading.records import Problems
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, join, quote, quote_leading_name

__all__ = ["RIGHT_QUESTIONNAIRE", "AnswersReader", "GivenAnswers"]

RIGHT_QUESTIONNAIRE = "Name the right questionnaire with --questions."
"""What to do about answers to another questionnaire."""


class GivenAnswers(NamedTuple):
    """The well-formed answers of a file, not yet checked against their questions."""

    answers: dict[str, Answer]
    places: dict[str, dict[str, Place]]
    """The places of each question's options; the key "" holds the place of the question."""
    seen: set[str]
    """The questions that have an answer, well-formed or not."""
    place: Place
    """Where the answers begin."""


class AnswersReader:
    """Reads answers, and records the place of each."""

    def __init__(self, questionnaire: Questionnaire, problems: Problems) -> None:
        self.questionnaire = questionnaire
        self.problems = problems
        self.places: dict[str, dict[str, Place]] = {}
        """The places of each question's options; the key "" holds the place of the question."""
        self.seen: set[str] = set()
        """The questions that have an answer, valid or not."""

    def read(self, node: MappingNode) -> GivenAnswers:
        """Return the well-formed answers, without checking them against their questions."""
        answers: dict[str, Answer] = {}
        for key, value in node.entries:
            self.places[key.text] = {"": key.place}
            blank = isinstance(value, ScalarNode) and not value.text.strip()
            if blank and key.text in self.questionnaire.questions:
                continue  # a line that was left blank
            self.seen.add(key.text)
            answer = self._answer(key, value) if key.text in self.questionnaire.questions else Chosen(())
            if answer is not None:
                answers[key.text] = answer
        return GivenAnswers(answers, self.places, self.seen, node.place)

    def _answer(self, key: ScalarNode, node: Node) -> Answer | None:
        question = self.questionnaire.questions.get(key.text)
        match node:
            case MappingNode():
                return self._skipped(node, question)
            case ScalarNode(text, place):
                self.places[key.text][text] = place
                return question.answer_from(text) if question else Chosen((text,))
            case SequenceNode(nodes):
                return self._several(key, nodes, question)

    def _several(self, key: ScalarNode, nodes: tuple[Node, ...], question: Question | None) -> Answer | None:
        texts = []
        for node in nodes:
            if not isinstance(node, ScalarNode):
                message = f"Expected the id of an option, not {describe(node)}."
                self.problems.note(
                    Code.WRONG_SHAPE, node.place, message, "Write it like `[first-option, second-option]`."
                )
                return None
            self.places[key.text][node.text] = node.place
            texts.append(node.text)
        order = {option.id: place for place, option in enumerate(question.options)} if question else {}
        return Chosen(tuple(sorted(texts, key=lambda text: order.get(text, len(order)))))

    def _skipped(self, node: MappingNode, question: Question | None) -> Answer | None:
        reason = node.get("skipped")
        if len(node.entries) != 1 or not isinstance(reason, ScalarNode):
            hint = f"To skip it, write {SKIP_IT}."
            message = "Expected an answer, or `skipped` alone with one reason."
            self.problems.note(Code.WRONG_SHAPE, node.place, message, hint)
            return None
        private = bool(question and question.private)
        reasons = list(SkipReason)
        if reason.text == DOES_NOT_APPLY and question and not private:
            message = f"{quote(reason.text)} is no longer a reason for skipping."
            self.problems.note(Code.UNKNOWN_REASON, reason.place, message, question.if_not_applicable)
            return None
        if reason.text not in reasons:
            known = f"Use one of: {join(reasons, last='or')}."
            hint = did_you_mean(reason.text, reasons) if reason.text and not private else known
            quoted = "This" if private else quote_leading_name(reason.text)
            message = f"{quoted} is not a reason for skipping."
            self.problems.note(Code.UNKNOWN_REASON, reason.place, message, hint)
            return None
        return Skipped(SkipReason(reason.text))
