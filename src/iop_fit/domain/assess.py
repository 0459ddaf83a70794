"""Assess a sheet: the decision, what would change it, and the points that apply."""

from collections.abc import Iterable, Iterator
from datetime import date

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Chosen
from iop_fit.domain.assessment import Assessment, Caution, ChosenPoint, FoundContradiction, Practical, Reason, Reply
from iop_fit.domain.condition import OptionSet, evaluate, questions_in
from iop_fit.domain.decision import Decision, FiredRule, decide
from iop_fit.domain.guidance import (
    Addition,
    Alert,
    ContactGroup,
    Direction,
    PointList,
    Program,
    Source,
)
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.selection.cards import cards_of, raised_alert
from iop_fit.domain.selection.points import points_of
from iop_fit.domain.selection.reasons import direction_reasons
from iop_fit.domain.selection.skips import most_helpful, pointed_to
from iop_fit.domain.validation import missing_answer, problems_of
from iop_fit.domain.whatif import find_changes, search_completed
from iop_fit.errors import IopFitError

__all__ = ["assess", "contradictions_in"]


def assess(questionnaire: Questionnaire, sheet: AnswerSheet, *, on: date, include_private: bool = False) -> Assessment:
    """Return the assessment of one sheet on the date `on`.

    All texts are worded for the sheet's audience. Private answers are ignored unless `include_private` is set, so the
    result is safe to write to a file. Raises `IopFitError` if an answer doesn't fit its question, or if a question that
    is asked is neither answered nor skipped.
    """
    problems = [found.problem for found in problems_of(questionnaire, sheet)]
    if problems:
        raise IopFitError(problems)
    if not include_private:
        questionnaire = questionnaire.public()
        sheet = sheet.only(questionnaire.questions)
    decision = decide(questionnaire.worded_for(sheet.about), sheet)
    missing = [missing_answer(question) for question in decision.still_needed]
    if missing:
        raise IopFitError(missing)
    return _assessment(decision, on)


def _assessment(decision: Decision, on: date) -> Assessment:
    questionnaire = decision.questionnaire
    replies = tuple(_replies(decision))
    has_direction = decision.withheld_by is None
    points = tuple(points_of(decision)) if has_direction else ()
    groups = list(ContactGroup)
    cards = cards_of(decision)
    shown = {rule.id for rule in (*(card.reason for card in cards), *direction_reasons(decision))}
    return Assessment(
        questionnaire=questionnaire,
        about=decision.sheet.about,
        assessed_on=on,
        replies=replies,
        alerts=tuple(raised_alert(decision, alert) for alert in decision.alerts),
        cards=cards,
        open_alerts=tuple(raised_alert(decision, alert) for alert in decision.open_alerts),
        withheld_by=decision.withheld_by,
        direction=decision.lowest if has_direction else None,
        highest=decision.highest if has_direction else None,
        firm=decision.firm and has_direction,
        additions=_additions(decision) if has_direction else (),
        areas=decision.areas if has_direction else (),
        reasons=tuple(
            _reason(fired, decision, replies, shown=fired.rule.id in shown)
            for fired in decision.fired
            if has_direction or fired.rule.raises not in questionnaire.rank
        ),
        points=points,
        contradictions=tuple(contradictions_in(decision)),
        changes=find_changes(decision) if has_direction else (),
        search_completed=search_completed(decision),
        undecided_questions=decision.undecided_questions,
        most_helpful=tuple(_most_helpful(decision, replies)) if has_direction else (),
        cautions=tuple(_cautions(decision, replies)) if has_direction else (),
        practical=tuple(_practical(program, decision, replies) for program in questionnaire.programs)
        if has_direction
        else (),
        wishes_given=tuple(_wishes(replies)),
        barriers=tuple(_barriers(replies, points)),
        hotlines=tuple(sorted(questionnaire.contacts, key=lambda contact: groups.index(contact.group))),
        sources=_sources(decision, points, has_direction=has_direction),
    )


def _replies(decision: Decision) -> Iterator[Reply]:
    sections = {section.id: section for section in decision.questionnaire.sections}
    for question in decision.reached.asked:
        answer = decision.sheet.answers.get(question.id)
        if answer is None:
            continue
        chosen = answer.options if isinstance(answer, Chosen) else ()
        yield Reply(
            question=question,
            section=sections[question.section],
            ask=question.ask,
            answer=answer,
            labels=tuple(question.options_by_id[option].label for option in chosen),
        )


def _reason(fired: FiredRule, decision: Decision, replies: tuple[Reply, ...], *, shown: bool) -> Reason:
    questionnaire = decision.questionnaire
    raised: dict[str, Direction | Alert] = {
        **{alert.id: alert for alert in questionnaire.alerts},
        **{direction.id: direction for direction in questionnaire.directions},
    }
    return Reason(
        rule=fired.rule,
        raises=raised[fired.rule.raises],
        replies=tuple(
            _only_these_options(reply, fired.by)
            for reply in replies
            if reply.question.id in {name for name, _ in fired.by}
        ),
        shown=shown,
    )


def _only_these_options(reply: Reply, options: OptionSet) -> Reply:
    """Return a multiple-choice reply with only the chosen options that are among these."""
    if not reply.question.takes_several:
        return reply
    return reply._replace(labels=tuple(option.label for option in reply.question.options_in(options)))


def _most_helpful(decision: Decision, replies: Iterable[Reply]) -> Iterator[Reply]:
    skipped = {reply.question.id: reply for reply in replies}
    return (skipped[name] for name in most_helpful(decision))


def _cautions(decision: Decision, replies: tuple[Reply, ...]) -> Iterator[Caution]:
    for alert, met in pointed_to(decision):
        names = {name for name, _ in met}
        known = (reply for reply in replies if reply.question.id in names)
        yield Caution(alert, tuple(_only_these_options(reply, met) for reply in known))


def _additions(decision: Decision) -> tuple[Addition, ...]:
    """Return the additions of the direction that any fired rule calls for, even a rule for a lower direction."""
    called_for = {name for fired in decision.fired for name in fired.rule.adds}
    return tuple(addition for addition in decision.lowest.additions if addition.id in called_for)


def _sources(decision: Decision, points: Iterable[ChosenPoint], *, has_direction: bool) -> tuple[Source, ...]:
    """Return the sources of the fired rules, the raised alerts, the shown points and the programs."""
    rank = decision.questionnaire.rank
    rules = (each.rule for each in decision.fired if has_direction or each.rule.raises not in rank)
    fired = (name for rule in rules for name in rule.sources)
    alerts = (name for alert in decision.alerts for name in alert.sources)
    shown = (name for each in points if each.shown for name in each.point.sources)
    programs = (name for each in decision.questionnaire.programs if has_direction for name in each.sources)
    cited = {*fired, *alerts, *shown, *programs}
    return tuple(source for source in decision.questionnaire.sources if source.id in cited)


def contradictions_in(decision: Decision) -> Iterator[FoundContradiction]:
    """Yield the pairs of answers that don't agree, in questionnaire order.

    Both questions must be asked and have a chosen answer: a skipped or missing answer contradicts nothing.
    """
    certain, possible = decision.reached.certain, decision.reached.possible
    chosen = {reply.question.id: reply for reply in _replies(decision) if isinstance(reply.answer, Chosen)}
    for contradiction in decision.questionnaire.contradictions:
        earlier, later = map(chosen.get, contradiction.questions)
        if earlier and later and evaluate(contradiction.when, certain, possible) is True:
            yield FoundContradiction(contradiction, contradiction.ask, (earlier, later))


def _practical(program: Program, decision: Decision, replies: tuple[Reply, ...]) -> Practical:
    def eases(question: Question, options: tuple[str, ...]) -> bool:
        return any(question.options_by_id[option].eases == program.id for option in options)

    asked = [question for question in decision.reached.asked if not question.need and not question.private]
    return Practical(
        program=program,
        replies=tuple(
            reply
            for reply in replies
            if not reply.question.need
            and not reply.question.private
            and isinstance(reply.answer, Chosen)
            and eases(reply.question, reply.answer.options)
        ),
        of=sum(eases(question, tuple(question.options_by_id)) for question in asked),
    )


def _wishes(replies: Iterable[Reply]) -> Iterator[Reply]:
    return (reply for reply in replies if reply.section.wishes and reply.labels and not reply.question.private)


def _barriers(replies: Iterable[Reply], points: Iterable[ChosenPoint]) -> Iterator[Reply]:
    """Yield practical answers named by "plan for" points, except multiple-choice answers that ease a program."""
    conditions = (each.point.when for each in points if each.point.list is PointList.PLAN_FOR)
    named = frozenset[str]().union(*(questions_in(condition) for condition in conditions if condition))
    for reply in replies:
        question = reply.question
        if question.need or reply.section.wishes or question.id not in named or not isinstance(reply.answer, Chosen):
            continue
        eases = any(question.options_by_id[option].eases for option in reply.answer.options)
        if not question.takes_several or not eases:
            yield reply
