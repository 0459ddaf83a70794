"""What stands in a questionnaire and is used by nothing: options, additions, sources and signs."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from iop_fit.condition import Condition, Need, leaves_of
from iop_fit.question import Kind, Option, Question
from iop_fit.questionnaire import Questionnaire

__all__ = ["unused_additions", "unused_options", "unused_sources"]


def unused_options(questionnaire: Questionnaire) -> Iterator[tuple[Question, Option]]:
    """Yield the options that nothing tells from the one below them, or from another that stands for the rest.

    What tells options apart: a rule, a gate, a point, `eases`, and a score where the section has levels. What is wanted
    is said as it is, so each option of such a section is used.
    """
    bounds = _bounds(questionnaire)
    for section in questionnaire.sections:
        for question in section.questions if not section.wishes else ():
            scored = bool(section.levels) and question.need and not question.private
            yield from ((question, option) for option in _unused(question, bounds, scored=scored))


def _unused(question: Question, bounds: Need, *, scored: bool) -> list[Option]:
    named = {option for name, option in bounds if name == question.id}
    match question.kind:
        case Kind.NOTE:
            return []
        case Kind.RANKED:
            return [
                option
                for below, option in pairwise(question.options)
                if option.id not in named
                and option.eases == below.eases
                and not (scored and option.score != below.score)
            ]
        case Kind.SEVERAL | Kind.UNRANKED:
            unused = [
                option
                for option in question.options
                if option.id not in named and not option.eases and not (scored and option.score)
            ]
            return unused if len(unused) > 1 else []  # one may stand for what remains


def _bounds(questionnaire: Questionnaire) -> Need:
    """Name the options at which a rule, a gate or a point draws a line: of what is reached together, the highest."""
    needs: list[Need] = [need for rule in questionnaire.rules for need in rule.said]
    needs += (way for question in questionnaire.questions.values() for way in question.gate)
    needs += _named(point.when for point in questionnaire.points)
    bounds = set[tuple[str, str]]()
    for need in needs:
        highest = {}
        for name in {question for question, _ in need}:
            question = questionnaire.questions.get(name)
            for option in question.options if question else ():
                if (name, option.id) in need:
                    if question and question.kind is not Kind.RANKED:
                        bounds.add((name, option.id))
                    highest[name] = option.id
        bounds |= {*highest.items()}
    return frozenset(bounds)


def _named(conditions: Iterable[Condition | None]) -> Iterator[Need]:
    return (leaf for condition in conditions if condition for leaf in leaves_of(condition))


def unused_additions(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of the additions that no rule calls for."""
    called_for = {name for rule in questionnaire.rules for name in rule.adds}
    offered = (addition.id for direction in questionnaire.directions for addition in direction.additions)
    return (name for name in dict.fromkeys(offered) if name not in called_for)


def unused_sources(questionnaire: Questionnaire) -> Iterator[str]:
    """Yield the ids of the sources that nothing cites."""
    cited = {
        name
        for sources in (
            *(question.sources for question in questionnaire.questions.values()),
            *(alert.sources for alert in questionnaire.alerts),
            *(rule.sources for rule in questionnaire.rules),
            *(point.sources for point in questionnaire.points),
        )
        for name in sources
    }
    return (source.id for source in questionnaire.sources if source.id not in cited)
