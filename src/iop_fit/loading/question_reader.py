"""Build sections, questions and options from records."""

from collections.abc import Iterable, Sequence

from iop_fit.domain.kinds import DEFAULT_KIND, KINDS
from iop_fit.domain.question import AreaLevel, LeadIn, Question, Section
from iop_fit.files.parsing.nodes import ScalarNode
from iop_fit.loading.condition_reader import RESERVED
from iop_fit.loading.fields.questions import PAPER
from iop_fit.loading.questions.gates import GateReader
from iop_fit.loading.questions.kind_keys import check_kind_keys, check_paper_only, kind_fields
from iop_fit.loading.questions.listed import Listed
from iop_fit.loading.questions.options import OptionReader, options_of
from iop_fit.loading.records import Problems, Record, unique, whole_number
from iop_fit.loading.wordings import wording
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, indefinite, plural, quote

__all__ = ["QuestionReader"]


class QuestionReader:
    """Builds the sections, and reports every problem in them."""

    def __init__(self, parts: Sequence[Record], sections: Sequence[Record], problems: Problems) -> None:
        self.problems = problems
        self.known: dict[str, Question] = {}
        questions = [record for section in sections for record in section.records("questions")]
        self._unique_questions = {id(record) for record in unique(questions, problems)}
        lists = [each for part in parts for each in part.records("option lists")]
        lead_ins = [each for part in parts for each in part.records("lead-ins")]
        self.options: OptionReader = OptionReader(unique(lists, problems), problems)
        self._lead_ins = {each.id: LeadIn(each.id, wording(each, "text")) for each in unique(lead_ins, problems)}
        self._gates = GateReader(questions, self.known, problems)
        self.sections: tuple[Section, ...] = tuple(self._section(record) for record in unique(sections, problems))

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
        paper_only = record.text("use") == PAPER
        need = record.flag("need", by_section) and kind.may_raise and not paper_only
        listed = self.options.read(record)
        question = kind(
            id=record.id,
            section=section.id,
            need=need,
            ask=wording(record, "ask"),
            why=wording(record, "why"),
            options=options_of(listed, kind, scored=need and not record.flag("private")),
            option_list=listed.shared,
            lead_in=self._lead_in(record),
            paper_only=paper_only,
            asked_if=self._gates.read(record, need),
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
        self._check(question, record, listed)
        check_kind_keys(question, record, listed, self.problems)
        if paper_only:
            check_paper_only(record, listed, self.problems)
        self.known[question.id] = question
        return question

    def _lead_in(self, record: Record) -> LeadIn | None:
        name = record.nodes.get("lead-in")
        if not isinstance(name, ScalarNode) or "lead-in" not in record.values:
            return None
        if record.text("lead-in") not in self._lead_ins:
            self.problems.unknown(name, tuple(self._lead_ins), "lead-in")
        return self._lead_ins.get(record.text("lead-in"))

    def _check(self, question: Question, record: Record, listed: Listed) -> None:
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
        count = len(question.options)
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
            place = listed.entries[0][0].place if listed.shared else record.place_of("options")
            listed.problems.note(Code.SCORES_FALL, place, message, "Order the options from least to most concern.")

    def _check_goal(self, question: Question, record: Record) -> None:
        if not question.goal or (question.test and not question.options):  # its options are reported already
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
