"""Build alerts, directions, rules, points, programs, contacts and sources from records."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from iop_fit.domain.condition import OptionSet
from iop_fit.domain.expansion import TooLargeConditionError, TooManyNeedsError, to_option_sets, with_gate_options
from iop_fit.domain.guidance import (
    Addition,
    Alert,
    AlertLevel,
    Contact,
    Direction,
    Point,
    PointList,
    Program,
    Rule,
    Source,
    Strength,
)
from iop_fit.files.parsing.nodes import ScalarNode
from iop_fit.limits import MAX_NEEDS
from iop_fit.loading.condition_reader import ConditionContext, ConditionReader
from iop_fit.loading.contacts.reader import contact_of
from iop_fit.loading.fields import second_wording
from iop_fit.loading.question_reader import QuestionReader
from iop_fit.loading.records import Problems, Record, unique
from iop_fit.loading.wordings import wording, wordings
from iop_fit.problem_codes import Code
from iop_fit.text import did_you_mean, quote

__all__ = ["GuidanceReader"]

SHORTER = "Shorten its lists: at least 6 of 11 makes 462 combinations, at least 8 of 16 makes 12,870."


class _Needs(NamedTuple):
    gated_needs: frozenset[OptionSet] = frozenset()
    needs: frozenset[OptionSet] = frozenset()


class GuidanceReader:
    """Builds everything but the sections, and reports every problem in it."""

    def __init__(
        self, parts: Sequence[Record], sections: Sequence[Record], questions: QuestionReader, problems: Problems
    ) -> None:
        self.problems = problems
        self.questions = questions
        areas = [section.id for section in questions.sections if section.levels]
        self._gates = {question.id: question.asked_if for question in questions.known.values()}
        self._total_needs = 0
        self.conditions: ConditionReader = ConditionReader(questions.known, areas, problems)
        # Collect every id first, so that a record can refer to a later one.
        alerts = self._records(parts, "alerts")
        directions = self._records(parts, "directions")
        rules = self._records(parts, "rules")
        contacts, sources, programs = (self._records(parts, key) for key in ("contacts", "sources", "programs"))
        points = unique([point for part in (*sections, *parts) for point in part.records("points")], problems)
        self.contacts: tuple[Contact, ...] = tuple(map(contact_of, contacts))
        self.sources: tuple[Source, ...] = tuple(map(_source, sources))
        self.programs: tuple[Program, ...] = tuple(map(_program, programs))
        self.alerts: tuple[Alert, ...] = tuple(self._alert(record) for record in alerts)
        self._check_cards(alerts)
        self.directions: tuple[Direction, ...] = tuple(self._direction(record) for record in directions)
        self._check_directions(parts, directions)
        self._check_programs(programs)
        self.rules: tuple[Rule, ...] = tuple(self._rules(rules, parts))
        self.points: tuple[Point, ...] = tuple(self._point(record) for record in points)
        asked = [record for section in sections for record in section.records("questions")]
        for record in (*asked, *alerts, *rules, *programs, *points):
            self._check_references(record, "sources", [source.id for source in self.sources], "source")
        for node in questions.options.programs_named:
            self._check_reference(node, [program.id for program in self.programs], "program")

    def _records(self, parts: Sequence[Record], key: str) -> tuple[Record, ...]:
        return unique([record for part in parts for record in part.records(key)], self.problems)

    def _check_references(self, record: Record, key: str, known: Collection[str], noun: str) -> None:
        for name in record.scalars(key):
            self._check_reference(name, known, noun)

    def _check_reference(self, name: ScalarNode, known: Collection[str], noun: str) -> None:
        if name.text not in known:
            self.problems.unknown(name, list(known), noun)

    def _alert(self, record: Record) -> Alert:
        self._check_references(record, "contacts", [contact.id for contact in self.contacts], "contact")
        self._check_references(record, "enough", list(self.questions.known), "question")
        if record.flag("private") and record.flag("withholds"):
            message = "A private alert can't withhold the direction, because a result without one would reveal it."
            self.problems.note(Code.PRIVATE_MIXED, record.place_of("withholds"), message, "Remove `withholds`.")
        level = AlertLevel(record.text("level", AlertLevel.ALWAYS))
        self.conditions.levels[level].append(record.id)
        self.conditions.alerts[record.id] = []
        return Alert(
            id=record.id,
            level=level,
            title=wording(record, "title"),
            text=wording(record, "text"),
            could_not_tell=wording(record, "could not tell"),
            card=record.text("card") or record.id,
            contacts=record.texts("contacts"),
            withholds=record.flag("withholds"),
            enough=record.texts("enough") if "enough" in record.values else None,
            private=record.flag("private"),
            sources=record.texts("sources"),
        )

    def _check_cards(self, records: Sequence[Record]) -> None:
        private = {(alert.card, alert.private) for alert in self.alerts}
        mixed = {card for card, is_private in private if is_private and (card, False) in private}
        for record in records:
            if record.text("card") in mixed:
                message = f"The card {quote(record.text('card'))} has both private and public alerts."
                hint = "Use different cards: a file without private answers must show the same public cards."
                self.problems.note(Code.PRIVATE_MIXED, record.place_of("card"), message, hint)

    def _direction(self, record: Record) -> Direction:
        return Direction(
            id=record.id,
            title=wording(record, "title"),
            sentence=wording(record, "sentence"),
            does_not_mean=wording(record, "does not mean"),
            short=record.text("short"),
            afterwards=wording(record, "afterwards"),
            next=wordings(record, "next", self.problems),
            additions=tuple(
                Addition(id=each.id, text=wording(each, "text"))
                for each in unique(record.records("additions"), self.problems)
            ),
        )

    def _check_directions(self, parts: Sequence[Record], directions: Sequence[Record]) -> None:
        if len(directions) < 2:
            message = f"A questionnaire needs at least two directions, but this one has {len(directions)}."
            self.problems.note(Code.TOO_FEW_DIRECTIONS, parts[0].place, message, "Add them under `directions:`.")
        for record in directions:
            if record.id in {alert.id for alert in self.alerts}:
                message = f"An alert and a direction have the same id {quote(record.id)}."
                self.problems.note(Code.ID_TWICE, record.place, message, "Give one of the two another id.")

    def _check_programs(self, programs: Sequence[Record]) -> None:
        if len(programs) not in (0, 2):
            message = f"A questionnaire compares two programs or none, not {len(programs)}."
            hint = "Define two programs, or remove them all."
            self.problems.note(Code.NUMBER_OF_PROGRAMS, programs[-1].place, message, hint)

    def _rules(self, records: Sequence[Record], parts: Sequence[Record]) -> Iterator[Rule]:
        """Read the rules of alerts first, because other rules may name alerts; yield all in file order."""
        alerts = {alert.id: alert for alert in self.alerts}
        signs = unique([sign for part in parts for sign in part.records("signs")], self.problems)
        self.conditions.all_signs = tuple(sign.id for sign in signs)
        for sign in signs:
            condition = (
                self.conditions.read_whole(sign.nodes["when"], ConditionContext.ALERT_RULE)
                if "when" in sign.values
                else None
            )
            self.conditions.signs[sign.id] = condition
        of_alerts = [record for record in records if record.text("raises") in alerts]
        others = [record for record in records if record.text("raises") not in alerts]
        needs = {record.id: self._needs(record, alerts.get(record.text("raises"))) for record in of_alerts}
        needs |= {record.id: self._needs(record, None) for record in others}
        known = {record.id for record in records}
        for record in records:
            self._check_raises(record, alerts)
            self._check_references(record, "rewords", known, "rule")
            yield Rule(
                id=record.id,
                raises=record.text("raises"),
                because=wording(record, "because"),
                gated_needs=needs[record.id].gated_needs,
                needs=needs[record.id].needs,
                adds=record.texts("adds"),
                rewords=record.texts("rewords"),
                sources=record.texts("sources"),
            )

    def _needs(self, record: Record, alert: Alert | None) -> _Needs:
        context = ConditionContext.RULE
        if alert:
            context = ConditionContext.PRIVATE_RULE if alert.private else ConditionContext.ALERT_RULE
        condition = self.conditions.read_whole(record.nodes["when"], context) if "when" in record.values else None
        if condition is None:
            self.conditions.unread_alerts |= {alert.id} if alert else set()
            return _Needs()
        if alert and not alert.private:
            self.conditions.alerts[alert.id].append(condition)
        try:
            written_needs = to_option_sets(condition, self.conditions.budget)
            needs = _Needs(with_gate_options(written_needs, self._gates, self.conditions.budget), written_needs)
        except TooLargeConditionError:
            self.conditions.note_too_large(record.place_of("when"))
            return _Needs()
        except TooManyNeedsError:
            message = f"More than {MAX_NEEDS:,} combinations of answers fire this rule."
            self.problems.note(Code.TOO_MANY_NEEDS, record.place_of("when"), message, SHORTER)
            return _Needs()
        self._total_needs += len(needs.needs)
        if self._total_needs > MAX_NEEDS:
            message = f"With this rule, more than {MAX_NEEDS:,} combinations of answers fire some rule."
            self.problems.note(Code.TOO_MANY_NEEDS, record.place_of("when"), message, SHORTER)
        return needs

    def _check_raises(self, record: Record, alerts: dict[str, Alert]) -> None:
        directions = {direction.id: direction for direction in self.directions}
        raises = record.text("raises")
        if raises and raises not in alerts and raises not in directions:
            message = f"There is no direction or alert {quote(raises)}."
            hint = did_you_mean(raises, [*directions, *alerts])
            self.problems.note(Code.UNKNOWN_REFERENCE, record.place_of("raises"), message, hint)
        elif self.directions and raises == self.directions[0].id:
            message = f"{quote(raises)} is the lowest direction, which needs no rule."
            self.problems.note(Code.RAISES_THE_LEAST, record.place_of("raises"), message, "Raise a higher direction.")
        additions = directions[raises].additions if raises in directions else ()
        for name in record.scalars("adds"):
            known = [addition.id for addition in additions]
            if name.text not in known:
                message = f"{quote(raises)} has no addition {quote(name.text)}."
                self.problems.note(Code.UNKNOWN_REFERENCE, name.place, message, did_you_mean(name.text, known))

    def _point(self, record: Record) -> Point:
        programs = [program.id for program in self.programs]
        self._check_references(record, "for", programs, "program")
        kind = PointList(record.text("list", PointList.FITS))
        for key in ("why", "listen for"):
            if "list" in record.values and kind is PointList.ASK and key not in record.nodes:
                message = f"A point with `list: ask` needs {quote(key)}."
                self.problems.note(Code.ASK_KEYS, record.place, message, "Add it, or change `list`.")
            for name in (key, second_wording(key)):
                if "list" in record.values and kind is not PointList.ASK and name in record.nodes:
                    message = f"Only a point with `list: ask` can have {quote(name)}."
                    self.problems.note(Code.ASK_KEYS, record.place_of(name), message, "Remove it, or set `list: ask`.")
        return Point(
            id=record.id,
            programs=tuple(each for each in programs if each in record.texts("for")) or tuple(programs),
            list=kind,
            text=wording(record, "text"),
            when=self.conditions.read_whole(record.nodes["when"], ConditionContext.POINT)
            if "when" in record.values
            else None,
            why=wording(record, "why"),
            listen_for=wording(record, "listen for"),
            sources=record.texts("sources"),
        )


def _program(record: Record) -> Program:
    return Program(
        id=record.id,
        name=record.text("name"),
        short=record.text("short"),
        text=wording(record, "text"),
        sources=record.texts("sources"),
    )


def _source(record: Record) -> Source:
    strength = record.text("strength")
    return Source(
        id=record.id,
        cite=record.text("cite"),
        link=record.text("link"),
        year=record.whole("year") if "year" in record.values else None,
        shows=record.text("shows"),
        strength=Strength(strength) if strength else None,
    )
