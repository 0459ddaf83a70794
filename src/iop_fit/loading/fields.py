"""What the table of keys is made of."""

from enum import Enum
from typing import NamedTuple

from iop_fit.domain.guidance import AlertLevel, ContactGroup, PointList
from iop_fit.domain.kinds import KINDS

__all__ = ["QUESTIONNAIRE_FIELDS", "Field", "FieldType", "enum_values"]


class FieldType(Enum):
    """What may stand behind a key."""

    TEXT = "a text"
    ID = "an id: lower-case letters, digits and hyphens, a letter first"
    WORD = "one of the words listed"
    FLAG = "yes or no"
    WHOLE = "a whole number"
    DAY = "a day, as YYYY-MM-DD"
    TEXTS = "a list of texts"
    IDS = "a list of ids, or one id"
    OPTIONS = "a mapping of option ids to labels"
    LEVELS = "a mapping of `some` and `a lot` to whole numbers"
    ANSWERS = "a mapping of question ids to answers"
    CONDITION = "a condition"
    CONDITIONS = "a list of conditions"
    NOUN = "a mapping"
    NOUNS = "a list of mappings"


class Field(NamedTuple):
    """One key of a noun."""

    name: str
    shape: FieldType
    about: str
    required: bool = False
    words: tuple[str, ...] = ()
    """The words that a `WORD` may be."""
    noun: str = ""
    """The noun that the mapping of `NOUN`, or each one of `NOUNS`, is."""


def enum_values(kind: type[Enum]) -> tuple[str, ...]:
    """List the words that an enumeration stands for."""
    return tuple(member.value for member in kind)


SOURCES = Field("sources", FieldType.IDS, "Where it comes from.")

PARTS = (
    Field("sections", FieldType.NOUNS, "The areas of life that are asked about, in order.", noun="section"),
    Field("alerts", FieldType.NOUNS, "Safety messages that no other answer can silence.", noun="alert"),
    Field("signs", FieldType.NOUNS, "Conditions with a name, for rules to share.", noun="sign"),
    Field("directions", FieldType.NOUNS, "Kinds of care, from least to most support.", noun="direction"),
    Field("rules", FieldType.NOUNS, "Reasons to raise a direction or an alert.", noun="rule"),
    Field("programs", FieldType.NOUNS, "The programs that are compared.", noun="program"),
    Field("points", FieldType.NOUNS, "What to talk over with a provider.", noun="point"),
    Field("contacts", FieldType.NOUNS, "Lines and sites to turn to.", noun="contact"),
    Field("sources", FieldType.NOUNS, "Where questions and rules come from.", noun="source"),
    Field(
        "examples", FieldType.NOUNS, "People with what their results must be; only `check` reads them.", noun="example"
    ),
)

QUESTIONNAIRE_FIELDS: dict[str, tuple[Field, ...]] = {
    "head": (
        Field("questionnaire", FieldType.ID, "The questionnaire's own id.", required=True),
        Field("title", FieldType.TEXT, "What it is called.", required=True),
        Field("version", FieldType.TEXT, "Its version.", required=True),
        Field("language", FieldType.TEXT, "The language of its texts, such as `en`.", required=True),
        Field("audience", FieldType.TEXT, "Who it is for.", required=True),
        Field("notice", FieldType.TEXT, "The plain statement of what it is not.", required=True),
        Field("minutes", FieldType.WHOLE, "About how long it takes to answer.", required=True),
        Field("files", FieldType.TEXTS, "The other files of the folder, in order."),
        *PARTS,
    ),
    "part": PARTS,
    "section": (
        Field("section", FieldType.ID, "The section's id.", required=True),
        Field("title", FieldType.TEXT, "Its heading.", required=True),
        Field(
            "kind",
            FieldType.WORD,
            "Whether its questions are about need, practical life, or what the person wants (practical too).",
            required=True,
            words=("need", "practical", "wishes"),
        ),
        Field("levels", FieldType.LEVELS, "The score at which each level begins; it explains only."),
        Field("questions", FieldType.NOUNS, "Its questions, in order.", required=True, noun="question"),
        Field("points", FieldType.NOUNS, "What to talk over because of its answers.", noun="point"),
    ),
    "question": (
        Field("id", FieldType.ID, "The question's id.", required=True),
        Field("kind", FieldType.WORD, "How it is answered; ranked unless said.", words=tuple(KINDS)),
        Field("need", FieldType.FLAG, "Whether rules may name it, where that differs from its section."),
        Field(
            "topic",
            FieldType.TEXT,
            "A few words for it, such as a provider looks for; the question itself, if left out.",
        ),
        Field("ask", FieldType.TEXT, "The question, asked of the person.", required=True),
        Field("ask about someone", FieldType.TEXT, "The question, asked of somebody who answers for the person."),
        Field("why", FieldType.TEXT, "Why it is asked.", required=True),
        Field("why about someone", FieldType.TEXT, "Why it is asked, told to somebody who answers for the person."),
        Field("options", FieldType.OPTIONS, "What may be answered; ranked ones from least to most concern."),
        Field("ask when", FieldType.CONDITIONS, "It is asked when any of these holds; always, if left out."),
        Field("changeable", FieldType.FLAG, "Whether the person could change the answer within weeks."),
        Field("dimension", FieldType.WHOLE, "The provider's dimension, 1 to 6.", required=True),
        Field("private", FieldType.FLAG, "Whether the answer stays out of files unless the person says otherwise."),
        SOURCES,
    ),
    "option": (
        Field("label", FieldType.TEXT, "The answer in words.", required=True),
        Field("score", FieldType.WHOLE, "How much concern it adds to its section."),
        Field("eases", FieldType.ID, "The program that this answer makes easier to keep up."),
    ),
    "alert": (
        Field("id", FieldType.ID, "The alert's id.", required=True),
        Field("level", FieldType.WORD, "How soon it asks for something.", required=True, words=enum_values(AlertLevel)),
        Field("title", FieldType.TEXT, "Its heading.", required=True),
        Field("text", FieldType.TEXT, "What to do, told to the person.", required=True),
        Field("text about someone", FieldType.TEXT, "What to do, told to somebody who answers for the person."),
        Field("could not tell", FieldType.TEXT, "One line for when skipped answers leave it open.", required=True),
        Field("contacts", FieldType.IDS, "Whom to turn to."),
        Field("withholds", FieldType.FLAG, "Whether no direction is printed while it stands."),
        Field("enough", FieldType.IDS, "With `withholds`: the questions that must not stay unasked."),
        Field("private", FieldType.FLAG, "Whether it stays out of files unless the person says otherwise."),
        SOURCES,
    ),
    "sign": (
        Field("id", FieldType.ID, "The sign's id.", required=True),
        Field("when", FieldType.CONDITION, "What it stands for.", required=True),
    ),
    "direction": (
        Field("id", FieldType.ID, "The direction's id.", required=True),
        Field("title", FieldType.TEXT, "A few words for it.", required=True),
        Field("sentence", FieldType.TEXT, "The headline.", required=True),
        Field("does not mean", FieldType.TEXT, "What it does not mean.", required=True),
        Field("afterwards", FieldType.TEXT, "The headline when an alert comes first.", required=True),
        Field("next", FieldType.TEXTS, "What to do next, in order.", required=True),
        Field("additions", FieldType.NOUNS, "What may stand around it.", noun="addition"),
    ),
    "addition": (
        Field("id", FieldType.ID, "The addition's id.", required=True),
        Field("text", FieldType.TEXT, "What it is.", required=True),
    ),
    "rule": (
        Field("id", FieldType.ID, "The rule's id.", required=True),
        Field("raises", FieldType.ID, "The direction or alert that it raises.", required=True),
        Field("when", FieldType.CONDITION, "When it fires.", required=True),
        Field("because", FieldType.TEXT, "The reason, in the person's terms.", required=True),
        Field("adds", FieldType.IDS, "The additions that it calls for."),
        SOURCES,
    ),
    "program": (
        Field("id", FieldType.ID, "The program's id.", required=True),
        Field("name", FieldType.TEXT, "Its full name.", required=True),
        Field("short", FieldType.TEXT, "Its short name.", required=True),
        Field("text", FieldType.TEXT, "What it is.", required=True),
    ),
    "point": (
        Field("id", FieldType.ID, "The point's id.", required=True),
        Field("for", FieldType.IDS, "The programs that it speaks of; all, if left out."),
        Field("list", FieldType.WORD, "Where it stands.", required=True, words=enum_values(PointList)),
        Field("when", FieldType.CONDITION, "When it is shown; always, if left out."),
        Field("text", FieldType.TEXT, "The point itself.", required=True),
        Field("why", FieldType.TEXT, "Why to ask; with `list: ask` only."),
        Field("listen for", FieldType.TEXT, "What a good reply holds; with `list: ask` only."),
        SOURCES,
    ),
    "contact": (
        Field("id", FieldType.ID, "The contact's id.", required=True),
        Field("name", FieldType.TEXT, "Who answers.", required=True),
        Field("use", FieldType.TEXT, "What it is for.", required=True),
        Field(
            "group", FieldType.WORD, "Emergency, crisis or information.", required=True, words=enum_values(ContactGroup)
        ),
        Field("call", FieldType.TEXT, "The number to call."),
        Field("text", FieldType.TEXT, "What to text, and where."),
        Field("web", FieldType.TEXT, "The site."),
        Field("also", FieldType.TEXTS, "Other ways to reach it."),
        Field("hours", FieldType.TEXT, "When it answers."),
        Field("verified on", FieldType.DAY, "The day it was last compared with its provider's own page."),
    ),
    "source": (
        Field("id", FieldType.ID, "The source's id.", required=True),
        Field("cite", FieldType.TEXT, "Who wrote what, and when.", required=True),
        Field("link", FieldType.TEXT, "Where to read it."),
    ),
}
