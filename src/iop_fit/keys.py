"""The one table of what a questionnaire may say: the keys of each noun, their shapes and what they are for."""

from enum import Enum
from typing import NamedTuple

from iop_fit.guidance import AlertLevel, ContactGroup, PointList
from iop_fit.question import AreaLevel, Audience, Kind

__all__ = ["KEYS", "Key", "Shape"]


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


def _words(
    kind: type[Kind] | type[AreaLevel] | type[Audience] | type[AlertLevel] | type[PointList] | type[ContactGroup],
) -> tuple[str, ...]:
    return tuple(member.value for member in kind)


SOURCES = Key("sources", Shape.IDS, "Where it comes from.")
WHOM = "Whether the answers are about oneself or about someone else."
CONCERN = "How much concern its answers add up to."

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
)

KEYS: dict[str, tuple[Key, ...]] = {
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
        Key("kind", Shape.WORD, "How it is answered; ranked unless said.", words=_words(Kind)),
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
        Key("level", Shape.WORD, "How soon it asks for something.", required=True, words=_words(AlertLevel)),
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
        Key("list", Shape.WORD, "Where it stands.", required=True, words=_words(PointList)),
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
        Key("group", Shape.WORD, "Emergency, crisis or information.", required=True, words=_words(ContactGroup)),
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
    "answers file": (
        Key("person", Shape.TEXT, "Who this is, in a sentence; read by nobody but people."),
        Key("questionnaire", Shape.ID, "The id of the questionnaire that these are answers to."),
        Key("digest", Shape.TEXT, "The digest of the questionnaire that a draft was begun with."),
        Key("for", Shape.WORD, WHOM, words=_words(Audience)),
        Key("answers", Shape.ANSWERS, "The answers by question id.", required=True),
        Key("expect", Shape.NOUN, "What the result must be; for examples.", noun="expectation"),
    ),
    "expectation": (
        Key("direction", Shape.ID, "The direction; left out when it is withheld."),
        Key("highest", Shape.ID, "The highest end of the range; left out when it is withheld."),
        Key("withheld by", Shape.ID, "The alert that withholds the direction."),
        Key("firm", Shape.FLAG, "Whether no skipped question could change the result.", required=True),
        Key("alerts", Shape.IDS, "The raised alerts, strongest first.", required=True),
        Key("open alerts", Shape.IDS, "The alerts that skipped questions leave open.", required=True),
    ),
    # Of a result only what is read back: the answers, what they were given to, and what was said then.
    "result": (
        Key("format", Shape.TEXT, "What tells a result from other files.", required=True),
        Key("tool", Shape.NOUN, "The program that wrote it.", noun="program of a result"),
        Key("questionnaire", Shape.NOUN, "What it was made with.", required=True, noun="questionnaire of a result"),
        Key("private", Shape.IDS, "The private questions and alerts that stand in it."),
        Key("assessed_on", Shape.DAY, "The day it was made.", required=True),
        Key("for", Shape.WORD, WHOM, required=True, words=_words(Audience)),
        Key("answers", Shape.ANSWERS, "The answers by question id.", required=True),
        Key("alerts", Shape.NOUNS, "The raised alerts, strongest first.", required=True, noun="alert of a result"),
        Key("direction", Shape.NOUN, "What the answers support already.", noun="direction of a result"),
        Key("withheld_by", Shape.NOUN, "The alert that withholds the direction.", noun="reference of a result"),
        Key("firm", Shape.FLAG, "Whether no skipped question could change it.", required=True),
        Key("range", Shape.NOUN, "Both ends of the range.", required=True, noun="range of a result"),
        Key("areas", Shape.NOUNS, "How much concern each area adds up to.", required=True, noun="area of a result"),
    ),
    "program of a result": (Key("version", Shape.TEXT, "Its version.", required=True),),
    "questionnaire of a result": (
        Key("id", Shape.ID, "Its id.", required=True),
        Key("version", Shape.TEXT, "Its version.", required=True),
        Key("digest", Shape.TEXT, "The digest of its files.", required=True),
    ),
    "alert of a result": (
        Key("id", Shape.ID, "The alert's id.", required=True),
        Key("level", Shape.WORD, "How soon it asks for something.", required=True, words=_words(AlertLevel)),
        Key("title", Shape.TEXT, "Its heading.", required=True),
    ),
    "reference of a result": (Key("id", Shape.ID, "The id of what is meant.", required=True),),
    "range of a result": (Key("highest", Shape.NOUN, "The highest end.", noun="direction of a result"),),
    "direction of a result": (
        Key("id", Shape.ID, "The direction's id.", required=True),
        Key("title", Shape.TEXT, "A few words for it.", required=True),
    ),
    "area of a result": (
        Key("id", Shape.ID, "The section's id.", required=True),
        Key("title", Shape.TEXT, "Its heading.", required=True),
        *(Key(name, Shape.WHOLE, "A count.", required=True) for name in ("score", "maximum", "answered", "asked")),
        *(
            Key(name, Shape.WORD, CONCERN, required=True, words=_words(AreaLevel))
            for name in ("level", "highest_level")
        ),
    ),
}
