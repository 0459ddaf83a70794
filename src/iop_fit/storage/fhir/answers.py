"""Read the answers of a FHIR QuestionnaireResponse, and report those that don't fit its form."""

from collections.abc import Container, Iterable
from math import isfinite
from typing import NamedTuple

from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, plain_number
from iop_fit.domain.question import Question
from iop_fit.errors import Place
from iop_fit.files.parsing.nodes import MappingNode, Node, Problems, ScalarNode
from iop_fit.problem_codes import Code
from iop_fit.storage.answer_reader import GivenAnswers
from iop_fit.storage.fhir.form import ABSENT, ABSENT_SYSTEM, NONE, Form, code_of, section_link, skip_link, why_link
from iop_fit.storage.fhir.items import Item, absent_reason, text_of
from iop_fit.text import closest, join, plural, quote, quote_leading_name

__all__ = ["FhirAnswers", "same_words"]

REASONS = {code: reason for reason, code in ABSENT.items()}


class _Value(NamedTuple):
    """One given value: the id of an option, a number or a note as text, or why there is none."""

    place: Place
    text: str
    reason: SkipReason | None = None


class FhirAnswers:
    """Reads the answers to one form, and records the place of each."""

    def __init__(self, form: Form, systems: Container[str], problems: Problems, *, exact: bool) -> None:
        self.form = form
        self.systems = systems
        """The systems of this edition's codes."""
        self.problems = problems
        self.exact = exact
        """Whether it is this edition; else the words of questions and answers must be the same."""

    def read(self, items: Iterable[Item], place: Place) -> GivenAnswers:
        """Return the well-formed answers, without checking them against their questions."""
        given = GivenAnswers({}, {}, set(), place)
        asked = self.form.questionnaire.questions
        skips = {skip_link(question): question.id for question in asked.values()}
        by_link: dict[str, list[Item]] = {}
        for item in items:
            by_link.setdefault(skips.get(item.link.text, item.link.text), []).append(item)
        for link, same in by_link.items():
            given.places[link] = {"": same[0].link.place}
            answered = [item for item in same if item.is_answered]
            if answered and (link in asked or not self._is_heading(answered[0])):
                given.seen.add(link)
                given.places[link][""] = answered[0].link.place
                answer = self._answer(asked[link], answered, given) if link in asked else Chosen(())
                if answer is not None:
                    given.answers[link] = answer
        return given

    def _is_heading(self, item: Item) -> bool:
        """Whether an item is a section or a help text; reports that it takes no answer."""
        sections = self.form.questionnaire.sections
        headings = {section_link(section) for section in sections}
        headings |= {why_link(question) for section in sections for question in section.questions}
        if item.link.text not in headings:
            return False
        message = f"{quote(item.link.text)} is a heading or a help text, so it takes no answer."
        self.problems.note(Code.WRONG_SHAPE, item.link.place, message, "Remove its answer.")
        return True

    def _answer(self, question: Question, items: list[Item], given: GivenAnswers) -> Answer | None:
        """Return the answer in all items of one question; None if there is a problem, which is reported."""
        values = [
            value
            for item in items
            for value in (
                *(self._reason(question, each) for each in (item.absent,) if each),
                *(self._value(question, each) for each in item.answers),
            )
        ]
        unequal = [item for item in items if not self._asks_the_same(question, item)]
        if unequal or None in values:
            return None
        known = [value for value in values if value]
        given.places[question.id] |= {value.text: value.place for value in known if value.text}
        return None if self._excludes_others(question, known) else _combined(question, known)

    def _asks_the_same(self, question: Question, item: Item) -> bool:
        """Whether the question has the words of this edition; reports that it doesn't."""
        skips = item.link.text == skip_link(question)
        if self.exact or skips or same_words(item.text, question.ask):
            return True
        message = f"This response is to another edition, in which {quote(question.id)} asks something else."
        if not item.text.text:
            message = f"This response is to another edition, and does not say what {quote(question.id)} asks there."
        hint = f"Ask it again in the form of this edition: {question.ask}"
        self.problems.note(Code.OTHER_WORDS, item.text.place, message, hint)
        return False

    def _excludes_others(self, question: Question, values: list[_Value]) -> bool:
        """Whether several values can't be combined; reports that."""
        alone = [value for value in values if value.reason or value.text == NONE.id]
        same = {value.reason for value in values}
        if len(values) < 2 or (question.takes_several and not alone) or (len(same) == 1 and None not in same):
            return False
        message = f"{quote(question.id)} takes one answer, but {plural(len(values), 'is', 'are')} given."
        if question.takes_several:
            message = f'{quote(question.id)} has "none of these" or a skip, and other answers as well.'
        self.problems.note(Code.ONE_ANSWER, values[1].place, message, "Keep only what was meant.")
        return True

    # Values

    def _value(self, question: Question, answer: MappingNode) -> _Value | None:
        """Return one given value; None if there is a problem, which is reported."""
        absent = absent_reason(answer)
        if absent:
            return self._reason(question, absent)
        values = [(key, node) for key, node in answer.entries if key.text.startswith("value")]
        if len(values) != 1:
            message = f"This answer to {quote(question.id)} has {'several values' if values else 'no value'}."
            self.problems.note(Code.WRONG_SHAPE, answer.place, message, _how_to_answer(question))
            return None
        ((key, node),) = values
        if key.text == "valueCoding" and isinstance(node, MappingNode):
            if text_of(node, "system").text == ABSENT_SYSTEM:
                return self._reason(question, text_of(node, "code"))
            if question.offered:
                return self._option(question, node)
        text = None if question.offered else _typed(question, key.text, node)
        if text is None:
            message = f"{quote(question.id)} can't be answered by {quote_leading_name(key.text)}."
            self.problems.note(Code.WRONG_SHAPE, key.place, message, _how_to_answer(question))
            return None
        return _Value(node.place, text)

    def _reason(self, question: Question, code: ScalarNode) -> _Value | None:
        if code.text in REASONS:
            return _Value(code.place, "", REASONS[code.text])
        message = f"This is not a reason for skipping {quote(question.id)} that the form offers."
        offered = join((f'{code} ("{reason.words}")' for code, reason in REASONS.items()), last="or")
        self.problems.note(Code.UNKNOWN_REASON, code.place, message, f"The code is {offered}.")
        return None

    def _option(self, question: Question, coding: MappingNode) -> _Value | None:
        """Return the option of a coding. Messages never repeat a private answer."""
        system, code, display = (text_of(coding, key) for key in ("system", "code", "display"))
        options = {code_of(question, option): option for option in self.form.options(question)}
        named = quote(question.id)
        if not code.text:
            message = f"This answer to {named} has no code. Words alone could mean another option."
            self.problems.note(Code.NO_CODE, coding.place, message, _how_to_answer(question))
        elif self.exact and system.text and system.text not in self.systems:
            message = f"The code of this answer to {named} is from another system."
            self.problems.note(Code.UNKNOWN_OPTION, system.place, message, f"The form's system is {self.form.url}.")
        elif code.text not in options:
            self._note_unknown(question, code)
        elif not self._says_the_same(display, options[code.text].label):
            message = f"The words of this answer to {named} are not those of its code."
            means = f"The code means: {options[code.text].label}. " if not question.private else ""
            self.problems.note(Code.OTHER_WORDS, display.place, message, f"{means}Find out which of the two was meant.")
        else:
            return _Value(code.place, options[code.text].id)
        return None

    def _note_unknown(self, question: Question, code: ScalarNode) -> None:
        """Report an unknown code. A suggestion would reveal a private answer."""
        other = code.text.removeprefix(f"{question.id}.")
        named = "such option" if question.private else f"option {quote_leading_name(other)}"
        near = None if question.private else closest(other, [*question.options_by_id])
        suggestion = f"Did you mean {quote(f'{question.id}.{near}')}? " if near else ""
        message = f"{quote(question.id)} has no {named}."
        self.problems.note(Code.UNKNOWN_OPTION, code.place, message, f"{suggestion}{_how_to_answer(question)}")

    def _says_the_same(self, display: ScalarNode, label: str) -> bool:
        return same_words(display, label) or (self.exact and not display.text)


def same_words(given: ScalarNode, ours: str) -> bool:
    """Whether two texts have the same words, apart from capital letters and spaces."""
    return given.text.casefold().split() == ours.casefold().split()


def _combined(question: Question, values: list[_Value]) -> Answer:
    reason = values[0].reason
    if reason:
        return Skipped(reason)
    if not question.takes_several:
        return question.answer_from(values[0].text)
    order = [option.id for option in question.options]
    return Chosen(tuple(sorted((each.text for each in values if each.text != NONE.id), key=order.index)))


def _typed(question: Question, kind: str, node: Node) -> str | None:
    """Return a number or a note as text; None if the value is of another type."""
    if question.number_range is None:
        return node.text if kind == "valueString" and isinstance(node, ScalarNode) else None
    if kind == "valueQuantity" and isinstance(node, MappingNode) and not node.get("comparator"):
        unit = text_of(node, "unit").text
        return _number(text_of(node, "value").text) if unit in ("", question.number_unit) else None
    return _number(node.text) if kind in ("valueDecimal", "valueInteger") and isinstance(node, ScalarNode) else None


def _number(text: str) -> str:
    """Return a number as a person would write it; other text as it is."""
    try:
        number = float(text)
    except ValueError:
        return text
    return str(plain_number(number)) if isfinite(number) else text


def _how_to_answer(question: Question) -> str:
    if question.number_range:
        return "Send a number as valueDecimal or valueInteger."
    if not question.offered:
        return "Send a text as valueString."
    known = ", ".join(code_of(question, option) for option in question.options)
    return f"Send the code of an option as valueCoding: {known}."
