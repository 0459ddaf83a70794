"""Build contradictions from records."""

from collections.abc import Iterator, Sequence

from iop_fit.domain.condition import Condition, questions_in
from iop_fit.domain.guidance import Contradiction
from iop_fit.domain.question import AREAS, Question
from iop_fit.loading.condition_reader import ConditionContext, ConditionReader
from iop_fit.loading.records import Problems, Record, unique
from iop_fit.loading.wordings import wording
from iop_fit.problem_codes import Code
from iop_fit.text import join, join_some, plural, quote

__all__ = ["read_contradictions"]


def read_contradictions(
    parts: Sequence[Record], conditions: ConditionReader, problems: Problems
) -> tuple[Contradiction, ...]:
    """Return the contradictions of all parts, in file order; report and leave out the invalid ones."""
    records = unique([record for part in parts for record in part.records("contradictions")], problems)
    return tuple(_contradictions(records, conditions, problems))


def _contradictions(
    records: Sequence[Record], conditions: ConditionReader, problems: Problems
) -> Iterator[Contradiction]:
    for record in records:
        questions = _questions(record, list(conditions.questions), problems)
        found = len(problems)
        when = record.nodes.get("when") if "when" in record.values else None
        condition = conditions.read_whole(when, ConditionContext.CONTRADICTION) if when else None
        if questions is None or condition is None or len(problems) > found:
            continue
        if not any(_has_invalid_options(conditions.questions[name]) for name in questions):
            _check_named(record, questions, condition, problems)
        yield Contradiction(record.id, questions, condition, wording(record, "ask"))


def _questions(record: Record, known: list[str], problems: Problems) -> tuple[str, str] | None:
    """Return the two questions; None if they are not two known ones in the order asked."""
    if "questions" not in record.values:
        return None
    names = record.scalars("questions")
    place = record.place_of("questions")
    if len({name.text for name in names}) != 2 or len(names) != 2:
        message = f"A contradiction is between two different questions, but this names {_named(record)}."
        problems.note(Code.NOT_TWO_QUESTIONS, place, message, "Write it like `questions: [earlier-id, later-id]`.")
        return None
    unknown = [name for name in names if name.text not in known]
    for name in unknown:
        problems.unknown(name, known, "question")
    if unknown:
        return None
    earlier, later = record.texts("questions")
    if known.index(earlier) > known.index(later):
        message = f"{quote(later)} is asked before {quote(earlier)}."
        hint = f"List the two in the order asked: `questions: [{later}, {earlier}]`."
        problems.note(Code.QUESTIONS_OUT_OF_ORDER, place, message, hint)
        return None
    return earlier, later


def _named(record: Record) -> str:
    names = record.texts("questions")
    return f"{quote(names[0])} twice" if len(names) == 2 else plural(len(names), "question")


def _has_invalid_options(question: Question) -> bool:
    """Whether a question was read without its options, so that no condition can name it; reported already."""
    return bool(question.test) and not question.options


def _check_named(record: Record, questions: tuple[str, str], when: Condition, problems: Problems) -> None:
    """Report a condition that doesn't name both questions, or names anything else."""
    named = questions_in(when)
    missing = [name for name in questions if name not in named]
    others = sorted(named - {*questions})
    if missing or others:
        said = [f"does not name {join(map(quote, missing))}"] if missing else []
        said += [f"also names {join_some([*map(_thing, others)])}"] if others else []
        hint = "Name both of its `questions` in the condition, and nothing else."
        problems.note(Code.OTHER_QUESTIONS, record.place_of("when"), f"This condition {join(said)}.", hint)


def _thing(name: str) -> str:
    return f"the area {quote(name.removeprefix(AREAS))}" if name.startswith(AREAS) else quote(name)
