"""Questionnaires with the same ids that say something else."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from hypothesis import strategies as st

from iop_fit.domain.kinds.number import NumberQuestion
from iop_fit.domain.question import Question
from iop_fit.domain.questionnaire import Questionnaire
from iop_fit.domain.wording import Wording

LATER = "sha256:" + "1" * 64
NEW = "(new)"
"""Ends every new text of a later questionnaire that a person would read as another question or option."""


class Rewording(Enum):
    """How a later questionnaire changes one question."""

    NONE = "none"
    SPACES = "spaces"
    WHY = "why"
    ASK = "ask"
    LEAD_IN = "lead-in"
    OPTION = "option"
    UNIT = "unit"


HARMLESS = {Rewording.NONE, Rewording.SPACES, Rewording.WHY}
"""The changes after which a person reads the same question."""


def reworded(question: Question, how: Rewording, option: int = 0) -> Question:
    """Return a question with one text changed; `option` is the index of the option that changes."""
    match how:
        case Rewording.SPACES:
            return replace(question, ask=_edited(question.ask, lambda text: f" {text.replace(' ', '  ')}\n"))
        case Rewording.WHY:
            return replace(question, why=f"{question.why} (explained anew)")
        case Rewording.ASK:
            return replace(question, ask=_edited(question.ask, lambda text: f"{text} {NEW}"))
        case Rewording.LEAD_IN:
            assert question.lead_in
            text = _edited(question.lead_in.text, lambda text: f"{text} {NEW}")
            return replace(question, lead_in=question.lead_in._replace(text=text))
        case Rewording.OPTION:
            options = list(question.options)
            options[option] = options[option]._replace(label=f"{options[option].label} {NEW}")
            return replace(question, options=tuple(options))
        case Rewording.UNIT:
            assert isinstance(question, NumberQuestion)
            return replace(question, unit=f"{question.unit} {NEW}", unit_for_one=f"{question.unit_for_one} {NEW}")
        case Rewording.NONE:
            return question


def _edited(text: str, edit: Callable[[str], str]) -> str:
    return Wording(edit(text.me), edit(text.someone)) if isinstance(text, Wording) else edit(text)


def ways_of(question: Question) -> list[Rewording]:
    """Return the ways in which a question can be changed."""
    given = [Rewording.UNIT] if isinstance(question, NumberQuestion) else []
    introduced = [Rewording.LEAD_IN] if question.lead_in else []
    return [*HARMLESS, Rewording.ASK, *introduced, *([Rewording.OPTION] if question.offered else given)]


def named_by_their_words(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire whose results name each question and answer by its own words, without short forms."""

    def plain(question: Question) -> Question:
        options = tuple(option._replace(brief="", clause="") for option in question.options)
        return replace(question, topic="", glance="", options=options)

    return with_questions(questionnaire, {name: plain(each) for name, each in questionnaire.questions.items()})


def with_questions(questionnaire: Questionnaire, changed: dict[str, Question], **other: str) -> Questionnaire:
    """Return a questionnaire with some questions replaced by those with the same ids."""
    sections = (
        section._replace(questions=tuple(changed.get(each.id, each) for each in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=tuple(sections), **other)  # type: ignore[arg-type]  # only texts


@st.composite
def later_editions(draw: st.DrawFn, questionnaire: Questionnaire) -> tuple[Questionnaire, frozenset[str]]:
    """Draw a later questionnaire, and the ids of the questions that say something else."""
    hows = {name: draw(st.sampled_from(ways_of(each))) for name, each in questionnaire.questions.items()}
    changed = {
        name: reworded(each, hows[name], draw(st.integers(0, max(0, len(each.options) - 1))))
        for name, each in questionnaire.questions.items()
    }
    others = frozenset(name for name, how in hows.items() if how not in HARMLESS)
    return with_questions(questionnaire, changed, digest=LATER), others
