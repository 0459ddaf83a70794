"""From records to sections, questions and options."""

from collections.abc import Iterable, Sequence

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.kinds import DEFAULT_KIND, KINDS
from iop_fit.domain.question import AreaLevel, Option, Question, Section, Wording
from iop_fit.files.nodes import MappingNode, Node, ScalarNode, SequenceNode
from iop_fit.limits import MAX_OPTIONS
from iop_fit.loading.condition_reader import RESERVED
from iop_fit.loading.option_tests import read_option_test
from iop_fit.loading.records import ID, Problems, Record, read_record, unique, whole_number
from iop_fit.problem_codes import Code
from iop_fit.text import indefinite, plural, quote

__all__ = ["QuestionReader", "wording"]


def wording(record: Record, key: str) -> Wording:
    """Read a text in its two wordings; without a second one the first serves both."""
    me = record.text(key)
    return Wording(me, record.text(f"{key} about someone", me))


class QuestionReader:
    """Builds the sections; what is wrong is noted."""

    def __init__(self, sections: Sequence[Record], problems: Problems) -> None:
        self.problems = problems
        self.known: dict[str, Question] = {}
        self.programs_named: list[ScalarNode] = []
        """The programs that options say they ease."""
        self._check_unique_questions(sections)
        self.sections = tuple(self._section(record) for record in unique(sections, problems))

    def _check_unique_questions(self, sections: Sequence[Record]) -> None:
        questions = [record for section in sections for record in section.records("questions")]
        self._asked_once = {id(record) for record in unique(questions, self.problems)}
        self._asked_anywhere = {record.id: _gates_named(record) for record in questions}

    def _section(self, record: Record) -> Section:
        records = [each for each in record.records("questions") if id(each) in self._asked_once]
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
            self.problems.note(Code.LEVELS_WITHOUT_SCORE, record.place_of("levels"), message, "Take `levels` out.")
        return section

    def _levels(self, record: Record) -> Iterable[tuple[AreaLevel, int]]:
        begins = 0
        for key, node in record.pairs("levels"):
            if key.text not in (AreaLevel.SOME, AreaLevel.A_LOT):
                self.problems.note(
                    Code.WRONG_SHAPE, key.place, f"There is no level {quote(key.text)}.", "It is `some` or `a lot`."
                )
                continue
            number = whole_number(node.text) if isinstance(node, ScalarNode) else None
            if number is None or number <= begins:
                self.problems.note(
                    Code.WRONG_SHAPE, node.place, f"A level begins at a whole number above {begins}.", "Write one."
                )
                continue
            if key.text == AreaLevel.SOME and begins:
                message = 'The level "some" stands before "a lot".'
                self.problems.note(Code.WRONG_SHAPE, key.place, message, "Put the lower level first.")
            begins = number
            yield AreaLevel(key.text), begins

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
            private=record.flag("private"),
            dimension=record.whole("dimension"),
            topic=record.text("topic"),
            sources=record.texts("sources"),
        )
        self._check(question, record)
        self.known[question.id] = question
        return question

    def _check(self, question: Question, record: Record) -> None:
        if question.id in RESERVED:
            self.problems.note(
                Code.RESERVED_ID,
                record.place_of("id"),
                f"{quote(question.id)} is a word of conditions.",
                "Choose another id.",
            )
        if record.values.get("dimension") is not None and not 1 <= question.dimension <= 6:
            self.problems.note(
                Code.WRONG_SHAPE,
                record.place_of("dimension"),
                "The provider's dimensions go from 1 to 6.",
                "Write a number from 1 to 6.",
            )
        enough = question.minimum_options
        written = len(record.pairs("options"))
        broken = "options" in record.nodes and not written
        if (written < enough and not broken) or (enough == 0 and written):
            wanted = f"at least {plural(enough, 'option')}" if enough else "no options"
            message = f"{indefinite(question.kind).capitalize()} question has {wanted}, not {written}."
            hint = "Add options, or give the question another `kind`."
            self.problems.note(Code.NUMBER_OF_OPTIONS, record.place_of("options"), message, hint)
        if question.private and question.asked_if:
            self.problems.note(
                Code.PRIVATE_MIXED,
                record.place_of("ask when"),
                "A private question is always asked.",
                "Take `ask when` out.",
            )
        scores = [option.score for option in question.options]
        if not question.scores_fit(scores):
            message = "The scores of a ranked question must not fall from one option to the next."
            self.problems.note(
                Code.SCORES_FALL, record.place_of("options"), message, "Put the options from least to most concern."
            )

    def _options(self, record: Record, kind: type[Question], scored: bool) -> Iterable[Option]:
        pairs = record.pairs("options")
        if len(pairs) > MAX_OPTIONS:
            message = f"A question has at most {MAX_OPTIONS} options, not {len(pairs):,}."
            self.problems.note(Code.NUMBER_OF_OPTIONS, record.place_of("options"), message, "Ask several questions.")
        for place, (key, node) in enumerate(pairs[:MAX_OPTIONS]):
            if not ID.fullmatch(key.text):
                message = f"{quote(key.text)} can't be an option's id."
                self.problems.note(Code.WRONG_SHAPE, key.place, message, "Use lower-case letters, digits and hyphens.")
            option = self._option(node)
            if not scored and "score" in option.nodes:
                message = "A practical, private or unranked question has no scores."
                self.problems.note(Code.SCORE_WITHOUT_NEED, option.place_of("score"), message, "Take the score out.")
            if option.text("eases"):
                self._eases(option, scored)
            yield Option(
                id=key.text,
                label=option.text("label"),
                score=option.whole("score", kind.default_score(place)) if scored else 0,
                eases=option.text("eases"),
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
            message = "Only practical answers can make a program easier to keep up."
            self.problems.note(
                Code.NEED_EASES, node.place, message, "Take `eases` out, or mark the question `need: no`."
            )

    def _gate(self, record: Record, need: bool) -> tuple[OptionSet, ...]:
        node = record.nodes.get("ask when")
        nodes = node.nodes if isinstance(node, SequenceNode) else ()
        return tuple(way for each in nodes for way in self._ways(each, need, record))

    def _not_earlier(self, key: ScalarNode, record: Record) -> None:
        """Say that a question hangs on itself, on one that comes later, or on one that is not there."""
        if key.text == record.id:
            message, hint = f"{quote(key.text)} hangs on itself.", "Name a question that comes earlier."
            self.problems.note(Code.GATE_CIRCLE, key.place, message, hint)
        elif key.text not in self._asked_anywhere:
            self.problems.unknown(key, [*self._asked_anywhere], "question")
        elif record.id in self._asked_anywhere[key.text]:
            message = f"{quote(key.text)} hangs on {quote(record.id)} itself, so this is a circle."
            self.problems.note(Code.GATE_CIRCLE, key.place, message, "Ask one of the two always.")
        else:
            message = f"The question {quote(key.text)} comes later than this one."
            hint = "`ask when` can only name questions that come earlier. Move one of the two."
            self.problems.note(Code.GATE_NOT_EARLIER, key.place, message, hint)

    def _ways(self, node: Node, need: bool, record: Record) -> tuple[OptionSet, ...]:
        entries = node.entries if isinstance(node, MappingNode) else ()
        if len(entries) != 1:
            hint = "Write a list like `- {question-id: {at least: option-id}}`; any one of them is enough."
            self.problems.note(Code.NOT_A_CONDITION, node.place, "`ask when` takes one earlier question a line.", hint)
            return ()
        (key, value) = entries[0]
        gate = self.known.get(key.text)
        if gate is None:
            self._not_earlier(key, record)
            return ()
        refusal = _refusal(gate, need)
        if refusal:
            self.problems.note(*refusal[:1], key.place, *refusal[1:])
            return ()
        return read_option_test(gate, value, self.problems)


def _gates_named(record: Record) -> set[str]:
    """Name the questions that a question says it hangs on."""
    node = record.nodes.get("ask when")
    nodes = node.nodes if isinstance(node, SequenceNode) else ()
    return {key.text for each in nodes if isinstance(each, MappingNode) for key, _ in each.entries}


def _refusal(gate: Question, need: bool) -> tuple[Code, str, str] | None:
    """Say why a question can't decide whether another one is asked."""
    name = quote(gate.id)
    if gate.asked_if:
        return Code.GATE_ON_A_GATE, f"{name} is itself asked only sometimes.", "Name a question that is always asked."
    if gate.private:
        return Code.PRIVATE_MIXED, f"{name} is private, so nothing may hang on it.", "Name another question."
    if not gate.test:
        return Code.NOTE_IN_A_CONDITION, f"{name} is a note, which no condition reads.", "Name another question."
    if need and not gate.need:
        hint = "Name a need question, or mark this question `need: no`."
        return Code.PRACTICAL_GATES_NEED, f"{name} is about practical life, and a need question can't hang on it.", hint
    return None
