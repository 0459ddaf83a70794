"""Read the options of a question."""

from collections.abc import Iterator

from iop_fit.domain.question import Option, Question
from iop_fit.files.nodes import MappingNode, Node, ScalarNode
from iop_fit.limits import MAX_OPTIONS
from iop_fit.loading.questions.kind_keys import band_start, touched_rows
from iop_fit.loading.records import ID, ID_HINT, Problems, Record, read_record
from iop_fit.loading.wordings import wording
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["OptionReader"]


class OptionReader:
    """Reads the options of questions, and reports every problem in them."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.programs_named: list[ScalarNode] = []
        """The programs named under `eases`."""

    def read(self, record: Record, kind: type[Question], *, scored: bool) -> tuple[Option, ...]:
        """Return the options of a question; scores are allowed only if it is `scored`."""
        return tuple(self._options(record, kind, scored))

    def _options(self, record: Record, kind: type[Question], scored: bool) -> Iterator[Option]:
        for place, (key, option) in enumerate(self._entries(record)):
            if not scored and "score" in option.nodes:
                message = "A practical, private or unranked question can't have scores."
                self.problems.note(Code.SCORE_WITHOUT_NEED, option.place_of("score"), message, "Remove the score.")
            if scored and option.text("eases"):
                message = "Only options of practical questions can use `eases`."
                hint = "Remove `eases`, or mark the question `need: no`."
                self.problems.note(Code.NEED_EASES, option.place_of("eases"), message, hint)
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

    def _entries(self, record: Record) -> Iterator[tuple[ScalarNode, Record]]:
        """Yield the id and the record of each option, and report what is wrong with it whatever the question is."""
        pairs = record.pairs("options")
        if len(pairs) > MAX_OPTIONS:
            message = f"A question can have at most {MAX_OPTIONS} options, not {len(pairs):,}."
            hint = "Split it into several questions."
            self.problems.note(Code.NUMBER_OF_OPTIONS, record.place_of("options"), message, hint)
        for key, node in pairs[:MAX_OPTIONS]:
            if not ID.fullmatch(key.text):
                message = f"{quote(key.text)} is not a valid option id."
                self.problems.note(Code.WRONG_SHAPE, key.place, message, ID_HINT)
            option = self._option(node)
            eases = option.nodes.get("eases")
            if isinstance(eases, ScalarNode) and option.text("eases"):
                self.programs_named.append(eases)
            yield key, option

    def _option(self, node: Node) -> Record:
        if isinstance(node, ScalarNode):  # the short form: only a label
            label = ScalarNode("label", node.place)
            node = MappingNode(((label, node),), node.place)
        return read_record("option", node, self.problems)
