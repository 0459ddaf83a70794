"""Sections, questions and their options."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, NamedTuple

from iop_fit.domain.answers import NONE_OF_THESE, Answer, Chosen, Misfit, Skipped, SkipReason, Written, plain_number
from iop_fit.domain.condition import OptionSet
from iop_fit.text import named_by_id, sanitize

__all__ = ["AREAS", "AreaLevel", "LeadIn", "Option", "Question", "Section", "level_reach", "with_lead_ins"]


AREAS = "areas:"
"""Prefix of a section's id where its level is represented as reached options."""


class AreaLevel(StrEnum):
    """Level of concern of a section; explains the result but decides nothing."""

    LITTLE = "little"
    SOME = "some"
    A_LOT = "a lot"


@named_by_id
class Option(NamedTuple):
    """An option of a question."""

    id: str
    label: str
    score: int = 0
    """Concern, 0 or more; never decreases along a ranked question."""
    eases: str = ""
    """Id of the program that this answer makes easier to keep up; practical questions only."""
    start: float | None = None
    """Lowest number of the band; number questions only."""
    touches: tuple[str, ...] = ()
    """Rows of the described options of care that matter to whoever chose it; practical questions only."""
    brief: str = ""
    """The answer in a few words that fit any reader, such as `no insurance`; may be empty."""
    clause: str = ""
    """The answer as a clause that can follow "if", such as `it's hard for you to hold off`; may be empty."""


class LeadIn(NamedTuple):
    """A text that introduces several questions in a row."""

    id: str
    text: str


@named_by_id
@dataclass(frozen=True, kw_only=True)
class Question(ABC):
    """A question.

    Each kind of question is a subclass in `domain.kinds` with all the behavior of that kind.
    """

    id: str
    section: str
    need: bool
    """Whether rules may use it; practical questions only choose discussion points."""
    ask: str
    why: str
    options: tuple[Option, ...] = ()
    option_list: str = ""
    """Id of the list that its options come from; empty if they are its own."""
    lead_in: LeadIn | None = None
    """What introduces it and the questions around it that have the same lead-in."""
    paper_only: bool = False
    """Whether its answer is only printed, so that nothing names it."""
    asked_if: tuple[OptionSet, ...] = ()
    """Alternatives, one of which must be reached for the question to be asked; empty if always asked."""
    changeable: bool = False
    """Whether the person could change this answer within weeks."""
    goal: str = ""
    """Id of the option below which less concern is no sensible goal; ranked questions only; empty for none."""
    private: bool = False
    """Whether the answer is left out of files unless the person opts in."""
    dimension: int = 6
    """Dimension of the ASAM Criteria, 4th edition, 1 to 6; not a rating."""
    topic: str = ""
    """Short name for lists that a provider reads; may be empty."""
    glance: str = ""
    """The line of the provider's short overview that gives this answer, such as `Withdrawal`; empty for none."""
    sources: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    """Ids of the questions of older editions that this one replaces."""

    def __init_subclass__(cls) -> None:
        """Keep the short `repr`: `dataclass` writes one with all fields only where there is none."""
        named_by_id(cls)

    # Set by each kind

    kind: ClassVar[str]
    """Name of the kind in YAML."""
    answered_with: ClassVar[str]
    """Short description of how it is answered."""
    minimum_options: ClassVar[int] = 2
    """Minimum number of options; 0 means it takes none."""
    test: ClassVar[str] = "any of"
    """Key of the option test in conditions; empty if conditions can't use it."""
    may_raise: ClassVar[bool] = False
    """Whether rules may use it if it is a need question."""
    optional: ClassVar[bool] = False
    """Whether an answer sheet is complete without an answer or a skip; it is asked only for a page that prints it."""
    takes_several: ClassVar[bool] = False
    """Whether any number of options can be chosen, including none."""
    own_keys: ClassVar[tuple[str, ...]] = ()
    """YAML keys that not every kind takes; each is a field of the kind, with `_` for a space."""
    options_are_bands: ClassVar[bool] = False
    """Whether each option is a band of numbers, with a `start`."""
    fhir_type: ClassVar[str] = "choice"
    fhir_value: ClassVar[str] = "valueString"
    """The FHIR key of an answer that is a text, such as `valueDate`."""
    fhir_control: ClassVar[str] = "radio-button"
    """FHIR item control; keeps all options visible."""

    @classmethod
    def default_score(cls, place: int) -> int:
        """Return the score of the option at this index if the YAML sets none."""
        del place
        return 0

    @classmethod
    def scores_fit(cls, scores: list[int]) -> bool:
        """Whether these scores, in option order, are valid."""
        del scores
        return True

    # Answers

    def choose(self, options: tuple[str, ...]) -> Chosen:
        """Return the answer that chooses these options."""
        return Chosen(options)

    @abstractmethod
    def misfits(self, answer: Chosen | Written) -> Iterator[Misfit]:
        """Yield the ways in which an answer doesn't fit the question."""

    @abstractmethod
    def answer_from(self, text: str) -> Answer:
        """Return the answer for a single value of an answers file."""

    @property
    @abstractmethod
    def how_to_write(self) -> str:
        """Hint on valid values in an answers file, as a sentence."""

    @property
    def if_not_applicable(self) -> str:
        """Hint on what to write in an answers file if the question doesn't apply, as a sentence."""
        return f"Write {{skipped: {SkipReason.DONT_KNOW}}} instead."

    @abstractmethod
    def parse(self, typed: str) -> Answer | None:
        """Return the answer for a typed line; None if it is not an answer."""

    @property
    @abstractmethod
    def what_to_type(self) -> str:
        """Hint to show after an invalid line, as a sentence."""

    @property
    def instructions(self) -> tuple[tuple[str, str], ...]:
        """Lines below the options on the screen, as pairs of key (may be empty) and text."""
        return ()

    def value_of(self, answer: Answer) -> object:
        """Return an answer as a plain value, as in answers files, drafts and results."""
        match answer:
            case Chosen(_, float() | int() as number):
                return plain_number(number)
            case Chosen(options):
                return list(options) if self.takes_several else options[0]
            case Written(text):
                return text
            case Skipped(reason):
                return {"skipped": reason.value}

    def words_for(self, answer: Answer) -> str:
        """Return an answer in plain words, safe to display."""
        match answer:
            case Chosen(options):
                return "; ".join(self.options_by_id[option].label for option in options) or NONE_OF_THESE
            case Written(text):
                return sanitize(text)
            case Skipped(reason):
                return reason.words

    def brief_for(self, answer: Answer) -> str:
        """Return an answer in a few words that fit any reader, of most concern first; empty if an option has none."""
        chosen = [self.options_by_id[option] for option in answer.options] if isinstance(answer, Chosen) else []
        briefs = [option.brief for option in sorted(chosen, key=lambda option: option.score, reverse=True)]
        return "; ".join(briefs) if all(briefs) else ""

    def concern(self, answer: Answer) -> int:
        """Return the score of an answer; 0 if it was skipped."""
        chosen = answer.options if isinstance(answer, Chosen) else ()
        return max((self.options_by_id[option].score for option in chosen), default=0)

    @abstractmethod
    def least_answer(self, need: OptionSet) -> Answer:
        """Return the answer of least concern that reaches this question's options in a need."""

    def other_answers(self, chosen: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield the other answers with their distance in options; negative means less concern."""
        del chosen
        yield from ()

    # Options

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options to choose from, in the order in which they are listed; empty if the answer is typed."""
        return self.options

    @property
    def number_range(self) -> tuple[float, float] | None:
        """The smallest and the largest number that is accepted; None if the question takes no number."""
        return None

    @property
    def number_unit(self) -> str:
        """What the number counts; may be empty."""
        return ""

    def unit_of(self, answer: Answer) -> str:
        """Return what follows the number of an answer; may be empty."""
        del answer
        return self.number_unit

    @cached_property
    def options_by_id(self) -> dict[str, Option]:
        """Options by id."""
        return {option.id: option for option in self.options}

    @cached_property
    def reach(self) -> dict[str, OptionSet]:
        """The options that each option reaches, by id."""
        return {option.id: frozenset({(self.id, option.id)}) for option in self.options}

    @cached_property
    def all_options(self) -> OptionSet:
        """All options that an answer can reach."""
        return frozenset().union(*self.reach.values())

    @property
    def max_score(self) -> int:
        """Highest score of an answer."""
        return max((option.score for option in self.options), default=0)

    def options_in(self, need: OptionSet) -> tuple[Option, ...]:
        """Return the options that a need names, in the order of the question."""
        return tuple(option for option in self.options if (self.id, option.id) in need)

    def thresholds_in(self, need: OptionSet) -> tuple[Option, ...]:
        """Return the options that a need uses as thresholds."""
        return self.options_in(need)

    def unused_options(self, named: set[str], *, scored: bool) -> list[Option]:
        """Return the redundant options; `named` holds the ids that conditions use as thresholds."""
        unused = [
            option
            for option in self.options
            if option.id not in named and not option.eases and not (scored and option.score)
        ]
        return unused if len(unused) > 1 else []  # a single one is the catch-all


@named_by_id
class Section(NamedTuple):
    """A group of questions about one area of life."""

    id: str
    title: str
    questions: tuple[Question, ...]
    levels: tuple[tuple[AreaLevel, int], ...] = ()
    """Levels above `little` with their minimum scores, ascending; empty if the section has no levels."""
    wishes: bool = False
    """Whether its questions ask what the person wants."""

    @property
    def max_score(self) -> int:
        """Highest score of the section; private and practical questions don't count."""
        return sum(question.max_score for question in self.questions if question.need and not question.private)

    def level_at(self, score: int) -> AreaLevel:
        """Return the level for a score."""
        reached = [level for level, begins in self.levels if score >= begins]
        return reached[-1] if reached else AreaLevel.LITTLE


def with_lead_ins(questions: Iterable[Question]) -> Iterator[tuple[LeadIn | None, Question]]:
    """Yield each question with the lead-in to show before it; None if the question before it has the same one."""
    before = None
    for question in questions:
        yield question.lead_in if question.lead_in != before else None, question
        before = question.lead_in


def level_reach(section: str, level: AreaLevel) -> OptionSet:
    """Return a section's level as reached options, so that conditions can test it like an answer."""
    levels = list(AreaLevel)
    return frozenset((f"{AREAS}{section}", lower) for lower in levels[1 : levels.index(level) + 1])
