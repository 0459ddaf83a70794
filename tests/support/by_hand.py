"""Small questionnaires made by hand, without a file: a few questions and rules, to see one thing at a time."""

from collections.abc import Mapping, Sequence

from iop_fit.domain.answer_sheet import AnswerSheet
from iop_fit.domain.answers import Answer, Chosen, Skipped, SkipReason
from iop_fit.domain.condition import OptionSet
from iop_fit.domain.guidance import Alert, AlertLevel, Direction, Rule
from iop_fit.domain.kinds.multiple import MultipleQuestion
from iop_fit.domain.kinds.ordinal import OrdinalQuestion
from iop_fit.domain.question import AreaLevel, Option, Question, Section
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Wording

__all__ = ["SKIPPED", "alert", "ranked", "rule", "section", "several", "sheet", "small"]

SKIPPED = Skipped(SkipReason.DONT_KNOW)
WORDS = Wording("Words.", "Words.")
Asked = Mapping[str, str]
"""By question, the least option that is asked for; of several-choice questions, the option."""


def ranked(name: str, *options: str, need: bool = True, private: bool = False, changeable: bool = True) -> Question:
    """Options from least to most concern, that score 0, 1, 2 and so on."""
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


def several(name: str, **options: int) -> Question:
    """Options with their scores."""
    scored = tuple(Option(option, option, score) for option, score in options.items())
    return MultipleQuestion(id=name, section="days", need=True, ask=WORDS, why=WORDS, options=scored, changeable=True)


def section(name: str, *questions: Question, some: int | None = None, a_lot: int | None = None) -> Section:
    """A section, with the scores at which its levels begin."""
    levels = {AreaLevel.SOME: some, AreaLevel.A_LOT: a_lot}
    return Section(name, name, questions, tuple((level, begins) for level, begins in levels.items() if begins))


def alert(name: str, level: AlertLevel = AlertLevel.CRISIS, *, withholds: bool = False, private: bool = False) -> Alert:
    return Alert(name, level, name, WORDS, "Call.", withholds=withholds, private=private)


def rule(raises: str, *ways: Asked) -> tuple[str, Sequence[Asked]]:
    """A rule that fires when all that one of the ways asks for is reached."""
    return raises, ways


def small(
    *sections: Section | Question, rules: Mapping[str, tuple[str, Sequence[Asked]]], alerts: Sequence[Alert] = ()
) -> Questionnaire:
    """A questionnaire with the directions "less", "more", "most" and "all"."""
    whole = tuple(each if isinstance(each, Section) else section(each.id, each) for each in sections)
    questions = {question.id: question for part in whole for question in part.questions}

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
        sections=whole,
        alerts=tuple(alerts),
        directions=tuple(Direction(name, name, "", "", "", ()) for name in ("less", "more", "most", "all")),
        rules=tuple(
            Rule(name, raises, "Because.", frozenset(map(need, ways)), frozenset(map(need, ways)))
            for name, (raises, ways) in rules.items()
        ),
        programs=(),
        points=(),
        contacts=(),
        sources=(),
    )


def sheet(answers: Mapping[str, str | Sequence[str] | Answer]) -> AnswerSheet:
    """Answers as the id of an option, the ids of several, or an answer itself."""

    def answer(given: str | Sequence[str] | Answer) -> Answer:
        if isinstance(given, str):
            return Chosen((given,))
        return Chosen(tuple(given)) if isinstance(given, Sequence) else given

    return AnswerSheet({name: answer(given) for name, given in answers.items()})
