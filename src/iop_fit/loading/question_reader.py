"""Build sections, questions and options from records."""

from collections.abc import Iterable, Sequence

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds import DEFAULT_KIND, KINDS
from iop_fit.domain.question import AreaLevel, Option, Question, Section
from iop_fit.files.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.limits import MAX_OPTIONS
from iop_fit.loading.condition_reader import RESERVED
from iop_fit.loading.kind_keys import band_start, check_kind_keys, kind_fields, touched_rows
from iop_fit.loading.option_tests import read_option_test
from iop_fit.loading.records import ID, ID_HINT, Problems, Record, read_record, unique, whole_number
from iop_fit.loading.wordings import wording
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, indefinite, plural, quote

__all__ = ["QuestionReader"]


class QuestionReader:
    """Builds the sections, and reports every problem in them."""

    def __init__(self, sections: Sequence[Record], problems: Problems) -> None:
        self.problems = problems
        self.known: dict[str, Question] = {}
        self.programs_named: list[ScalarNode] = []
        """The programs named under `eases`."""
        self._index_questions(sections)
        self.sections = tuple(self._section(record) for record in unique(sections, problems))

    def _index_questions(self, sections: Sequence[Record]) -> None:
        questions = [record for section in sections for record in section.records("questions")]
        self._unique_questions = {id(record) for record in unique(questions, self.problems)}
        self._gates_by_question = {record.id: _gate_ids(record) for record in questions}

    def _section(self, record: Record) -> Section:
        records = [each for each in record.records("questions") if id(each) in self._unique_questions]
        section = Section(
            id=record.id,
            title=record.text("title"),
            wishes=record.text("kind") == "wishes",
            questions=tuple(self._question(each, record) for each in records),
            levels=tuple(self._levels(record)),
        )
        scored = any(question.need and not question.private for question in section.questions)
        if section.levels and not scored:
            message = "This section has levels, but none of its questions has a score."
            self.problems.note(Code.LEVELS_WITHOUT_SCORE, record.place_of("levels"), message, "Remove `levels`.")
        return section

    def _levels(self, record: Record) -> Iterable[tuple[AreaLevel, int]]:
        start = 0
        for key, node in record.pairs("levels"):
            if key.text not in (AreaLevel.SOME, AreaLevel.A_LOT):
                self.problems.note(
                    Code.WRONG_SHAPE, key.place, f"There is no level {quote(key.text)}.", "Use `some` or `a lot`."
                )
                continue
            number = whole_number(node.text) if isinstance(node, ScalarNode) else None
            if number is None or number <= start:
                self.problems.note(Code.WRONG_SHAPE, node.place, f"A level must start at a whole number above {start}.")
                continue
            if key.text == AreaLevel.SOME and start:
                message = 'The level "some" must come before "a lot".'
                self.problems.note(Code.WRONG_SHAPE, key.place, message, "Swap the two levels.")
            start = number
            yield AreaLevel(key.text), start

    def _question(self, record: Record, section: Record) -> Question:
        kind = KINDS[record.text("kind", DEFAULT_KIND)]
        by_section = section.text("kind") not in ("practical", "wishes")
        need = record.flag("need", by_section) and kind.may_raise
        question = kind(
            id=record.id,
            section=section.id,
            need=need,
            ask=wording(record, "ask"),
            why=wording(record, "why"),
            options=tuple(self._options(record, kind, need and not record.flag("private"))),
            asked_if=self._gate(record, need),
            changeable=record.flag("changeable"),
            goal=record.text("goal"),
            private=record.flag("private"),
            dimension=record.whole("dimension"),
            topic=record.text("topic"),
            glance=record.text("at a glance"),
            sources=record.texts("sources"),
            formerly=record.texts("formerly"),
            **kind_fields(record, kind),
        )
        self._check(question, record)
        check_kind_keys(question, record, self.problems)
        self.known[question.id] = question
        return question

    def _check(self, question: Question, record: Record) -> None:
        if question.id in RESERVED:
            self.problems.note(
                Code.RESERVED_ID,
                record.place_of("id"),
                f"{quote(question.id)} is a keyword of conditions.",
                "Choose another id.",
            )
        if record.values.get("dimension") is not None and not 1 <= question.dimension <= 6:
            self.problems.note(
                Code.WRONG_SHAPE,
                record.place_of("dimension"),
                '"dimension" must be from 1 to 6.',
                "Write the number of the provider's dimension.",
            )
        minimum = question.minimum_options
        count = len(record.pairs("options"))
        unreadable = "options" in record.nodes and not count
        if (count < minimum and not unreadable) or (minimum == 0 and count):
            expected = f"at least {plural(minimum, 'option')}" if minimum else "no options"
            message = f"{indefinite(question.kind).capitalize()} question must have {expected}, not {count}."
            hint = "Change its options, or give it another `kind`."
            self.problems.note(Code.NUMBER_OF_OPTIONS, record.place_of("options"), message, hint)
        if question.private and question.asked_if:
            self.problems.note(
                Code.PRIVATE_MIXED,
                record.place_of("ask when"),
                "A private question must always be asked.",
                "Remove `ask when`.",
            )
        self._check_goal(question, record)
        scores = [option.score for option in question.options]
        if not question.scores_fit(scores):
            message = (
                f"The scores of {indefinite(question.kind)} question must not decrease from one option to the next."
            )
            self.problems.note(
                Code.SCORES_FALL, record.place_of("options"), message, "Order the options from least to most concern."
            )

    def _check_goal(self, question: Question, record: Record) -> None:
        if not question.goal:
            return
        place = record.place_of("goal")
        if question.goal not in question.options_by_id:
            message = f"{quote(question.id)} has no option {quote(question.goal)}."
            self.problems.note(
                Code.UNKNOWN_REFERENCE, place, message, did_you_mean(question.goal, list(question.options_by_id))
            )
        elif question.test != "at least" or not question.changeable:
            message = "Only a ranked question with `changeable: yes` can have a goal."
            self.problems.note(Code.GOAL_WITHOUT_CHANGE, place, message, "Remove `goal`, or add `changeable: yes`.")

    def _options(self, record: Record, kind: type[Question], scored: bool) -> Iterable[Option]:
        pairs = record.pairs("options")
        if len(pairs) > MAX_OPTIONS:
            message = f"A question can have at most {MAX_OPTIONS} options, not {len(pairs):,}."
            hint = "Split it into several questions."
            self.problems.note(Code.NUMBER_OF_OPTIONS, record.place_of("options"), message, hint)
        for place, (key, node) in enumerate(pairs[:MAX_OPTIONS]):
            if not ID.fullmatch(key.text):
                message = f"{quote(key.text)} is not a valid option id."
                self.problems.note(
                    Code.WRONG_SHAPE,
                    key.place,
                    message,
                    ID_HINT,
                )
            option = self._option(node)
            if not scored and "score" in option.nodes:
                message = "A practical, private or unranked question can't have scores."
                self.problems.note(Code.SCORE_WITHOUT_NEED, option.place_of("score"), message, "Remove the score.")
            if option.text("eases"):
                self._eases(option, scored)
            yield Option(
                id=key.text,
                label=wording(option, "label"),
                score=option.whole("score", kind.default_score(place)) if scored else 0,
                eases=option.text("eases"),
                start=band_start(option, kind, self.problems),
                touches=touched_rows(option, self.problems, need=scored),
                brief=option.text("in brief"),
                clause=wording(option, "clause"),
            )

    def _option(self, node: Node) -> Record:
        if isinstance(node, ScalarNode):  # the short form: only a label
            label = ScalarNode("label", node.place)
            node = MappingNode(((label, node),), node.place)
        return read_record("option", node, self.problems)

    def _eases(self, option: Record, scored: bool) -> None:
        node = option.nodes["eases"]
        assert isinstance(node, ScalarNode)
        self.programs_named.append(node)
        if scored:
            message = "Only options of practical questions can use `eases`."
            self.problems.note(Code.NEED_EASES, node.place, message, "Remove `eases`, or mark the question `need: no`.")

    def _gate(self, record: Record, need: bool) -> tuple[OptionSet, ...]:
        node = record.nodes.get("ask when")
        nodes = node.nodes if isinstance(node, SequenceNode) else ()
        return tuple(alternative for each in nodes for alternative in self._alternatives(each, need, record))

    def _report_later_gate(self, key: ScalarNode, record: Record) -> None:
        """Report a gate that is the question itself, a later question or no question."""
        if key.text == record.id:
            message, hint = f"{quote(key.text)} depends on itself.", "Name an earlier question."
            self.problems.note(Code.GATE_CIRCLE, key.place, message, hint)
        elif key.text not in self._gates_by_question:
            self.problems.unknown(key, [*self._gates_by_question], "question")
        elif record.id in self._gates_by_question[key.text]:
            message = f"{quote(key.text)} depends on {quote(record.id)} too, so neither could be asked."
            self.problems.note(Code.GATE_CIRCLE, key.place, message, "Always ask one of the two.")
        else:
            message = f"The question {quote(key.text)} comes later than this one."
            hint = "`ask when` can only name questions that come earlier. Move one of the two."
            self.problems.note(Code.GATE_NOT_EARLIER, key.place, message, hint)

    def _alternatives(self, node: Node, need: bool, record: Record) -> tuple[OptionSet, ...]:
        entries = node.entries if isinstance(node, MappingNode) else ()
        if len(entries) != 1:
            hint = "Write a list like `- {question-id: {at least: option-id}}`; one match is enough."
            message = "Each item of `ask when` must name one earlier question."
            self.problems.note(Code.NOT_A_CONDITION, node.place, message, hint)
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


def _gate_ids(record: Record) -> set[str]:
    """Return the ids of the questions that `ask when` names."""
    node = record.nodes.get("ask when")
    nodes = node.nodes if isinstance(node, SequenceNode) else ()
    return {key.text for each in nodes if isinstance(each, MappingNode) for key, _ in each.entries}


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
    if need and not gate.need:
        hint = "Name a need question, or mark this question `need: no`."
        return (
            Code.PRACTICAL_GATES_NEED,
            f"{name} is not a need question, so a need question can't depend on it.",
            hint,
        )
    return None
