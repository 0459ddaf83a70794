"""What the table of keys is made of."""

from enum import Enum
from typing import NamedTuple

from iop_fit.domain.guidance import AlertLevel, ContactGroup, PointList
from iop_fit.domain.kinds import KINDS

__all__ = ["QUESTIONNAIRE_KEYS", "Key", "Shape", "words"]


class Shape(Enum):
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


class Key(NamedTuple):
    """One key of a noun."""

    name: str
    shape: Shape
    about: str
    required: bool = False
    words: tuple[str, ...] = ()
    """The words that a `WORD` may be."""
    noun: str = ""
    """The noun that the mapping of `NOUN`, or each one of `NOUNS`, is."""


def words(kind: type[Enum]) -> tuple[str, ...]:
    """List the words that an enumeration stands for."""
    return tuple(member.value for member in kind)


SOURCES = Key("sources", Shape.IDS, "Where it comes from.")

PARTS = (
    Key("sections", Shape.NOUNS, "The areas of life that are asked about, in order.", noun="section"),
    Key("alerts", Shape.NOUNS, "Safety messages that no other answer can silence.", noun="alert"),
    Key("signs", Shape.NOUNS, "Conditions with a name, for rules to share.", noun="sign"),
    Key("directions", Shape.NOUNS, "Kinds of care, from least to most support.", noun="direction"),
    Key("rules", Shape.NOUNS, "Reasons to raise a direction or an alert.", noun="rule"),
    Key("programs", Shape.NOUNS, "The programs that are compared.", noun="program"),
    Key("points", Shape.NOUNS, "What to talk over with a provider.", noun="point"),
    Key("contacts", Shape.NOUNS, "Lines and sites to turn to.", noun="contact"),
    Key("sources", Shape.NOUNS, "Where questions and rules come from.", noun="source"),
    Key("examples", Shape.NOUNS, "People with what their results must be; only `check` reads them.", noun="example"),
)

QUESTIONNAIRE_KEYS: dict[str, tuple[Key, ...]] = {
    "head": (
        Key("questionnaire", Shape.ID, "The questionnaire's own id.", required=True),
        Key("title", Shape.TEXT, "What it is called.", required=True),
        Key("version", Shape.TEXT, "Its version.", required=True),
        Key("language", Shape.TEXT, "The language of its texts, such as `en`.", required=True),
        Key("audience", Shape.TEXT, "Who it is for.", required=True),
        Key("notice", Shape.TEXT, "The plain statement of what it is not.", required=True),
        Key("minutes", Shape.WHOLE, "About how long it takes to answer.", required=True),
        Key("files", Shape.TEXTS, "The other files of the folder, in order."),
        *PARTS,
    ),
    "part": PARTS,
    "section": (
        Key("section", Shape.ID, "The section's id.", required=True),
        Key("title", Shape.TEXT, "Its heading.", required=True),
        Key(
            "kind",
            Shape.WORD,
            "Whether its questions are about need, practical life, or what the person wants (practical too).",
            required=True,
            words=("need", "practical", "wishes"),
        ),
        Key("levels", Shape.LEVELS, "The score at which each level begins; it explains only."),
        Key("questions", Shape.NOUNS, "Its questions, in order.", required=True, noun="question"),
        Key("points", Shape.NOUNS, "What to talk over because of its answers.", noun="point"),
    ),
    "question": (
        Key("id", Shape.ID, "The question's id.", required=True),
        Key("kind", Shape.WORD, "How it is answered; ranked unless said.", words=tuple(KINDS)),
        Key("need", Shape.FLAG, "Whether rules may name it, where that differs from its section."),
        Key("topic", Shape.TEXT, "A few words for it, such as a provider looks for; the question itself, if left out."),
        Key("ask", Shape.TEXT, "The question, asked of the person.", required=True),
        Key("ask about someone", Shape.TEXT, "The question, asked of somebody who answers for the person."),
        Key("why", Shape.TEXT, "Why it is asked.", required=True),
        Key("why about someone", Shape.TEXT, "Why it is asked, told to somebody who answers for the person."),
        Key("options", Shape.OPTIONS, "What may be answered; ranked ones from least to most concern."),
        Key("ask when", Shape.CONDITIONS, "It is asked when any of these holds; always, if left out."),
        Key("changeable", Shape.FLAG, "Whether the person could change the answer within weeks."),
        Key("dimension", Shape.WHOLE, "The provider's dimension, 1 to 6.", required=True),
        Key("private", Shape.FLAG, "Whether the answer stays out of files unless the person says otherwise."),
        SOURCES,
    ),
    "option": (
        Key("label", Shape.TEXT, "The answer in words.", required=True),
        Key("score", Shape.WHOLE, "How much concern it adds to its section."),
        Key("eases", Shape.ID, "The program that this answer makes easier to keep up."),
    ),
    "alert": (
        Key("id", Shape.ID, "The alert's id.", required=True),
        Key("level", Shape.WORD, "How soon it asks for something.", required=True, words=words(AlertLevel)),
        Key("title", Shape.TEXT, "Its heading.", required=True),
        Key("text", Shape.TEXT, "What to do, told to the person.", required=True),
        Key("text about someone", Shape.TEXT, "What to do, told to somebody who answers for the person."),
        Key("could not tell", Shape.TEXT, "One line for when skipped answers leave it open.", required=True),
        Key("contacts", Shape.IDS, "Whom to turn to."),
        Key("withholds", Shape.FLAG, "Whether no direction is printed while it stands."),
        Key("enough", Shape.IDS, "With `withholds`: the questions that must not stay unasked."),
        Key("private", Shape.FLAG, "Whether it stays out of files unless the person says otherwise."),
        SOURCES,
    ),
    "sign": (
        Key("id", Shape.ID, "The sign's id.", required=True),
        Key("when", Shape.CONDITION, "What it stands for.", required=True),
    ),
    "direction": (
        Key("id", Shape.ID, "The direction's id.", required=True),
        Key("title", Shape.TEXT, "A few words for it.", required=True),
        Key("sentence", Shape.TEXT, "The headline.", required=True),
        Key("does not mean", Shape.TEXT, "What it does not mean.", required=True),
        Key("afterwards", Shape.TEXT, "The headline when an alert comes first.", required=True),
        Key("next", Shape.TEXTS, "What to do next, in order.", required=True),
        Key("additions", Shape.NOUNS, "What may stand around it.", noun="addition"),
    ),
    "addition": (
        Key("id", Shape.ID, "The addition's id.", required=True),
        Key("text", Shape.TEXT, "What it is.", required=True),
    ),
    "rule": (
        Key("id", Shape.ID, "The rule's id.", required=True),
        Key("raises", Shape.ID, "The direction or alert that it raises.", required=True),
        Key("when", Shape.CONDITION, "When it fires.", required=True),
        Key("because", Shape.TEXT, "The reason, in the person's terms.", required=True),
        Key("adds", Shape.IDS, "The additions that it calls for."),
        SOURCES,
    ),
    "program": (
        Key("id", Shape.ID, "The program's id.", required=True),
        Key("name", Shape.TEXT, "Its full name.", required=True),
        Key("short", Shape.TEXT, "Its short name.", required=True),
        Key("text", Shape.TEXT, "What it is.", required=True),
    ),
    "point": (
        Key("id", Shape.ID, "The point's id.", required=True),
        Key("for", Shape.IDS, "The programs that it speaks of; all, if left out."),
        Key("list", Shape.WORD, "Where it stands.", required=True, words=words(PointList)),
        Key("when", Shape.CONDITION, "When it is shown; always, if left out."),
        Key("text", Shape.TEXT, "The point itself.", required=True),
        Key("why", Shape.TEXT, "Why to ask; with `list: ask` only."),
        Key("listen for", Shape.TEXT, "What a good reply holds; with `list: ask` only."),
        SOURCES,
    ),
    "contact": (
        Key("id", Shape.ID, "The contact's id.", required=True),
        Key("name", Shape.TEXT, "Who answers.", required=True),
        Key("use", Shape.TEXT, "What it is for.", required=True),
        Key("group", Shape.WORD, "Emergency, crisis or information.", required=True, words=words(ContactGroup)),
        Key("call", Shape.TEXT, "The number to call."),
        Key("text", Shape.TEXT, "What to text, and where."),
        Key("web", Shape.TEXT, "The site."),
        Key("also", Shape.TEXTS, "Other ways to reach it."),
        Key("hours", Shape.TEXT, "When it answers."),
        Key("verified on", Shape.DAY, "The day it was last compared with its provider's own page."),
    ),
    "source": (
        Key("id", Shape.ID, "The source's id.", required=True),
        Key("cite", Shape.TEXT, "Who wrote what, and when.", required=True),
        Key("link", Shape.TEXT, "Where to read it."),
    ),
}
