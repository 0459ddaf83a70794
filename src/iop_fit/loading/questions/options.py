"""Read the options of questions and of the lists that questions share."""

from collections.abc import Iterator, Sequence

from iop_fit.domain.question import Option, Question
from iop_fit.files.parsing.nodes import MappingNode, Node, ScalarNode
from iop_fit.limits import MAX_OPTIONS
from iop_fit.loading.questions.kind_keys import band_start, check_rows, touched_rows
from iop_fit.loading.questions.listed import Entry, Listed, ProblemsInUse
from iop_fit.loading.records import ID, ID_HINT, Problems, Record, read_record
from iop_fit.loading.wordings import wording
from iop_fit.problem_codes import Code
from iop_fit.text import quote

__all__ = ["OptionReader", "options_of"]


class OptionReader:
    """Reads what questions list, and reports what is wrong with an option whatever the question is."""

    def __init__(self, lists: Sequence[Record], problems: Problems) -> None:
        self.problems = problems
        self.programs_named: list[ScalarNode] = []
        """The programs named under `eases`."""
        self._lists = {record.id: tuple(self._entries(record)) for record in lists}

    def read(self, record: Record) -> Listed:
        """Return what a question lists; nothing if its options are missing, invalid or those of an unknown list."""
        node = record.nodes.get("options")
        if not isinstance(node, ScalarNode) or "options" not in record.values:
            return Listed(tuple(self._entries(record)), self.problems)
        name = record.text("options")
        if name not in self._lists:
            self.problems.unknown(ScalarNode(name, node.place), tuple(self._lists), "option list")
        return Listed(self._lists.get(name, ()), ProblemsInUse(self.problems, node.place, name), name)

    def _entries(self, record: Record) -> Iterator[Entry]:
        pairs = record.pairs("options")
        if len(pairs) > MAX_OPTIONS:
            message = f"A question can have at most {MAX_OPTIONS} options, not {len(pairs):,}."
            hint = "Split it into several questions."
            self.problems.note(Code.NUMBER_OF_OPTIONS, record.place_of("options"), message, hint)
        for key, node in pairs[:MAX_OPTIONS]:
            if not ID.fullmatch(key.text):
                message = f"{quote(key.text)} is not a valid option id."
                self.problems.note(Code.WRONG_SHAPE, key.place, message, ID_HINT)
            option = self._record(node)
            check_rows(option, self.problems)
            eases = option.nodes.get("eases")
            if isinstance(eases, ScalarNode) and option.text("eases"):
                self.programs_named.append(eases)
            yield key, option

    def _record(self, node: Node) -> Record:
        if isinstance(node, ScalarNode):  # the short form: only a label
            label = ScalarNode("label", node.place)
            node = MappingNode(((label, node),), node.place)
        return read_record("option", node, self.problems)


def options_of(listed: Listed, kind: type[Question], *, scored: bool) -> tuple[Option, ...]:
    """Return the options of a question, and report what its kind does not take; only `scored` ones have scores."""
    for _, option in listed.entries:
        _check_need(option, listed.problems, scored=scored)
    return tuple(
        Option(
            id=key.text,
            label=wording(option, "label"),
            score=option.whole("score", kind.default_score(place)) if scored else 0,
            eases=option.text("eases"),
            start=band_start(option, kind, listed.problems),
            touches=touched_rows(option, listed.problems, need=scored),
            brief=option.text("in brief"),
            clause=wording(option, "clause"),
        )
        for place, (key, option) in enumerate(listed.entries)
    )


def _check_need(option: Record, problems: Problems, *, scored: bool) -> None:
    """Report a score without a need, and `eases` with one."""
    if not scored and "score" in option.nodes:
        message = "A practical, private or unranked question can't have scores."
        problems.note(Code.SCORE_WITHOUT_NEED, option.place_of("score"), message, "Remove the score.")
    if scored and option.text("eases"):
        message = "Only options of practical questions can use `eases`."
        hint = "Remove `eases`, or mark the question `need: no`."
        problems.note(Code.NEED_EASES, option.place_of("eases"), message, hint)
