"""How many answer sheets there are, counted exactly."""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import prod

from iop_fit.domain.question import Audience, Kind, Question
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["MAX_STATES", "number_of_sheets"]

MAX_STATES = 100_000
"""How many combinations of open gates are followed at once before the count is given up."""

MAX_BITS = 10_000
"""How long a count may be; a longer one tells nobody anything."""

Open = frozenset[str]
"""The gated questions that answers so far have opened."""


def number_of_sheets(questionnaire: Questionnaire) -> int | None:
    """Count the whole sheets that can be told apart: of the person it is about, and of someone who answers for them.

    Every asked question has one of its options (or any set of them), or is skipped: all reasons to skip count as one,
    and so do all texts of a note. None when gates hang together in more than `MAX_STATES` ways.
    """
    try:
        of_me = _count([*questionnaire.questions.values()])
    except OverflowError:
        of_me = None
    private = prod(_ways(question) for question in questionnaire.questions.values() if question.private)
    if of_me is None or of_me.bit_length() > MAX_BITS:
        return None
    return sum(of_me if audience is Audience.ME else of_me // private for audience in Audience)


def _ways(question: Question) -> int:
    """Count the answers to one question, with skipping it."""
    if question.kind is Kind.NOTE:
        return 2
    return (2 ** len(question.options) if question.kind is Kind.SEVERAL else len(question.options)) + 1


def _count(questions: list[Question]) -> int | None:
    """Go through the questions that open others, and keep for each set of open ones how many sheets lead to it.

    A gated question is settled, and forgotten, as soon as the last one that could open it was answered.
    """
    gated = {question.id: question for question in questions if question.gate}
    opened_by = {name: {gate for way in question.gate for gate, _ in way} for name, question in gated.items()}
    last = {name: next(each.id for each in reversed(questions) if each.id in opened_by[name]) for name in gated}
    states: Mapping[Open, int] = {frozenset(): 1}
    for question in questions:
        if question.gate:
            continue
        settled = [gated[name] for name in gated if last[name] == question.id]
        states = _answered(states, [*_openings(question, [*gated.values()])], settled)
        if len(states) > MAX_STATES:
            return None
    return sum(states.values())


def _openings(question: Question, gated: list[Question]) -> Iterator[tuple[Open, int]]:
    """Say for each kind of answer to a question which ones it opens, and how many answers are of that kind."""
    hanging = [each for each in gated if any(name == question.id for way in each.gate for name, _ in way)]
    yield frozenset(each.id for each in hanging), 1  # skipped: each of them may apply, so each is asked
    if question.kind is Kind.NOTE:
        yield frozenset(), 1
        return
    opens = {
        option: frozenset(each.id for each in hanging if any(way <= reach for way in each.gate))
        for option, reach in question.reach.items()
    }
    if question.kind is not Kind.SEVERAL:
        yield from Counter(opens.values()).items()
        return
    chosen: Counter[Open] = Counter({frozenset(): 1})
    for opened in opens.values():
        for before, number in [*chosen.items()]:
            chosen[before | opened] += number
        if len(chosen) > MAX_STATES:
            raise OverflowError
    yield from chosen.items()


def _answered(
    states: Mapping[Open, int], openings: list[tuple[Open, int]], settled: list[Question]
) -> Mapping[Open, int]:
    after: Counter[Open] = Counter()
    done = frozenset(question.id for question in settled)
    for state, number in states.items():
        for opened, answers in openings:
            opens = state | opened
            asked = prod(_ways(question) for question in settled if question.id in opens)
            after[opens - done] += number * answers * asked
    return after
