"""Build small questionnaires in code: a few questions and rules."""

from collections.abc import Mapping, Sequence

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import Alert, AlertLevel, Direction, Rule
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.domain.question import AreaLevel, Option, Question, Section
from iop_fit.domain.questionnaire import Questionnaire

__all__ = ["SKIPPED", "alert", "number", "ranked", "rule", "section", "several", "sheet", "small"]

SKIPPED = Skipped(SkipReason.DONT_KNOW)
WORDS = "Words."
Asked = Mapping[str, str]
"""By question, the minimum option; for multiple-choice questions, the option."""


def ranked(name: str, *options: str, need: bool = True, private: bool = False, changeable: bool = True) -> Question:
    """Return a ranked question; options are from least to most concern and score 0, 1, 2 and so on."""
    scored = tuple(Option(option, option, score) for score, option in enumerate(options))
    return OrdinalQuestion(
        id=name,
        section="days",
        need=need,
        ask=WORDS,
        why=WORDS,
        options=scored,
        private=private,
        changeable=changeable,
    )


def number(name: str, up_to: float = 100, unit: str = "", **starts: float) -> NumberQuestion:
    """Return a number question; bands are given with their lowest numbers, from least to most concern."""
    bands = tuple(Option(band, band, score, start=start) for score, (band, start) in enumerate(starts.items()))
    return NumberQuestion(
        id=name,
        section="days",
        need=True,
        ask=WORDS,
        why=WORDS,
        options=bands,
        up_to=up_to,
        unit=unit,
        changeable=True,
    )


def several(name: str, **options: int) -> Question:
    """Return a multiple-choice question; options are given with their scores."""
    scored = tuple(Option(option, option, score) for option, score in options.items())
    return MultipleQuestion(id=name, section="days", need=True, ask=WORDS, why=WORDS, options=scored, changeable=True)


def section(name: str, *questions: Question, some: int | None = None, a_lot: int | None = None) -> Section:
    """Return a section with the minimum scores of its levels."""
    levels = {AreaLevel.SOME: some, AreaLevel.A_LOT: a_lot}
    return Section(name, name, questions, tuple((level, begins) for level, begins in levels.items() if begins))


def alert(
    name: str, level: AlertLevel = AlertLevel.CRISIS, *, card: str = "", withholds: bool = False, private: bool = False
) -> Alert:
    return Alert(name, level, name, WORDS, "Call.", card or name, withholds=withholds, private=private)


def rule(raises: str, *alternatives: Asked) -> tuple[str, Sequence[Asked]]:
    """Return a rule that fires if one of the alternatives is reached."""
    return raises, alternatives


def small(
    *sections: Section | Question, rules: Mapping[str, tuple[str, Sequence[Asked]]], alerts: Sequence[Alert] = ()
) -> Questionnaire:
    """Return a questionnaire with the directions "less", "more", "most" and "all"."""
    all_sections = tuple(each if isinstance(each, Section) else section(each.id, each) for each in sections)
    questions = {question.id: question for part in all_sections for question in part.questions}

    def need(asked: Asked) -> OptionSet:
        return frozenset().union(*(questions[name].reach[option] for name, option in asked.items()))

    return Questionnaire(
        id="small",
        title="Small",
        version="1",
        language="en",
        audience="Adults",
        notice="Not a diagnosis.",
        minutes=1,
        digest="sha256:",
        sections=all_sections,
        alerts=tuple(alerts),
        directions=tuple(Direction(name, name, "", "", "", ()) for name in ("less", "more", "most", "all")),
        rules=tuple(
            Rule(name, raises, "Because.", frozenset(map(need, alternatives)), frozenset(map(need, alternatives)))
            for name, (raises, alternatives) in rules.items()
        ),
        programs=(),
        points=(),
        contradictions=(),
        contacts=(),
        sources=(),
    )


def sheet(answers: Mapping[str, str | Sequence[str] | Answer]) -> AnswerSheet:
    """Return a sheet; answers are given as an option id, a sequence of option ids, or an answer."""

    def answer(given: str | Sequence[str] | Answer) -> Answer:
        if isinstance(given, str):
            return Chosen((given,))
        return Chosen(tuple(given)) if isinstance(given, Sequence) else given

    return AnswerSheet({name: answer(given) for name, given in answers.items()})
