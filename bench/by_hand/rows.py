"""Rows of a table as answer sheets, and the numbers that reach an option."""

from collections.abc import Mapping
from math import inf

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason, Written
from iop_fit.domain.condition import OptionRef
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["options_that_reach", "ranges_of", "sheet_of"]

SKIPS = {str(reason): Skipped(reason) for reason in SkipReason}


def sheet_of(row: Mapping[str, object], questionnaire: Questionnaire) -> AnswerSheet:
    """Return the sheet of one row; its answers must fit their questions."""
    return AnswerSheet(
        {
            name: answer_of(row[name], question)
            for name, question in questionnaire.questions.items()
            if row.get(name) is not None
        }
    )


def answer_of(value: object, question: Question) -> Answer:
    """Return the answer in one cell."""
    if str(value) in SKIPS:
        return SKIPS[str(value)]
    if question.options_are_bands:
        return question.answer_from(str(value))
    if isinstance(value, list):
        return SKIPS[value[0]] if value and value[0] in SKIPS else Chosen(tuple(value))
    return Chosen((str(value),)) if question.options else Written(str(value))


def options_that_reach(option: OptionRef, question: Question) -> list[str]:
    """Return the options of a question that reach one of them: itself, and of ranked ones those above."""
    return [each.id for each in question.options if option in question.reach[each.id]]


def ranges_of(options: list[str], question: Question) -> list[tuple[float, float]]:
    """Return the ranges of numbers that mean one of these options, each from a number up to but without another."""
    starts = sorted(each.start or 0 for each in question.options)
    ends = dict(zip(starts, [*starts[1:], inf], strict=True))
    ranges: list[tuple[float, float]] = []
    for start in sorted(question.options_by_id[each].start or 0 for each in options):
        adjoins = bool(ranges) and ranges[-1][1] == start
        ranges.append((ranges.pop()[0] if adjoins else start, ends[start]))
    return ranges
